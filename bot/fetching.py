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
    from bot.domain.entities import Scored
    from bot.domain.query import JobsQuery, ProfilesQuery

MOST_SORTED = 300  # items that are fetched to be sorted here
PAGE_SIZE = 30
MOST_PAGES = 60  # of one list that are looked through at once

Fetch = Callable[[str, int, int], Awaitable[Page[T]]]


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """A page; `sorted_among` is how many items were sorted here, where HrFlow did not sort them (else None)."""

    page: Page[T]
    sorted_among: int | None = None


async def numbered(fetch: Fetch[T], stage: str, number: int, limit: int) -> Page[T]:
    """The page of that number, `limit` items long, also where HrFlow makes its pages smaller than was asked."""
    page = await fetch(stage, number, limit)
    if not page.short(number, limit):
        return page
    size = page.size or (0 if number == 1 else (await fetch(stage, 1, limit)).size)
    if not 0 < size < limit:
        return page
    skipped = (number - 1) * limit
    rows: dict[str, Scored[T]] = {}
    at = skipped // size
    if number == 1:
        rows, at = {row.item.key: row for row in page.items}, 1
    total = page.total
    for each in range(at + 1, at + 1 + MOST_PAGES):
        if len(rows) >= skipped % size + limit:
            break
        further = await fetch(stage, each, size)
        rows |= {row.item.key: row for row in further.items if row.item.key not in rows}
        if further.size < size:
            total = min(total, (each - 1) * size + further.size) if total is not None else None
            break
    return Page(items=tuple(rows.values())[skipped % size :][:limit], total=total)


async def one_list(fetch: Fetch[T], query: ProfilesQuery | JobsQuery, stage: str) -> Fetched[T]:
    """A page of one list: one call, unless HrFlow gave its items in another order than that of their scores."""
    page = await numbered(fetch, stage, query.page, query.limit)
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
        for _ in range(MOST_PAGES):
            got = await asyncio.gather(*(fetch(stage.value, number, query.limit) for stage, number in wanted))
            if query.sorted_by == "score" and not all(runs_in_order(each.items, query.order) for each in got):
                return await _sorted_here(fetch, query, [stage.value for stage in Stage], None)
            for (stage, _), each in zip(wanted, got, strict=True):
                cursor.put(stage, each)
            # Only where HrFlow makes its pages smaller than was asked is there anything left to fetch now.
            wanted = cursor.missing(short=True)
            if not wanted:
                break
        page = cursor.take()
    return Fetched(page)


async def all_sorted(
    fetch: Fetch[T], query: ProfilesQuery | JobsQuery, stages: list[str], total: int | None = None
) -> Fetched[T]:
    """Everything, up to a bound, fetched and sorted by score on our side, on one page."""
    most = MOST_SORTED // len(stages)
    parts = await asyncio.gather(*(_whole(fetch, stage, most) for stage in stages))
    pages = [page for part in parts for page in part]
    firsts = [part[0] for part in parts]
    unique = {row.item.key: row for page in pages for row in page.items}
    rows = ordered(unique.values(), sort="score", order=query.order)[:MOST_SORTED]
    totals = [first.total for first in firsts if first.total is not None]
    return Fetched(
        Page(items=tuple(rows), total=sum(totals) if len(totals) == len(firsts) else total),
        sorted_among=len(rows),
    )


async def _whole(fetch: Fetch[T], stage: str, most: int) -> list[Page[T]]:
    """One list's pages up to that many items, whatever HrFlow says of how many there are and makes of their size."""
    first = await fetch(stage, 1, PAGE_SIZE)
    pages = [first]
    if first.size < PAGE_SIZE and not first.short(1, PAGE_SIZE):
        return pages
    size = first.size
    last = min(-(-min(first.total or 0, most) // size), MOST_PAGES) if size else 0
    pages += await asyncio.gather(*(fetch(stage, number, size) for number in range(2, last + 1)))
    while size and len(pages) < MOST_PAGES and (seen := sum(page.size for page in pages)) < most:
        if pages[-1].size < size or (seen == first.total and not pages[-1].further):
            break
        pages.append(await fetch(stage, len(pages) + 1, size))
    if first.total is not None and pages[-1].size < size:
        pages[0] = replace(first, total=sum(page.size for page in pages))
    return pages


async def _sorted_here(
    fetch: Fetch[T], query: ProfilesQuery | JobsQuery, stages: list[str], total: int | None
) -> Fetched[T]:
    """The query's page of everything, sorted here."""
    found = await all_sorted(fetch, query, stages, total)
    begin = (query.page - 1) * query.limit
    return replace(found, page=replace(found.page, items=found.page.items[begin : begin + query.limit]))
