"""What cannot be answered is refused with the documented status and message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.sandbox.hrflow.corpus.keys import FOREIGN_KEY

if TYPE_CHECKING:
    from tests.sandbox.hrflow.conftest import Api

Raw = dict[str, Any]
NOBODY = "0" * 40
FOREIGN = FOREIGN_KEY


@pytest.fixture(scope="module")
def job(many: Api) -> Raw:
    return many.stored_jobs()[0]


@pytest.fixture(scope="module")
def profile(many: Api) -> Raw:
    return many.stored_profiles()[0]


def test_a_wrong_key_is_refused_and_repeated_in_the_message(api: Api) -> None:
    for key in ("ask_wrong", ""):
        reply = httpx.get(f"{api.url}/boards", headers={"X-API-KEY": key, "X-USER-EMAIL": "sandbox@example.com"})

        assert reply.status_code == 401
        assert reply.json() == {"code": 401, "message": f"Unauthorized. Invalid secret key: {key}"}
        assert reply.headers["Content-Type"] == "application/json"


def test_a_key_for_reading_cannot_write_and_one_for_writing_cannot_read(api: Api) -> None:
    email = {"X-USER-EMAIL": "sandbox@example.com"}
    reading, writing = ({"X-API-KEY": key, **email} for key in ("askr_sandbox", "askw_sandbox"))

    assert httpx.get(f"{api.url}/auth", headers=reading).json()["data"]["api_key_permission"] == "read"
    refused = httpx.put(f"{api.url}/profile/indexing", headers=reading, json={})
    assert refused.json()["message"] == "Unauthorized. Invalid secret key: askr_sandbox for permission: write"
    assert (refused.status_code, httpx.get(f"{api.url}/auth", headers=writing).status_code) == (401, 401)


def test_the_email_of_the_user_is_required_unless_the_side_is_lenient(api: Api) -> None:
    for headers in ({}, {"X-USER-EMAIL": "somebody@example.com"}, {"X-USER-EMAIL": "undefined"}):
        sent = {"X-API-KEY": "ask_sandbox", **headers}
        assert httpx.get(f"{api.url}/boards", headers=sent).status_code == 401
        api.side.config.strict = False
        assert httpx.get(f"{api.url}/boards", headers=sent).status_code == 200
        api.side.config.strict = None


def test_the_agent_is_required_only_where_the_side_is_strict_and_the_engine_is_on(api: Api) -> None:
    profile = api.stored_profiles()[0]
    asked = {"board_keys": api.board_keys, "source_key": profile["source_key"], "profile_key": profile["key"]}
    api.get("/jobs/scoring", **asked)

    api.side.config.strict = True

    assert "agent_key" in api.get("/jobs/scoring", **asked, status=400)["message"]
    assert "agent_key" in api.get("/jobs/scoring", **asked, agent_key=NOBODY, status=400)["message"]
    api.get("/jobs/scoring", **asked, agent_key="a" * 40)
    api.get("/jobs/scoring", **asked, algorithm_key="a" * 40)
    assert api.get("/jobs/scoring", **asked, use_agent=0)["data"]["predictions"] == []


def test_without_the_engine_there_are_profiles_but_no_predictions(many: Api, job: Raw) -> None:
    for name in ("use_agent", "use_algorithm"):
        data = many.get("/profiles/scoring", source_keys=many.source_keys, job_key=job["key"], **{name: 0})["data"]
        assert data["profiles"]
        assert data["predictions"] == []


@pytest.mark.parametrize("sources", [[], "", ["x"], None, "null"])
def test_missing_and_unknown_sources_are_refused_in_the_words_of_the_seed(many: Api, job: Raw, sources: Any) -> None:
    given = {} if sources is None else {"source_keys": sources}
    for path in ("/profiles/scoring", "/profiles/searching"):
        reply = many.get(path, **given, job_key=job["key"], status=400)
        assert reply == {"code": 400, "message": "Bad Request. Invalid source ids"}


def test_one_unknown_source_among_known_ones_is_refused_too(many: Api, job: Raw) -> None:
    many.get("/profiles/scoring", source_keys=[*many.source_keys, NOBODY], job_key=job["key"], status=400)


def test_unknown_objects_are_refused_with_the_documented_messages(many: Api, profile: Raw) -> None:
    source, board = profile["source_key"], many.board_keys[0]
    sources = {"source_keys": many.source_keys}
    refusals: list[tuple[str, Raw, str]] = [
        ("/board", {}, "Invalid board fields"),
        ("/board", {"key": NOBODY}, "Invalid board fields"),
        ("/source", {"key": NOBODY}, "Invalid source fields"),
        ("/jobs/searching", {}, "Invalid board fields"),
        ("/jobs/searching", {"board_keys": [NOBODY]}, "Invalid board fields"),
        ("/storing/jobs", {}, "Invalid parameters. Unable to find object: board"),
        ("/storing/jobs", {"board_keys": [board, NOBODY]}, "Invalid parameters. Unable to find object: board"),
        ("/storing/profiles", {"source_keys": [NOBODY]}, "Invalid parameters. Unable to find object: source"),
        ("/profile/indexing", {"source_key": NOBODY, "key": profile["key"]}, "Invalid source fields"),
        ("/profile/indexing", {"source_key": source, "key": NOBODY}, "Invalid source fields"),
        ("/profile/indexing", {"source_key": source}, "Invalid source fields"),
        ("/job/indexing", {"board_key": board, "key": NOBODY}, "Invalid parameters. Unable to find object: job"),
        ("/profiles/scoring", {**sources, "job_key": NOBODY}, "Invalid parameters. Unable to find object: job"),
        ("/profiles/scoring", sources, "Invalid parameters. Unable to find object: job"),
        ("/jobs/scoring", {"board_keys": [board], "source_key": source}, "Invalid source fields"),
    ]
    for path, params, message in refusals:
        assert many.get(path, status=400, **params)["message"] == message, (path, params)


def test_what_belongs_to_another_team_is_refused_with_401(many: Api) -> None:
    source = many.get("/source", key=FOREIGN, status=401)
    board = many.get("/jobs/searching", board_keys=[FOREIGN], status=401)

    assert source["message"] == f"Unauthorized Access to source key: {FOREIGN}"
    assert board["message"] == f"Unauthorized Access to board key: {FOREIGN}"


def test_the_board_of_a_job_may_be_left_out_but_has_to_be_right(many: Api, job: Raw) -> None:
    other = next(key for key in many.board_keys if key != job["board_key"])
    asked = {"source_keys": many.source_keys, "job_key": job["key"], "limit": 1}

    many.get("/profiles/scoring", **asked)
    many.get("/profiles/scoring", **asked, board_key=job["board_key"])
    many.get("/profiles/scoring", **asked, board_key=other, status=400)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("limit", value) for value in ("0", "101", "-1", "ten", "1.5", "9" * 400, "\u0663")],
        *[("page", value) for value in ("0", "-1", "x", "1e3")],
        ("order_by", "up"), ("sort_by", "shoe size"), ("stage", "maybe"), ("use_agent", "2"),
        ("timestamp_start", "soon"), ("timestamp_end", "1e300"), ("created_at_min", "2026-13-01"),
        ("location_geopoint", "{bad"), ("location_geopoint", '{"lat":91,"lng":0}'), ("location_geopoint", "[1,2]"),
        ("location_geopoint", "[object Object]"), ("location_geopoint", '{"lat":"357516600","lng":"10.7110900"}'),
        ("experience_location_geopoint", '{"lat":1}'), ("location_distance", "far"), ("location_distance", "-1"),
        ("experiences_duration_min", "some"), ("text_keywords", '["a"'), ("text_keywords", '[["a"]]'),
        ("summary_keywords", '{"a":1}'), ("skills", "[NaN]"), ("skills", '[{"value":1}]'), ("skills", "[[1]]"),
        ("languages_dict", '[{"name":"x","value":[]}]'), ("tags_included", '[[["x"]]]'), ("interests", '["\\ud800"]'),
        ("tags_excluded", "[true]"), ("skills_dict", "[" * 2000), ("text_keywords", "[1e999]"),
        ("skills", "[" + "9" * 5000 + "]"),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_refused_by_name(many: Api, job: Raw, name: str, value: str) -> None:
    reply = many.get("/profiles/scoring", source_keys=many.source_keys, job_key=job["key"], status=400, **{name: value})

    assert f"Invalid parameter: {name} " in reply["message"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ranges_float", "[1]"), ("ranges_float", '[{"name":"salary","value_min":"much"}]'),
        ("ranges_date", '[{"name":"start","value_max":"soon"}]'), ("ranges_date", '[{"value_max":1}]'),
        ("names", '[{"a":1}]'), ("date_range_min", "then"), ("return_job", "perhaps"),
    ],
)  # fmt: skip
def test_a_bad_parameter_of_jobs_is_refused_by_name(many: Api, name: str, value: str) -> None:
    path = "/storing/jobs" if name == "return_job" else "/jobs/searching"

    assert name in many.get(path, board_keys=many.board_keys, status=400, **{name: value})["message"]


def test_a_value_given_twice_where_one_is_meant_is_refused(many: Api) -> None:
    reply = many.client.get(f"{many.url}/boards", params=[("limit", "1"), ("limit", "2")])

    assert reply.status_code == 400
    assert "limit" in reply.json()["message"]


@pytest.mark.parametrize("path", ["/profile/stage", "/profile/rating", "/profile/action", "/profile/feedback"])
def test_the_old_ways_of_setting_a_stage_are_gone(many: Api, path: str) -> None:
    assert many.send("PATCH", path, {"stage": "yes"}, status=405)["code"] == 405


def test_unknown_paths_and_methods_are_refused_in_the_envelope(many: Api) -> None:
    many.get("/nothing/here", status=404)
    many.send("PATCH", "/profile/indexing", {}, status=405)
    many.send("DELETE", "/boards", None, status=405)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"labels": "x"}, "labels"), ({"labels": [1]}, "labels[0]"), ({"labels": [None]}, "labels"),
        ({"labels": [{"stage": "yes"}]}, "labels[0].job_key"),
        ({"labels": [{"job_key": "j"}]}, "labels[0].stage"),
        ({"labels": [{"job_key": "j", "stage": " "}]}, "labels[0].stage"),
        ({"labels": [{"job_key": 5, "stage": "yes"}]}, "labels[0].job_key"),
        ({"info": []}, "info"), ({"info": {"full_name": 3}}, "info.full_name"),
        ({"info": {"location": "Lyon"}}, "info.location"), ({"info": {"urls": "x"}}, "info.urls"),
        ({"info": {"location": {"lat": "north"}}}, "info.location.lat"),
        ({"skills": ["python"]}, "skills[0]"), ({"skills": [{"value": 1}]}, "skills[0].name"),
        ({"experiences": {}}, "experiences"), ({"experiences": [{"date_start": 5}]}, "experiences[0].date_start"),
        ({"text": {"en": "x"}}, "text"), ({"experiences_duration": "long"}, "experiences_duration"),
        ({"created_at": "once"}, "created_at"), ({"reference": 5}, "reference"),
    ],
)  # fmt: skip
def test_a_bad_field_of_a_profile_is_refused_by_name_and_changes_nothing(api: Api, change: Raw, named: str) -> None:
    profile = api.stored_profiles()[0]

    reply = api.send("PUT", "/profile/indexing", {**profile, **change}, status=400)

    assert f"Invalid parameter: {named} " in reply["message"]
    assert api.get("/profile/indexing", source_key=profile["source_key"], key=profile["key"])["data"] == profile


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe{}", b'{"a":NaN}', b'{"a":1e999}', b'{"a":"\\udfff"}',
        b'{"a":' + b"9" * 5000 + b"}", b"[" * 100_000, b'{"a":' * 40 + b"1" + b"}" * 40,
    ],
)  # fmt: skip
def test_a_body_that_is_no_proper_json_object_is_refused(many: Api, body: bytes) -> None:
    for method, path in (("PUT", "/profile/indexing"), ("POST", "/job/indexing"), ("POST", "/tracking")):
        reply = many.client.request(method, many.url + path, content=body)

        assert reply.status_code == 400
        assert "Invalid parameter: body " in reply.json()["message"]


def test_a_tracking_needs_an_action_and_a_role(many: Api) -> None:
    assert "action" in many.send("POST", "/tracking", {"role": "recruiter"}, status=400)["message"]
    assert "role" in many.send("POST", "/tracking", {"action": "yes"}, status=400)["message"]
    assert "role" in many.send("POST", "/tracking", {"action": "yes", "role": ["x"]}, status=400)["message"]
    assert "role" in many.get("/trackings", status=400)["message"]
