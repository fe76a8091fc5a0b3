"""How pairs (profile, job) stand: stage, revision, who decided, and who is about to.

A decision takes two steps here. `claim` wins the next revision for one workflow, before anything is written to HrFlow;
`record` makes it the standing, in one transaction with its row in the ledger. A workflow that repeats a step after a
crash finds its own claim or record again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, insert, select, text, tuple_, update
from sqlalchemy.exc import IntegrityError

from bot.domain.entities import Stage
from bot.domain.stages import Decision, Failure, Standing
from bot.storage.tables import pairs as table
from bot.storage.together import Together

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.domain.posts import Pair
    from bot.domain.stages import StageMove
    from bot.storage.database import Database

MOST_AT_ONCE = 500  # pairs in one SELECT, so that none takes long
FAILURES_SHOWN = timedelta(days=1)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_NO_CLAIM = {"claim": "", "claim_by": "", "claim_stage": "", "claim_at": None, "claim_undo": False, "fault": ""}

# The pairs go in as one parameter: making a place for each takes longer than finding them.
_LISTED = {
    "sqlite": text("SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:pairs)"),
    "postgresql": text("SELECT value ->> 0, value ->> 1 FROM json_array_elements(CAST(:pairs AS json))"),
}
_OF_ROW = tuple_(table.c.profile_key, table.c.job_key)
_THOSE = {dialect: select(table).where(_OF_ROW.in_(listed)) for dialect, listed in _LISTED.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """How a claim ended.

    `outcome` is `won` (then `at` is when), `recorded` (won and finished before), `outside` (HrFlow has another stage
    than the button believed), `same` (HrFlow has the wanted one already) or `lost`. `standing` is how the pair stands
    now, `holder` the workflow that is about to change it.
    """

    outcome: str
    standing: Standing
    at: datetime | None = None
    holder: str = ""


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
        wanted = _THOSE[self._database.dialect]
        async with self._database.connect() as connection:
            for begin in range(0, len(pairs), MOST_AT_ONCE):
                some = pairs[begin : begin + MOST_AT_ONCE]
                rows = (await connection.execute(wanted, {"pairs": json.dumps(some)})).mappings().all()
                found |= {(row["profile_key"], row["job_key"]): read_standing(row) for row in rows}
        old = datetime.now(UTC) - FAILURES_SHOWN
        return {
            pair: replace(held, failure=None) if held.failure and held.failure.decision.at < old else held
            for pair, held in found.items()
        }

    async def standing(self, pair: Pair) -> Standing | None:
        """What is known of one pair, None where nobody touched it."""
        return (await self.standings([pair])).get(pair)

    async def claim(  # noqa: PLR0911 - one return for each way it can end
        self, move: StageMove, *, by: str, workflow_id: str, label: Standing, now: datetime
    ) -> Claimed:
        """Win the next revision, if the pair still stands as the button believed.

        `label` is what HrFlow says, read just before.
        """
        async with self._database.begin() as connection:
            row = await self._row(connection, move, label)
            standing = read_standing(row)
            if row["claim"] == workflow_id:
                return Claimed(outcome="won", standing=standing, at=row["claim_at"])
            if row["workflow_id"] == workflow_id:
                return Claimed(outcome="recorded", standing=standing, at=row["at"])
            if row["claim"]:
                return Claimed(outcome="lost", standing=standing, holder=row["claim"])
            if label.stage is not standing.stage:
                standing = await self._observed(connection, move, standing, label, now)
                outcome = "same" if label.stage is move.target else "outside"
                return Claimed(outcome=outcome, standing=standing)
            if standing.revision != move.revision:
                return Claimed(outcome="lost", standing=standing)
            if label.stage is move.target:
                return Claimed(outcome="same", standing=standing)
            if label.stage is not move.expected:
                return Claimed(outcome="outside", standing=standing)
            at = now.replace(microsecond=0)  # a label tells whole seconds
            claim = {"claim": workflow_id, "claim_by": by, "claim_stage": move.target.value, "claim_at": at}
            values = _NO_CLAIM | claim | {"claim_undo": move.undo}
            await connection.execute(update(table).where(_of(move)).values(**values))
            return Claimed(outcome="won", standing=standing, at=at)

    async def release(self, move: StageMove, workflow_id: str, *, fault: str = "") -> Standing | None:
        """Give a claim back: nothing was decided; `fault` says why. Returns how the pair stands."""
        async with self._database.begin() as connection:
            mine = and_(_of(move), table.c.claim == workflow_id)
            values: dict[str, Any] = {"claim": "", "fault": fault} if fault else _NO_CLAIM
            await connection.execute(update(table).where(mine).values(**values))
            row = (await connection.execute(select(table).where(_of(move)))).mappings().first()
        return None if row is None else read_standing(row)

    async def claimed_by(self, move: StageMove, workflow_id: str) -> bool:
        """Whether that workflow is about to change the pair."""
        mine = select(table.c.claim).where(_of(move), table.c.claim == workflow_id)
        async with self._database.connect() as connection:
            return (await connection.execute(mine)).first() is not None

    async def fail(self, move: StageMove, *, by: str, fault: str, now: datetime) -> Standing:
        """Note that a decision was given up before it could claim anything."""
        async with self._database.begin() as connection:
            row = await self._row(connection, move, Standing(stage=move.expected))
            if row["claim"] or row["revision"] != move.revision:
                return read_standing(row)
            values = {"claim_by": by, "claim_stage": move.target.value, "claim_at": now, "claim_undo": move.undo}
            await connection.execute(update(table).where(_of(move)).values(**values, fault=fault))
            row = (await connection.execute(select(table).where(_of(move)))).mappings().one()
        return read_standing(row)

    async def observe(self, move: StageMove, label: Standing, *, workflow_id: str, now: datetime) -> Standing:
        """Note a stage that was set outside Slack while `workflow_id` was about to write; its claim ends."""
        async with self._database.begin() as connection:
            row = await self._row(connection, move, label)
            if row["claim"] != workflow_id:
                return read_standing(row)
            return await self._observed(connection, move, read_standing(row), label, now)

    async def record(self, connection: AsyncConnection, move: StageMove, workflow_id: str) -> tuple[Standing, bool]:
        """Make a claim the standing, within the caller's transaction; tells whether it was not done before."""
        row = (await connection.execute(select(table).where(_of(move)).with_for_update())).mappings().one()
        if row["claim"] != workflow_id:
            return read_standing(row), False
        values = {
            "stage": row["claim_stage"],
            "revision": row["revision"] + 1,
            "by": row["claim_by"],
            "at": row["claim_at"],
            "before": row["stage"],
            "undo": row["claim_undo"],
            "workflow_id": workflow_id,
        }
        await connection.execute(update(table).where(_of(move)).values(**values, **_NO_CLAIM))
        return read_standing({**row, **values, **_NO_CLAIM}), True

    async def _row(self, connection: AsyncConnection, move: StageMove, label: Standing) -> Any:
        """The row of the pair, locked until the transaction ends; made from what HrFlow says where there is none."""
        wanted = select(table).where(_of(move)).with_for_update()
        row = (await connection.execute(wanted)).mappings().first()
        if row is not None:
            return row
        with suppress(IntegrityError):  # another process was faster
            async with connection.begin_nested():
                await connection.execute(insert(table).values(**_untouched(move, label)))
        return (await connection.execute(wanted)).mappings().one()

    async def _observed(
        self, connection: AsyncConnection, move: StageMove, known: Standing, label: Standing, now: datetime
    ) -> Standing:
        """HrFlow says otherwise: that is how it stands, and buttons drawn before are outdated."""
        at = (label.at or now).replace(microsecond=0)
        values = {
            "stage": label.stage.value,
            "revision": known.revision + 1,
            "by": "",
            "at": at,
            "before": known.stage.value,
            "undo": False,
            "workflow_id": "",
        }
        await connection.execute(update(table).where(_of(move)).values(**values, **_NO_CLAIM))
        return Standing(stage=label.stage, revision=known.revision + 1, at=at)


