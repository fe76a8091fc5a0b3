"""How a query is answered: ranked, remembered, shown. Shared by the two commands and the choice between namesakes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bot.domain.choices import Choice
from bot.domain.grammar import HelpWanted, read
from bot.errors import SeveralFoundError
from bot.slack.typed import as_typed
from bot.views import choices, lists, notices

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.query import JobsQuery, ProfilesQuery, Query
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.views.message import Message


async def command(call: Call, services: Services, query_type: type[ProfilesQuery | JobsQuery]) -> None:
    """Read what was typed, ack, answer. A query that cannot be read is refused by the ack itself."""
    asked = read(query_type, call.command or query_type.command, as_typed(call.text), now=_now(call, services))
    if isinstance(asked, HelpWanted) or not asked.subject:
        topic = asked.topic if isinstance(asked, HelpWanted) else ""
        await call.refuse(notices.usage(query_type, topic, rename=services.rename))
        return
    await call.ack()
    async with call.progress():
        message = await answer(call, services, asked)
    await call.whisper(message, once=True)


async def answer(call: Call, services: Services, query: Query) -> Message:
    """The list that the query asks for, or the choice between several things of that name."""
    now = _now(call, services)
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
        return choices.draw(choice)
    call.afterwards.append(functools.partial(services.recent.asked, call.user_id, str(query), now))
    post = services.posts.remember(ranking, call.user_id, now)
    await services.posts.refresh(post)
    await services.turns.turn()
    return lists.draw(post, rename=services.rename)


def _now(call: Call, services: Services) -> datetime:
    """What relative dates count from: now, in the asker's time zone."""
    now = services.now()
    return now if call.viewer is None else now.astimezone(call.viewer.zone)
