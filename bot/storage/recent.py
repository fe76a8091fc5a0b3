"""The last queries of each person, so that they can be run again: at most twenty, for thirty days.

A query is kept as its canonical text. It is what the person typed, so it may name a candidate: it is shown to that
person only, and forgotten after a month.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.history import Asked
from bot.storage.tables import recent_queries as table

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database

MOST = 20
KEEP = timedelta(days=30)
LONGEST = 4_000  # characters; a longer query is not remembered


class Recent:
    """The table of recent queries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def asked(self, user: str, canonical: str, at: datetime) -> None:
        """Remember it as that person's latest; the same query again moves up. `at` is aware."""
        if len(canonical) > LONGEST or "\x00" in canonical:  # PostgreSQL keeps no NUL
            return
        found = Asked(canonical=canonical.encode("utf-8", "replace").decode(), at=at)
        kind = sqlite if self._database.dialect == "sqlite" else postgresql
        add = kind.insert(table).values(user=user, token=found.token, canonical=found.canonical, at=at)
        newest = select(table.c.token).where(table.c.user == user).order_by(table.c.at.desc()).limit(MOST)
        async with self._database.begin() as connection:
            await connection.execute(
                add.on_conflict_do_update(index_elements=[table.c.user, table.c.token], set_={"at": at})
            )
            await connection.execute(
                delete(table).where(table.c.user == user, table.c.token.not_in(newest.scalar_subquery()))
            )
            await connection.execute(delete(table).where(table.c.at < at - KEEP))

    async def recent(self, user: str, now: datetime) -> list[Asked]:
        """That person's queries of the last thirty days, the latest first."""
        wanted = (
            select(table.c.canonical, table.c.at)
            .where(table.c.user == user, table.c.at >= now - KEEP)
            .order_by(table.c.at.desc())
            .limit(MOST)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return [Asked(canonical=row.canonical, at=row.at) for row in rows]
