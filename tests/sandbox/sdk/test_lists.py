"""The four lists, asked for as the SDK asks: its defaults, its encodings, the names of both generations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.hrflow.restated import plain
from tests.sandbox.sdk.conftest import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.sdk.conftest import Account, Raw


def stage_for(profile: Raw, job: Raw) -> str:
    return next((label["stage"] for label in profile["labels"] if label["job_key"] == job["key"]), "new")


@pytest.mark.parametrize("stage", STAGES)
def test_profiles_come_best_first_with_the_scores_of_a_plain_call(account: Account, stage: str) -> None:
    job, board = account.job_and_board()
    asked = {"board_key": board, "job_key": job["key"], "stage": stage, "sort_by": "scoring", "order_by": "desc"}

    reply = account.sdk.profile.scoring.list(account.sources, **asked, limit=100)

    scores = [score for _, score in reply["data"]["predictions"]]
    assert reply == account.plain("/profiles/scoring", source_keys=account.sources, limit=100, use_agent=1, **asked)
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    assert all(abs(sum(pair) - 1) < 1e-9 for pair in reply["data"]["predictions"])
    pages = account.pages_of(reply)
    expected = {each["key"] for each in account.stored_profiles() if stage_for(each, job) == stage}
    found = {account.key_of(each) for each in reply["data"]["profiles"]}
    assert (len(found), pages["count"], pages["total"]) == (min(100, len(expected)), len(found), len(expected))
    assert found <= expected


def test_left_to_its_defaults_the_sdk_gets_thirty_scored_new_profiles_by_date(account: Account) -> None:
    job, board = account.job_and_board()

    reply = account.sdk.profile.scoring.list(account.sources, board_key=board, job_key=job["key"])

    created = {each["key"]: each["created_at"] for each in account.stored_profiles()}
    dates = [created[account.key_of(each)] for each in reply["data"]["profiles"]]
    assert len(dates) == len(reply["data"]["predictions"]) == 30
    assert dates == sorted(dates, reverse=True)


def test_the_pages_of_the_sdk_fit_together(account: Account) -> None:
    job, _ = account.job_and_board()
    found: list[str] = []
    page, last = 1, 1
    while page <= last:
        reply = account.sdk.profile.scoring.list(account.sources, job_key=job["key"], limit=17, page=page)
        last = account.pages_of(reply)["maxPage"]
        found += [account.key_of(each) for each in reply["data"]["profiles"]]
        page += 1

    expected = {each["key"] for each in account.stored_profiles() if stage_for(each, job) == "new"}
    assert len(found) == len(set(found))
    assert set(found) == expected


def has_skill(name: str, least: float = 0) -> Callable[[Raw], bool]:
    return lambda x: any(each["name"].lower() == name and (each["value"] or 0) >= least for each in x["skills"])


def all_of(*tests: Callable[[Raw], bool]) -> Callable[[Raw], bool]:
    return lambda x: all(test(x) for test in tests)


def tagged(name: str, *values: Any) -> Callable[[Raw], bool]:
    return lambda x: any(each["name"] == name and each["value"] in values for each in x["tags"])


OSLO = {"lat": 59.9139, "lng": 10.7522}
PROFILE_FILTERS: list[tuple[dict[str, Any], Callable[[Raw], bool]]] = [
    ({"skills_dict": ["python"]}, has_skill("python")),
    ({"skills": [{"name": "python", "value": 0.7}]}, has_skill("python", 0.7)),
    ({"skills": [{"name": "python", "value": None}, {"name": "sql"}]}, all_of(has_skill("python"), has_skill("sql"))),
    ({"languages_dict": ["french"]}, lambda x: "french" in [each["name"] for each in x["languages"]]),
    ({"tags_included": [[{"name": "active", "value": True}]]}, tagged("active", True)),
    ({"text_keywords": ["data", "team"]}, lambda x: all(word in x["text"].lower() for word in ("data", "team"))),
    ({"text_keywords": ("data", "team")}, lambda x: all(word in x["text"].lower() for word in ("data", "team"))),
    ({"experiences_duration_min": 3, "experiences_duration_max": 7.5}, lambda x: 3 <= x["experiences_duration"] <= 7.5),
    ({"experiences_duration_min": -1, "educations_duration_max": 5}, lambda x: x["educations_duration"] <= 5),
    ({"name": "AN"}, lambda x: "an" in plain(x["info"]["full_name"])),
    ({"email": "", "name": None, "text_keywords": [], "skills": []}, lambda _: True),
]


@pytest.mark.parametrize(
    ("asked", "holds"), PROFILE_FILTERS, ids=lambda value: ",".join(value) if isinstance(value, dict) else ""
)
def test_a_filter_given_to_the_sdk_keeps_the_profiles_it_describes(
    account: Account, asked: dict[str, Any], holds: Callable[[Raw], bool]
) -> None:
    job, board = account.job_and_board()
    candidates = [each for each in account.stored_profiles() if stage_for(each, job) == "new"]
    expected = {each["key"] for each in candidates if holds(each)}
    assert expected, "nobody in the corpus fits"

    scored = account.sdk.profile.scoring.list(
        account.sources, board_key=board, job_key=job["key"], limit=100, sort_by="scoring", **asked
    )

    found = {account.key_of(each) for each in scored["data"]["profiles"]}
    assert account.pages_of(scored)["total"] == len(expected)
    assert found <= expected


def test_a_search_with_the_sdk_finds_the_same_profiles_as_a_plain_call_and_scores_none(account: Account) -> None:
    name = account.stored_profiles()[5]["info"]["full_name"]
    replies = [account.sdk.profile.searching.list(account.sources, name=name, stage=stage) for stage in STAGES]

    found = [each for reply in replies for each in reply["data"]["profiles"]]
    assert account.key_of(found[0]) == account.stored_profiles()[5]["key"]
    for stage, reply in zip(STAGES, replies, strict=True):
        same = account.plain("/profiles/searching", source_keys=account.sources, name=name, stage=stage)
        assert reply["data"] == same["data"]
        assert reply["data"]["predictions"] == []


def test_a_place_works_as_json_text_and_a_dict_that_the_sdk_destroys_is_refused_by_name(account: Account) -> None:
    job, _ = account.job_and_board()
    asked = {"job_key": job["key"], "location_distance": 15, "limit": 100}

    as_text = account.sdk.profile.scoring.list(account.sources, location_geopoint=json.dumps(OSLO), **asked)
    as_dict = account.sdk.profile.scoring.list(account.sources, location_geopoint=OSLO, **asked)

    places = {each["key"]: each["info"]["location"]["fields"]["city"] for each in account.stored_profiles()}
    assert {places[account.key_of(each)] for each in as_text["data"]["profiles"]} == {"Oslo"}
    assert as_dict["code"] == 400
    assert "location_geopoint" in as_dict["message"]


def test_jobs_are_scored_though_the_sdk_sends_neither_agent_nor_switch(account: Account) -> None:
    profile = account.stored_profiles()[0]
    asked = {"source_key": profile["source_key"], "profile_key": profile["key"], "sort_by": "scoring"}

    reply = account.sdk.job.scoring.list(account.boards, **asked)

    scores = [score for _, score in reply["data"]["predictions"]]
    assert reply["message"] == "Job scoring results"
    assert len(scores) == len(reply["data"]["jobs"]) == reply["meta"]["total"] == len(account.stored_jobs())
    assert scores == sorted(scores, reverse=True)
    assert reply == account.plain("/jobs/scoring", board_keys=account.boards, use_agent=1, **asked)


def test_the_engine_is_switched_off_for_both_lists(account: Account) -> None:
    job, _ = account.job_and_board()
    profile = account.stored_profiles()[0]

    profiles = account.sdk.profile.scoring.list(account.sources, job_key=job["key"], use_agent=0)
    jobs = account.sdk.job.scoring.list(
        account.boards, source_key=profile["source_key"], profile_key=profile["key"], use_agent=0
    )

    assert profiles["data"]["profiles"]
    assert jobs["data"]["jobs"]
    assert profiles["data"]["predictions"] == jobs["data"]["predictions"] == []


JOB_FILTERS: list[tuple[dict[str, Any], Callable[[Raw], bool]]] = [
    ({"name": "engineer"}, lambda x: "engineer" in x["name"].lower()),
    ({"tags_included": [[{"name": "active", "value": True}]]}, tagged("active", True)),
    (
        {
            "tags_included": [
                [{"name": "remote", "value": how} for how in ("full", "hybrid")],
                [{"name": "openings", "value": 4}],
            ]
        },
        all_of(tagged("remote", "full", "hybrid"), tagged("openings", 4)),
    ),
    ({"skills": [{"name": "python"}]}, has_skill("python")),
    ({"languages": ["english"]}, lambda x: "english" in [each["name"] for each in x["languages"]]),
    (
        {"ranges_float": [{"name": "salary", "value_min": 54_000, "value_max": 58_000}]},
        # Every job of the corpus names its salary first.
        lambda x: x["ranges_float"][0]["value_min"] <= 58_000 and x["ranges_float"][0]["value_max"] >= 54_000,
    ),
]


@pytest.mark.parametrize(
    ("asked", "holds"), JOB_FILTERS, ids=lambda value: ",".join(value) if isinstance(value, dict) else ""
)
def test_a_filter_given_to_the_sdk_keeps_the_jobs_it_describes(
    account: Account, asked: dict[str, Any], holds: Callable[[Raw], bool]
) -> None:
    profile = account.stored_profiles()[0]
    expected = {each["key"] for each in account.stored_jobs() if holds(each)}
    assert expected, "no job in the corpus fits"

    scored = account.sdk.job.scoring.list(
        account.boards, source_key=profile["source_key"], profile_key=profile["key"], **asked
    )
    searched = account.sdk.job.searching.list(account.boards, **asked)

    assert {each["key"] for each in scored["data"]["jobs"]} == expected
    assert {each["key"] for each in searched["data"]["jobs"]} == expected


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"page": 0}, "page"),
        ({"experiences_duration_min": "three"}, "experiences_duration_min"),
        ({"timestamp_start": "once"}, "timestamp_start"),
    ],
)
def test_what_the_sdk_lets_through_and_makes_no_sense_is_refused_by_name(
    account: Account, asked: dict[str, Any], name: str
) -> None:
    job, _ = account.job_and_board()

    reply = account.sdk.profile.scoring.list(account.sources, job_key=job["key"], **asked)

    assert reply["code"] == 400
    assert name in reply["message"]
