"""Acks first: in the one event loop, lists are read and drawn after the acks of what has come.

An ack takes a few short rounds of the loop. A list that is read or drawn takes milliseconds in one go, and thirty of
them together as long as somebody notices. So each of them asks for its turn.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 2  # of the loop, until a request that has arrived is in the hands of whoever acks it
FRESH = 0.025  # seconds that a request may hold others up: most acks take a tenth of it, some wait for HrFlow
MOST = 0.05  # seconds that one turn is waited for, however many requests keep coming


class Turns:
    """Whose turn it is. For one event loop."""

    def __init__(self) -> None:
        self._unacked = 0
        self._none_unacked = asyncio.Event()
        self._none_unacked.set()
        self._line = asyncio.Lock()

    @contextmanager
    def unacked(self) -> Iterator[None]:
        """Around a request, from its arrival until its ack is on the way."""
        over = False

        def leave() -> None:
            nonlocal over
            if not over:
                over = True
                self._unacked -= 1
                if not self._unacked:
                    self._none_unacked.set()

        self._unacked += 1
        self._none_unacked.clear()
        stale = asyncio.get_running_loop().call_later(FRESH, leave)
        try:
            yield
        finally:
            stale.cancel()
            leave()

    async def turn(self) -> None:
        """Return when the caller may compute for some milliseconds: after acks, and never two in one round.

        Those who ask are served in the order of asking, each after at most MOST seconds at the head of the line.
        """
        async with self._line:
            for _ in range(ROUNDS):
                await asyncio.sleep(0)
            if self._unacked:
                with suppress(TimeoutError):
                    async with asyncio.timeout(MOST):
                        await self._none_unacked.wait()
