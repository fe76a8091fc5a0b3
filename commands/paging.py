"""Turning pages, sorting, resizing and loosening a list, in place.

In a copy that is posted for all to see, what one person does here answers that person alone: the others keep the page
that they are reading.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import paging
from bot.domain.filters import WHERE, filters_of, without
from bot.domain.kinds import Choice
from bot.domain.query import ANY_STAGE, ProfilesQuery
from bot.views import actions, notices, receipts
from bot.views.controls import SIZES
from commands.answer import answer

if TYPE_CHECKING:
    from bot.domain.posts import Post
    from bot.domain.query import Query
    from bot.services import Services
    from bot.slack.calls import Call


async def turn(call: Call, services: Services) -> None:
    """Show the next or the previous page: the one beside the page that the button stood under."""
    post = await _post(call, services)
    if post is None or not call.value.isascii() or not call.value.isdigit():
        await call.whisper(notices.outdated())
        return
    posted = post.kind != "private"
    if posted:
        post = _own_copy(services, post, call.user_id)
        post.locale = call.viewer.locale if call.viewer is not None else ""
    async with call.progress(), services.posts.lock(post.id):
        await _turn(services, post, int(call.value), back=call.action_id == actions.PREVIOUS)
        await services.posts.refresh(post)
        post.version += 1
        message = services.posts.draw(post)
        if not posted:  # within the lock, so that the last to arrive is the newest
            await call.redraw_or_whisper(message)
    if posted:
        await call.whisper(message, once=True)
    await services.posts.save(post)


async def arrange(call: Call, services: Services) -> None:
    """Ask again in another order, or with more or fewer on a page."""
    post = await _post(call, services)
    query = None if post is None else arranged(post.ranking.query, call.value)
    if post is None or query is None:
        await call.whisper(notices.outdated())
        return
    await _again(call, services, post, query)


async def loosen(call: Call, services: Services) -> None:
    """Ask again without the filter that the button names."""
    post = await _post(call, services)
    if post is None:
        await call.whisper(notices.outdated())
        return
    await _again(call, services, post, loosened(post.ranking.query, call.value))


def arranged(query: Query, value: str) -> Query | None:
    """The query with that sort, order or limit, from its first page; None where there is no such thing."""
    what, _, word = value.partition(":")
    sorts = query.parameters["sort"].kind
    match what:
        case "sort" if isinstance(sorts, Choice) and word in sorts.words:
            found: Query = replace(query, page=1, sort=None if word == _unnamed(query) else word)
        case "order" if word in ("asc", "desc"):
            found = replace(query, page=1, order=word)
        case "limit" if word in map(str, SIZES):
            found = replace(query, page=1, limit=int(word))
        case _:
            return None
    return found if found.contradiction() is None else None


def _unnamed(query: Query) -> str:
    """What a list is sorted by where no sort is named."""
    return replace(query, sort=None).sorted_by


def loosened(query: Query, field: str) -> Query:
    """The query without the filter of that field; `stage` stands for any stage, `page` for the first one."""
    if field == "stage" and isinstance(query, ProfilesQuery):
        anyone = replace(query, stage=ANY_STAGE, page=1)
        return anyone if anyone.contradiction() is None else replace(anyone, sort=None)
    known = {each.field for each in filters_of(query)} | set(WHERE)
    return without(query, known & {field})


async def _post(call: Call, services: Services) -> Post | None:
    """The list that was pressed; a private one belongs to whoever asked for it."""
    post = await services.posts.get(actions.post_of(call.block_id))
    return post if post is not None and (post.kind != "private" or post.viewer == call.user_id) else None


def _own_copy(services: Services, post: Post, user_id: str) -> Post:
    """A private list of this person that goes on where the posted one stands."""
    own = services.posts.remember(post.ranking, user_id, post.asked_at or services.now())
    own.shown, own.page = post.shown, post.page
    own.contents, own.standings, own.receipts = dict(post.contents), dict(post.standings), post.receipts
    return own


async def _turn(services: Services, post: Post, rank: int, *, back: bool) -> None:
    """Move the post to the page beside the one that begins with that rank, wherever it stands now."""
    here = paging.place_of(post, rank)
    if here is None:
        return
    place = here - 1 if back else here + 1
    now = post.asked_at or services.now()
    query, subject = post.ranking.query, post.ranking.subject
    if 0 <= place < len(post.shown):
        paging.show(post, place, await services.posts.content(post, place))
    elif back:
        if rank > 1:
            found = await services.matching.before(query, paging.shown(post), rank, subject=subject, now=now)
            paging.prepend(post, found)
    else:
        paging.append(post, await services.matching.after(query, paging.shown(post), subject=subject, now=now))


async def _again(call: Call, services: Services, post: Post, query: Query) -> None:
    """The answer to another query in place of the list; below a posted copy, or a message beside the list, anew."""
    async with call.progress():
        message = await answer(call, services, query, in_place=True)
    if post.kind != "private" or call.block_id.endswith(f".{receipts.APART}"):
        await call.whisper(message, once=True)
    else:
        await call.redraw_or_whisper(message)
