"""What each filter hides: behind a list as a second message, or when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.domain.filters import filters_of
from bot.errors import SlackDeliveryError
from bot.hrflow.pace import background
from bot.receipts import OFF
from bot.views import actions, notices, receipts

if TYPE_CHECKING:
    from bot.domain.posts import Post
    from bot.services import Services
    from bot.slack.calls import Call

log = structlog.get_logger(__name__)


async def follow(call: Call, services: Services, post: Post) -> None:
    """Send what the filters of a list hide behind it; where that cannot be now, the list offers it later."""
    still_here = await services.receipts.follows(post.ranking.query, call.user_id)
    if still_here is None:
        post.offers_receipts = services.receipts.when(post.ranking.query) != OFF  # from its next drawing on
        return
    with background():
        found = await services.receipts.count(post, now=post.asked_at or services.now())
    if found is None:
        return
    post.receipts = found
    services.posts.save_later(post)
    if not still_here():  # it would come between them and what they have asked for since
        return
    try:
        await call.whisper(receipts.draw(post, found, manner=call.manner), once=True)
    except SlackDeliveryError as error:  # the list has arrived; what goes with it can be had from there
        log.warning("receipts not delivered", code=error.code)


async def count(call: Call, services: Services) -> None:
    """Count now, and show it in the list; of a posted copy, to this person alone."""
    post = await services.posts.get(actions.post_of(call.block_id))
    if post is None or not filters_of(post.ranking.query):
        await call.whisper(notices.outdated())
        return
    async with call.progress():
        found = await services.receipts.count(post, now=post.asked_at or services.now())
    if found is None:
        await call.whisper(receipts.uncounted())
    elif post.kind != "private":
        await call.whisper(receipts.draw(post, found, manner=call.manner), once=True)
    else:
        async with services.posts.lock(post.id):
            post.receipts = found
            await services.posts.refresh(post)
            post.version += 1
            await call.redraw_or_whisper(services.posts.draw(post))
        services.posts.save_later(post)
