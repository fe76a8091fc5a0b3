"""The stream of changes that a page follows: a bounded buffer of numbered events.

Kinds of event, each with JSON data:

- `message_posted`, `message_changed`: `{channel, message}`, the message as `/workspace/channels/{id}/messages` shows it
- `message_deleted`: `{channel, ts}`
- `views`: `{user, stack}`, the open modals of one user, root first
- `home`: `{user, view}`
- `channel`: `{channel}`, a channel whose members or archive state changed
- `call`: one journal entry, with its target
- `config`, `clock`: what `/workspace/config` or `/workspace/clock` answered
- `reset`: `{}`, sent to one reader whose last id has left the buffer: read everything anew
"""

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

BUFFERED = 2_000
Kind = Literal[
    "message_posted",
    "message_changed",
    "message_deleted",
    "views",
    "home",
    "channel",
    "call",
    "config",
    "clock",
    "reset",
]


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One numbered change; `audience` is None where everybody may see it, else the user ids that may."""

    id: int
    kind: Kind
    data: dict[str, Any]
    audience: frozenset[str] | None

    def concerns(self, user: str | None) -> bool:
        """Tell whether a reader that follows `user` (None: everybody) gets this event."""
        return user is None or self.audience is None or user in self.audience


class Feed:
    """Numbered events from 1 on; the last 2,000 can be read again."""

    def __init__(self) -> None:
        self._events: deque[FeedEvent] = deque(maxlen=BUFFERED)
        self._last_id = 0
        self._changed = asyncio.Event()

    @property
    def last_id(self) -> int:
        """The number of the newest event, 0 before the first."""
        return self._last_id

    def publish(self, kind: Kind, data: dict[str, Any], audience: Collection[str] | None = None) -> None:
        """Append one event and wake all readers."""
        self._last_id += 1
        self._events.append(FeedEvent(self._last_id, kind, data, None if audience is None else frozenset(audience)))
        self._changed.set()
        self._changed = asyncio.Event()

    def since(self, last_id: int) -> list[FeedEvent] | None:
        """Return the events after `last_id`; None when some of them are no longer kept or the id is unknown."""
        missing = self._last_id - last_id
        if missing < 0 or missing > len(self._events):
            return None
        return [self._events[index] for index in range(len(self._events) - missing, len(self._events))]

    async def wait(self, seconds: float) -> None:
        """Return at the next event, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return
