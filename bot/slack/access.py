"""Who may see candidate data: full members of our own organisation, and nobody else (DESIGN §1).

The setting VIEWERS narrows it to some of them. Checked at every call: by command, button, form, Home or digest. What
Slack says of a person is kept for a minute.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.domain.deciders import Deciders
from bot.errors import AccessDeniedError, SlackDeliveryError
from bot.slack.roster import called

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import tzinfo

    from bot.slack.members import Members

log = structlog.get_logger(__name__)
KEEP_SECONDS = 60.0
MOST_KEPT = 5_000
_EVERYBODY = Deciders()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who may see candidate data: their time zone, Slack's name of their language (`fr-FR`), their name."""

    user_id: str
    zone: tzinfo
    locale: str = "en-US"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Our own workspace, or organisation of workspaces (Enterprise Grid)."""

    team_id: str
    enterprise_id: str = ""


class Access:
    """Decides about people; `fetch` is users.info. `viewers` are those who alone may see, and `members` knows them."""

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[dict[str, Any]]],
        *,
        home: Home,
        members: Members,
        viewers: Deciders = _EVERYBODY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._home = home
        self._members = members
        self._viewers = viewers
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, Viewer | str]] = OrderedDict()

    @property
    def home(self) -> Home:
        """Where our people are."""
        return self._home

    @property
    def members(self) -> Members:
        """Who is in user groups and channels."""
        return self._members

    def is_known(self, user_id: str) -> bool:
        """Whether `check` would answer without asking Slack."""
        return self._is_fresh(user_id) and (not self._viewers or self._members.at_hand(user_id, self._viewers))

    def known_verdict(self, user_id: str) -> str | None:
        """What is known of a person without asking: "" for a full member, else why not; None where nothing is.

        Whether they are among those who alone may see, `narrowed` tells.
        """
        if not self._is_fresh(user_id):
            return None
        found = self._known[user_id][1]
        return found if isinstance(found, str) else ""

    async def verdict(self, user_id: str) -> str:
        """Nothing ("") for somebody who may see, else the reason why not; "unknown" where Slack cannot be asked."""
        try:
            await self.check(user_id)
        except AccessDeniedError as error:
            return error.reason
        return ""

    async def narrowed(self, user_id: str) -> str:
        """Nothing ("") for somebody whom VIEWERS lets see, else `viewers`; "unknown" where Slack cannot be asked."""
        among = not self._viewers or await self._members.among(user_id, self._viewers)
        return "" if among else "unknown" if among is None else "viewers"

    def learn(self, user_id: str, user: dict[str, Any]) -> str:
        """Take note of what Slack says of somebody, unasked; returns the verdict that `known_verdict` then gives."""
        found = self._judge(user_id, user)
        self._keep(user_id, found)
        return found if isinstance(found, str) else ""

    async def check(self, user_id: str, *, team_id: str = "", enterprise_id: str = "") -> Viewer:
        """The person as a viewer; `team_id` and `enterprise_id` are what the request said of them.

        Raises AccessDeniedError; also where Slack cannot be asked: then nothing is shown.
        """
        if team_id and not self._at_home(team_id, enterprise_id):
            raise AccessDeniedError("external")
        if not self._is_fresh(user_id):
            await self._learn(user_id)
        found = self._known[user_id][1]
        if isinstance(found, str):
            raise AccessDeniedError(found)
        if reason := await self.narrowed(user_id):
            raise AccessDeniedError(reason, ask=self._members.some(self._viewers, but=user_id))
        return found

    def _is_fresh(self, user_id: str) -> bool:
        kept = self._known.get(user_id)
        return kept is not None and self._clock() - kept[0] < KEEP_SECONDS

    async def _learn(self, user_id: str) -> None:
        try:
            user = await self._fetch(user_id)
        except (SlackDeliveryError, TimeoutError) as error:
            code = error.code if isinstance(error, SlackDeliveryError) else "timeout"
            log.warning("access unknown", code=code)
            raise AccessDeniedError("external" if code == "user_not_found" else "unknown") from None
        self._keep(user_id, self._judge(user_id, user))

    def _keep(self, user_id: str, found: Viewer | str) -> None:
        self._known[user_id] = (self._clock(), found)
        self._known.move_to_end(user_id)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)

    def _judge(self, user_id: str, user: dict[str, Any]) -> Viewer | str:
        """A viewer, or the reason why not. What Slack does not say counts against the person."""
        grid = user.get("enterprise_user")
        enterprise = str(grid.get("enterprise_id", "")) if isinstance(grid, dict) else ""
        if not self._at_home(str(user.get("team_id", "")), enterprise) or user.get("is_stranger"):
            return "external"
        if user.get("deleted") or user.get("is_bot"):
            return "deactivated"
        if user.get("is_restricted") or user.get("is_ultra_restricted"):
            return "guest"
        locale = user.get("locale")
        locale = locale if isinstance(locale, str) and locale else "en-US"
        return Viewer(user_id, _zone(user.get("tz")), locale, called(user))

    def _at_home(self, team_id: str, enterprise_id: str) -> bool:
        same_organisation = bool(self._home.enterprise_id) and enterprise_id == self._home.enterprise_id
        return team_id == self._home.team_id or same_organisation


def _zone(name: object) -> tzinfo:
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else ZoneInfo("UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
