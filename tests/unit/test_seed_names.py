"""What stands in the tables of the seed pages can be typed as it stands: names and values."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.grammar import HelpWanted, parse
from bot.domain.moments import Moment
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.values import Named, NamedRange, Place, Range

KEY = "0123456789abcdef0123456789abcdef01234567"

# Every name in the table of /profiles/scoring, in its order, with a value of the samples on that page; and
# experience_location_distance, which is in all samples but not in the table.
PROFILES: list[tuple[str, str, str, Any]] = [
    ("source_keys", KEY, "source", (KEY,)),
    ("use_agent", "0", "scoring", False),
    ("board_key", KEY, "board", KEY),
    ("job_key", KEY, "subject", KEY),
    ("stage", "yes", "stage", "yes"),
    ("limit", "12", "limit", 12),
    ("page", "2", "page", 2),
    ("order_by", "asc", "order", "asc"),
    ("sort_by", "date_reception", "sort", "received"),
    ("timestamp_start", "1569320033", "since", Moment("1569320033")),
    ("timestamp_end", "1586945633", "until", Moment("1586945633")),
    ("name", "Ann", "name", "Ann"),
    ("email", "ann@example.com", "email", "ann@example.com"),
    ("location_geopoint", '{"lat":35.7516600, "lng":10.7110900}', "near", Place(35.75166, 10.71109)),
    ("location_distance", "40", "within", 40),
    ("summary_keywords", '["keyword1", "keyword2"]', "summary", ("keyword1", "keyword2")),
    ("text_keywords", "['keyword1', 'keyword2']", "text", ("keyword1", "keyword2")),
    ("experience_keywords", "keyword1,keyword2", "experience", ("keyword1", "keyword2")),
    ("experience_location_geopoint", "35.75,10.71", "worked_near", Place(35.75, 10.71)),
    ("experience_location_distance", "40", "worked_within", 40),
    ("experiences_duration_min", "3", "years", Range(low=3.0)),
    ("experiences_duration_max", "7", "years", Range(high=7.0)),
    ("education_keywords", "keyword1", "education", ("keyword1",)),
    ("education_location_geopoint", '{"lat": 35.75, "lon": -10.71}', "studied_near", Place(35.75, -10.71)),
    ("education_location_distance", "30", "studied_within", 30),
    ("educations_duration_min", "2.5", "education_years", Range(low=2.5)),
    ("educations_duration_max", "5", "education_years", Range(high=5.0)),
    ("skills_dict", '["skill1", "skill2"]', "skills", (Named("skill1"), Named("skill2"))),
    ("languages_dict", "['lang1']", "languages", (Named("lang1"),)),
    ("tags_dict", "tag1,tag2", "tags", (Named("tag1"), Named("tag2"))),
    ("interests_dict", "interest1", "interests", (Named("interest1"),)),
]
# Every name in the table of /jobs/scoring, and `name`, which is in its samples only.
JOBS: list[tuple[str, str, str, Any]] = [
    ("board_keys", f"['{KEY}','b2']", "board", (KEY, "b2")),
    ("agent_key", KEY, "agent", KEY),
    ("source_key", KEY, "source", KEY),
    ("profile_key", KEY, "subject", KEY),
    ("use_agent", "0", "scoring", False),
    ("limit", "30", "limit", 30),
    ("page", "30", "page", 30),
    ("order_by", "asc", "order", "asc"),
    ("sort_by", "created_at", "sort", "created"),
    ("date_range_min", "2020-05-18T21:59:00", "since", Moment("2020-05-18T21:59:00")),
    ("date_range_max", "2020-05-18T21:59:00Z", "until", Moment("2020-05-18T21:59:00+00:00")),
    ("location_geopoint", '{"lat":33.59662,"lng":-7.61889}', "near", Place(33.59662, -7.61889)),
    ("location_distance", "30", "within", 30),
    ("summary_keywords", "engineer", "summary", ("engineer",)),
    ("text_keywords", '["engineer", "python"]', "text", ("engineer", "python")),
    ("skills", "python=0.9,sql", "skills", (Named("python", 0.9), Named("sql"))),
    ("languages", "english", "languages", (Named("english"),)),
    ("tags_included", "active=true", "tags", ((Named("active", value=True),),)),
    ("ranges_float", "salary=40000..60000", "ranges", (NamedRange("salary", 40000.0, 60000.0),)),
    ("ranges_date", "start=2026-01-01..", "dates", (NamedRange("start", "2026-01-01"),)),
    ("name", '"data scientist"', "name", "data scientist"),
]
_PLACES = {"location_distance": "near", "experience_location_distance": "worked-near"}
_PLACES |= {"education_location_distance": "studied-near"}


def _typed(command: str, name: str, value: str, form: str) -> str:
    beside = f" {_PLACES[name]}:1,2" if name in _PLACES else ""
    return f"{command} {form.format(name=name, value=value)}{beside}"


@pytest.mark.parametrize(
    "form", ["{name}:{value}", "{name}: {value}", "--{name} {value}", "--{name}={value}", "—{name} {value}"]
)
@pytest.mark.parametrize(
    ("command", "row"), [*(("/profiles", row) for row in PROFILES), *(("/jobs", row) for row in JOBS)]
)
def test_a_seed_parameter_can_be_typed_by_its_own_name(command: str, row: tuple[str, str, str, Any], form: str) -> None:
    name, value, field, expected = row
    query = parse(_typed(command, name, value, form))

    assert getattr(query, field) == expected


@pytest.mark.parametrize(
    ("command", "row"), [*(("/profiles", row) for row in PROFILES), *(("/jobs", row) for row in JOBS)]
)
def test_the_case_of_a_key_does_not_matter(command: str, row: tuple[str, str, str, Any]) -> None:
    name, value, _, _ = row
    form = "{name}:{value}"

    assert parse(_typed(command, name, value, form.replace("{name}", name.upper()))) == parse(
        _typed(command, name, value, form)
    )


@pytest.mark.parametrize(
    ("value", "sort"),
    [
        ("date_reception", "received"),
        ("date_creation", "created"),
        ("location", "location"),
        ("location_experience", "experience-location"),
        ("location_education", "education-location"),
        ("score_semantic", "semantic"),
        ("score_predictive", "score"),
        ('"reception date"', "received"),
        ('"semantic score"', "semantic"),
        ('"predictive score"', "score"),
        ("scoring", "score"),
        ("searching", "semantic"),
        ("created_at", "created"),
    ],
)
def test_the_seeds_own_words_for_sorting_are_understood(value: str, sort: str) -> None:
    query = parse(f"/profiles dev sort_by:{value}")

    assert isinstance(query, ProfilesQuery)
    assert query.sort == sort


@pytest.mark.parametrize("value", ["created_at", "date", "scoring"])
def test_the_seeds_own_words_for_sorting_jobs_are_understood(value: str) -> None:
    assert isinstance(parse(f"/jobs ann sort_by:{value}"), JobsQuery)


@pytest.mark.parametrize("stage", ["new", "yes", "later", "no", "YES"])
def test_every_stage_of_the_seed_is_understood(stage: str) -> None:
    query = parse(f"/profiles dev stage:{stage}")

    assert isinstance(query, ProfilesQuery)
    assert query.stage == stage.lower()


@pytest.mark.parametrize(("value", "on"), [("1", True), ("0", False), ("on", True), ("off", False), ("True", True)])
def test_the_agent_is_switched_as_on_the_seed_pages(value: str, on: bool) -> None:
    query = parse(f"/jobs ann use_agent:{value}")

    assert not isinstance(query, HelpWanted)
    assert query.scoring is on


def test_both_ends_of_a_range_can_be_given_by_their_seed_names() -> None:
    query = parse("/profiles dev experiences_duration_min:3 experiences_duration_max:7")

    assert query == parse("/profiles dev years:3..7")


def test_every_parameter_is_reachable_from_both_commands_tables() -> None:
    """No parameter of ours is missing from the lists above, and nothing in them from ours."""
    ours = {name for parameter in ProfilesQuery.parameters.values() for name in parameter.seed}
    assert ours == {name for name, *_ in PROFILES}

    ours = {name for parameter in JobsQuery.parameters.values() for name in parameter.seed}
    assert ours == {name for name, *_ in JOBS}
