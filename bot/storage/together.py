"""Look-ups of many callers in one query."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

K = TypeVar("K")
V = TypeVar("V")


class Together(Generic[K, V]):
    """Asks one question at a time; whoever comes while one is under way waits and goes with the others in the next.

    A question asked alone is asked at once. Measured: a SELECT through SQLAlchemy costs 1.3 ms of CPU whether it asks
    for ten pairs or a hundred, a third of what a whole command costs without it.
    """

    def __init__(self, look_up: Callable[[list[K]], Awaitable[dict[K, V]]]) -> None:
        self._look_up = look_up
        self._one_at_a_time = asyncio.Lock()
        self._asked: dict[K, None] = {}
        self._next: asyncio.Task[dict[K, V]] | None = None

    async def get(self, keys: Collection[K]) -> dict[K, V]:
        """What is known of these keys, looked up after this call; unknown ones are left out. Raises as `look_up`."""
        if not keys:
            return {}
        self._asked.update(dict.fromkeys(keys))
        if self._next is None:
            self._next = asyncio.create_task(self._ask())
            self._next.add_done_callback(_seen)
        found = await asyncio.shield(self._next)  # one who gives up takes no answer from the others
        return {key: found[key] for key in keys if key in found}

    async def _ask(self) -> dict[K, V]:
        async with self._one_at_a_time:
            asked, self._asked, self._next = list(self._asked), {}, None
            return await self._look_up(asked)


def _seen(task: asyncio.Task[dict[K, V]]) -> None:
    if not task.cancelled():
        task.exception()  # looked at, even where everybody who asked has given up by now
