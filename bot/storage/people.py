"""The queries that people have saved for themselves or for a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from bot.domain.people import Saved
from bot.domain.text import fold
from bot.storage.tables import saved_queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping

    from bot.storage.database import Database

MOST_SAVED = 100


class People:
    """`owner` of a saved query is the Slack id of a person or of a channel."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, owner: str, name: str, query: str, *, by: str, at: datetime) -> bool:
        """Keep a query under a name; one of that name is replaced. False where there are a hundred already."""
        table = saved_queries
        async with self._database.begin() as connection:
            held = (await connection.execute(select(table.c.folded).where(table.c.owner == owner))).scalars().all()
            if fold(name) not in held and len(held) >= MOST_SAVED:
                return False
            await connection.execute(delete(table).where(table.c.owner == owner, table.c.folded == fold(name)))
            row = {"owner": owner, "folded": fold(name), "name": name, "query": query, "by": by, "at": at}
            await connection.execute(insert(table).values(row))
        return True

    async def saved(self, owners: Sequence[str]) -> list[Saved]:
        """The saved queries of those owners, in the order of the owners, then by name."""
        wanted = select(saved_queries).where(saved_queries.c.owner.in_(owners)).order_by(saved_queries.c.folded)
        async with self._database.connect() as connection:
            found = [_saved(row) for row in (await connection.execute(wanted)).mappings().all()]
        return sorted(found, key=lambda each: owners.index(each.owner))

    async def saved_as(self, owners: Sequence[str], name: str) -> Saved | None:
        """The query of that name; where several owners have one, that of the first."""
        return next((each for each in await self.saved(owners) if fold(each.name) == fold(name)), None)

    async def forget(self, saved: Saved) -> None:
        """Remove a saved query."""
        async with self._database.begin() as connection:
            await connection.execute(delete(saved_queries).where(saved_queries.c.id == saved.id))


def _saved(row: RowMapping) -> Saved:
    held: dict[str, Any] = {name: row[name] for name in ("id", "owner", "name", "query", "by", "at")}
    return Saved(**held)
