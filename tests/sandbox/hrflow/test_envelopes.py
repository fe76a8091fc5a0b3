"""Every call answers in the envelope, with the message and in the shape that its generation documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.hrflow.conftest import Api

KEY = re.compile(r"[0-9a-f]{40}")
SEED_PROFILE_FIELDS = {
    "date_creation", "date_reception", "educations", "educations_duration", "email", "experiences",
    "experiences_duration", "interests", "labels", "languages", "location", "name", "profile_id", "skills", "source_id",
    "summary", "team_id", "text", "urls", "uuid",
}  # fmt: skip


def test_the_seed_dialect_lists_scored_profiles_in_the_seed_shape(api: Api) -> None:
    job = api.everything("/jobs/searching")[0]
    reply = api.get("/profiles/scoring", source_keys=api.source_keys, job_key=job["key"], limit=5, sort_by="scoring")

    assert reply["message"] == "Profiles list"
    assert (reply["page"], reply["count"]) == (1, 5)
    assert reply["max_page"] == -(-reply["total"] // 5)
    assert "meta" not in reply
    assert len(reply["data"]["predictions"]) == 5
    profile = reply["data"]["profiles"][0]
    assert profile.keys() >= SEED_PROFILE_FIELDS
    assert profile["name"]["text"] == f"{profile['name']['first_name']} {profile['name']['last_name']}"
    assert profile["email"]["text"].endswith("@example.com")
    assert profile["location"]["geopoint"].keys() == {"lat", "lon"}
    assert profile["location"]["geocoder"]["fields"]["city"]
    assert profile["experiences"][0]["start_date"].keys() == {"date", "text"}
    assert profile["skills"][0].keys() == {"name", "value", "type", "is_predicted"}
    assert profile["skills"][0]["type"] == "hard_skill"
    assert "Experience" in profile["text"]["en"]
    assert len(profile["text"]) == 34
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", profile["date_reception"])


def test_the_current_dialect_lists_profiles_as_they_are_stored(current: Api) -> None:
    job = current.everything("/jobs/searching")[0]
    reply = current.get("/profiles/scoring", source_keys=current.source_keys, job_key=job["key"], limit=5)

    assert reply["meta"].keys() == {"page", "maxPage", "count", "total"}
    assert "page" not in reply
    profile = reply["data"]["profiles"][0]
    stored = current.get("/profile/indexing", source_key=profile["source_key"], key=profile["key"])["data"]
    assert stored == profile


def test_one_profile_comes_in_the_later_shape_in_both_dialects(api: Api, current: Api) -> None:
    for side in (api, current):
        brief = side.get("/storing/profiles", source_keys=side.source_keys, limit=1)["data"][0]
        assert brief.keys() == {"key", "reference", "created_at", "updated_at"}
        source = next(
            key
            for key in side.source_keys
            if side.get("/storing/profiles", source_keys=[key], key=brief["key"])["meta"]["total"]
        )

        reply = side.get("/profile/indexing", source_key=source, key=brief["key"])

        assert reply.keys() == {"code", "message", "data"}
        assert reply["message"] == "Profile details"
        assert reply["data"]["key"] == brief["key"]
        assert reply["data"]["info"]["location"].keys() >= {"text", "lat", "lng", "fields"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", reply["data"]["created_at"])


def test_jobs_carry_meta_in_both_dialects_and_later_fields_only_in_the_current_one(api: Api, current: Api) -> None:
    for side, later in ((api, False), (current, True)):
        reply = side.get("/jobs/searching", board_keys=side.board_keys, limit=5)
        assert reply["message"] == "Job searching results"
        assert reply["meta"] == {"page": 1, "maxPage": 3, "count": 5, "total": 12}
        assert reply["data"]["predictions"] == []
        job = reply["data"]["jobs"][0]
        assert ("board_key" in job, "type" in job["skills"][0]) == (later, later)
        assert {"key", "reference", "name", "summary", "sections", "location", "ranges_float", "tags"} <= job.keys()


def test_scored_jobs_carry_one_prediction_each(api: Api) -> None:
    profile = api.stored_profiles()[0]
    reply = api.get(
        "/jobs/scoring",
        board_keys=api.board_keys,
        source_key=profile["source_key"],
        profile_key=profile["key"],
        limit=7,
        page=2,
    )

    assert reply["message"] == "Job scoring results"
    assert reply["meta"] == {"page": 2, "maxPage": 2, "count": 5, "total": 12}
    assert len(reply["data"]["predictions"]) == len(reply["data"]["jobs"]) == 5


def test_profiles_that_are_searched_have_no_predictions(api: Api) -> None:
    reply = api.get("/profiles/searching", source_keys=api.source_keys)

    assert reply["data"]["predictions"] == []
    assert reply["data"]["profiles"]


@pytest.mark.parametrize(
    ("path", "message", "single", "names"),
    [
        ("/boards", "Board list", "/board", {"Tech jobs", "Business jobs"}),
        ("/sources", "Source list", "/source", {"Careers site", "Agency", "Referrals"}),
    ],
)
def test_boards_and_sources_are_listed_with_their_size_and_shown_one_by_one(
    api: Api, path: str, message: str, single: str, names: set[str]
) -> None:
    reply = api.get(path)

    assert reply["message"] == message
    assert {each["name"] for each in reply["data"]} == names
    assert all(KEY.fullmatch(each["key"]) for each in reply["data"])
    assert sum(int(each["stats"]["size"]) for each in reply["data"]) == (12 if path == "/boards" else 40)
    one = api.get(single, key=reply["data"][0]["key"])
    assert one["message"] == message.replace("list", "info")
    assert one["data"]["name"] == reply["data"][0]["name"]
    assert "stats" not in one["data"]


def test_boards_and_sources_are_found_by_name_paged_and_sorted(api: Api) -> None:
    assert [each["name"] for each in api.get("/boards", name="TECH")["data"]] == ["Tech jobs"]
    oldest = api.get("/sources", order_by="asc", limit=2)
    rest = api.get("/sources", order_by="asc", limit=2, page=2)
    assert oldest["meta"] == {"page": 1, "maxPage": 2, "count": 2, "total": 3}
    assert [each["name"] for each in oldest["data"] + rest["data"]] == ["Careers site", "Agency", "Referrals"]
    by_size = api.get("/sources", sort_by="profile")["data"]
    sizes = [int(each["stats"]["size"]) for each in by_size]
    assert sizes == sorted(sizes, reverse=True)


def test_the_stores_list_keys_and_dates_unless_everything_is_asked_for(api: Api) -> None:
    brief = api.get("/storing/jobs", board_keys=api.board_keys, return_job="False")
    whole = api.get("/storing/jobs", board_keys=api.board_keys, return_job="True")

    assert (brief["message"], brief["meta"]["total"]) == ("List of jobs", 12)
    assert brief["data"][0].keys() == {"key", "reference", "created_at", "updated_at"}
    assert whole["data"][0]["name"]
    assert api.get("/storing/profiles", source_keys=api.source_keys)["message"] == "List of profiles"


def test_the_stores_filter_by_name_reference_date_and_place(api: Api) -> None:
    profiles = api.stored_profiles()
    one = profiles[7]
    place = one["info"]["location"]

    def keys(**params: Any) -> set[str]:
        return {each["key"] for each in api.everything("/storing/profiles", **params)}

    assert keys(reference=one["reference"]) == {one["key"]}
    assert keys(key=one["key"]) == {one["key"]}
    assert one["key"] in keys(name=one["info"]["last_name"].lower())
    assert keys(created_at_min=one["created_at"]) == {each["key"] for each in profiles[:8]}
    near = keys(location_lat=place["lat"], location_lon=place["lng"], location_dist=1)
    assert one["key"] in near
    assert len(near) < len(profiles)


def test_a_key_can_be_tried_out(api: Api) -> None:
    data = api.get("/auth")["data"]

    assert data["api_key_permission"] == "all"
    assert data.keys() == {"team_name", "team_subdomain", "request_origin", "api_key_permission"}


def test_trackings_are_added_and_listed_but_never_changed(api: Api) -> None:
    profile, job = api.stored_profiles()[0], api.everything("/jobs/searching")[0]
    board = next(key for key in api.board_keys if api.get("/storing/jobs", board_keys=[key], key=job["key"])["data"])
    body = {
        "action": "yes", "role": "recruiter", "board_key": board, "job_reference": job["reference"],
        "source_key": profile["source_key"], "profile_key": profile["key"], "author_email": "ann@example.com",
    }  # fmt: skip
    api.get("/trackings", role="recruiter", status=404)

    added = api.send("POST", "/tracking", body, status=201)["data"]
    api.send("POST", "/tracking", {**body, "action": "no"}, status=201)

    reply = api.get("/trackings", role="recruiter", actions=["yes"], source_keys=[profile["source_key"]])
    assert reply["data"] == [added]
    assert (added["job_key"], added["profile_key"]) == (job["key"], profile["key"])
    assert [each["action"] for each in api.get("/trackings", role="recruiter", order_by="asc")["data"]] == ["yes", "no"]
    api.get("/trackings", role="candidate", status=404)
    stored = api.get("/profile/indexing", source_key=profile["source_key"], key=profile["key"])["data"]
    assert stored["labels"] == profile["labels"]
