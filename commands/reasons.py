"""No may ask for a reason first: the form opens at once, and only its submission decides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.reason_codes import REQUIRED
from bot.views import actions, decisions

if TYPE_CHECKING:
    from bot.domain.stages import StageMove
    from bot.services import Services
    from bot.slack.calls import Call


@dataclass(frozen=True, slots=True)
class Answer:
    """What was filled in, and the press that it belongs to."""

    move: StageMove
    post_id: str
    channel: str
    message_ts: str
    reason: str
    note: str


async def ask(call: Call, services: Services, move: StageMove, post_id: str) -> None:
    """Open the form for that move. Closing it decides nothing. Raises MayNotDecideError."""
    await services.deciders.check(call.user_id, call.channel_id)
    await call.ack()
    pressed = {"post": post_id, "channel": call.channel_id, "ts": call.message_ts}
    metadata = json.dumps({"move": actions.write_move(move), **pressed})
    asking = services.asking
    view = decisions.ask_reason(asking.codes, required=asking.mode == REQUIRED, metadata=metadata)
    await (call.push(view) if call.view_id else call.open(view))


def read(call: Call) -> Answer:
    """The submitted form."""
    held = json.loads(call.private_metadata)
    return Answer(
        actions.read_move(held["move"]),
        held["post"],
        held["channel"],
        held["ts"],
        decisions.read_reason(call.values),
        decisions.read_note(call.values),
    )
