"""Each filter keeps exactly the objects that a plain re-statement of it keeps, alone and together with others."""

# ruff: noqa: S311 - the draws are seeded so that a failure repeats

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.hrflow.restated import JOB_CASES, PROFILE_CASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.hrflow.conftest import Api
    from tests.sandbox.hrflow.restated import Case, Raw


@pytest.fixture(scope="module")
def profiles(many: Api, seed_many: Api) -> list[Raw]:
    """The raw profiles, each with the reception date that only the seed dialect shows."""
    received_at = {
        each["profile_id"]: each["date_reception"]
        for stage in ("new", "yes", "later", "no")
        for each in seed_many.everything("/profiles/searching", stage=stage)
    }
    return [{**each, "date_reception": received_at[each["key"]]} for each in many.stored_profiles()]


@pytest.fixture(scope="module")
def jobs(many: Api) -> list[Raw]:
    return many.stored_jobs()


def unlabelled(profiles: list[Raw]) -> list[Raw]:
    return [each for each in profiles if not each["labels"]]


@pytest.mark.parametrize("case", PROFILE_CASES)
def test_a_filter_keeps_exactly_the_profiles_that_it_describes(
    many: Api, seed_many: Api, profiles: list[Raw], case: Callable[[random.Random, Raw], Case]
) -> None:
    rng = random.Random(case.__name__)
    candidates, narrowed = unlabelled(profiles), 0
    for turn in range(12):
        params, holds = case(rng, rng.choice(candidates))
        expected = {each["key"] for each in candidates if holds(each)}

        if turn:
            found = {each["key"] for each in many.everything("/profiles/searching", **params)}
        else:
            found = {each["profile_id"] for each in seed_many.everything("/profiles/searching", **params)}

        assert found == expected, params
        narrowed += 0 < len(expected) < len(candidates)
    assert narrowed, "the values drawn never told any profiles apart"


@pytest.mark.parametrize("case", JOB_CASES)
def test_a_filter_keeps_exactly_the_jobs_that_it_describes(
    many: Api, jobs: list[Raw], case: Callable[[random.Random, Raw], Case]
) -> None:
    rng = random.Random(case.__name__)
    narrowed = 0
    for _ in range(12):
        params, holds = case(rng, rng.choice(jobs))
        expected = {each["key"] for each in jobs if holds(each)}

        found = {each["key"] for each in many.everything("/jobs/searching", **params)}

        assert found == expected, params
        narrowed += 0 < len(expected) < len(jobs)
    assert narrowed, "the values drawn never told any jobs apart"


def test_an_address_finds_its_owner_and_not_those_whose_address_contains_it(many: Api, profiles: list[Raw]) -> None:
    owner = next(each for each in profiles if each["info"]["full_name"] == "Anna Müller")
    assert any(owner["info"]["email"] in each["info"]["email"] for each in profiles if each is not owner)

    found = [
        each["key"]
        for stage in ("new", "yes", "later", "no")
        for each in many.everything("/profiles/searching", email=owner["info"]["email"], stage=stage)
    ]

    assert set(found) == {owner["key"]}


def test_filters_of_profiles_hold_together_in_every_combination(many: Api, profiles: list[Raw]) -> None:
    """Two hundred random combinations of two to four filters, asked for one job."""
    rng = random.Random(2)
    job = many.get("/jobs/searching", board_keys=many.board_keys, limit=1)["data"]["jobs"][0]
    candidates = [p for p in profiles if all(label["job_key"] != job["key"] for label in p["labels"])]
    found_any = 0
    for _ in range(200):
        drawn = rng.choice(candidates)
        params: dict[str, Any] = {}
        tests = []
        for case in rng.sample(PROFILE_CASES, rng.randint(2, 4)):
            asked, holds = case(rng, drawn)
            if not params.keys() & asked.keys():
                params |= asked
                tests.append(holds)
        expected = {each["key"] for each in candidates if all(holds(each) for holds in tests)}

        reply = many.everything("/profiles/scoring", job_key=job["key"], **{"source_keys": many.source_keys, **params})

        assert {each["key"] for each in reply} == expected, params
        found_any += bool(expected)
    assert found_any > 100


def test_filters_of_jobs_hold_together_in_every_combination(many: Api, jobs: list[Raw], profiles: list[Raw]) -> None:
    """A hundred random combinations of two or three filters, asked for one profile."""
    rng = random.Random(3)
    profile = profiles[5]
    for _ in range(100):
        drawn = rng.choice(jobs)
        params: dict[str, Any] = {}
        tests = []
        for case in rng.sample(JOB_CASES, rng.randint(2, 3)):
            asked, holds = case(rng, drawn)
            if not params.keys() & asked.keys():
                params |= asked
                tests.append(holds)
        expected = {each["key"] for each in jobs if all(holds(each) for holds in tests)}

        reply = many.everything(
            "/jobs/scoring",
            source_key=profile["source_key"],
            profile_key=profile["key"],
            **{"board_keys": many.board_keys, **params},
        )

        assert {each["key"] for each in reply} == expected, params


def test_a_filter_without_a_value_filters_nothing(many: Api, profiles: list[Raw]) -> None:
    """Clients send empty lists, empty objects, empty texts and `null` for what they do not ask (reference §2.2)."""
    empty = {
        "text_keywords": [], "location_geopoint": {}, "experience_location_geopoint": [], "name": "", "email": "null",
        "skills": "undefined", "interests_dict": "null", "tags_included": [[]], "experiences_duration_min": -1,
        "timestamp_start": "", "stage": "", "location_distance": "40",
    }  # fmt: skip

    found = many.everything("/profiles/searching", **empty)

    assert len(found) == len(unlabelled(profiles))


def test_the_parameters_of_other_calls_and_of_nobody_are_ignored(many: Api, profiles: list[Raw]) -> None:
    found = many.everything("/profiles/searching", labels_dict=["x"], date_start="1494539999", query="", **{"a[b": "c"})

    assert len(found) == len(unlabelled(profiles))
