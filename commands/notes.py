"""A note on a decision: written in a modal, kept in the ledger, shown in Details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.circumstances import noted
from bot.domain.ledger import DECIDING
from bot.views import actions, decisions, modals, notices

if TYPE_CHECKING:
    from bot.domain.stages import StageMove
    from bot.services import Services
    from bot.slack.calls import Call

_LOOKED_AT = 50  # rows of a pair; the latest decision is among them


async def write(call: Call, services: Services) -> None:
    """Open the form for a note on the pair that the button names."""
    try:
        move = actions.read_move(call.value)
    except actions.UnreadableValueError:
        await call.refuse(notices.outdated())
        return
    await about(call, services, move)


async def about(call: Call, services: Services, move: StageMove) -> None:
    """Open the form for a note on that pair."""
    await services.deciders.check(call.user_id, call.channel_id)
    view = decisions.ask_note(metadata=actions.write_move(move))
    await (call.push(view) if call.view_id else call.open(view))


async def keep(call: Call, services: Services) -> None:
    """Add what was written to the ledger, on the latest decision about the pair."""
    move = actions.read_move(call.private_metadata)
    note = decisions.read_note(call.values)
    if not note:
        await call.ack(response_action="errors", errors=decisions.note_needed())
        return
    await services.deciders.check(call.user_id, call.channel_id)
    known = await services.ledger.decisions(profile=move.profile_key, job=move.job_key, limit=_LOOKED_AT)
    decision = next((each.entry for each in known if each.entry.kind in DECIDING), None)
    if decision is None:
        await call.ack(response_action="update", view=modals.notice(decisions.nothing_to_note()))
        return
    once = f"note/{call.view_id}"  # somebody who saw no answer may press again: it is one note
    if all(each.entry.workflow_id != once for each in known):
        row = noted(move, decision, note, by=call.user_id, at=services.now(), once=once)
        await services.ledger.add(row)
    await call.ack()
    await call.whisper(decisions.noted())
