"""What is remembered in this process only: lists somebody was shown, and choices offered.

What is here may hold names of people, so it is never written to disk as it is. The oldest go first, and all go after a
while. A button works without: its value is enough by itself, and a list can be read again from its stored keys.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_KEPT = 2_000
KEEP_SECONDS = 12 * 3600.0

V = TypeVar("V")


class Memory(Generic[V]):
    """Values under ids that nobody can guess; bounded in number and age."""

    def __init__(
        self,
        *,
        most: int = MOST_KEPT,
        seconds: float = KEEP_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, V]] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @staticmethod
    def new_id() -> str:
        """A fresh id of sixteen hex digits."""
        return secrets.token_hex(8)

    def put(self, key: str, value: V) -> None:
        """Remember `value`; the oldest are forgotten to make room."""
        now = self._clock()
        self._held[key] = (now, value)
        self._held.move_to_end(key)
        while len(self._held) > self._most or next(iter(self._held.values()))[0] < now - self._seconds:
            self._held.popitem(last=False)

    def get(self, key: str) -> V | None:
        """The value, or None where it was forgotten."""
        held = self._held.get(key)
        if held is None or self._clock() - held[0] > self._seconds:
            return None
        return held[1]

    def pop(self, key: str) -> V | None:
        """The value, which is forgotten with this."""
        value = self.get(key)
        self._held.pop(key, None)
        return value

    def lock(self, key: str) -> asyncio.Lock:
        """One lock for everybody who draws that message, so that the last drawing is the newest."""
        return self._locks.setdefault(key, asyncio.Lock())
