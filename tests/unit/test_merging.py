"""Four stages read as one list: page after page, nobody twice, nobody missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entities import Page, Profile, Scored, Stage
from bot.domain.merging import StageCursor, runs_in_order
from bot.domain.ranking import ordered

_scores = st.lists(st.one_of(st.none(), st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0])), max_size=9)
_orders = st.sampled_from(["asc", "desc"])
Lists = dict[Stage, list[Scored[Profile]]]


def four(stages: list[list[float | None]], order: str) -> Lists:
    """What HrFlow holds, each stage's list in order."""
    return {
        stage: ordered(
            [Scored(Profile(key=f"{stage.value}{place}"), score) for place, score in enumerate(scores)],
            sort="score",
            order=order,
        )
        for stage, scores in zip(Stage, stages, strict=True)
    }


def next_page(cursor: StageCursor, held: Lists, *, totals: bool = True) -> Page[Profile]:
    """Fetch what is missing as a client would, then take the page."""
    while missing := cursor.missing():
        assert len({stage for stage, _ in missing}) == len(missing)
        for stage, page in missing:
            rows = held[stage][(page - 1) * cursor.limit : page * cursor.limit]
            cursor.put(stage, Page(items=tuple(rows), total=len(held[stage]) if totals else None))
    return cursor.take()


@given(st.lists(_scores, min_size=4, max_size=4), st.integers(1, 5), _orders, st.booleans())
def test_the_pages_together_are_the_whole_in_order(
    stages: list[list[float | None]], limit: int, order: str, totals: bool
) -> None:
    held = four(stages, order)
    everything = [row for rows in held.values() for row in rows]
    cursor = StageCursor(limit=limit, sort="score", order=order)
    shown: list[Scored[Profile]] = []
    while page := next_page(cursor, held, totals=totals).items:
        assert len(page) == limit or len(shown) + len(page) == len(everything)
        shown += page

    assert [row.score for row in shown] == [row.score for row in ordered(everything, sort="score", order=order)]
    assert sorted(row.item.key for row in shown) == sorted(row.item.key for row in everything)


@given(st.lists(_scores, min_size=4, max_size=4), st.integers(1, 5))
def test_every_page_knows_how_many_there_are_in_all(stages: list[list[float | None]], limit: int) -> None:
    held = four(stages, "desc")
    count = sum(map(len, held.values()))

    assert next_page(StageCursor(limit=limit, sort="score", order="desc"), held).total == count
    assert next_page(StageCursor(limit=limit, sort="score", order="desc"), held, totals=False).total is None


def test_the_first_page_takes_one_call_a_stage() -> None:
    cursor = StageCursor(limit=10, sort="score", order="desc")

    assert cursor.missing() == [(stage, 1) for stage in Stage]


def test_somebody_whose_stage_changed_between_two_pages_is_not_shown_again() -> None:
    held = four([[0.9, 0.7], [0.8], [], []], "desc")
    cursor = StageCursor(limit=1, sort="score", order="desc")
    first = next_page(cursor, held).items
    held[Stage.YES] += first
    later = [row.item.key for _ in range(5) for row in next_page(cursor, held).items]

    assert first[0].item.key not in later
    assert len(later) == len(set(later))


@given(_scores, _orders)
def test_scores_run_in_order_exactly_when_sorting_changes_nothing(scores: list[float | None], order: str) -> None:
    rows = [Scored(Profile(key=str(place)), score) for place, score in enumerate(scores)]
    scored = [row for row in rows if row.score is not None]

    assert runs_in_order(rows, order) == (scored == ordered(scored, sort="score", order=order))
