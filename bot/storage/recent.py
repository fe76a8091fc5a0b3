"""The last queries of each person, so that they can be run again: at most twenty, for thirty days.

A query is kept as its canonical text. It is what the person typed, so it may name a candidate: it is shown to that
person only, and forgotten after a month.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.history import Asked
from bot.storage.tables import recent_queries as table

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database

MOST = 20
KEEP = timedelta(days=30)
LONGEST = 4_000  # characters; a longer query is not remembered
GATHER = 0.5  # seconds until what was asked is written: the queries of that time share one transaction


class Recent:
    """The table of recent queries.

    Nobody waits for the writing, and one transaction costs more than the rest of a command: so what several people ask
    within a moment is written together, and at once where somebody wants to read it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asked: dict[tuple[str, str], Asked] = {}
        self._writing: asyncio.Task[None] | None = None
        self._wanted = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    async def asked(self, user: str, canonical: str, at: datetime) -> None:
        """Remember it as that person's latest; the same query again moves up. `at` is aware. Written on return."""
        if len(canonical) > LONGEST or "\x00" in canonical:  # PostgreSQL keeps no NUL
            return
        found = Asked(canonical=canonical.encode("utf-8", "replace").decode(), at=at)
        self._asked[user, found.token] = found
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(self._writing)

    async def _write(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(GATHER):
                await self._wanted.wait()
        asked, self._asked, self._writing = self._asked, {}, None
        self._wanted.clear()
        users = {user for user, _ in asked}
        kind = sqlite if self._database.dialect == "sqlite" else postgresql
        add = kind.insert(table)
        place = func.row_number().over(partition_by=table.c.user, order_by=table.c.at.desc()).label("place")
        ranked = select(table.c.user, table.c.token, place).where(table.c.user.in_(users)).subquery()
        beyond = select(ranked.c.user, ranked.c.token).where(ranked.c.place > MOST)
        async with self._one_at_a_time, self._database.begin() as connection:
            await connection.execute(
                add.on_conflict_do_update(index_elements=[table.c.user, table.c.token], set_={"at": add.excluded.at}),
                [
                    {"user": user, "token": token, "canonical": each.canonical, "at": each.at}
                    for (user, token), each in asked.items()
                ],
            )
            await connection.execute(delete(table).where(tuple_(table.c.user, table.c.token).in_(beyond)))
            oldest = max(each.at for each in asked.values()) - KEEP
            await connection.execute(delete(table).where(table.c.at < oldest))

    async def recent(self, user: str, now: datetime) -> list[Asked]:
        """That person's queries of the last thirty days, the latest first."""
        if self._writing is not None:
            self._wanted.set()
            await asyncio.shield(self._writing)
        wanted = (
            select(table.c.canonical, table.c.at)
            .where(table.c.user == user, table.c.at >= now - KEEP)
            .order_by(table.c.at.desc())
            .limit(MOST)
        )
        async with self._one_at_a_time, self._database.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return [Asked(canonical=row.canonical, at=row.at) for row in rows]
