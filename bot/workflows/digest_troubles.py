"""What to do when a delivery does not go through: wait, pause the digest, or tell its maker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from bot import errors
from bot.views import digests as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.domain.deliveries import Delivery
    from bot.domain.digests import Digest
    from bot.slack.messenger import Messenger
    from bot.storage.digests import Digests
    from bot.views.message import Message

log = structlog.get_logger(__name__)
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
UNKNOWN_WAIT = 15.0
_PAUSES = {
    "is_archived": "archived",
    "channel_is_archived": "archived",
    "not_in_channel": "not_member",
    "channel_not_found": "not_member",
    "user_not_found": "person",
    "account_inactive": "person",
    "cannot_dm_bot": "person",
    "user_disabled": "person",
    "restricted_action": "not_member",
}
_TEMPORARY = frozenset({"no_connection", "ratelimited", "rate_limited", "fatal_error", "internal_error"})
_ACCOUNT = frozenset({"refused", "quota", "unavailable"})


@dataclass(frozen=True, slots=True)
class Troubles:
    """Tells people. `command` is what `/digest` is called in this workspace."""

    digests: Digests
    messenger: Messenger
    command: str
    now: Callable[[], datetime]

    async def judge(
        self, digest: Digest, delivery: Delivery, error: errors.ShortlistError, attempt: int
    ) -> float | None:
        """The seconds after which to try again, or None where that would not help: then its maker has been told."""
        match error:
            case errors.AudienceRefusedError() if error.reason == "unknown":
                wait = UNKNOWN_WAIT
            case errors.AudienceRefusedError():
                await self._pause(digest, error.reason)
                return None
            case errors.SlackDeliveryError() if error.sure and error.code in _PAUSES:
                await self._pause(digest, _PAUSES[error.code])
                return None
            case errors.SlackDeliveryError() if error.retry_after is not None:
                wait = error.retry_after
            case errors.SlackDeliveryError() if not error.sure or error.code in _TEMPORARY:
                wait = _backoff(attempt)
            case errors.HrflowBusyError() | errors.HrflowUnavailableError() | errors.HrflowMalformedError():
                wait = error.retry_after or _backoff(attempt)
            case _:
                await self._once_a_day(digest, self.code(error))
                return None
        await self.digests.trouble(delivery, self.code(error))
        return min(max(wait, 1.0), LONGEST_WAIT)

    async def too_late(self, digest: Digest) -> None:
        """It was tried for so long that its time is over."""
        await self._once_a_day(digest, "unavailable")

    @staticmethod
    def code(error: errors.ShortlistError) -> str:  # noqa: PLR0911 - one word for each kind of error
        """One word for it, to be kept with the delivery."""
        match error:
            case errors.AudienceRefusedError():
                return error.reason
            case errors.SlackDeliveryError():
                return _PAUSES.get(error.code, error.code)
            case errors.QueryError():
                return "query"
            case errors.NothingFoundError():
                return "nothing"
            case errors.SeveralFoundError():
                return "several"
            case errors.HrflowRefusedError():
                return "refused"
            case errors.HrflowQuotaError():
                return "quota"
            case errors.HrflowRejectedError():
                return "rejected"
            case _:
                return "unavailable"

    async def _pause(self, digest: Digest, trouble: str) -> None:
        if await self.digests.pause(digest.number, trouble=trouble):
            log.warning("digest paused", digest=digest.number, reason=trouble)
            paused = replace(digest, active=False, paused_until=None, trouble=trouble)
            await self._tell(digest.maker, words.paused_by_us(paused, self.command))

    async def _once_a_day(self, digest: Digest, code: str) -> None:
        zone = words.zone_of(digest)
        day = self.now().astimezone(ZoneInfo(zone)).date().isoformat()
        about = code if code in _ACCOUNT else f"{code}/{digest.number}"
        if await self.digests.tell_today(digest.maker, about, day):
            await self._tell(digest.maker, words.in_trouble(digest, code))

    async def _tell(self, person: str, message: Message) -> None:
        try:
            await self.messenger.whisper("", person, message)
        except errors.SlackDeliveryError as error:
            log.warning("maker could not be told", code=error.code)


def _backoff(attempt: int) -> float:
    return min(FIRST_WAIT * 2.0 ** min(attempt, 10), LONGEST_WAIT)
