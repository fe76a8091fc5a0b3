"""Details: a modal that opens at once and is filled when HrFlow has answered; what is long goes on over pages."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.domain.posts import pair
from bot.errors import HrflowError, NothingFoundError, ShortlistError, SlackDeliveryError
from bot.views import actions, decisions, details, notices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.stages import StageMove
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.views.locales import Manner

log = structlog.get_logger(__name__)


async def show(call: Call, services: Services) -> None:
    """Open the details of the pair that the button names."""
    try:
        await of_pair(call, services, actions.read_move(call.value))
    except actions.UnreadableValueError:
        await call.whisper(notices.outdated())


async def of_pair(call: Call, services: Services, of: StageMove) -> None:
    """A job where jobs are listed, else the profile."""
    services.opened.note(actions.post_of(call.block_id), call.user_id, of)
    view_id = await call.open(details.loading())
    await _fill(call, services, view_id, actions.post_of(call.block_id), of)


async def turn(call: Call, services: Services) -> None:
    """Show the page of the details that the button names."""
    number, _, rest = call.value.partition(":")
    post_id, _, move = rest.partition(":")
    try:
        of = actions.read_move(move)
    except actions.UnreadableValueError:
        await call.push(details.failed(notices.outdated().text))
        return
    page = int(number) if number.isascii() and number.isdigit() else 0
    await _fill(call, services, call.view_id, post_id, of, page=page)


async def _fill(call: Call, services: Services, view_id: str, post_id: str, of: StageMove, *, page: int = 0) -> None:
    try:
        view = await _view(services, post_id, of, page, call.manner)
    except ShortlistError as error:
        view = details.failed(notices.in_words(error, call.manner))
    try:
        await call.update(view_id, view)
    except SlackDeliveryError as error:
        if error.code != "not_found":  # closed before it was filled: that is the person's good right
            raise
        log.info("details closed early")


async def _view(services: Services, post_id: str, of: StageMove, page: int, manner: Manner) -> dict[str, object]:
    profile, job, titles, past = await asyncio.gather(
        services.hrflow.find_profile(of.source_key, key=of.profile_key),
        services.directory.job_by_key(of.job_key, of.board_key),
        _titles(services),
        services.ledger.decisions(profile=of.profile_key, job=of.job_key, limit=decisions.MOST_SHOWN + 1),
    )
    if profile is None:
        raise NothingFoundError("profile", "")
    post = await services.posts.get(post_id)
    matches = () if post is None else post.ranking.matches
    about = details.About(
        match=next((each for each in matches if pair(each) == (of.profile_key, of.job_key)), None),
        titles=titles,
        history=[told] if (told := decisions.past([each.entry for each in past], actions.write_move(of))) else (),
        value=f"{post_id}:{actions.write_move(of)}",
        page=page,
        manner=manner,
    )
    ranks_jobs = post is not None and post.ranking.of == "job"
    return details.job(job, profile, about) if ranks_jobs else details.profile(profile, job, about)


async def _titles(services: Services) -> Mapping[str, str]:
    """Titles of other jobs; details are shown without them rather than not at all."""
    try:
        return await services.directory.titles()
    except HrflowError as error:
        log.info("no titles", reason=type(error).__name__)
        return {}
