"""The last queries of each person, so that they can be run again: at most twenty, for thirty days.

A query is kept as its canonical text. It is what the person typed, so it may name a candidate: it is shown to that
person only, and forgotten after a month.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.history import Asked
from bot.storage.gathered import Gathered
from bot.storage.tables import Moment
from bot.storage.tables import recent_queries as table

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database

MOST = 20
KEEP = timedelta(days=30)
LONGEST = 4_000  # characters; a longer query is not remembered


_PLACE = func.row_number().over(partition_by=table.c.user, order_by=table.c.at.desc()).label("place")
_RANKED = (
    select(table.c.user, table.c.token, _PLACE)
    .where(table.c.user.in_(bindparam("users", expanding=True, type_=String)))
    .subquery()
)
_TOO_MANY = delete(table).where(
    tuple_(table.c.user, table.c.token).in_(select(_RANKED.c.user, _RANKED.c.token).where(_RANKED.c.place > MOST))
)
_TOO_OLD = delete(table).where(table.c.at < bindparam("oldest", type_=Moment))


class Recent:
    """The table of recent queries: written a moment after they were asked, at once where somebody wants to read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        add = (sqlite if database.dialect == "sqlite" else postgresql).insert(table)
        self._add_or_move = add.on_conflict_do_update(
            index_elements=[table.c.user, table.c.token], set_={"at": add.excluded.at}
        )
        self._asked = Gathered(self._add, what="queries")

    async def close(self) -> None:
        """Write what is not written yet."""
        await self._asked.written()

    async def asked(self, user: str, canonical: str, at: datetime) -> None:
        """Remember it as that person's latest; the same query again moves up. `at` is aware. Written in a moment."""
        if len(canonical) > LONGEST or "\x00" in canonical:  # PostgreSQL keeps no NUL
            return
        found = Asked(canonical=canonical.encode("utf-8", "replace").decode(), at=at)
        self._asked.put((user, found.token), found)

    async def _add(self, asked: dict[tuple[str, str], Asked]) -> None:
        rows = [
            {"user": user, "token": token, "canonical": each.canonical, "at": each.at}
            for (user, token), each in asked.items()
        ]
        users = sorted({user for user, _ in asked})
        oldest = max(each.at for each in asked.values()) - KEEP
        async with self._database.begin() as connection:
            await connection.execute(self._add_or_move, rows)
            await connection.execute(_TOO_MANY, {"users": users})
            await connection.execute(_TOO_OLD, {"oldest": oldest})

    async def recent(self, user: str, now: datetime) -> list[Asked]:
        """That person's queries of the last thirty days, the latest first."""
        await self._asked.written()
        wanted = (
            select(table.c.canonical, table.c.at)
            .where(table.c.user == user, table.c.at >= now - KEEP)
            .order_by(table.c.at.desc())
            .limit(MOST)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return [Asked(canonical=row.canonical, at=row.at) for row in rows]
