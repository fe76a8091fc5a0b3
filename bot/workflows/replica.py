"""This process among those that share one database: its name is its alone, and it takes over from the dead."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.storage.clicks import Clicks
    from bot.storage.locks import Locks
    from bot.storage.posts import StoredPosts
    from bot.storage.replicas import Replicas
    from bot.workflows.durable import Durable

log = structlog.get_logger(__name__)
BEAT_SECONDS = 5.0
PATIENCE = 3.0  # for a predecessor of the same name that is just ending
KEEP_RUNS = timedelta(days=30)
DAY_SECONDS = 24 * 3600.0
HOUR_SECONDS = 3600.0
SOON_SECONDS = 60.0


class Replica:
    """Holds the name, shows that it is alive, sweeps up after others, and forgets what is old."""

    def __init__(
        self,
        name: str,
        durable: Durable,
        locks: Locks,
        *,
        replicas: Replicas,
        clicks: Clicks,
        stored: StoredPosts,
        now: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._durable = durable
        self._locks = locks
        self._replicas = replicas
        self._clicks = clicks
        self._stored = stored
        self._now = now
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Take the name. Raises ConfigError where another process has it."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not await self._locks.take(_lock(self._name)):
            if asyncio.get_running_loop().time() > end:
                raise ConfigError(
                    f"REPLICA_ID {self._name} is in use: another Shortlist runs under that name on this database. "
                    "Stop it, or give this one a REPLICA_ID of its own."
                )
            await asyncio.sleep(0.1)
        await self._replicas.beat(self._name)
        self._task = asyncio.create_task(self._live())

    async def rest(self) -> None:
        """Look after nobody any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def close(self) -> None:
        """Leave: what is left may be taken over at once."""
        try:
            await self._replicas.leave(self._name)
        except Exception as error:  # noqa: BLE001 - a database that is gone must not keep us from stopping
            log.warning("not signed off", error=error)
        await self._locks.release(_lock(self._name))

    async def _live(self) -> None:
        day = hour = asyncio.get_running_loop().time() + SOON_SECONDS
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                if not await self._locks.holds(_lock(self._name)) and not await self._locks.take(_lock(self._name)):
                    log.error("replica name lost")
                    continue
                await self._replicas.beat(self._name)
                await self._sweep()
                await self._clicks.purge()
                if asyncio.get_running_loop().time() > hour:  # private lists are kept for hours only
                    await self._stored.purge()
                    hour = asyncio.get_running_loop().time() + HOUR_SECONDS
                if asyncio.get_running_loop().time() > day:
                    await self._durable.forget_finished((self._now() - KEEP_RUNS).isoformat())
                    day = asyncio.get_running_loop().time() + DAY_SECONDS
            except Exception as error:  # noqa: BLE001 - a database that is away comes back, and we go on
                log.warning("sign of life failed", error=error)

    async def _sweep(self) -> None:
        """Whoever is silent and whose lock can be had is dead: what it left unfinished is continued here."""
        for name in await self._replicas.silent(but=self._name):
            if not await self._locks.take(_lock(name)):
                continue
            try:
                count = await self._durable.take_over(name)
                await self._replicas.forget(name)
            finally:
                await self._locks.release(_lock(name))
            log.info("took over", runs=count)


def _lock(name: str) -> str:
    return f"replica/{name}"
