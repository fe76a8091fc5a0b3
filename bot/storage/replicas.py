"""Which processes are alive: each writes its row every few seconds, and holds a lock that dies with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from bot.storage.tables import replicas as table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.storage.database import Database

SILENT = timedelta(seconds=15)  # without a sign of life; whether it is dead the lock tells


class Replicas:
    """The table of processes."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def beat(self, replica: str) -> None:
        """That one is alive."""
        now = self._now()
        async with self._database.begin() as connection:
            seen = update(table).where(table.c.id == replica).values(seen_at=now)
            if not (await connection.execute(seen)).rowcount:
                await connection.execute(insert(table).values(id=replica, started_at=now, seen_at=now))

    async def silent(self, *, but: str) -> list[str]:
        """The others that have not been heard of for a while."""
        wanted = select(table.c.id).where(table.c.id != but, table.c.seen_at < self._now() - SILENT)
        async with self._database.connect() as connection:
            return list((await connection.execute(wanted)).scalars())

    async def leave(self, replica: str) -> None:
        """That one has stopped; what it left behind may be taken over at once."""
        async with self._database.begin() as connection:
            left = self._now() - 2 * SILENT
            await connection.execute(update(table).where(table.c.id == replica).values(seen_at=left))

    async def forget(self, replica: str) -> None:
        """All that it left behind has been taken over."""
        async with self._database.begin() as connection:
            await connection.execute(delete(table).where(table.c.id == replica))
