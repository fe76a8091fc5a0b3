"""What the vendor's SDK writes is in the sandbox afterwards, and nothing else has changed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sandbox.sdk.conftest import Account, Raw

CHANGING = {"updated_at"}


def without(item: Raw, fields: set[str]) -> Raw:
    return {name: value for name, value in item.items() if name not in fields}


def test_a_new_profile_can_be_read_listed_and_scored(account: Account) -> None:
    source = account.sources[1]
    body = {
        "reference": f"sdk-{account.dialect}",
        "info": {"full_name": "Zora Testwell", "email": "zora.testwell@example.com"},
        "text": "Kafka and Python, for years.",
        "created_at": "2026-02-03T04:05:06+0000",
        "skills": [{"name": "python", "type": "hard", "value": None}],
        "experiences": [{"title": "Data Engineer", "company": "Example", "date_start": "2020-01-01T00:00:00"}],
        "experiences_duration": 6.5,
    }

    created = account.sdk.profile.storing.add_json(source, copy.deepcopy(body))

    assert created["code"] == 201
    assert created["message"] == "Profile created"
    stored = account.sdk.profile.storing.get(source, reference=body["reference"])["data"]
    assert stored == created["data"]
    assert stored["info"]["full_name"] == "Zora Testwell"
    assert {name: stored[name] for name in ("reference", "text", "created_at", "experiences_duration")} == {
        name: body[name] for name in ("reference", "text", "created_at", "experiences_duration")
    }
    job, _ = account.job_and_board()
    [found] = account.sdk.profile.scoring.list([source], job_key=job["key"], name="zora testwell")["data"]["profiles"]
    assert account.key_of(found) == stored["key"]
    again = account.sdk.profile.storing.add_json(source, copy.deepcopy(body))
    assert again["message"] == f"Cannot create profile with this reference: {body['reference']}. Already used!"


def test_a_stage_written_as_a_label_moves_the_profile_from_one_list_to_the_other(account: Account) -> None:
    job, board = account.job_and_board("Product Manager")
    before = next(each for each in account.stored_profiles() if not each["labels"])
    source, key = before["source_key"], before["key"]
    label = {"board_key": board, "job_key": job["key"], "job_reference": job["reference"], "stage": "yes"}
    label |= {"date_stage": "2026-03-04T05:06:07", "rating": None, "date_rating": None}

    def listed(stage: str) -> bool:
        reply = account.sdk.profile.scoring.list(
            [source], board_key=board, job_key=job["key"], stage=stage, name=before["info"]["full_name"]
        )
        return any(account.key_of(each) == key for each in reply["data"]["profiles"])

    assert (listed("new"), listed("yes")) == (True, False)

    edited = account.sdk.profile.storing.edit(source, {**copy.deepcopy(before), "labels": [label]}, key=key)

    assert (edited["code"], edited["message"]) == (200, "Profile edited")
    after = account.sdk.profile.storing.get(source, key=key)["data"]
    assert after["labels"] == [label]
    assert without(after, CHANGING | {"labels"}) == without(before, CHANGING | {"labels"})
    assert (listed("new"), listed("yes")) == (False, True)


def test_a_new_job_can_be_read_edited_and_scored(account: Account) -> None:
    board = account.boards[0]
    reference = f"sdk-{account.dialect}"
    body = {
        "reference": reference,
        "name": f"Keeper of Clocks {account.dialect}",
        "location": {"text": "Lyon", "lat": 45.76, "lng": 4.84},
        "sections": [{"name": "mission", "title": "Your work", "description": "Clocks."}],
        "skills": [{"name": "patience", "type": "soft", "value": None}],
    }

    created = account.sdk.job.storing.add_json(board, copy.deepcopy(body))
    stored = account.sdk.job.storing.get(board, reference=reference)["data"]
    edited = account.sdk.job.storing.edit(board, {**copy.deepcopy(stored), "summary": "Tick."}, key=stored["key"])

    assert (created["code"], created["message"]) == (201, "Job created")
    assert stored == created["data"]
    assert (edited["code"], edited["message"]) == (200, "Job edited")
    after = account.sdk.job.storing.get(board, key=stored["key"])["data"]
    assert after["summary"] == "Tick."
    assert without(after, CHANGING | {"summary"}) == without(stored, CHANGING | {"summary"})
    profile = account.stored_profiles()[0]
    scored = account.sdk.job.scoring.list(
        [board], source_key=profile["source_key"], profile_key=profile["key"], name="keeper of clocks"
    )
    assert [each["key"] for each in scored["data"]["jobs"]] == [stored["key"]]


def test_an_archived_profile_leaves_the_lists_whichever_way_it_is_named(account: Account) -> None:
    source = account.sources[2]
    for number, by in enumerate(("key", "reference", "email")):
        name = f"Yves Vanish{number}"
        reference = f"gone-{number}-{account.dialect}"
        body = {"reference": reference, "info": {"full_name": name, "email": f"{reference}@example.com"}}
        made = account.sdk.profile.storing.add_json(source, body)["data"]
        named = {"key": made["key"], "reference": reference, "email": f"{reference}@example.com"}

        archived = account.sdk.profile.storing.archive(source, **{by: named[by]})

        assert (archived["code"], archived["message"]) == (200, "Profile archived")
        assert account.sdk.profile.searching.list([source], name=name)["data"]["profiles"] == []


def test_trackings_are_added_one_after_the_other_and_listed_by_role_action_and_date(account: Account) -> None:
    job, board = account.job_and_board()
    profile = account.stored_profiles()[1]
    about = {"job_key": job["key"], "profile_key": profile["key"]}
    of_job = {"role": "manager", "source_keys": account.sources, "board_key": board, "job_key": job["key"]}
    assert account.sdk.tracking.get(**of_job) == {"code": 404, "message": "Tracking not found"}

    posted = [
        account.sdk.tracking.post(
            action, "manager", board, profile["source_key"], **about, created_at=f"2026-01-0{day}T10:00:00.000+00:00"
        )
        for day, action in ((1, "view"), (2, "yes"), (2, "yes"))
    ]

    assert [each["code"] for each in posted] == [201, 201, 201]
    everything = account.sdk.tracking.get(**of_job)
    assert everything["data"] == [each["data"] for each in reversed(posted)]
    assert everything["meta"] == {"page": 1, "maxPage": 1, "count": 3, "total": 3}
    assert [each["action"] for each in account.sdk.tracking.get(**of_job, actions=["view", "no"])["data"]] == ["view"]
    since = account.sdk.tracking.get(**of_job, created_at_min="2026-01-02", created_at_max="2026-01-03")
    assert [each["action"] for each in since["data"]] == ["yes", "yes"]
    assert account.sdk.tracking.get(**{**of_job, "role": "recruiter"})["code"] == 404


def test_a_tracking_without_a_role_or_about_nobody_is_refused(account: Account) -> None:
    job, board = account.job_and_board()
    profile = account.stored_profiles()[1]
    post = account.sdk.tracking.post

    wrong_role = post("yes", "passer-by", board, profile["source_key"], job_key=job["key"], profile_key=profile["key"])
    nobody = post("yes", "recruiter", board, profile["source_key"], job_key=job["key"])

    assert wrong_role["code"] == nobody["code"] == 400
    assert "role" in wrong_role["message"]
