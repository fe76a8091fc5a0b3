"""The filters of a query: what narrows a list, each of which can be taken out again.

Stage, source, board and agent say which list it is, not what is left of it; limit, page, order, sort and scoring say
how it is shown. None of these is a filter here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from bot.domain.query import RADII

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.query import Query

NO_FILTERS = frozenset({"source", "board", "agent", "stage", "scoring", "limit", "page", "order", "sort"})
WHERE = ("source", "board")  # no filters, but an empty list may be wider without them
_RADIUS_OF = dict(RADII)
_PLACE_OF = {radius: place for place, radius in RADII}


@dataclass(frozen=True, slots=True)
class Filter:
    """`field` of the query, the `key` that people type for it, and `text`: all of it as it is typed."""

    field: str
    key: str
    text: str


def filters_of(query: Query) -> list[Filter]:
    """The filters, in the order of their declaration; a place and its radius are one."""
    found: list[Filter] = []
    typed: dict[str, str] = {}
    for parameter, value in query.given():
        if parameter.key in NO_FILTERS:
            continue
        typed[parameter.field] = " ".join(f"{parameter.key}:{piece}" for piece in parameter.kind.write(value))
        if parameter.field not in _PLACE_OF:
            found.append(Filter(parameter.field, parameter.key, ""))
    return [
        replace(each, text=" ".join(filter(None, (typed[each.field], typed.get(_RADIUS_OF.get(each.field, ""))))))
        for each in found
    ]


def without(query: Query, names: Iterable[str]) -> Query:
    """The query without the filters of those fields, from its first page on."""
    defaults = {field.name: field.default for field in fields(query)}
    empty: dict[str, Any] = {}
    for name in names:
        for each in (name, _RADIUS_OF.get(name)):
            if each in defaults:
                empty[each] = defaults[each]
    bare: Query = replace(query, page=1, **empty)
    wrong = bare.contradiction()  # such as a sort by the distance to a place that is gone
    return replace(bare, sort=None) if wrong is not None and wrong[0] == "sort" else bare
