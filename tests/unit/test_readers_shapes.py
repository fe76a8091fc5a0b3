"""Replies of both generations become the same profiles and jobs (reference hrflow-api §§4-6)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.entities import Job, Label, Profile, Stage, Stay
from bot.domain.values import Named, NamedRange, Place
from bot.hrflow.readers import read_container, read_job, read_label, read_page, read_profile
from bot.hrflow.wire import reply_object, total_of

JOB_KEY, PROFILE_KEY, SOURCE_KEY = "1" * 40, "2" * 40, "3" * 40
ANN = Profile(
    key=PROFILE_KEY,
    source_key=SOURCE_KEY,
    name="Ann Bell",
    email="ann.bell@example.com",
    summary="Bayesian optimisation",
    place="Lyon",
    point=Place(45.76, 4.84),
    experience_years=1.2547945205479452,
    education_years=2,
    experiences=(
        Stay(
            title="Machine Learning Engineer",
            organisation="Acme Freight",
            description="Forecasts",
            place="Paris",
            start=datetime(2018, 2, 1, tzinfo=UTC),
        ),
    ),
    educations=(
        Stay(
            title="MSc Applied Mathematics",
            organisation="Northfield University",
            description="Signal processing",
            place="Lyon, France",
            start=datetime(2010, 9, 1, tzinfo=UTC),
            end=datetime(2012, 6, 30, tzinfo=UTC),
        ),
    ),
    skills=(Named("Python"), Named("SQL", 0.9)),
    languages=(Named("english"), Named("french", "fluent")),
    interests=(Named("Chess"),),
    links=("https://code.example.com/ann", "https://ann.example.com"),
    labels=(
        Label(
            stage=Stage.YES,
            job_key=JOB_KEY,
            job_reference="dev-42",
            at=datetime(2019, 7, 15, 14, 51, 7, tzinfo=UTC),
        ),
    ),
    created_at=datetime(2019, 1, 15, 12, 9, 58, tzinfo=UTC),
    received_at=datetime(2019, 1, 15, 12, 9, 42, tzinfo=UTC),
)
DATA_ENGINEER = Job(
    key=JOB_KEY,
    reference="dev-42",
    title="Data Engineer",
    sections=(("Mission", "Build pipelines"),),
    place="Lyon, France",
    point=Place(45.76, 4.84),
    skills=(Named("python"),),
    languages=(Named("english", "fluent"),),
    tags=(Named("company", "Acme Freight"), Named("remote", value=True)),
    ranges=(NamedRange("salary", 30_000.0, 50_000.0),),
    dates=(NamedRange("start", "2020-05-18"),),
    url="https://jobs.example.com/dev-42",
    created_at=datetime(2020, 9, 2, 10, tzinfo=UTC),
)


def payload(name: str) -> bytes:
    return (Path(__file__).parent / "payloads" / f"{name}.json").read_bytes()


def test_the_seeds_sample_of_profiles_is_read_whole() -> None:
    reply = reply_object(payload("profiles_scoring_seed"))
    page = read_page(reply, "profiles", read_profile, total_of(reply))

    assert [(row.item, row.score) for row in page.items] == [(ANN, 0.50815147161483765)]
    assert page.total == 1


def test_the_later_shape_is_the_same_person() -> None:
    """But for a reference that is null there and a date of reception that it does not know; texts of levels vary."""
    later = read_profile(json.loads(payload("profile_later")))

    assert later is not None
    assert later.skills == (Named("Python"), Named("SQL", "0.9"))
    expected = replace(ANN, received_at=None, links=later.links, skills=later.skills)
    assert later == expected
    assert set(later.links) == set(ANN.links)


def test_the_seeds_sample_of_jobs_is_read_whole() -> None:
    reply = reply_object(payload("jobs_scoring_seed"))
    page = read_page(reply, "jobs", read_job, total_of(reply))

    assert [(row.item, row.score) for row in page.items] == [(DATA_ENGINEER, 0.96880990266799927)]
    assert page.total == 73


def _scores(predictions: Any, count: int = 2) -> list[float | None]:
    reply = {"data": {"jobs": [{"key": f"k{place}"} for place in range(count)], "predictions": predictions}}
    return [row.score for row in read_page(reply, "jobs", read_job, None).items]


@pytest.mark.parametrize(
    ("predictions", "scores"),
    [
        ([[0.1, 0.9], [0.8, 0.2]], [0.9, 0.2]),
        ([[0.1, 0.9]], [0.9, None]),
        ([], [None, None]),
        (None, [None, None]),
        ("none", [None, None]),
        ([[0.1, 0.9], [0.8, 0.2], [0.5, 0.5]], [0.9, 0.2]),
        ([[0.1], []], [None, None]),
        ([0.9, None], [None, None]),
        ([["0.1", "0.9"], [0, 1]], [0.9, 1.0]),
        ([[0.1, 1.5], [0.1, -0.2]], [None, None]),
        ([[0.1, True], [0.1, None]], [None, None]),
        ([[1, 0], [0.0, 0.0]], [0.0, 0.0]),
        ([[0.1, 10**400], [0.1, "nan"]], [None, None]),
    ],
)
def test_a_score_is_the_second_number_or_nothing(predictions: Any, scores: list[float | None]) -> None:
    assert _scores(predictions) == scores


def test_an_item_without_a_key_is_left_out_and_takes_its_score_along() -> None:
    reply = {
        "data": {
            "profiles": [{"key": "a"}, {"info": {}}, None, {"profile_id": "d"}],
            "predictions": [[0, 0.9], [0, 0.8], [0, 0.7], [0, 0.6]],
        }
    }

    rows = read_page(reply, "profiles", read_profile, None).items
    assert [(row.item.key, row.score) for row in rows] == [("a", 0.9), ("d", 0.6)]


@pytest.mark.parametrize("key", ["", " ", None, 5.0e300, True, [], {}, "a\ud800", "a\x00b", "k" * 256, "a\nb"])
def test_what_can_be_no_key_is_none(key: Any) -> None:
    assert read_profile({"key": key}) is None
    assert read_job({"key": key}) is None
    assert read_container({"key": key, "name": "x"}) is None


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2020-09-15T21:59", "2020-09-15T21:59:00+00:00"),
        ("2019-01-15T12:09:58.123456", "2019-01-15T12:09:58.123456+00:00"),
        ("2020-09-11T10:26:36+0000", "2020-09-11T10:26:36+00:00"),
        ("2020-09-11T10:26:36Z", "2020-09-11T10:26:36+00:00"),
        ("2020-09-11T12:26:36+02:00", "2020-09-11T10:26:36+00:00"),
        (" 2020-09-11 ", "2020-09-11T00:00:00+00:00"),
        (1600165596, "2020-09-15T10:26:36+00:00"),
        (1600165596000, "2020-09-15T10:26:36+00:00"),
        (1600165596.5, "2020-09-15T10:26:36.500000+00:00"),
        ({"iso8601": "2020-09-11T10:26:36Z"}, "2020-09-11T10:26:36+00:00"),
        ({"date": "2020-09-11 10:26:36.000000", "timezone": "UTC"}, "2020-09-11T10:26:36+00:00"),
        ("1969-12-31T23:59:59", None),
        ("0001-01-01T00:00:00", None),
        (0, None),
        (-5, None),
        (None, None),
        ("", None),
        ("soon", None),
        (True, None),
        ({}, None),
        ([], None),
        ({"date": None, "text": "today"}, None),
        (10**30, None),
        (1e300, None),
    ],
)
def test_a_date_is_read_in_every_form_and_a_sentinel_is_none(raw: Any, iso: str | None) -> None:
    for name in ("created_at", "date_creation"):
        profile = read_profile({"key": "k", name: raw})
        assert profile is not None
        found = profile.created_at.astimezone(UTC).isoformat() if profile.created_at else None
        assert found == iso


def test_a_job_of_early_2020_is_read() -> None:
    raw = {
        "job_id": "k",
        "job_reference": "r",
        "name": "Dev",
        "description": "d",
        "date_creation": {"date": "2020-01-02"},
    }

    assert read_job(raw) == Job(
        key="k", reference="r", title="Dev", summary="d", created_at=datetime(2020, 1, 2, tzinfo=UTC)
    )


def test_links_are_https_addresses_from_an_object_or_a_list() -> None:
    bad: list[Any] = [
        "http://plain.example.com",
        "javascript:alert(1)",
        "https://",
        "https://[",
        "ftp://x.example",
        None,
        5,
        {},
        "",
    ]
    as_object = {
        "urls": {"a": "https://a.example", "from_resume": ["https://b.example", *bad], "picture": "https://p.example"}
    }
    as_list = {
        "info": {"urls": [{"type": "x", "url": url} for url in ("https://a.example", *bad, "https://b.example")]}
    }

    for raw in (as_object, as_list):
        profile = read_profile({"key": "k", **raw})
        assert profile is not None
        assert profile.links == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("location", "place", "point"),
    [
        ({"text": "Lyon", "lat": 45.0, "lng": 4.0, "fields": []}, "Lyon", Place(45.0, 4.0)),
        ({"text": "x", "lat": "45.0", "lng": "4.0", "fields": {"city": "Lyon"}}, "Lyon", Place(45.0, 4.0)),
        ({"text": "x", "geopoint": {"lat": 45.0, "lon": 4.0}, "geocoder": {}}, "x", Place(45.0, 4.0)),
        ({"geocoder": {"lat": 45.0, "lng": 4.0, "fields": {"city": "Lyon"}}}, "Lyon", Place(45.0, 4.0)),
        ({"text": "x", "lat": None, "lng": None, "geopoint": {"lat": 1, "lon": 0}}, "x", Place(1.0, 0.0)),
        ({"text": "x", "lat": 357516600, "lng": 10.7}, "x", None),
        ({"text": "x", "lat": 45.0}, "x", None),
        ({"fields": None}, "", None),
        ([], "", None),
        (None, "", None),
        ("Lyon", "", None),
    ],
)
def test_a_place_is_read_from_every_form(location: Any, place: str, point: Place | None) -> None:
    job = read_job({"key": "k", "location": location})
    profile = read_profile({"key": "k", "info": {"location": location}})

    assert job is not None
    assert profile is not None
    assert (job.place, job.point) == (place, point)
    assert (profile.place, profile.point) == (place, point)


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ({"job_key": "j", "stage": "yes"}, Label(stage=Stage.YES, job_key="j")),
        ({"job_id": "j", "stage": "NO"}, Label(stage=Stage.NO, job_key="j")),
        ({"job_reference": "r", "stage": "later"}, Label(stage=Stage.LATER, job_reference="r")),
        ({"job_key": None, "job_id": "j", "stage": "new"}, Label(stage=Stage.NEW, job_key="j")),
        ({"stage": "yes"}, None),
        ({"job_key": "j", "stage": "interview"}, Label(stage=Stage("interview"), job_key="j")),
        ({"job_key": "j"}, Label(stage=Stage.NEW, job_key="j")),
        ({"job_key": "j", "stage": None}, Label(stage=Stage.NEW, job_key="j")),
        (None, None),
        ([], None),
        ("yes", None),
    ],
)
def test_a_label_of_either_generation_is_read(raw: Any, label: Label | None) -> None:
    assert read_label(raw) == label


def test_the_first_experience_is_the_headline() -> None:
    assert ANN.headline == "Machine Learning Engineer, Acme Freight"
    assert replace(ANN, experiences=()).headline == ""
    assert replace(ANN, experiences=(Stay(organisation="Acme Freight"),)).headline == "Acme Freight"


def test_a_container_is_its_key_and_name_and_nothing_of_its_staff() -> None:
    raw = {"key": "k", "name": "Agency", "members": ["staff@example.com"], "user": {"email": "staff@example.com"}}

    assert read_container(raw) == ("k", "Agency")
    assert read_container({"key": "k", "name": None}) == ("k", "k")
