"""Pages of scored lists, put right where HrFlow's own order is not the one that was asked for.

`fetch` is one call: it takes a stage, a page number from 1 and a page size, and gives that page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from bot.domain.entities import Page, Profile, Stage, T
from bot.domain.merging import StageCursor, runs_in_order
from bot.domain.ranking import ordered

if TYPE_CHECKING:
    from bot.domain.query import JobsQuery, ProfilesQuery

MOST_SORTED = 300  # items that are fetched to be sorted here
PAGE_SIZE = 30

Fetch = Callable[[str, int, int], Awaitable[Page[T]]]


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """A page; `sorted_among` is how many items were sorted here, where HrFlow did not sort them (else None)."""

    page: Page[T]
    sorted_among: int | None = None


async def one_list(fetch: Fetch[T], query: ProfilesQuery | JobsQuery, stage: str) -> Fetched[T]:
    """A page of one list: one call, unless HrFlow gave its items in another order than that of their scores."""
    page = await fetch(stage, query.page, query.limit)
    page = replace(page, items=page.items[: query.limit])
    if query.sorted_by != "score" or runs_in_order(page.items, query.order):
        return Fetched(page)
    if query.page == 1 and page.total is not None and page.total <= query.limit:
        return Fetched(replace(page, items=tuple(ordered(page.items, sort="score", order=query.order))))
    return await _sorted_here(fetch, query, [stage], page.total)


async def any_stage(fetch: Fetch[Profile], query: ProfilesQuery, cursor: StageCursor) -> Fetched[Profile]:
    """The query's page of the four lists merged; `cursor` stands somewhere before it and is moved behind it."""
    page: Page[Profile] = Page(items=(), total=None)
    while cursor.page < query.page:
        wanted = cursor.missing()
        got = await asyncio.gather(*(fetch(stage.value, number, query.limit) for stage, number in wanted))
        if query.sorted_by == "score" and not all(runs_in_order(each.items, query.order) for each in got):
            return await _sorted_here(fetch, query, [stage.value for stage in Stage], None)
        for (stage, _), each in zip(wanted, got, strict=True):
            cursor.put(stage, each)
        page = cursor.take()
    return Fetched(page)


async def all_sorted(
    fetch: Fetch[T], query: ProfilesQuery | JobsQuery, stages: list[str], total: int | None = None
) -> Fetched[T]:
    """Everything, up to a bound, fetched and sorted by score on our side, on one page."""
    most = MOST_SORTED // len(stages)
    firsts = await asyncio.gather(*(fetch(stage, 1, PAGE_SIZE) for stage in stages))
    pages = list(firsts)
    for stage, first in zip(stages, firsts, strict=True):
        last = -(-min(first.total or 0, most) // PAGE_SIZE)
        pages += await asyncio.gather(*(fetch(stage, number, PAGE_SIZE) for number in range(2, last + 1)))
    unique = {row.item.key: row for page in pages for row in page.items}
    rows = ordered(unique.values(), sort="score", order=query.order)[:MOST_SORTED]
    totals = [first.total for first in firsts if first.total is not None]
    return Fetched(
        Page(items=tuple(rows), total=sum(totals) if len(totals) == len(firsts) else total),
        sorted_among=len(rows),
    )


async def _sorted_here(
    fetch: Fetch[T], query: ProfilesQuery | JobsQuery, stages: list[str], total: int | None
) -> Fetched[T]:
    """The query's page of everything, sorted here."""
    found = await all_sorted(fetch, query, stages, total)
    begin = (query.page - 1) * query.limit
    return replace(found, page=replace(found.page, items=found.page.items[begin : begin + query.limit]))
