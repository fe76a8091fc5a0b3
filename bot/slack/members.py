"""Who is in a user group or a channel: asked of Slack, kept for a minute."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import structlog

from bot.errors import SlackDeliveryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator

    from bot.domain.deciders import Deciders

    Ask = Callable[[str], Awaitable[Collection[str]]]

log = structlog.get_logger(__name__)
KEEP_SECONDS = 60.0
ASK_SECONDS = 2.0  # somebody waits for it before their click is accepted
MOST_NAMED = 4  # people named to somebody who is not among them


class Members:
    """Tells whether somebody is among people who are named one by one, by user group and by channel.

    `group` and `channel` ask Slack for the members of one.
    """

    def __init__(self, *, group: Ask, channel: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        self._group = group
        self._channel = channel
        self._clock = clock
        self._known: dict[str, tuple[float, frozenset[str]]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def among(self, user_id: str, people: Deciders) -> bool | None:
        """Whether that person is one of them; None where Slack does not say, and it would have to.

        Whoever is named oneself needs no answer of Slack.
        """
        if user_id in people.users:
            return True
        unknown = False
        for ids, ask in ((people.groups, self._group), (people.channels, self._channel)):
            for each in ids:
                found = await self._members(each, ask)
                if found is not None and user_id in found:
                    return True
                unknown = unknown or found is None
        return None if unknown else False

    def at_hand(self, user_id: str, people: Deciders) -> bool:
        """Whether `among` would answer without asking Slack."""
        return user_id in people.users or all(self._fresh(each) is not None for each in _asked(people))

    def some(self, people: Deciders, *, but: str) -> list[str]:
        """A few of them: those named, then members that are known by now."""
        found = dict.fromkeys(people.users)
        for each in _asked(people):
            found |= dict.fromkeys(sorted(self._known.get(each, (0.0, frozenset[str]()))[1]))
        return [user for user in found if user != but][:MOST_NAMED]

    def _fresh(self, of: str) -> frozenset[str] | None:
        kept = self._known.get(of)
        return kept[1] if kept is not None and self._clock() - kept[0] < KEEP_SECONDS else None

    async def _members(self, of: str, ask: Ask) -> frozenset[str] | None:
        """The members of a group or channel, None where Slack does not say; that is not kept."""
        async with self._locks.setdefault(of, asyncio.Lock()):
            if (kept := self._fresh(of)) is not None:
                return kept
            try:
                async with asyncio.timeout(ASK_SECONDS):
                    found = frozenset(await ask(of))
            except (SlackDeliveryError, TimeoutError) as error:
                code = error.code if isinstance(error, SlackDeliveryError) else "timeout"
                log.warning("members unknown", of=of, code=code)
                return None
            self._known[of] = (self._clock(), found)
            return found


def _asked(people: Deciders) -> Iterator[str]:
    yield from people.groups
    yield from people.channels
