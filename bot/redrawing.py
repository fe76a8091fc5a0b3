"""Redraws of posted messages: at most one a message and second, however often somebody asks for one."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SECONDS = 1.0  # between two drawings of one message


@dataclass(slots=True)
class _Line:
    """Those who wait for the next drawing of one message."""

    waiting: list[asyncio.Future[bool]] = field(default_factory=list)
    last: float = float("-inf")


class Redraws:
    """Whoever asks is answered after a drawing that began later than the question. `draw` tells whether it worked."""

    def __init__(self, draw: Callable[[str], Awaitable[bool]], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._draw = draw
        self._clock = clock
        self._lines: dict[str, _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, name: str) -> bool:
        """Have that message drawn; tells whether it worked."""
        waiter: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = _Line()
            task = asyncio.create_task(self._work(name, line))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        line.waiting.append(waiter)
        return await waiter

    async def close(self) -> None:
        """Give up."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, name: str, line: _Line) -> None:
        """Draw as long as somebody waits, then stay for the rest of the second: the next one may ask meanwhile."""
        answered: list[asyncio.Future[bool]] = []
        try:
            while line.waiting:
                line.last = self._clock()
                answered, line.waiting = line.waiting, []
                drawn = await self._draw(name)
                for waiter in answered:
                    if not waiter.done():
                        waiter.set_result(drawn)
                await asyncio.sleep(max(0.0, SECONDS - (self._clock() - line.last)))
        finally:
            del self._lines[name]
            for waiter in [*answered, *line.waiting]:
                if not waiter.done():
                    waiter.cancel()
