"""A decision becomes the standing of its pair and a row of the ledger, both or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.ledger import Kind, LedgerEntry, Seen
from bot.storage.ledger import append

if TYPE_CHECKING:
    from bot.domain.stages import Decision, StageMove, Standing
    from bot.storage.clicks import Click
    from bot.storage.database import Database
    from bot.storage.pairs import Pairs


async def record(
    database: Database, pairs: Pairs, move: StageMove, *, workflow_id: str, click: Click | None
) -> tuple[Standing, bool]:
    """Record what that workflow has claimed and written; repeating it changes nothing. Tells whether it is new."""
    async with database.begin() as connection:
        standing, is_new = await pairs.record(connection, move, workflow_id)
        if is_new and standing.decision is not None:
            await append(connection, _entry(move, standing, standing.decision, workflow_id, click))
    return standing, is_new


def _entry(
    move: StageMove, standing: Standing, decision: Decision, workflow_id: str, click: Click | None
) -> LedgerEntry:
    content: dict[str, Any] = click.content if click is not None else {}
    seen = content.get("seen")
    return LedgerEntry(
        kind=Kind.UNDO if decision.undo else Kind.DECISION,
        at=decision.at,
        by=decision.by,
        profile_key=move.profile_key,
        job_key=move.job_key,
        board_key=move.board_key,
        source_key=move.source_key,
        before=decision.before,
        after=decision.stage,
        revision=standing.revision,
        reason=str(content.get("reason") or ""),
        note=str(content.get("note") or ""),
        seen=Seen.from_json(seen) if seen else None,
        channel=click.channel if click is not None else "",
        message_ts=click.ts if click is not None else "",
        workflow_id=workflow_id,
    )
