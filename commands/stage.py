"""Yes, Later, No and Undo: the stage is set in HrFlow, then the message shows it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.domain.entities import Stage
from bot.domain.stages import Standing
from bot.errors import SlackDeliveryError, StageConflictError, StageUnconfirmedError
from bot.views import actions, notices
from commands import details

if TYPE_CHECKING:
    from bot.domain.posts import Post
    from bot.domain.stages import StageMove
    from bot.services import Services
    from bot.slack.calls import Call

log = structlog.get_logger(__name__)


async def change(call: Call, services: Services) -> None:
    """Carry out what the button says."""
    try:
        move = actions.read_move(call.value)
    except actions.UnreadableValueError:
        await call.whisper(notices.outdated())
        return
    await carry_out(call, services, move)


async def menu(call: Call, services: Services) -> None:
    """Carry out what was picked from a card's menu."""
    what, _, value = call.value.partition(":")
    try:
        move = actions.read_move(value)
    except actions.UnreadableValueError:
        await call.whisper(notices.outdated())
        return
    if what == "details":
        await details.of_pair(call, services, move)
    else:
        await carry_out(call, services, move)


async def carry_out(call: Call, services: Services, move: StageMove) -> None:
    """Set the stage, then draw the message again; where that is impossible, say in words what is saved."""
    await services.deciders.check(call.user_id, call.channel_id)
    post = await services.posts.get(actions.post_of(call.block_id))
    pair = (move.profile_key, move.job_key)
    try:
        changed = await services.stage_changes.run(move, by=call.user_id)
    except StageConflictError as error:
        if post is not None:
            post.learned(pair, Standing(stage=Stage(error.current), revision=move.revision, at=error.at))
            with suppress(SlackDeliveryError):  # the person is told in words in any case
                await _redraw(call, services, post)
        raise
    except StageUnconfirmedError as error:
        await call.whisper(notices.for_error(error))
        settled = await services.stage_changes.settle(move, by=call.user_id)
        if settled is None:
            await call.whisper(notices.not_saved())
            return
        changed = settled
    saved = notices.stage_saved(changed.decision, changed.stage, changed.profile, changed.job, move)
    if post is None:
        await call.whisper(saved)
        return
    if changed.decision is None:
        post.learned(pair, Standing(stage=changed.stage, revision=move.revision))
    else:
        post.decided(pair, changed.decision)
    try:
        await _redraw(call, services, post)
    except SlackDeliveryError as error:
        log.warning("list not redrawn", code=error.code)
        await call.whisper(saved)


async def _redraw(call: Call, services: Services, post: Post) -> None:
    """One drawing at a time, so that the last to arrive is the newest."""
    async with services.posts.lock(post.id):
        post.version += 1
        await call.redraw(services.posts.draw(post))
