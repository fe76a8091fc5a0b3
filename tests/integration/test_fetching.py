"""Pages of scored lists: the right global order, no item twice, none missing, at few calls."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entities import Page, Profile, Scored, Stage
from bot.domain.merging import StageCursor
from bot.domain.query import ProfilesQuery
from bot.fetching import MOST_SORTED, any_stage, one_list

Rows = dict[str, list[float | None]]


class Hrflow:
    """Four lists of scores; pages of them, sorted by score or as they stand. Counts its calls."""

    def __init__(self, rows: Rows, *, sorts: bool = True) -> None:
        self.calls = 0
        self.lists = {
            stage: [Scored(Profile(key=f"{stage}-{at}"), score) for at, score in enumerate(scores)]
            for stage, scores in rows.items()
        }
        if sorts:
            for scored in self.lists.values():
                scored.sort(key=_best_first)

    async def fetch(self, stage: str, page: int, limit: int) -> Page[Profile]:
        self.calls += 1
        rows = self.lists[stage]
        return Page(items=tuple(rows[(page - 1) * limit : page * limit]), total=len(rows))


def _best_first(row: Scored[Profile]) -> float:
    return -row.score if row.score is not None else 2.0


scores = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=25)
four = st.fixed_dictionaries({stage.value: scores for stage in Stage})


def cursor_for(query: ProfilesQuery) -> StageCursor:
    return StageCursor(limit=query.limit, sort=query.sorted_by, order=query.order)


@settings(max_examples=200, deadline=None)
@given(rows=four, limit=st.integers(1, 7))
async def test_any_stage_reads_every_item_once_in_the_global_order_at_four_calls_a_page(rows: Rows, limit: int) -> None:
    hrflow = Hrflow(rows)
    everything = [row for scored in hrflow.lists.values() for row in scored]
    query = ProfilesQuery(subject="x", stage="any", limit=limit)
    cursor = cursor_for(query)
    read: list[Scored[Profile]] = []
    for page in range(1, len(everything) // limit + 2):
        before = hrflow.calls
        fetched = await any_stage(hrflow.fetch, ProfilesQuery(subject="x", stage="any", limit=limit, page=page), cursor)
        assert hrflow.calls - before <= 4
        assert fetched.page.total == len(everything)
        read += fetched.page.items

    assert sorted(row.item.key for row in read) == sorted(row.item.key for row in everything)
    assert [_best_first(row) for row in read] == sorted(map(_best_first, everything))


async def test_a_page_reached_directly_is_the_page_reached_step_by_step() -> None:
    rows: Rows = {stage.value: [at / 40 for at in range(place, 40, 3)] for place, stage in enumerate(Stage)}
    step_by_step = cursor_for(ProfilesQuery(subject="x", stage="any", limit=5))
    for page in (1, 2, 3):
        query = ProfilesQuery(subject="x", stage="any", limit=5, page=page)
        stepped = await any_stage(Hrflow(rows).fetch, query, step_by_step)

    direct = await any_stage(Hrflow(rows).fetch, query, cursor_for(query))

    assert [row.item.key for row in direct.page.items] == [row.item.key for row in stepped.page.items]


@settings(max_examples=100, deadline=None)
@given(values=st.lists(st.floats(0, 1), min_size=3, max_size=60, unique=True), page=st.integers(1, 3))
async def test_a_list_that_hrflow_did_not_sort_is_sorted_here(values: list[float], page: int) -> None:
    hrflow = Hrflow({"new": list(values)}, sorts=False)
    query = ProfilesQuery(subject="x", limit=5, page=page)
    fetched = await one_list(hrflow.fetch, query, "new")
    got = [row.score for row in fetched.page.items]
    if fetched.sorted_among is None and page > 1:
        return  # this page alone looked sorted: nothing told that the list is not
    expected = sorted(values, reverse=True)[(page - 1) * 5 : page * 5]
    if fetched.sorted_among is not None or len(values) <= 5:
        assert got == expected


async def test_a_large_unsorted_list_is_sorted_among_its_first_three_hundred_and_says_so() -> None:
    hrflow = Hrflow({"new": [(at * 37 % 1000) / 1000 for at in range(1000)]}, sorts=False)

    fetched = await one_list(hrflow.fetch, ProfilesQuery(subject="x", limit=10), "new")

    first = [(at * 37 % 1000) / 1000 for at in range(MOST_SORTED)]
    assert [row.score for row in fetched.page.items] == sorted(first, reverse=True)[:10]
    assert (fetched.sorted_among, fetched.page.total) == (MOST_SORTED, 1000)
    assert hrflow.calls <= 1 + MOST_SORTED // 30


async def test_a_sorted_list_costs_one_call() -> None:
    hrflow = Hrflow({"new": [0.9, 0.8, 0.7, 0.1]})

    fetched = await one_list(hrflow.fetch, ProfilesQuery(subject="x", limit=2, page=2), "new")

    assert [row.score for row in fetched.page.items] == [0.7, 0.1]
    assert hrflow.calls == 1
