"""How a query is answered: ranked, remembered, shown. Shared by commands, forms, examples and choices."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bot.domain.choices import Choice
from bot.errors import SeveralFoundError
from bot.receipts import AUTO, BUTTON, OFF
from bot.views import choices, lists
from commands import receipts

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.query import Query
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.views.message import Message


async def answer(call: Call, services: Services, query: Query, *, in_place: bool = False) -> Message:
    """The list that the query asks for, or the choice between several things of that name.

    `in_place`: it takes the place of another list, and what its filters hide is offered by a button.
    """
    with services.receipts.answering(call.user_id):
        return await _answer(call, services, query, in_place=in_place)


async def _answer(call: Call, services: Services, query: Query, *, in_place: bool) -> Message:
    now = now_of(call, services)
    try:
        ranking = await services.matching.rank(query, now=now, reader=call.user_id)
    except SeveralFoundError as error:
        choice = Choice(
            id=services.choices.new_id(),
            viewer=call.user_id,
            query=query,
            kind=error.kind,
            words=error.words,
            hits=error.hits,
            total=error.total,
        )
        services.choices.put(choice.id, choice)
        return choices.draw(choice, call.manner)
    call.afterwards.append(functools.partial(services.recent.asked, call.user_id, str(query), now))
    post = services.posts.remember(ranking, call.user_id, now)
    post.locale = call.viewer.locale if call.viewer is not None else ""
    await services.posts.refresh(post)
    when = services.receipts.when(query)
    post.offers_receipts = when == BUTTON or (in_place and when != OFF)
    if when == AUTO and not in_place:
        call.afterwards.append(functools.partial(receipts.follow, call, services, post))
    await services.turns.turn()
    return lists.draw(post, rename=services.rename)


def now_of(call: Call, services: Services) -> datetime:
    """What relative dates count from: now, in the asker's time zone."""
    now = services.now()
    return now if call.viewer is None else now.astimezone(call.viewer.zone)
