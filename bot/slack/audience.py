"""Who would see a message in a place: the rule behind shares and digests.

Candidate data goes only where everybody may see it: full members of our own organisation. A channel that is shared
with another organisation, one with guests, one that the bot is not in and an archived one are refused. Members are read
anew at each check; what is known of a person is kept as long as `Access` keeps it. What cannot be found out counts as
refused.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import structlog

from bot.domain.audience import Audience
from bot.errors import AccessDeniedError, AudienceRefusedError, SlackDeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.slack.access import Access
    from bot.slack.roster import Roster

log = structlog.get_logger(__name__)
KEEP_SECONDS = 20.0
MOST_KEPT = 1_000
MOST_MEMBERS = 10_000
ONE_BY_ONE = 40  # strangers who are looked up singly; more of them are found in the list of everybody
AT_ONCE = 8
MOST_PAGES = 20
_PERSON = re.compile(r"[UW][A-Z0-9_]+")
_OTHERS = ("connected_team_ids", "shared_team_ids", "pending_connected_team_ids", "pending_shared")
_TOLD = (("external", "shared"), ("guest", "guests"), ("viewers", "viewers"), ("unknown", "unknown"))
_NOT_THERE = frozenset({"channel_not_found", "not_in_channel"})


class Audiences:
    """Decides about places."""

    def __init__(
        self,
        roster: Roster,
        access: Access,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._roster = roster
        self._access = access
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, Audience]] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._asking = asyncio.Semaphore(AT_ONCE)

    async def of(self, channel: str, *, younger_than: float = KEEP_SECONDS) -> Audience:
        """The audience of a channel, or of a direct message (by its id or the person's).

        An answer that is younger than that many seconds is good enough; 0 looks anew. Only consent is remembered, so
        whoever mends what was refused is not told off again. Raises AudienceRefusedError.
        """
        if not channel:
            raise AudienceRefusedError("unknown", channel)
        async with self._locks.setdefault(channel, asyncio.Lock()):
            known = self._known.get(channel)
            if known is not None and self._clock() - known[0] < younger_than:
                return known[1]
            self._known.pop(channel, None)
            asked_at = self._clock()
            try:
                found = await (self._person(channel) if _PERSON.fullmatch(channel) else self._place(channel))
            except (SlackDeliveryError, TimeoutError) as error:
                code = error.code if isinstance(error, SlackDeliveryError) else "timeout"
                log.warning("audience unknown", code=code)
                raise AudienceRefusedError("unknown", channel) from None
            self._known[channel] = (asked_at, found)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
            return found

    async def _person(self, user: str) -> Audience:
        try:
            viewer = await self._access.check(user)
        except AccessDeniedError as error:
            reason = {"unknown": "unknown", "viewers": "viewer"}.get(error.reason, "person")
            raise AudienceRefusedError(reason, user) from None
        return Audience(user, viewer.name, 1, is_person=True)

    async def _place(self, channel: str) -> Audience:
        try:
            found = await self._roster.conversation(channel)
        except SlackDeliveryError as error:
            if error.code in _NOT_THERE:  # a private channel without the bot is as unknown to it as none
                raise AudienceRefusedError("direct" if channel.startswith("D") else "not_member", channel) from None
            raise
        if found.get("is_im"):
            user = found.get("user")
            if not isinstance(user, str) or not user:
                raise AudienceRefusedError("unknown", channel)
            return await self._person(user)
        name = found.get("name")
        name = name if isinstance(name, str) else ""
        if reason := self._reason(found):
            raise AudienceRefusedError(reason, channel, name=name)
        people = await self._people(channel, name)
        return Audience(channel, name, people, is_public=found.get("is_private") is False)

    def _reason(self, found: dict[str, Any]) -> str:
        """Why what Slack says of a conversation is enough to refuse it, or "". What it does not say counts against."""
        if found.get("is_mpim"):
            return "group"
        if found.get("is_archived"):
            return "archived"
        if found.get("is_ext_shared") is not False or found.get("is_pending_ext_shared") or self._strangers(found):
            return "shared"
        if found.get("is_member") is not True:
            return "not_member"
        return ""

    def _strangers(self, found: dict[str, Any]) -> bool:
        """Whether teams are connected that are not ours. Workspaces of one organisation are (Enterprise Grid)."""
        home = self._access.home
        if found.get("is_org_shared"):
            return not home.enterprise_id
        teams = {str(team) for name in _OTHERS for team in (found.get(name) or ())}
        return bool(teams - {home.team_id, home.enterprise_id})

    async def _people(self, channel: str, name: str) -> int:
        """How many people are in there; bots and closed accounts see nothing and are not counted."""
        members: dict[str, None] = {}
        async for page in self._roster.members(channel):
            members |= dict.fromkeys(page)
            if len(members) > MOST_MEMBERS:
                raise AudienceRefusedError("large", channel, name=name, people=MOST_MEMBERS)
        if not members:  # the bot is in there, so Slack has not said all
            raise AudienceRefusedError("unknown", channel, name=name)
        verdicts = await self._judge(list(members))
        for reason, told in _TOLD:
            if count := verdicts.count(reason):
                raise AudienceRefusedError(told, channel, name=name, people=count)
        return verdicts.count("")

    async def _judge(self, members: Sequence[str]) -> list[str]:
        """For each member "" or why they may not see. Beyond a few new faces everybody is read page by page."""
        verdicts = {user: verdict for user in members if (verdict := self._access.known_verdict(user)) is not None}
        new = [user for user in members if user not in verdicts]
        if len(new) > ONE_BY_ONE:
            wanted, pages = set(new), 0
            async for page in self._roster.everybody():
                for raw in page:
                    if (user := str(raw.get("id", ""))) in wanted:
                        verdicts[user] = self._access.learn(user, raw)
                        wanted.discard(user)
                pages += 1
                if not wanted or pages >= MOST_PAGES:
                    break
            new = list(wanted)
            if len(new) > ONE_BY_ONE:
                log.warning("audience too many strangers", count=len(new))
                return ["unknown"] * len(members)

        async def look(user: str) -> str:
            async with self._asking:
                return await self._access.verdict(user)

        looked = await asyncio.gather(*map(look, new))
        verdicts |= zip(new, looked, strict=True)
        for user in members:
            verdicts[user] = verdicts[user] or await self._access.narrowed(user)
            if verdicts[user] == "unknown":  # it would be so for the others too, each after a while
                break
        return [verdicts[user] for user in members]
