"""Whatever strangers send, the server answers: what it accepts can be read and listed, the rest is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.sandbox.hrflow.conftest import Api

Raw = dict[str, Any]

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=30)
    | st.sampled_from(["yes", "2020-01-01", "1969-12-31T23:59:59", "9999-12-31T23:59:59", "0001-01-01", "48.5"]),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "value",
                    "title",
                    "date_start",
                    "date_end",
                    "location",
                    "lat",
                    "lng",
                    "stage",
                    "job_key",
                    "url",
                ]
            )
            | st.text(max_size=5),
            children,
            max_size=5,
        )
    ),
    max_leaves=12,
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
DATES = st.sampled_from([None, "", "2020-01", "soon", "1969-12-31T23:59:59", "2021-05-01T00:00:00+0000", "9999-12-31"])
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["48.5", 0, -1, 10**18, 1e308])
PLACE = st.none() | st.fixed_dictionaries({}, optional={"text": WORDS, "lat": NUMBERS, "lng": NUMBERS, "fields": JSON})
NAMED = st.none() | st.lists(
    st.fixed_dictionaries({"name": WORDS.filter(str.strip)}, optional={"value": JSON, "type": JSON}), max_size=3
)
ENTRIES = st.none() | st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "key": JSON, "title": WORDS, "company": WORDS, "school": st.none() | WORDS, "description": WORDS,
            "location": PLACE, "date_end": DATES,
            "date_start": DATES | st.builds(lambda date: {"iso8601": date}, DATES),
        },
    ),
    max_size=3,
)  # fmt: skip
URLS = (
    st.none()
    | st.dictionaries(st.sampled_from(["linkedin", "from_resume", "x"]), JSON, max_size=3)
    | st.lists(st.fixed_dictionaries({}, optional={"type": st.none() | WORDS, "url": st.none() | WORDS}), max_size=2)
)
LABELS = st.none() | st.lists(
    st.fixed_dictionaries(
        {"stage": st.sampled_from(["new", "YES", "Later", "no"]), "job_reference": st.sampled_from(["job-001", "x"])},
        optional={"job_key": st.none() | WORDS, "date_stage": JSON, "rating": JSON, "board_key": st.none() | WORDS},
    ),
    max_size=3,
)
PROFILE = {
    "info": st.fixed_dictionaries(
        {},
        optional={
            "full_name": st.none() | WORDS, "first_name": st.none() | WORDS, "last_name": WORDS, "email": WORDS,
            "summary": WORDS, "location": PLACE, "urls": URLS, "gender": st.none() | WORDS, "nickname": JSON,
        },
    ),
    "text": st.none() | WORDS,
    "text_language": st.none() | WORDS,
    "experiences": ENTRIES,
    "educations": ENTRIES,
    **dict.fromkeys(("skills", "languages", "interests", "tags", "metadatas"), NAMED),
    "labels": LABELS,
    "experiences_duration": NUMBERS,
    "educations_duration": NUMBERS,
    "created_at": st.sampled_from([None, "2020-01-01", "0001-01-01", "9999-12-31T23:59:59", 0, -62135596800]),
    "updated_at": st.sampled_from([None, "2020-01-01T00:00:00.5Z", 1.5e12]),
    "reference": st.none() | WORDS,
    "extra": JSON,
}  # fmt: skip
BODY = st.fixed_dictionaries({}, optional=PROFILE) | st.dictionaries(st.sampled_from(list(PROFILE)), JSON, max_size=3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODY)
def test_whatever_a_put_accepts_comes_back_and_whatever_it_refuses_is_a_400(api: Api, body: Raw) -> None:
    source = api.source_keys[0]
    target = api.get("/storing/profiles", source_keys=[source], sort_by="created_at", limit=1)["data"][0]["key"]

    reply = api.client.put(f"{api.url}/profile/indexing", json={**body, "source_key": source, "key": target})

    assert reply.status_code in (200, 400), reply.text
    if reply.status_code == 200:
        stored = api.get("/profile/indexing", source_key=source, key=target)["data"]
        assert all(stored[field] == body[field] for field in body if field in ("extra", "skills", "labels", "text"))
        keys = {
            each["profile_id"]
            for stage in ("new", "yes", "later", "no")
            for each in api.everything("/profiles/searching", source_keys=[source], stage=stage)
        }
        assert target in keys
        job = api.get("/jobs/searching", board_keys=api.board_keys, limit=1)["data"]["jobs"][0]
        for sort in ("scoring", "location_experience", "searching"):
            api.everything("/profiles/scoring", source_keys=[source], job_key=job["key"], sort_by=sort)
        api.get("/jobs/scoring", board_keys=api.board_keys, source_key=source, profile_key=target)


QUERY = st.sampled_from(
    [
        "limit", "page", "sort_by", "order_by", "stage", "use_agent", "name", "email", "timestamp_start",
        "location_geopoint", "location_distance", "text_keywords", "skills", "skills_dict", "tags_included",
        "tags_excluded", "interests_dict", "experiences_duration_max", "skills[0][name]", "location_geopoint[lat]",
        "a[", "skills[]", "skills[][][][][]", "job_reference", "experience_location_geopoint",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(params=st.lists(st.tuples(QUERY, st.text(max_size=20) | JSON.map(json.dumps)), max_size=4))
def test_no_query_breaks_the_server(many: Api, params: list[tuple[str, str]]) -> None:
    job = many.get("/storing/jobs", board_keys=many.board_keys, limit=1)["data"][0]
    fixed = [("source_keys", json.dumps(many.source_keys)), ("job_key", job["key"])]

    reply = many.client.get(f"{many.url}/profiles/scoring", params=[*fixed, *params])

    assert reply.status_code in (200, 400), reply.text
    assert reply.json()["code"] == reply.status_code


def test_a_text_of_a_hundred_kilobytes_is_stored_and_found(api: Api) -> None:
    profile = api.stored_profiles()[0]
    long = "véry löng " * 10_000

    api.send("PUT", "/profile/indexing", {**profile, "text": long, "labels": []})

    found = api.everything("/profiles/searching", text_keywords=["VERY LONG VERY"])
    assert [each["text"]["en"] for each in found] == [long]


def test_a_body_beyond_the_limit_of_the_server_is_refused_in_the_envelope(api: Api) -> None:
    api.send("PUT", "/profile/indexing", {"text": "x" * 2_000_000}, status=413)


def test_a_body_that_cannot_be_unpacked_is_refused(api: Api) -> None:
    reply = api.client.put(
        f"{api.url}/profile/indexing", content=b"not gzip at all", headers={"Content-Encoding": "gzip"}
    )

    assert (reply.status_code, reply.json()["code"]) == (400, 400)
