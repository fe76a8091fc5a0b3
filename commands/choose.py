"""A press on one of several things of the same name: the question is asked again, about that one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.domain.more_kinds import Point
from bot.domain.query import RADII, ProfilesQuery
from bot.domain.text import fold
from bot.domain.values import PlaceName
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
    query = chosen(choice, int(place))
    async with call.progress():
        message = await answer(call, services, query)
    await call.redraw_or_whisper(message)


def chosen(choice: Choice, place: int) -> Query:
    """The query about that hit: by its name where the name tells it apart from every other, else by its key.

    A place is named by its label, which stands for that one only.
    """
    key, name, _ = choice.hits[place]
    all_shown = choice.total == len(choice.hits)
    namesakes = sum(fold(other) == fold(name) for _, other, _ in choice.hits)
    one = name if all_shown and namesakes == 1 and fold(name) != fold(choice.words) else key
    query = choice.query
    if choice.kind == "place":
        return _placed(query, PlaceName(choice.words), name)
    if choice.kind in ("job", "profile"):
        return replace(query, subject=one)
    if isinstance(query, ProfilesQuery):
        if choice.kind == "board":
            return replace(query, board=one)
        return replace(query, source=tuple(one if each == choice.words else each for each in query.source))
    if choice.kind == "source":
        return replace(query, source=one)
    return replace(query, board=tuple(one if each == choice.words else each for each in query.board))


def _placed(query: Query, words: PlaceName, label: str) -> Query:
    """The query with that label, or those coordinates, wherever it held the words."""
    held = [field for field, _ in RADII if getattr(query, field, None) == words]
    found: dict[str, Any] = dict.fromkeys(held, Point().named(label))
    return replace(query, **found)
