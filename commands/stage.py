"""Yes, Later, No and Undo: accepted before the ack, then shown; what happens in between is a durable run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import structlog

from bot.domain.seen import seen
from bot.storage.clicks import Click
from bot.views import actions, decisions, notices
from commands import details, notes, reasons

if TYPE_CHECKING:
    from bot.domain.stages import StageMove
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.workflows.stage_change import Taken

log = structlog.get_logger(__name__)
ACCEPT_SECONDS = 2.5  # of the three that Slack waits for an ack


async def change(call: Call, services: Services) -> None:
    """Carry out what the button says."""
    try:
        move = actions.read_move(call.value)
    except actions.UnreadableValueError:
        await call.ack()
        await call.whisper(notices.outdated())
        return
    await carry_out(call, services, move)


async def menu(call: Call, services: Services) -> None:
    """Carry out what was picked from a card's menu."""
    what, _, value = call.value.partition(":")
    try:
        move = actions.read_move(value)
    except actions.UnreadableValueError:
        await call.ack()
        await call.whisper(notices.outdated())
        return
    if what == "details":
        await call.ack()
        await details.of_pair(call, services, move)
    elif what == "note":
        await call.ack()
        await notes.about(call, services, move)
    else:
        await carry_out(call, services, move)


async def reasoned(call: Call, services: Services) -> None:
    """Make the decision that a reason was asked for."""
    answer = reasons.read(call)
    if services.asking.lacks(answer.move, answer.reason):
        await call.ack(response_action="errors", errors=decisions.reason_needed())
        return
    call.channel_id, call.message_ts = answer.channel, answer.message_ts
    content = {"reason": answer.reason, "note": answer.note}
    await _accept(call, services, answer.move, post_id=answer.post_id, content=content)


async def carry_out(call: Call, services: Services, move: StageMove, *, post_id: str = "") -> None:
    """Ask for a reason where one is wanted, else decide. `post_id`: the list, where the call is not on it.

    Raises MayNotDecideError, or NotAcceptedError: then nothing of it is left behind.
    """
    post_id = post_id or actions.post_of(call.block_id)
    if services.asking.about(move):
        await reasons.ask(call, services, move, post_id)
    else:
        await _accept(call, services, move, post_id=post_id, content={})


async def _accept(call: Call, services: Services, move: StageMove, *, post_id: str, content: dict[str, Any]) -> None:
    """Accept the click, ack it, and show what becomes of it."""
    click = _click(call, services, move, post_id=post_id, content=content)
    accepted = await _take(call, services, move, click)
    await services.stage_changes.follow(accepted, move, click)


async def taken(call: Call, services: Services, move: StageMove, *, quiet: bool = False) -> Taken:
    """Accept a click that is on no card, and ack it; `quiet`: its success is told elsewhere. Raises as above."""
    return await _take(call, services, move, _click(call, services, move, content={"quiet": quiet}))


async def _take(call: Call, services: Services, move: StageMove, click: Click) -> Taken:
    left = ACCEPT_SECONDS - (time.monotonic() - call.arrived)
    accepted = await services.stage_changes.take(move, click, seconds=left)
    await call.ack()
    return accepted


def _click(call: Call, services: Services, move: StageMove, *, content: dict[str, Any], post_id: str = "") -> Click:
    """Where the click comes from, and what was seen. Only what is at hand: an ack does not wait for HrFlow."""
    post_id = post_id or actions.post_of(call.block_id)
    post = services.posts.known(post_id)
    if post is not None:
        opened = services.opened.by(post_id, call.user_id, move)
        had = seen(post, (move.profile_key, move.job_key), opened=opened)
        content["seen"] = None if had is None else had.as_json()
        content["post"] = services.posts.pack(post) if post.kind == "private" else None
    return Click(
        workflow_id="",
        user=call.user_id,
        channel=call.channel_id,
        ts=call.message_ts,
        post_id=post_id,
        response_url=call.response_url,
        content=content,
    )
