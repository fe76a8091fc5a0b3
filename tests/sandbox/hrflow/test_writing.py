"""What is written is read back at once, and lists follow."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.hrflow.conftest import Api

Raw = dict[str, Any]


def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def stored(api: Api, profile: Raw) -> Raw:
    found: Raw = api.get("/profile/indexing", source_key=profile["source_key"], key=profile["key"])["data"]
    return found


@pytest.fixture
def profile(api: Api) -> Raw:
    return api.stored_profiles()[0]


def test_what_was_read_and_put_back_is_the_same_afterwards(api: Api) -> None:
    for profile in api.stored_profiles():
        reply = api.send("PUT", "/profile/indexing", profile)

        assert reply["message"] == "Profile edited"
        assert reply["data"] == stored(api, profile) == profile


def test_what_the_documentation_does_not_know_is_kept_too(api: Api, profile: Raw) -> None:
    odd = {**profile, "shoe_size": {"eu": [41, None, {"half": True}]}, "labels": [], "skills": None}
    odd["info"] = {**profile["info"], "nickname": "Zed"}

    api.send("PUT", "/profile/indexing", odd)

    assert stored(api, profile) == odd
    assert profile["key"] in {each["profile_id"] for each in api.everything("/profiles/searching")}


def test_a_put_replaces_everything_so_that_missing_fields_become_empty(api: Api, profile: Raw) -> None:
    api.send(
        "PUT",
        "/profile/indexing",
        {"source_key": profile["source_key"], "key": profile["key"], "info": {"full_name": "Zo Zim"}},
    )

    after = stored(api, profile)
    assert after["info"]["full_name"] == "Zo Zim"
    assert after["info"]["email"] is None
    assert (after["skills"], after["labels"], after["experiences"], after["tags"]) == ([], [], [], [])
    assert (after["text"], after["experiences_duration"], after["reference"]) == (None, None, None)
    assert (after["key"], after["source_key"], after["created_at"]) == (
        profile["key"], profile["source_key"], profile["created_at"],
    )  # fmt: skip
    shown = api.everything("/profiles/searching", name="zo zim")
    assert [each["profile_id"] for each in shown] == [profile["key"]]


def test_where_puts_merge_missing_fields_stay(api: Api, profile: Raw) -> None:
    api.side.config.put = "merge"
    label = {"job_reference": "job-001", "stage": "no"}
    identity = {"source_key": profile["source_key"], "key": profile["key"]}

    api.send("PUT", "/profile/indexing", {**identity, "labels": [label], "info": {"phone": None}})

    after = stored(api, profile)
    assert after["labels"] == [label]
    assert after["info"] == {**profile["info"], "phone": None}
    assert (after["skills"], after["text"]) == (profile["skills"], profile["text"])


def test_the_object_may_come_wrapped(api: Api, profile: Raw) -> None:
    inner = {name: value for name, value in profile.items() if name not in {"source_key", "labels"}}
    labels = [{"job_reference": "job-001", "stage": "yes"}]

    api.send("PUT", "/profile/indexing", {"source_key": profile["source_key"], "profile": {**inner, "labels": labels}})

    assert stored(api, profile) == {**profile, "labels": labels}


def test_a_profile_is_also_found_by_reference_or_by_email_to_be_written(api: Api, profile: Raw) -> None:
    body = {name: value for name, value in profile.items() if name not in {"key", "id"}}

    assert api.send("PUT", "/profile/indexing", {**body, "text": "changed"})["data"]["key"] == profile["key"]


def test_dates_may_be_written_as_the_documentation_of_put_wants_them(api: Api, profile: Raw) -> None:
    entries = [{**each, "date_start": {"iso8601": each["date_start"]}} for each in profile["experiences"]]

    api.send("PUT", "/profile/indexing", {**profile, "experiences": entries})

    assert stored(api, profile)["experiences"] == profile["experiences"]


def test_what_belongs_to_the_server_cannot_be_written(api: Api, profile: Raw) -> None:
    api.send("PUT", "/profile/indexing", {**profile, "id": 1, "archived_at": "2026-01-01", "source": {"key": "x"}})

    assert stored(api, profile) == profile


def test_a_profile_is_found_by_key_reference_and_email_and_the_reference_wins(api: Api) -> None:
    one, other = [each for each in api.stored_profiles() if each["source_key"] == api.source_keys[0]][:2]
    source = api.source_keys[0]

    assert api.get("/profile/indexing", source_key=source, key=one["key"])["data"] == one
    assert api.get("/profile/indexing", source_key=source, reference=one["reference"])["data"] == one
    assert api.get("/profile/indexing", source_key=source, email=one["info"]["email"].upper())["data"] == one
    both = api.get("/profile/indexing", source_key=source, key=one["key"], reference=other["reference"])
    assert both["data"] == other


def test_a_new_profile_is_listed_whatever_is_missing_and_scored_where_it_states_enough(api: Api) -> None:
    """One with nothing but a name comes last and without a score, one with the words of the job scores high."""
    source = api.source_keys[1]
    job = api.get("/jobs/searching", board_keys=api.board_keys, name="Data Engineer")["data"]["jobs"][-1]
    bare = api.send("POST", "/profile/indexing", {"source_key": source, "info": {"first_name": "Una"}}, status=201)
    good = api.send(
        "POST",
        "/profile/indexing",
        {
            "source_key": source,
            "profile": {
                "reference": "mine-1", "info": {"full_name": "Ulf Bär", "summary": "Likes data."},
                "skills": job["skills"], "tasks": [{"name": "Pipelines", "value": None}],
                "experiences": [{"title": job["name"], "company": "Acme", "date_start": "2020-01-01"}],
                "educations": [{"school": "Rome Open College"}],
            },
        },
        status=201,
    )  # fmt: skip

    assert (bare["message"], bare["data"]["labels"]) == ("Profile created", [])
    reply = api.get(
        "/profiles/scoring", source_keys=[source], job_key=job["key"], limit=100, sort_by="scoring"
    )["data"]  # fmt: skip
    scores = dict(zip((each["profile_id"] for each in reply["profiles"]), reply["predictions"], strict=True))
    assert scores[bare["data"]["key"]] is None
    assert reply["profiles"][-1]["profile_id"] == bare["data"]["key"]
    assert 0.3 < scores[good["data"]["key"]][1] < 1
    assert api.get("/profile/indexing", source_key=source, reference="mine-1")["data"] == good["data"]
    assert (
        next(each for each in reply["profiles"] if each["profile_id"] == bare["data"]["key"])["name"]["text"] == "Una"
    )


def test_a_reference_is_given_once_in_a_source(api: Api, profile: Raw) -> None:
    taken = {"source_key": profile["source_key"], "reference": profile["reference"]}
    refusal = api.send("POST", "/profile/indexing", taken, status=400)
    other = next(key for key in api.source_keys if key != profile["source_key"])

    expected = f"Cannot create profile with this reference: {profile['reference']}. Already used!"
    assert refusal["message"] == expected
    api.send("POST", "/profile/indexing", {**taken, "source_key": other}, status=201)


def test_a_reference_that_was_given_up_is_free_again(api: Api, profile: Raw) -> None:
    api.send("PUT", "/profile/indexing", {**profile, "reference": "renamed"})

    api.get("/profile/indexing", source_key=profile["source_key"], reference=profile["reference"], status=400)
    found = api.get("/profile/indexing", source_key=profile["source_key"], reference="renamed")
    assert found["data"]["key"] == profile["key"]


def test_what_is_archived_is_left_out_of_lists_but_can_be_read(api: Api, profile: Raw) -> None:
    identity = {"source_key": profile["source_key"], "key": profile["key"]}

    reply = api.send("PATCH", "/profile/indexing/archive", {**identity, "is_archive": 1})

    assert reply["message"] == "Profile archived"
    assert profile["key"] not in {each["key"] for each in api.stored_profiles()}
    job = api.everything("/jobs/searching")[0]
    for stage in ("new", "yes", "later", "no"):
        lists = api.everything("/profiles/searching", stage=stage)
        lists += api.everything("/profiles/scoring", job_key=job["key"], stage=stage)
        assert profile["key"] not in {each["profile_id"] for each in lists}
    assert stored(api, profile)["archived_at"]
    api.send("PATCH", "/profile/indexing/archive", {**identity, "is_archive": 0})
    assert profile["key"] in {each["key"] for each in api.stored_profiles()}
    assert stored(api, profile) == profile


def test_jobs_are_created_edited_and_archived_too(current: Api) -> None:
    board = current.board_keys[0]
    made = current.send("POST", "/job/indexing", {"board_key": board, "name": "Zoo Keeper"}, status=201)["data"]
    body = {**made, "skills": [{"name": "Elephants", "value": 1}], "reference": "zoo"}

    edited = current.send("PUT", "/job/indexing", body)

    assert edited["message"] == "Job edited"
    assert current.get("/job/indexing", board_key=board, reference="zoo")["data"] == edited["data"] == body
    assert [each["key"] for each in current.everything("/jobs/searching", skills=["elephants"])] == [made["key"]]
    archived = current.send("PATCH", "/job/indexing/archive", {"board_key": board, "reference": "zoo"})
    assert archived["message"] == "Job archived"
    assert current.everything("/jobs/searching", name="zoo") == []


def test_a_changed_profile_is_scored_anew(api: Api, profile: Raw) -> None:
    job = api.everything("/jobs/searching")[0]
    asked: Raw = {"source_keys": [profile["source_key"]], "job_key": job["key"], "email": profile["info"]["email"]}

    def score() -> float:
        return float(api.get("/profiles/scoring", **asked)["data"]["predictions"][0][1])

    api.send("PUT", "/profile/indexing", {**profile, "labels": [], "skills": [{"name": "Falconry", "value": None}]})
    before = score()
    api.send("PUT", "/profile/indexing", {**profile, "labels": [], "skills": job["skills"]})

    assert score() > before


@pytest.mark.parametrize("lacking", ["company", "education", "skill", "task", "summary"])
def test_who_lacks_what_it_takes_has_no_score_in_either_list(api: Api, profile: Raw, lacking: str) -> None:
    stays = [{**each, "tasks": []} for each in profile["experiences"]]
    without: dict[str, Raw] = {
        "company": {"experiences": [{**each, "company": None} for each in stays]},
        "education": {"educations": []},
        "skill": {"skills": []},
        "task": {"tasks": [], "experiences": [{**each, "description": ""} for each in stays]},
        "summary": {"info": {**profile["info"], "summary": ""}},
    }
    job = api.everything("/jobs/searching")[0]
    one: Raw = {"source_keys": [profile["source_key"]], "job_key": job["key"], "email": profile["info"]["email"]}
    of_it = {"board_keys": api.board_keys, "source_key": profile["source_key"], "profile_key": profile["key"]}

    api.send("PUT", "/profile/indexing", {**profile, "labels": [], **without[lacking]})

    assert api.get("/profiles/scoring", **one, sort_by="scoring")["data"]["predictions"] == [None]
    jobs = api.get("/jobs/scoring", **of_it, sort_by="scoring")["data"]
    assert set(map(bool, jobs["predictions"])) == {False}
    assert len(jobs["predictions"]) == len(jobs["jobs"]) > 1


def test_lists_lag_behind_while_single_objects_do_not(api: Api, profile: Raw) -> None:
    api.side.config.lag_ms = 300
    emails: Raw = {"source_keys": api.source_keys, "email": "fresh@example.com"}
    changed = {**profile, "labels": [], "info": {**profile["info"], "email": "fresh@example.com"}}

    written = time.monotonic()
    api.send("PUT", "/profile/indexing", changed)

    assert stored(api, profile) == changed
    at_once = api.get("/profiles/searching", **emails)["total"]
    assert at_once == 0 or time.monotonic() - written > 0.3
    eventually(lambda: api.get("/profiles/searching", **emails)["total"] == 1)
    assert time.monotonic() - written >= 0.3


def test_what_is_not_indexed_yet_cannot_be_scored(api: Api) -> None:
    api.side.config.lag_ms = 60_000
    made = api.send("POST", "/job/indexing", {"board_key": api.board_keys[0], "name": "Zoo Keeper"}, status=201)["data"]
    asked: Raw = {"source_keys": api.source_keys, "job_key": made["key"]}

    assert "job" in api.get("/profiles/scoring", **asked, status=400)["message"]

    api.side.config.lag_ms = 0
    api.get("/profiles/scoring", **asked)
