"""What stands below a list: pages, order and size, what can be loosened, and what can be done with the whole."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.filters import WHERE, filters_of
from bot.domain.paging import first_rank, has_next, has_previous
from bot.domain.query import ANY_STAGE, MERGEABLE_SORTS, ProfilesQuery
from bot.views import actions
from bot.views import blocks as kit
from bot.views.locales import NEUTRAL

if TYPE_CHECKING:
    from bot.domain.posts import Post
    from bot.domain.query import Query
    from bot.views.blocks import Block, Element
    from bot.views.locales import Manner

SIZES = (5, 10, 20, 30)
MOST_FILTERS = 20  # there are fewer, and Slack takes a few more buttons in a row
_SORTS = {
    "score": "Score",
    "received": "Date received",
    "created": "Date created",
    "semantic": "Relevance of the text",
    "location": "Distance",
}
_ENDS = {
    "profile": ("This is the only profile.", "This is the end: there are no profiles after these {last}."),
    "job": ("This is the only job.", "This is the end: there are no jobs after these {last}."),
}
_ORDERS = {"desc": "Highest or latest first", "asc": "Lowest or earliest first"}


def row(post: Post) -> Block:
    """Buttons to the neighbouring pages, the menu of order and size, and what can be done with the list."""
    elements: list[Element] = []
    if post.slip is None:
        rank = str(first_rank(post))
        if has_previous(post):
            elements.append(kit.button("Previous", actions.PREVIOUS, rank, label="Previous page of this list"))
        if has_next(post):
            elements.append(kit.button("Next", actions.NEXT, rank, label="Next page of this list"))
        if post.ranking.matches:
            elements.append(_arrange(post))
        if post.offers_receipts and post.receipts is None:
            label = "Count what each filter hides"
            elements.append(kit.button("What do filters hide?", actions.RECEIPTS, post.id, label=label))
    elements += [
        kit.button("Refine", actions.REFINE, "refine", label="Refine this list in a form"),
        kit.button("Share", actions.SHARE, post.id, label="Share this list with a channel or a person"),
        kit.button("Save", actions.SAVE, post.id, label="Save this query under a name"),
    ]
    if post.slip is None:
        elements.append(
            kit.button("Save as digest", actions.DIGEST_SAVE, post.id, label="Post what is new on a schedule")
        )
    return kit.actions(elements, block_id=actions.block_id(post.id, post.version, 0, "list"))


def _arrange(post: Post) -> Element:
    """One menu of what to sort by, in which order, and how many on a page; what is so already is left out."""
    query = post.ranking.query
    stage = query.stage if isinstance(query, ProfilesQuery) else None
    sorts = tuple(name for name in _SORTS if name != query.sorted_by and _sortable(query, name, stage))
    return _menu(sorts, query.order, query.limit)


@lru_cache(maxsize=256)  # one for all lists that are asked for alike; nobody changes it
def _menu(sorts: tuple[str, ...], order: str, limit: int) -> Element:
    groups = [
        ("Sort by", [(_SORTS[name], f"sort:{name}") for name in sorts]),
        ("Order", [(text, f"order:{name}") for name, text in _ORDERS.items() if name != order]),
        ("Size", [(f"{size} on a page", f"limit:{size}") for size in SIZES if size != limit]),
    ]
    return kit.menu("Sort and size", actions.ARRANGE, groups)


def _sortable(query: Query, name: str, stage: str | None) -> bool:
    """What can be sorted by without contradicting the rest; `stage` is None for jobs."""
    if stage is None and name not in ("score", "created"):
        return False
    if stage == ANY_STAGE and name not in MERGEABLE_SORTS:
        return False
    return (name != "score" or query.scoring) and (name != "location" or query.near is not None)


def loosen(post: Post) -> list[Block]:
    """One button a filter that takes it out of the query; for an empty list also others that make it wider.

    A filter of which it is told what it hides has its button there.
    """
    query = post.ranking.query
    told = set() if post.receipts is None else {each.filter.field for each in post.receipts.each}
    buttons = [
        (f"Without {each.key}", each.field, f"Ask again without {each.text}")
        for each in filters_of(query)[:MOST_FILTERS]
        if each.field not in told
    ]
    nobody = not post.ranking.matches
    if nobody:
        buttons += [(f"Without {name}", name, f"Ask again without {name}") for name in WHERE if getattr(query, name)]
    if nobody and isinstance(query, ProfilesQuery) and query.stage != ANY_STAGE:
        buttons.append(("Any stage", "stage", "Ask again for any stage"))
    if nobody and query.page > 1:
        buttons.append(("First page", "page", "Ask again for the first page"))
    elements = [
        kit.button(text, f"loosen.{place}", field, label=label) for place, (text, field, label) in enumerate(buttons)
    ]
    return [kit.actions(elements, block_id=actions.block_id(post.id, post.version, 0, "loosen"))] if elements else []


def the_end(post: Post, manner: Manner = NEUTRAL) -> str:
    """Said below the last page, or "" on any other; not escaped."""
    ranking = post.ranking
    if not ranking.matches or has_next(post) or post.slip is not None:
        return ""
    last = ranking.matches[-1].rank
    only, many = _ENDS[ranking.of]
    said = only if last == 1 else many.format(last=manner.number(last))
    filters = [each.text for each in filters_of(ranking.query)]
    return f"{said} Leave out a filter to see more: {'; '.join(filters)}" if filters else said
