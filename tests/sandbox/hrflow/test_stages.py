"""A profile's stage for a job is what its labels say, and the lists go by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.hrflow.conftest import Api

Raw = dict[str, Any]
STAGES = ("new", "yes", "later", "no")


@pytest.fixture
def job(api: Api) -> Raw:
    """A job with its board, which the seed dialect does not show."""
    found = api.get("/jobs/searching", board_keys=api.board_keys, name="Data Engineer", limit=1)["data"]["jobs"][0]
    board = next(key for key in api.board_keys if api.get("/storing/jobs", board_keys=[key], key=found["key"])["data"])
    return {**found, "board_key": board}


@pytest.fixture
def profile(api: Api) -> Raw:
    return next(each for each in api.stored_profiles() if not each["labels"])


def label(api: Api, profile: Raw, *labels: Raw) -> Raw:
    body: Raw = api.send("PUT", "/profile/indexing", {**profile, "labels": list(labels)})["data"]
    return body


def stages_of(api: Api, profile: Raw, job: Raw) -> set[str]:
    """The stages under which the list for the job shows the profile."""
    return {
        stage
        for stage in STAGES
        for each in api.everything("/profiles/scoring", job_key=job["key"], stage=stage)
        if each["profile_id"] == profile["key"]
    }


def searched_under(api: Api, profile: Raw) -> set[str]:
    return {
        stage
        for stage in STAGES
        for each in api.everything("/profiles/searching", stage=stage)
        if each["profile_id"] == profile["key"]
    }


def test_every_profile_has_one_stage_for_a_job_and_without_a_label_it_is_new(api: Api, job: Raw) -> None:
    seen = [
        each["profile_id"]
        for stage in STAGES
        for each in api.everything("/profiles/scoring", job_key=job["key"], stage=stage)
    ]

    assert len(seen) == len(set(seen)) == 40


def test_the_list_without_a_stage_is_the_list_of_the_new(api: Api, job: Raw) -> None:
    silent = api.everything("/profiles/scoring", job_key=job["key"])

    assert silent == api.everything("/profiles/scoring", job_key=job["key"], stage="new")
    assert silent != api.everything("/profiles/scoring", job_key=job["key"], stage="yes")


@pytest.mark.parametrize("stage", ["yes", "later", "no", "YES", "Later", "new"])
def test_a_label_moves_the_profile_to_its_stage_in_the_list_of_that_job_alone(
    api: Api, job: Raw, profile: Raw, stage: str
) -> None:
    label(api, profile, {"board_key": job["board_key"], "job_key": job["key"], "stage": stage})

    assert stages_of(api, profile, job) == {stage.lower()}
    other = api.get("/jobs/searching", board_keys=api.board_keys, name="Data Analyst")["data"]["jobs"][0]
    assert stages_of(api, profile, other) == {"new"}


def test_the_list_shows_the_label_with_id_reference_and_lower_case_stage(api: Api, job: Raw, profile: Raw) -> None:
    label(api, profile, {"job_key": job["key"], "stage": "YES", "date_stage": "2026-09-15T21:59:00"})

    found = api.everything("/profiles/scoring", job_key=job["key"], stage="Yes")
    shown = next(each["labels"] for each in found if each["profile_id"] == profile["key"])
    assert shown == [
        {
            "job_id": job["key"], "job_reference": job["reference"], "stage": "yes",
            "date_stage": "2026-09-15T21:59:00", "rating": None, "date_rating": None,
        }
    ]  # fmt: skip


def test_a_label_may_name_its_job_in_three_ways(api: Api, job: Raw, profile: Raw) -> None:
    board, reference = job["board_key"], job["reference"]
    for named in (
        {"job_key": job["key"]},
        {"job_id": job["key"]},
        {"board_key": board, "job_reference": reference},
        {"job_reference": reference},
    ):
        label(api, profile, {**named, "stage": "later"})

        assert stages_of(api, profile, job) == {"later"}, named
        found = api.everything("/profiles/searching", stage="later")
        shown = next(each["labels"] for each in found if each["profile_id"] == profile["key"])
        assert (shown[0]["job_id"], shown[0]["job_reference"]) == (job["key"], reference)


def test_of_two_labels_for_one_job_the_newer_counts(api: Api, job: Raw, profile: Raw) -> None:
    older = {"job_key": job["key"], "stage": "yes", "date_stage": "2026-09-15T21:59"}
    newer = {"job_key": job["key"], "stage": "no", "date_stage": 1_790_000_000_000}

    for labels in ((older, newer), (newer, older)):
        label(api, profile, *labels)
        assert stages_of(api, profile, job) == {"no"}


def test_a_label_of_another_board_with_the_same_reference_does_not_count(api: Api, job: Raw, profile: Raw) -> None:
    other = next(key for key in api.board_keys if key != job["board_key"])
    label(api, profile, {"board_key": other, "job_reference": job["reference"], "stage": "yes"})

    assert stages_of(api, profile, job) == {"new"}


def test_a_search_without_a_job_finds_a_profile_under_the_stages_that_it_has_anywhere(
    api: Api, job: Raw, profile: Raw
) -> None:
    other = api.get("/jobs/searching", board_keys=api.board_keys, name="Data Analyst")["data"]["jobs"][0]
    assert searched_under(api, profile) == {"new"}

    label(api, profile, {"job_key": job["key"], "stage": "yes"}, {"job_key": other["key"], "stage": "no"})
    assert searched_under(api, profile) == {"yes", "no"}

    label(api, profile, {"job_key": job["key"], "stage": "new"})
    assert searched_under(api, profile) == {"new"}, "a stage that was undone does not hide anybody"


def test_jobs_can_be_listed_by_the_stage_that_the_profile_has_for_them(api: Api, job: Raw, profile: Raw) -> None:
    label(api, profile, {"job_key": job["key"], "stage": "yes"})
    asked = {"source_key": profile["source_key"], "profile_key": profile["key"]}

    assert [each["key"] for each in api.everything("/jobs/scoring", **asked, stage="yes")] == [job["key"]]
    assert len(api.everything("/jobs/scoring", **asked, stage="new")) == 11
    assert len(api.everything("/jobs/scoring", **asked)) == 12


def test_some_profiles_of_the_corpus_have_been_decided_on(many: Api) -> None:
    labels = [each["labels"] for each in many.stored_profiles()]
    decided = [each for each in labels if each]

    assert 0.04 < len(decided) / len(labels) < 0.2
    assert {one["stage"] for each in decided for one in each} == {"yes", "later", "no"}
    assert all(one["board_key"] in many.board_keys and one["date_stage"] for each in decided for one in each)
