"""A list is in the order of the scores, whatever order the reply came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entities import Job, Profile, Scored
from bot.domain.query import ProfilesQuery
from bot.domain.ranking import Ranking, ordered

_scores = st.lists(st.one_of(st.none(), st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0])), max_size=12)


def rows(scores: list[float | None], prefix: str = "k") -> list[Scored[Profile]]:
    return [Scored(Profile(key=f"{prefix}{place}"), score) for place, score in enumerate(scores)]


@given(_scores)
def test_scored_items_come_in_order_and_unscored_ones_last(scores: list[float | None]) -> None:
    known = [score for score in scores if score is not None]
    unknown: list[float | None] = [None] * (len(scores) - len(known))

    assert [row.score for row in ordered(rows(scores), sort="score", order="desc")] == sorted(
        known, reverse=True
    ) + unknown
    assert [row.score for row in ordered(rows(scores), sort="score", order="asc")] == sorted(known) + unknown


@given(_scores, st.sampled_from(["asc", "desc"]))
def test_ties_keep_their_order_and_nothing_is_lost(scores: list[float | None], order: str) -> None:
    given_rows = rows(scores)
    found = ordered(given_rows, sort="score", order=order)

    assert sorted(row.item.key for row in found) == sorted(row.item.key for row in given_rows)
    for score in set(scores):
        tied = [row for row in found if row.score == score]
        assert tied == [row for row in given_rows if row.score == score]
    assert ordered(found, sort="score", order=order) == found


def test_a_sort_that_we_cannot_check_keeps_the_order_of_the_reply() -> None:
    reply = rows([0.1, 0.9, None, 0.5])

    for sort in ("semantic", "location", "experience-location", "education-location"):
        assert ordered(reply, sort=sort, order="desc") == reply


def test_dates_sort_profiles_by_reception_and_without_it_by_creation() -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    both = Profile(key="both", created_at=day, received_at=day + timedelta(days=5))
    created = Profile(key="created", created_at=day + timedelta(days=3))
    neither = Profile(key="neither")
    reply = [Scored(item, None) for item in (neither, created, both)]

    assert [row.item.key for row in ordered(reply, sort="received", order="desc")] == ["both", "created", "neither"]
    assert [row.item.key for row in ordered(reply, sort="created", order="desc")] == ["created", "both", "neither"]
    assert [row.item.key for row in ordered(reply, sort="created", order="asc")] == ["both", "created", "neither"]


def test_jobs_sort_by_creation() -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    reply = [Scored(Job(key=f"j{age}", created_at=day - timedelta(days=age)), None) for age in (3, 1, 2)]

    assert [row.item.key for row in ordered(reply, sort="created", order="desc")] == ["j1", "j2", "j3"]


def test_ranks_go_on_over_pages() -> None:
    query = ProfilesQuery(subject="x", page=3, limit=10)

    assert Ranking(query=query, of="profile", subject=Job(key="j"), matches=(), total=None).first == 21
