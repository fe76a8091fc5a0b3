"""The next items of a list that changes while it is read: after those that were shown, nobody twice, nobody left out.

Whoever gets another stage leaves the list, and those behind move up. So a further page is not the page of the next
number: what was shown is known by its keys, and the list is read from where the shown ones end.
`fetch` is one call, as in `fetching`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from bot.domain.entities import Page, Stage, T
from bot.domain.merging import runs_in_order
from bot.domain.query import ANY_STAGE, ProfilesQuery
from bot.domain.ranking import ordered
from bot.fetching import MOST_PAGES, Fetched, all_sorted, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.entities import Scored
    from bot.domain.paging import Shown
    from bot.domain.query import JobsQuery
    from bot.fetching import Fetch

WIDEST = 100  # items on a page that is asked for at once (reference hrflow-api §9)


@dataclass(slots=True)
class _Rest(Generic[T]):
    """What of one list was not shown yet: its first items, and how many there are; None: the reply does not say."""

    rows: list[Scored[T]]
    left: int | None


async def following(fetch: Fetch[T], query: ProfilesQuery | JobsQuery, shown: Shown) -> Fetched[T]:
    """The next `query.limit` items; the total is the last rank shown and those that were not shown yet."""
    stages = stages_of(query)
    in_order = True

    async def checked(stage: str, number: int, limit: int) -> Page[T]:
        nonlocal in_order
        page = await fetch(stage, number, limit)
        in_order &= query.sorted_by != "score" or runs_in_order(page.items, query.order)
        return page

    if len(stages) == 1:
        parts = [await _rest(checked, stages[0], query.limit, shown, size=query.limit, alone=True)]
    else:
        parts = await asyncio.gather(*(_rest_of_stage(checked, stage, query.limit, shown) for stage in stages))
    if not in_order:
        found = await all_sorted(fetch, query, stages)
        unseen = _behind(found.page.items, shown)
        page = Page(items=tuple(unseen[: query.limit]), total=shown.rank + len(unseen))
        return replace(found, page=page)
    rows = [row for part in parts for row in part.rows]
    if len(stages) > 1:
        rows = ordered(rows, sort=query.sorted_by, order=query.order)
    left = [part.left for part in parts if part.left is not None]
    total = shown.rank + sum(left) if len(left) == len(parts) else None
    return Fetched(Page(items=tuple(rows[: query.limit]), total=total))


async def preceding(fetch: Fetch[T], query: ProfilesQuery | JobsQuery, shown: Shown, first: int) -> Fetched[T]:
    """Those before the rank `first`, where somebody began to read further down; at most `query.limit`."""
    number = (first - 2) // query.limit + 1
    page = await numbered(fetch, stages_of(query)[0], number, query.limit)
    rows = [row for row in page.items if row.item.key not in shown.keys][: first - 1]
    if query.sorted_by == "score":
        rows = ordered(rows, sort="score", order=query.order)
    return Fetched(Page(items=tuple(rows), total=page.total))


def stages_of(query: ProfilesQuery | JobsQuery) -> list[str]:
    """The lists that it takes: one a stage for stage:any, else one."""
    if not isinstance(query, ProfilesQuery):
        return [""]
    return [stage.value for stage in Stage] if query.stage == ANY_STAGE else [query.stage]


async def _rest_of_stage(fetch: Fetch[T], stage: str, limit: int, shown: Shown) -> _Rest[T]:
    """The same for one of four lists: one call, if nothing has moved meanwhile and the pages may be that large."""
    seen = shown.stages.get(stage, 0)
    for size in range(limit, WIDEST + 1):
        if max(seen - 1, 0) // size == (seen + limit - 1) // size:
            return await _rest(fetch, stage, limit, shown, size=size, alone=False)
    return await _rest(fetch, stage, limit, shown, size=limit, alone=False)


async def _rest(fetch: Fetch[T], stage: str, limit: int, shown: Shown, *, size: int, alone: bool) -> _Rest[T]:
    """The first items of one list that were not seen, `limit` of them if there are so many, read in pages of `size`.

    `alone`: it is the whole list, so that those passed over stand at its head, before the ones seen.
    """
    seen, passed = shown.keys, shown.passed if alone else 0
    standing = shown.stages.get(stage, 0) + passed
    most = len(seen) if alone else standing  # of those seen, in this list
    number = standing // size + 1
    near = [number - 1, number] if number > 1 and standing % size == 0 else [number]
    got = dict(zip(near, await asyncio.gather(*(fetch(stage, each, size) for each in near)), strict=True))
    if (smaller := await _smaller(fetch, stage, got[number], number, size)) is not None:
        return await _rest(fetch, stage, limit, shown, size=smaller, alone=alone)
    first = near[0]
    # Where nobody seen stands on it, the seen ones end further up: others have left the list meanwhile.
    while first > 1 and not any(row.item.key in seen for row in got[first].items):
        first -= 1
        got[first] = await fetch(stage, first, size)
    # Where they reach further down than there are of them, others have come in between.
    known = [place for place, row in enumerate(got[first].items) if row.item.key in seen]
    if known and not passed and (first - 1) * size + known[-1] + 1 > most:
        for each in range(max(1, first - MOST_PAGES), first):
            got[each] = await fetch(stage, each, size)
    rows = _places(got, size, shown, passed)
    last = max(got)
    while len(rows) < limit and not _ended(got[last], last, size) and len(got) < MOST_PAGES:
        last += 1
        got[last] = await fetch(stage, last, size)
        rows = _places(got, size, shown, passed)
    total = got[last].total
    if total is not None and (got[last].size < size or total < _end(got[last], last, size)):
        # There are no more, or there are more than HrFlow says.
        total = _end(got[last], last, size) if got[last].size < size else None
    if total is None or not rows:
        return _Rest([row for _, row in rows[:limit]], None if total is None else 0)
    # All from the first of them on, save the seen ones that were met behind it.
    begin = rows[0][0]
    met = sum(
        row.item.key in seen
        for number, page in got.items()
        for place, row in enumerate(page.items)
        if (number - 1) * size + place > begin
    )
    return _Rest([row for _, row in rows[:limit]], max(0, total - begin - met))


def _places(got: Mapping[int, Page[T]], limit: int, shown: Shown, passed: int) -> list[tuple[int, Scored[T]]]:
    """Those not seen, each with its place in the list; one that moved from page to page between two calls counts once.

    Where some were passed over, only those behind the seen ones.
    """
    listed = [
        ((number - 1) * limit + place, row) for number in sorted(got) for place, row in enumerate(got[number].items)
    ]
    least = -1
    if passed:
        least = max((place for place, row in listed if row.item.key in shown.keys), default=-1)
    rows: dict[str, tuple[int, Scored[T]]] = {}
    for place, row in listed:
        if place > least and row.item.key not in shown.keys:
            rows.setdefault(row.item.key, (place, row))
    return list(rows.values())


def _behind(rows: Sequence[Scored[T]], shown: Shown) -> list[Scored[T]]:
    """Of a whole list those not seen; where some were passed over, only those behind the seen ones."""
    places = [place for place, row in enumerate(rows) if row.item.key in shown.keys]
    begin = places[-1] + 1 if shown.passed and places else 0
    return [row for row in rows[begin:] if row.item.key not in shown.keys]


async def _smaller(fetch: Fetch[T], stage: str, page: Page[T], number: int, size: int) -> int | None:
    """The size of HrFlow's own pages where it makes them smaller than was asked, else None."""
    if page.size >= size:
        return None
    if not page.short(number, size):
        if number == 1 or page.further is not None:
            return None
        # It may end where the list ends by chance alone.
        found = (await fetch(stage, 1, size)).size
        return found if 0 < found < size else None
    if page.size and page.total is None and not page.further and not (await fetch(stage, number + 1, size)).size:
        return None  # the last one, of which nothing was said
    found = page.size or (0 if number == 1 else (await fetch(stage, 1, size)).size)
    return found if 0 < found < size else None


def _end(page: Page[T], number: int, size: int) -> int:
    """How many stand before the end of that page."""
    return (number - 1) * size + page.size


def _ended(page: Page[T], number: int, limit: int) -> bool:
    return page.size < limit or (page.total == number * limit and not page.further)
