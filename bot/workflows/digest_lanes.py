"""Deliveries in order: one lane a channel, one message a second in each, and the workspace's cap over all.

A delivery is held by one replica at a time. Whoever dies loses its hold after a while, and the others go on.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import deque
from contextlib import asynccontextmanager
from contextvars import Context
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from bot.domain.deliveries import Delivery
    from bot.storage.digests import Digests

log = structlog.get_logger(__name__)
HOLD = timedelta(seconds=25)  # how long after its last sign a replica's work is left alone
RENEW_SECONDS = 8.0
LOOK_SECONDS = 0.5  # how often to look whether another replica is done
AT_ONCE = 32
SPACING = 1.0  # seconds between two posts in a channel (reference slack-platform §5)
WORKSPACE_A_MINUTE = 540  # posts by digests; the rest of the workspace's cap is for people
MINUTE = 60.0


class Deliver(Protocol):
    """One attempt; None when it is over, else the seconds after which to try again."""

    async def deliver(self, delivery: Delivery, attempt: int = 0) -> float | None:
        """Try."""


class Turns:
    """When one more message may be posted: at most one a second in a channel, and so many a minute in all."""

    def __init__(self, per_minute: int = WORKSPACE_A_MINUTE, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._last: dict[str, float] = {}
        self._made: deque[float] = deque()
        self._line = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for the turn of that channel; the next one comes a second after what is done in this one."""
        if (wait := self._last.get(channel, 0.0) + SPACING - self._clock()) > 0:
            await asyncio.sleep(wait)
        async with self._line:
            while (wait := self._wait()) > 0:  # noqa: ASYNC110 - what is waited for is the clock
                await asyncio.sleep(wait)
            self._made.append(self._clock())
        try:
            yield
        finally:
            self._last[channel] = self._clock()

    def _wait(self) -> float:
        now = self._clock()
        while self._made and now - self._made[0] >= MINUTE:
            self._made.popleft()
        return self._made[0] + MINUTE - now if len(self._made) >= self._per_minute else 0.0


class Lanes:
    """Works off what is due, in order within each channel."""

    def __init__(self, digests: Digests, deliver: Deliver, *, holder: str, now: Callable[[], datetime]) -> None:
        self._digests = digests
        self._deliver = deliver
        self.holder = holder
        self._now = now
        self._waiting: dict[str, list[tuple[tuple[datetime, int], Delivery]]] = {}
        self._over: dict[str, asyncio.Future[None]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._renewing: asyncio.Task[None] | None = None

    def submit(self, delivery: Delivery) -> asyncio.Future[None]:
        """Have it delivered; the result is there when it is over. Submitted twice it is still done once."""
        name = delivery.workflow_id
        if name in self._over:
            return self._over[name]
        over = self._over[name] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting.setdefault(delivery.channel, []), (delivery.order, delivery))
        if delivery.channel not in self._tasks:
            # In a context of its own: it outlives whoever has begun it, and works for others too.
            self._tasks[delivery.channel] = asyncio.create_task(self._work(delivery.channel), context=Context())
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renew(), context=Context())
        return over

    async def stop(self) -> None:
        """Leave everything as it is: what has begun is continued by whoever comes next."""
        tasks = [*self._tasks.values(), *([self._renewing] if self._renewing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for over in self._over.values():
            over.cancel()
        self._over.clear()

    async def _work(self, channel: str) -> None:
        lane = self._waiting[channel]
        attempt = 0
        while lane:
            delivery = lane[0][1]
            try:
                wait = await self._one(delivery, attempt)
            except Exception as error:  # noqa: BLE001 - the lane goes on: whatever it was, the next attempt may pass
                log.error("digest attempt failed", error=error, digest=delivery.digest)  # noqa: TRY400 - type and place only
                wait = min(2.0 ** min(attempt, 5), 30.0)
            attempt = 0 if wait is None else attempt + 1
            if wait is None:
                self._done(lane, delivery)
            else:
                await asyncio.sleep(wait)
        del self._tasks[channel], self._waiting[channel]

    def _done(self, lane: list[tuple[tuple[datetime, int], Delivery]], delivery: Delivery) -> None:
        lane.remove((delivery.order, delivery))
        heapq.heapify(lane)
        over = self._over.pop(delivery.workflow_id, None)
        if over is not None and not over.done():
            over.set_result(None)

    async def _one(self, delivery: Delivery, attempt: int) -> float | None:
        """None when it is over, else the seconds after which to look again."""
        earlier = await self._digests.earlier_open(delivery)
        if earlier is not None:
            if earlier.free(self.holder, self._now()):
                self.submit(earlier)
            return LOOK_SECONDS
        now = self._now()
        held = await self._digests.hold(delivery, self.holder, now=now, until=now + HOLD)
        if held is None:
            current = await self._digests.delivery(delivery.digest, delivery.slot)
            return None if current is None or current.over else LOOK_SECONDS
        async with self._at_once:
            return await self._deliver.deliver(held, attempt)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if self._over:
                try:
                    await self._digests.keep_hold(self.holder, self._now() + HOLD)
                except Exception as error:  # noqa: BLE001 - the database may come back before the hold is lost
                    log.warning("hold not renewed", error=type(error).__name__)