def _of(move: StageMove) -> ColumnElement[bool]:
    return and_(table.c.profile_key == move.profile_key, table.c.job_key == move.job_key)


def _untouched(move: StageMove, label: Standing) -> dict[str, Any]:
    return {
        "job_key": move.job_key,
        "profile_key": move.profile_key,
        "board_key": move.board_key,
        "source_key": move.source_key,
        "stage": label.stage.value,
        "revision": 0,
        "by": "",
        "at": label.at or _LONG_AGO,  # any label that comes later is newer
        "before": label.stage.value,
        "undo": False,
        "workflow_id": "",
    }


def read_standing(row: Any) -> Standing:
    """The standing that a row of `pairs` holds."""
    stage = Stage(row["stage"])
    standing = Standing(stage=stage, revision=row["revision"], at=row["at"])
    if row["by"]:
        before = Stage(row["before"])
        decision = Decision(stage=stage, before=before, by=row["by"], at=row["at"], undo=row["undo"])
        standing = replace(standing, decision=decision)
    if not row["claim_stage"]:
        return standing
    wanted = Decision(
        stage=Stage(row["claim_stage"]), before=stage, by=row["claim_by"], at=row["claim_at"], undo=row["claim_undo"]
    )
    if row["claim"]:
        return replace(standing, saving=wanted)
    return replace(standing, failure=Failure(decision=wanted, reason=row["fault"]))
