"""Lists come in the order asked for, and their pages fit together."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.hrflow.conftest import Api

Raw = dict[str, Any]


def epoch(text: str) -> float:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def distance(centre: Raw, place: Raw) -> float:
    """A straight line through the Earth orders places as the way along its surface does."""

    def spot(lat: float, lng: float) -> tuple[float, float, float]:
        a, b = math.radians(lat), math.radians(lng)
        return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)

    return math.dist(spot(centre["lat"], centre["lng"]), spot(place["lat"], place["lng"]))


LYON = {"lat": 45.764, "lng": 4.8357}
ORDERS: list[tuple[str, Callable[[Raw], float | None]]] = [
    ("created_at", lambda x: epoch(x["created_at"])),
    ("date", lambda x: epoch(x["created_at"])),
    ("date_creation", lambda x: epoch(x["created_at"])),
    ("updated_at", lambda x: epoch(x["updated_at"])),
    ("location", lambda x: distance(LYON, x["info"]["location"])),
    (
        "location_experience",
        lambda x: min((distance(LYON, each["location"]) for each in x["experiences"]), default=None),
    ),
    (
        "location_education",
        lambda x: min((distance(LYON, each["location"]) for each in x["educations"]), default=None),
    ),
]


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize(("sort", "value"), ORDERS)
def test_profiles_are_sorted_by_what_is_asked_for(
    many: Api, sort: str, value: Callable[[Raw], float | None], direction: str
) -> None:
    found = many.everything("/profiles/searching", sort_by=sort, order_by=direction, location_geopoint=LYON)

    values = [value(each) for each in found]
    known = [each for each in values if each is not None]
    assert values[: len(known)] == known, "what has no value comes last in both orders"
    backwards = [-each if direction == "desc" else each for each in known]
    assert all(a <= b + 1e-9 for a, b in pairwise(backwards))
    assert len(set(known)) > len(known) / 3


@pytest.mark.parametrize("sort", ["date_reception", "reception date"])
def test_profiles_are_sorted_by_the_date_they_were_received(seed_many: Api, sort: str) -> None:
    found = seed_many.everything("/profiles/searching", sort_by=sort)

    dates = [each["date_reception"] for each in found]
    assert dates == sorted(dates, reverse=True)
    assert [each["date_creation"] for each in found] != sorted((each["date_creation"] for each in found), reverse=True)


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["scoring", "score_predictive", "predictive_score", "predictive score"])
def test_a_sort_by_score_follows_the_second_number_of_the_predictions(many: Api, sort: str, direction: str) -> None:
    job = many.get("/jobs/searching", board_keys=many.board_keys, name="Data Engineer", limit=1)["data"]["jobs"][0]
    reply = many.get(
        "/profiles/scoring",
        source_keys=many.source_keys, job_key=job["key"], sort_by=sort, order_by=direction, limit=100,
    )  # fmt: skip

    scores = [pair[1] for pair in reply["data"]["predictions"]]
    assert scores == sorted(scores, reverse=direction == "desc")
    assert len(set(scores)) > 50


@pytest.mark.parametrize("sort", ["searching", "score_semantic", "semantic_score", "semantic score"])
def test_a_sort_by_relevance_puts_the_profiles_first_that_speak_of_the_words(many: Api, sort: str) -> None:
    reply = many.get(
        "/profiles/scoring",
        source_keys=many.source_keys, job_key=many.stored_jobs()[0]["key"], use_agent=0, sort_by=sort, limit=100,
    )  # fmt: skip
    title = many.stored_jobs()[0]["name"].partition(" (")[0].lower()

    texts = [each["text"].lower() for each in reply["data"]["profiles"]]
    top = sum(text.count(word) for text in texts[:10] for word in title.split())
    bottom = sum(text.count(word) for text in texts[-10:] for word in title.split())
    assert top > 3 * bottom


def test_a_text_is_the_more_relevant_the_more_often_it_has_the_word(api: Api) -> None:
    made = {}
    for times in (1, 3, 9):
        body = {"source_key": api.source_keys[0], "text": "zither " * times + "and something else " * (20 - times)}
        made[times] = api.send("POST", "/profile/indexing", body, status=201)["data"]["key"]

    for direction, expected in (("desc", [9, 3, 1]), ("asc", [1, 3, 9])):
        asked = {"text_keywords": ["Zither"], "sort_by": "searching", "order_by": direction}
        found = [each["profile_id"] for each in api.everything("/profiles/searching", **asked)]
        assert found == [made[times] for times in expected]


def test_without_an_order_the_newest_come_first(many: Api) -> None:
    found = many.everything("/profiles/searching")

    dates = [epoch(each["created_at"]) for each in found]
    assert dates == sorted(dates, reverse=True)


def test_a_sort_by_distance_that_names_no_place_measures_from_the_job(many: Api) -> None:
    job = many.stored_jobs()[3]
    found = many.everything("/profiles/scoring", job_key=job["key"], sort_by="location", order_by="asc")

    distances = [distance(job["location"], each["info"]["location"]) for each in found]
    assert all(a <= b + 1e-9 for a, b in pairwise(distances))


def test_a_sort_that_has_nothing_to_measure_by_goes_by_the_creation_date(many: Api) -> None:
    newest = [each["key"] for each in many.everything("/profiles/searching")]

    for sort in ("location", "location_experience", "location_education", "searching", "scoring"):
        assert [each["key"] for each in many.everything("/profiles/searching", sort_by=sort)] == newest


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_jobs_are_sorted_by_distance_date_and_score(many: Api, direction: str) -> None:
    profile = many.stored_profiles()[0]
    sign = -1 if direction == "desc" else 1
    asked = {"source_key": profile["source_key"], "profile_key": profile["key"], "order_by": direction}

    near = many.everything("/jobs/scoring", **asked, sort_by="location", location_geopoint=LYON)
    dated = many.everything("/jobs/scoring", **asked, sort_by="date")
    scored = many.get("/jobs/scoring", board_keys=many.board_keys, **asked, sort_by="scoring", limit=100)["data"]

    distances = [sign * distance(LYON, each["location"]) for each in near]
    assert all(a <= b + 1e-9 for a, b in pairwise(distances))
    dates = [sign * epoch(each["created_at"]) for each in dated]
    assert dates == sorted(dates)
    scores = [sign * pair[1] for pair in scored["predictions"]]
    assert scores == sorted(scores)


@pytest.mark.parametrize("sort", ["scoring", "created_at", "location_education", "searching"])
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_are_disjoint_and_complete(many: Api, sort: str, limit: int) -> None:
    job = many.stored_jobs()[0]
    asked = {"job_key": job["key"], "sort_by": sort, "source_keys": many.source_keys[:1]}

    keys = [each["key"] for each in many.everything("/profiles/scoring", **asked, limit=limit)]

    assert len(keys) == len(set(keys))
    assert keys == [each["key"] for each in many.everything("/profiles/scoring", **asked, limit=100)]


def test_equal_values_are_ordered_by_key(api: Api) -> None:
    """All profiles get one date, so that nothing but the key tells them apart."""
    for profile in api.stored_profiles():
        api.send("PUT", "/profile/indexing", {**profile, "created_at": "2026-01-01T00:00:00+0000", "labels": []})

    for direction in ("asc", "desc"):
        keys = [each["profile_id"] for each in api.everything("/profiles/searching", order_by=direction, limit=9)]
        assert keys == sorted(keys)
        assert len(keys) == 40


def test_a_page_beyond_the_end_is_empty_and_tells_the_totals(api: Api) -> None:
    reply = api.get("/profiles/searching", source_keys=api.source_keys, page=99)

    assert reply["data"]["profiles"] == []
    assert (reply["page"], reply["count"]) == (99, 0)
    assert reply["total"] > 0


def test_a_list_of_nothing_has_one_page(api: Api) -> None:
    reply = api.get("/profiles/searching", source_keys=api.source_keys, name="nobody is called this")
    jobs = api.get("/jobs/searching", board_keys=api.board_keys, name="nothing is called this")

    assert [reply[field] for field in ("page", "max_page", "count", "total")] == [1, 1, 0, 0]
    assert jobs["meta"] == {"page": 1, "maxPage": 1, "count": 0, "total": 0}
    assert jobs["data"]["jobs"] == []


def test_thirty_come_unless_told_otherwise(many: Api) -> None:
    assert many.get("/profiles/searching", source_keys=many.source_keys)["meta"]["count"] == 30
    assert many.get("/jobs/searching", board_keys=many.board_keys)["meta"]["count"] == 30
