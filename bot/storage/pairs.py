"""How pairs (profile, job) stand: stage, revision, and who decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, tuple_

from bot.domain.entities import Stage
from bot.domain.stages import Decision, Standing
from bot.storage.tables import pairs as table
from bot.storage.together import Together

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.domain.posts import Pair
    from bot.storage.database import Database

MOST_AT_ONCE = 500  # pairs in one SELECT: databases bound the number of its parameters


class Pairs:
    """The standings of pairs that anybody has decided about in Slack."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._together = Together(self._select)

    async def standings(self, pairs: Collection[Pair]) -> dict[Pair, Standing]:
        """What is known of those pairs, in one SELECT, shared with who asks meanwhile; untouched ones are left out."""
        return await self._together.get(pairs)

    async def _select(self, pairs: Sequence[Pair]) -> dict[Pair, Standing]:
        found: dict[Pair, Standing] = {}
        async with self._database.connect() as connection:
            for begin in range(0, len(pairs), MOST_AT_ONCE):
                wanted = tuple_(table.c.profile_key, table.c.job_key).in_(pairs[begin : begin + MOST_AT_ONCE])
                rows = (await connection.execute(select(table).where(wanted))).mappings().all()
                found |= {(row["profile_key"], row["job_key"]): read_standing(row) for row in rows}
        return found


def read_standing(row: Any) -> Standing:
    """The standing that a row of `pairs` holds."""
    stage = Stage(row["stage"])
    decision = None
    if row["by"]:
        decision = Decision(stage=stage, before=Stage(row["before"]), by=row["by"], at=row["at"], undo=row["undo"])
    return Standing(stage=stage, revision=row["revision"], decision=decision, at=row["at"])
