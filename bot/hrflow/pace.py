"""How many calls a minute we make, and who goes first: people before digests and receipts (HRFLOW_PACE)."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING

from bot.errors import HrflowBusyError

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOW = 60.0  # seconds
PATIENCE = 5.0  # seconds that somebody who waits for an answer bears


class Pace:
    """At most `per_minute` calls in any sixty seconds."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._made: deque[float] = deque()
        self._people = 0

    async def turn(self, *, background: bool = False) -> None:
        """Wait until a call may be made; `background` work lets people go first and waits as long as it takes.

        Raises HrflowBusyError at once where a person would have to wait longer than they bear.
        """
        if background:
            while self._people or self._wait() > 0:  # noqa: ASYNC110 - what is waited for is the clock
                await asyncio.sleep(max(self._wait(), 0.05))
            self._made.append(self._clock())
            return
        wait = self._wait()
        if wait > PATIENCE:
            raise HrflowBusyError("our own pace is used up", retry_after=float(int(wait) + 1))
        self._people += 1
        try:
            while (wait := self._wait()) > 0:  # noqa: ASYNC110 - as above
                await asyncio.sleep(wait)
        finally:
            self._people -= 1
        self._made.append(self._clock())

    def _wait(self) -> float:
        """Seconds until one more call fits."""
        now = self._clock()
        while self._made and now - self._made[0] >= WINDOW:
            self._made.popleft()
        if len(self._made) < self._per_minute:
            return 0.0
        return max(self._made[len(self._made) - self._per_minute] + WINDOW - now, 0.001)
