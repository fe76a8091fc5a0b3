"""A parameter means the same in every form in which official clients send it (reference hrflow-api §2.2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.sandbox.hrflow.conftest import Api


def listed(owner_keys: list[str]) -> str:
    return quote(json.dumps(owner_keys))


def keys(api: Api, path: str, query: str) -> list[str]:
    """Send a query exactly as written."""
    reply = api.client.get(f"{api.url}{path}?{query}")
    assert reply.status_code == 200, reply.text
    data: dict[str, Any] = reply.json()["data"]
    return [each["key"] for each in data["jobs" if "jobs" in path else "profiles"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("text_keywords=%5B%22python%22%2C+%22sql%22%5D", "text_keywords=python&text_keywords=sql"),
        ("text_keywords=%5B%22python%22%2C+%22sql%22%5D", "text_keywords=[%22python%22,%22sql%22]"),
        ("text_keywords=%5B%22python%22%2C+%22sql%22%5D", "text_keywords[0]=python&text_keywords[1]=sql"),
        ("text_keywords=%5B%22python%22%2C+%22sql%22%5D", "text_keywords[]=python&text_keywords[]=sql"),
        ("text_keywords=%22python%22", "text_keywords=python"),
        ("skills_dict=%5B%22Python%22%5D", "skills=%5B%7B%22name%22%3A+%22python%22%2C+%22value%22%3A+null%7D%5D"),
        (
            "skills=%5B%7B%22name%22%3A+%22python%22%2C+%22value%22%3A+0.6%7D%5D",
            "skills[0][name]=PYTHON&skills[0][value]=0.6",
        ),
        ("name=m%C3%BCller", "name=M%C3%9CLLER"),
        ("name=Anna%20M", "name=Anna+m"),
        ("text_keywords=%5B%22m%5Cu00fcller%22%5D", "text_keywords=%5B%22m%C3%BCller%22%5D"),
        (
            "location_geopoint=%7B%22lat%22%3A+48.85%2C+%22lng%22%3A+2.35%7D&location_distance=300",
            "location_geopoint[lat]=48.85&location_geopoint[lon]=2.35&location_distance=300.0",
        ),
        (
            "location_geopoint=%7B%22lat%22:%2248.85%22,%22lon%22:%222.35%22%7D&location_distance=300",
            "location_geopoint=%7B%22lat%22:48.85,%22lng%22:2.35%7D&location_distance=300",
        ),
        ("created_at_min=2026-06-01T00:00:00Z", "created_at_min=1780272000"),
        ("created_at_min=2026-06-01T00:00:00%2B0000", "created_at_min=2026-06-01"),
        ("created_at_min=2026-06-01T02:00:00+02:00", "created_at_min=2026-06-01T00:00:00.000"),
        ("created_at_min=1780272000000", "created_at_min=1780272000"),
        ("use_agent=True", "use_agent=1"),
        ("order_by=ASC", "order_by=asc"),
        ("email=null&name=undefined&text_keywords=%5B%5D", "?null"),
        ("name=%5B%5D&experiences_duration_min=%7B%7D&timestamp_start=%5B%5D&stage=%5B%5D&page=%7B%7D", "?null"),
    ],
)
def test_two_spellings_mean_the_same(many: Api, one: str, other: str) -> None:
    assert keys(many, "/profiles/searching", f"source_keys={listed(many.source_keys)}&limit=100&{one}") == keys(
        many, "/profiles/searching", f"source_keys={listed(many.source_keys)}&limit=100&{other}"
    )


def test_values_lost_by_a_client_are_refused(many: Api) -> None:
    """What the Python SDK makes of a dict and the JS SDK of an object."""
    for lost in ("location_geopoint=lat&location_geopoint=lng", "location_geopoint=[object%20Object]"):
        reply = many.client.get(f"{many.url}/profiles/searching?source_keys={listed(many.source_keys)}&{lost}")
        assert reply.status_code == 400
        assert "location_geopoint" in reply.json()["message"]


def test_the_names_of_both_generations_reach_the_same_list(many: Api) -> None:
    job, profile = many.stored_jobs()[0], many.stored_profiles()[0]
    sources = listed(many.source_keys)
    for asked in (
        f"source_keys={sources}&job_key={job['key']}",
        f"source_ids={sources}&job_id={job['key']}",
        f"source_keys={sources}&board_key={job['board_key']}&job_reference={job['reference']}",
    ):
        assert (
            keys(many, "/profiles/scoring", asked)[:30]
            == [each["key"] for each in many.everything("/profiles/scoring", job_key=job["key"])][:30]
        )
    boards = listed(many.board_keys)
    by_key = keys(
        many, "/jobs/scoring", f"board_keys={boards}&source_key={profile['source_key']}&profile_key={profile['key']}"
    )
    by_reference = keys(
        many,
        "/jobs/scoring",
        f"board_keys={boards}&source_id={profile['source_key']}&profile_reference={profile['reference']}",
    )
    assert by_key == by_reference
