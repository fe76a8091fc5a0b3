"""How many calls a minute we make, and who goes first: people before digests and receipts (HRFLOW_PACE).

Whatever nobody waits for says so, around everything that it awaits:

    with background():
        ranking = await services.matching.rank(query, now=now)

Tasks that are begun inside are background work too.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from bot.errors import HrflowBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WINDOW = 60.0  # seconds
PATIENCE = 5.0  # seconds that somebody who waits for an answer bears
KEPT_FREE = (
    10  # background work leaves a tenth of the calls to people, so that they need not wait for its minute to end
)

_background: ContextVar[bool] = ContextVar("background", default=False)


@contextmanager
def background() -> Iterator[None]:
    """Calls to HrFlow inside wait as long as it takes and let people go first."""
    before = _background.set(True)
    try:
        yield
    finally:
        _background.reset(before)


@contextmanager
def foreground() -> Iterator[None]:
    """Calls inside go with those of people, whoever asks: for what people and background work wait for together."""
    before = _background.set(False)
    try:
        yield
    finally:
        _background.reset(before)


def in_background() -> bool:
    """Whether what runs now is background work."""
    return _background.get()


class Timer(Protocol):
    """Something that will happen, unless it is cancelled."""

    def cancel(self) -> None:
        """Let it not happen."""


def _later(seconds: float, act: Callable[[], None]) -> Timer:
    return asyncio.get_running_loop().call_later(seconds, act)


class Pace:
    """At most `per_minute` calls in any sixty seconds; in each of the two lanes first come, first served."""

    def __init__(
        self,
        per_minute: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], Timer] = _later,
    ) -> None:
        self._clock = clock
        self._later = later
        self._made: deque[float] = deque()
        self._people = _Lane(per_minute)
        self._background = _Lane(max(per_minute - per_minute // KEPT_FREE, 1))
        self._timer: Timer | None = None

    async def turn(self) -> None:
        """Wait until a call may be made.

        People never wait for background work. Raises HrflowBusyError at once where a person would have to wait longer
        than they bear; background work waits as long as it takes.
        """
        lane = self._background if in_background() else self._people
        wait = self._wait(lane, ahead=len(lane.waiting))
        if lane is self._people and wait > PATIENCE:
            raise HrflowBusyError("our own pace is used up", retry_after=float(int(wait) + 1))
        if wait == 0 and not lane.waiting and (lane is self._people or not self._people.waiting):
            self._made.append(self._clock())
            return
        turn = asyncio.get_running_loop().create_future()
        lane.waiting.append(turn)
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if turn in lane.waiting:
                lane.waiting.remove(turn)
                self._serve()
            raise

    def used(self) -> float:
        """Which part of the calls of the last minute was made: 0 to 1."""
        self._wait(self._people)
        return len(self._made) / self._people.most

    def _serve(self) -> None:
        """Give out the turns that are free, and come back when the next one is."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for lane in (self._people, self._background):
            while lane.waiting:
                wait = self._wait(lane)
                if wait > 0:
                    self._timer = self._later(wait, self._serve)
                    return
                turn = lane.waiting.popleft()
                if not turn.done():  # somebody may have given up a moment ago
                    self._made.append(self._clock())
                    turn.set_result(None)

    def _wait(self, lane: _Lane, *, ahead: int = 0) -> float:
        """Seconds until one more call of that lane fits, behind `ahead` others."""
        now = self._clock()
        while self._made and now - self._made[0] >= WINDOW:
            self._made.popleft()
        over = len(self._made) + ahead - lane.most
        if over < 0:
            return 0.0
        if over >= len(self._made):  # that one waits for calls which are not made yet themselves
            return WINDOW
        return max(self._made[over] + WINDOW - now, 0.001)


class _Lane:
    """Who waits in one lane, and how many calls a minute there may have been for one more of it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.waiting: deque[asyncio.Future[None]] = deque()
