"""Share: a list is posted where its owner wants it, and only where everybody may see it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

from bot.domain.posts import Post
from bot.errors import AudienceRefusedError, ShortlistError, SlackDeliveryError
from bot.views import actions, lists, notices
from bot.views import share as words

if TYPE_CHECKING:
    from bot.domain.audience import Audience
    from bot.services import Services
    from bot.slack.calls import Call

log = structlog.get_logger(__name__)
PATIENCE = 2.0  # seconds; Slack waits three for an answer to a form


async def ask(call: Call, services: Services) -> None:
    """Open the form for the list that the button stands under; at once, though its names must be read again first."""
    post_id = actions.post_of(call.block_id)
    # The id of the copy is made here, so that a form sent twice posts once.
    metadata = f"{post_id}.{services.shares.new_id()}"
    post = services.posts.known(post_id)
    if post is not None:
        await call.open(words.form(lists.headline(post.ranking), words.Fields({}), metadata=metadata))
        return
    view_id = await call.open(words.loading())
    try:
        post = await services.posts.get(post_id)
    except ShortlistError as error:
        await _redraw(call, words.outcome(notices.for_error(error, call.manner)), view_id)
        return
    if post is None:
        await _redraw(call, words.outcome(notices.outdated()), view_id)
        return
    await _redraw(call, words.form(lists.headline(post.ranking), words.Fields({}), metadata=metadata), view_id)


async def preview(call: Call, services: Services) -> None:
    """Say in the form how many people would see it in the place just chosen, or why it is not posted there."""
    post_id, share_id = _asked(call)
    post = await services.posts.get(post_id)
    if post is None:
        await _redraw(call, words.outcome(notices.outdated()))
        return
    async with services.shares.lock(share_id):  # in the order of the choices
        fields = words.Fields(call.values)
        if call.selected:
            fields.keep_only(call.action_id)
        shown = None
        if fields.place:
            try:
                shown = words.seen_by(await services.audience.of(fields.place, younger_than=0), call.manner)
            except AudienceRefusedError as error:
                shown = words.not_there(error, call.manner)
        view = words.form(lists.headline(post.ranking), fields, shown, metadata=call.private_metadata)
        await _redraw(call, view)


async def submit(call: Call, services: Services) -> None:
    """Look once more at who is in there, then post. One form posts once, however often it is sent."""
    post_id, share_id = _asked(call)
    fields = words.Fields(call.values)
    if problem := words.problem(fields):
        await call.ack(response_action="errors", errors=problem)
        return
    if services.shares.get(share_id) is not None:  # it is on its way
        await call.ack()
        return
    async with services.shares.lock(share_id):
        if services.shares.get(share_id) is not None:
            await call.ack()
            return
        looking = asyncio.create_task(_look(services, post_id, fields.place))
        await asyncio.wait({looking}, timeout=PATIENCE)
        in_time = looking.done()
        if not in_time:
            await call.ack(response_action="update", view=words.checking())
        try:
            post, audience = await looking
        except AudienceRefusedError as error:
            await _refuse(call, services, fields, error)
            return
        if post is None:
            gone = words.outcome(notices.outdated())
            await (call.ack(response_action="update", view=gone) if in_time else _redraw(call, gone))
            return
        await call.ack()
        told = await _publish(call, services, post, share_id, audience)
        await (call.whisper(told) if in_time else _redraw(call, words.outcome(told)))


async def _look(services: Services, post_id: str, place: str) -> tuple[Post | None, Audience]:
    """The list, and who would see it."""
    return await services.posts.get(post_id), await services.audience.of(place, younger_than=0)


async def _refuse(call: Call, services: Services, fields: words.Fields, error: AudienceRefusedError) -> None:
    """Say why it is not posted there: beside the field, or in the form drawn again where that came too late."""
    if not call.acked:
        beside = {fields.block(fields.field): notices.in_words(error, call.manner)}
        await call.ack(response_action="errors", errors=beside)
        return
    post = await services.posts.get(_asked(call)[0])
    if post is None:
        await _redraw(call, words.outcome(notices.for_error(error, call.manner)))
        return
    title = lists.headline(post.ranking)
    await _redraw(call, words.form(title, fields, words.not_there(error, call.manner), metadata=call.private_metadata))


async def _publish(call: Call, services: Services, post: Post, share_id: str, audience: Audience) -> Any:
    """Post the copy; returns what the sharer is told."""
    copy = Post(
        id=share_id,
        viewer=call.user_id,
        ranking=post.ranking,
        shown=post.shown,
        page=post.page,
        asked_at=post.asked_at,
        standings=dict(post.standings),
        receipts=post.receipts,
    )
    name = call.viewer.name if call.viewer is not None else ""
    services.shares.put(share_id, audience.channel)
    try:
        await services.posts.publish(copy, audience.channel, kind="shared", by=name, metadata_id=share_id)
    except SlackDeliveryError as error:
        log.warning("not shared", code=error.code, sure=error.sure)
        if not error.sure:
            return words.unconfirmed(audience)
        services.shares.pop(share_id)
        return words.not_posted(audience)
    log.info("shared", people=audience.people)
    return words.shared(audience, call.manner)


def _asked(call: Call) -> tuple[str, str]:
    """The id of the list that the form is about, and the id of the copy."""
    post_id, _, share_id = call.private_metadata.partition(".")
    return post_id, share_id


async def _redraw(call: Call, view: dict[str, Any], view_id: str = "") -> None:
    try:
        await call.update(view_id or call.view_id, view)
    except SlackDeliveryError as error:
        if error.code != "not_found":  # closed meanwhile: that is the person's good right
            raise
        log.info("form closed early")
