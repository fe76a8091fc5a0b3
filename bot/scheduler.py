"""The clock of the digests: knows which slot comes next, and hands over what is due. It delivers nothing itself.

The table of digests is the truth. For each active digest there is one job, at its next slot; once a minute, and
whenever somebody changes a digest, the table is read again. Any replica may fire: whoever writes the delivery down
first has it, and what is left lying is picked up by whoever looks next.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.domain.deliveries import NOW, Delivery
from bot.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.domain.digests import Digest
    from bot.storage.digests import Digests
    from bot.workflows.digest_lanes import Lanes

log = structlog.get_logger(__name__)
REREAD_SECONDS = 60.0
CALM_SECONDS = 1.0  # for those who start beside us
LEFT_LYING_SECONDS = 10.0
CATCH_UP = timedelta(hours=6)  # an older slot that was missed while everything was down is let pass
AT_A_TIME = 50  # claims in one transaction, and digests looked at in one go: others want their turn too
KEEP = timedelta(days=30)


class Scheduler:
    """Starts deliveries."""

    def __init__(self, digests: Digests, lanes: Lanes, *, now: Callable[[], datetime]) -> None:
        self._digests = digests
        self._lanes = lanes
        self._now = now
        self._changed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._jobs: Any = None
        self._coming: dict[int, datetime] = {}
        self.failing = False

    def start(self) -> None:
        """Begin to look at the clock, in the background."""
        self._tasks = [asyncio.create_task(self._keep_time()), asyncio.create_task(self._keep_up())]

    async def stop(self) -> None:
        """Start nothing more; what is under way is left for whoever comes next."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._jobs is not None:
            self._jobs.shutdown(wait=False)
        await self._lanes.stop()

    def look_again(self) -> None:
        """A digest was changed."""
        self._changed.set()

    async def run_now(self, digest: Digest, by: str, *, patience: float) -> Delivery | None:
        """Deliver it for somebody who wants it now; what became of it, as far as that is known after `patience`."""
        now = self._now()
        delivery = Delivery(digest=digest.number, slot=now, kind=NOW, channel=digest.channel, by=by, created_at=now)
        await self._digests.ask(delivery)
        over = self._lanes.submit(delivery)
        await asyncio.wait({over}, timeout=patience)
        return await self._digests.delivery(delivery.digest, delivery.slot)

    async def _keep_time(self) -> None:
        await self._safely(self._reread)  # what was missed is written down before anything else
        await asyncio.sleep(CALM_SECONDS)
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - slow to load, nobody waits for it

        self._jobs = AsyncIOScheduler(timezone=UTC)
        self._jobs.start()
        self._coming = {}
        while True:
            self._changed.clear()
            await self._safely(self._reread)
            try:
                async with asyncio.timeout(REREAD_SECONDS):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def _keep_up(self) -> None:
        """Take on what nobody is at work on: left by a process that died, or by this one before it was started."""
        rounds = 0
        while True:
            await self._safely(self._left_lying)
            if rounds % 360 == 0:
                await self._safely(self._forget)
            rounds += 1
            await asyncio.sleep(LEFT_LYING_SECONDS)

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
            self.failing = False
        except Exception as error:  # noqa: BLE001 - the clock goes on: whatever it was, the next look may succeed
            self.failing = True
            log.error("scheduler", error=error)  # noqa: TRY400 - with type and place only

    async def _reread(self) -> None:
        digests = await self._digests.all()
        due: list[tuple[Digest, datetime]] = []
        coming: dict[int, datetime] = {}
        for place, digest in enumerate(digests):
            if place % AT_A_TIME == AT_A_TIME - 1:
                await asyncio.sleep(0)
            now = self._now()
            try:
                slot, following = digest.due(now), digest.next_slot(now)
            except QueryError:  # of another version: it waits until it is mended
                log.warning("unreadable schedule", digest=digest.number)
                continue
            if slot is not None and now - slot <= CATCH_UP:
                due.append((digest, slot))
            elif slot is not None:
                await self._digests.let_pass(digest, slot)
            if following is not None:
                coming[digest.number] = following
        self._schedule(coming)
        due.sort(key=lambda one: (one[1], one[0].number))
        for begin in range(0, len(due), AT_A_TIME):
            await self._claim(due[begin : begin + AT_A_TIME])

    async def _claim(self, due: Sequence[tuple[Digest, datetime]]) -> None:
        for delivery in await self._digests.claim(due, now=self._now()):
            log.info("digest due", digest=delivery.digest, slot=delivery.slot.isoformat())
            self._lanes.submit(delivery)

    def _schedule(self, coming: dict[int, datetime]) -> None:
        """One job for each digest, at its next slot; only those that moved are touched."""
        if self._jobs is None:
            return
        for number in self._coming.keys() - coming.keys():
            if self._jobs.get_job(str(number)) is not None:
                self._jobs.remove_job(str(number))
        for number, slot in coming.items():
            if self._coming.get(number) != slot:
                self._jobs.add_job(
                    self.look_again,
                    "date",
                    run_date=slot,
                    id=str(number),
                    replace_existing=True,
                    misfire_grace_time=None,
                )
        self._coming = coming

    async def _left_lying(self) -> None:
        now = self._now()
        holder = self._lanes.holder
        for delivery in await self._digests.open_ones():
            if delivery.free(holder, now):
                self._lanes.submit(delivery)

    async def _forget(self) -> None:
        await self._digests.purge(self._now() - KEEP)
