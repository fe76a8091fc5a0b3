"""A press on one of several things of the same name: the question is asked again, about that one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.query import ProfilesQuery
from bot.views import notices
from commands.answer import answer

if TYPE_CHECKING:
    from bot.domain.choices import Choice
    from bot.domain.query import Query
    from bot.services import Services
    from bot.slack.calls import Call


async def pick(call: Call, services: Services) -> None:
    """Put the list for the chosen one in place of the choice."""
    choice_id, _, place = call.value.partition(":")
    choice = services.choices.get(choice_id)
    if choice is None or choice.viewer != call.user_id or not place.isdigit() or int(place) >= len(choice.hits):
        await call.whisper(notices.outdated())
        return
    query = chosen(choice, choice.hits[int(place)][0])
    async with call.progress():
        message = await answer(call, services, query)
    await call.redraw_or_whisper(message)


def chosen(choice: Choice, key: str) -> Query:
    """The query with the key in place of the words that named several things."""
    query = choice.query
    if choice.kind in ("job", "profile"):
        return replace(query, subject=key)
    if isinstance(query, ProfilesQuery):
        if choice.kind == "board":
            return replace(query, board=key)
        return replace(query, source=tuple(key if name == choice.words else name for name in query.source))
    if choice.kind == "source":
        return replace(query, source=key)
    return replace(query, board=tuple(key if name == choice.words else name for name in query.board))
