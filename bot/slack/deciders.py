"""Who may decide where (issue 6 §5): checked at the click, and again before anything is written.

Two rules narrow it, and both must allow it: the setting DECIDERS everywhere, and what a channel says for clicks in it.
Members of user groups and channels are asked of Slack and kept for a minute. Where Slack cannot be asked nobody
decides.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import structlog

from bot.domain.deciders import Deciders
from bot.errors import MayNotDecideError, SlackDeliveryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    Members = Callable[[str], Awaitable[Collection[str]]]

log = structlog.get_logger(__name__)
KEEP_SECONDS = 60.0
ASK_SECONDS = 2.0  # somebody waits for it before their click is accepted
MOST_ASKED = 4  # people named to somebody who may not decide


async def nothing_narrower(channel_id: str) -> Deciders:  # noqa: ARG001 - the signature of a channel's rule
    """The rule of a channel that has none."""
    return Deciders()


class DeciderCheck:
    """Decides about those who want to decide. `group` and `channel` give members, `rule` what a channel says."""

    def __init__(
        self,
        everywhere: Deciders,
        *,
        group: Members,
        channel: Members,
        rule: Callable[[str], Awaitable[Deciders]] = nothing_narrower,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._everywhere = everywhere
        self._group = group
        self._channel = channel
        self._rule = rule
        self._clock = clock
        self._known: dict[str, tuple[float, frozenset[str]]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def check(self, user_id: str, channel_id: str) -> None:
        """Return where that person may decide in that channel ("": outside any). Raises MayNotDecideError."""
        for deciders in (self._everywhere, await self._rule(channel_id) if channel_id else Deciders()):
            if deciders and not await self._among(user_id, deciders):
                raise MayNotDecideError(await self._some(deciders, but=user_id))

    async def _among(self, user_id: str, deciders: Deciders) -> bool:
        """Whether the person is one of those; whoever is named oneself needs no answer of Slack."""
        if user_id in deciders.users:
            return True
        unknown = False
        for ids, members in ((deciders.groups, self._group), (deciders.channels, self._channel)):
            for each in ids:
                found = await self._members(each, members)
                if found is not None and user_id in found:
                    return True
                unknown = unknown or found is None
        if unknown:
            raise MayNotDecideError(await self._some(deciders, but=user_id), unknown=True)
        return False

    async def _some(self, deciders: Deciders, *, but: str) -> list[str]:
        """A few people who may: those named, then members that are known by now."""
        found = dict.fromkeys(deciders.users)
        for each in (*deciders.groups, *deciders.channels):
            found |= dict.fromkeys(sorted(self._known.get(each, (0.0, frozenset[str]()))[1]))
        return [user for user in found if user != but][:MOST_ASKED]

    async def _members(self, of: str, members: Members) -> frozenset[str] | None:
        """The members of a group or channel, None where Slack does not say."""
        async with self._locks.setdefault(of, asyncio.Lock()):
            kept = self._known.get(of)
            if kept is not None and self._clock() - kept[0] < KEEP_SECONDS:
                return kept[1]
            try:
                async with asyncio.timeout(ASK_SECONDS):
                    found = frozenset(await members(of))
            except (SlackDeliveryError, TimeoutError) as error:
                code = error.code if isinstance(error, SlackDeliveryError) else "timeout"
                log.warning("deciders unknown", of=of, code=code)
                return None
            self._known[of] = (self._clock(), found)
            return found
