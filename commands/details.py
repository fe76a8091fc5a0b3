"""Details: a modal that opens at once and is filled when HrFlow has answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.errors import NothingFoundError, ShortlistError, SlackDeliveryError
from bot.views import actions, details, notices

if TYPE_CHECKING:
    from bot.domain.stages import StageMove
    from bot.services import Services
    from bot.slack.calls import Call

log = structlog.get_logger(__name__)


async def show(call: Call, services: Services) -> None:
    """Open the details of the pair that the button names."""
    try:
        await of_pair(call, services, actions.read_move(call.value))
    except actions.UnreadableValueError:
        await call.whisper(notices.outdated())


async def of_pair(call: Call, services: Services, pair: StageMove) -> None:
    """A job where jobs are listed, else the profile."""
    view_id = await services.messenger.open_view(call.trigger_id, details.loading())
    try:
        view = await _view(call, services, pair)
    except ShortlistError as error:
        view = details.failed(notices.in_words(error))
    try:
        await services.messenger.update_view(view_id, view)
    except SlackDeliveryError as error:
        if error.code != "not_found":  # closed before it was filled: that is the person's good right
            raise
        log.info("details closed early")


async def _view(call: Call, services: Services, pair: StageMove) -> dict[str, object]:
    profile, job = await asyncio.gather(
        services.hrflow.find_profile(pair.source_key, key=pair.profile_key),
        services.directory.job_by_key(pair.job_key, pair.board_key),
    )
    if profile is None:
        raise NothingFoundError("profile", "")
    post = await services.posts.get(actions.post_of(call.block_id))
    ranks_jobs = post is not None and post.ranking.of == "job"
    return details.job(job, profile) if ranks_jobs else details.profile(profile, job)
