"""What each filter adds to a call in either generation, from the seed pages and the reference hrflow-api §§2-3."""

from __future__ import annotations

from typing import Any

Row = tuple[str, dict[str, Any], dict[str, Any]]  # what is typed; what the seed and the current dialect add or change


def same(typed: str, **added: Any) -> Row:
    """Both generations send the same."""
    return typed, added, added


def renamed(typed: str, seed: str, current: str, value: Any) -> Row:
    """The same value under two names."""
    return typed, {seed: value}, {current: value}


def objects(*items: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in items]


POINT = {"lat": 48.85, "lng": 2.35}
NO_AGENT: Row = (
    "scoring:off",
    {"use_agent": "0", "sort_by": "score_semantic"},
    {"use_agent": "0", "sort_by": "searching"},
)
BOTH: list[Row] = [
    NO_AGENT,
    same("limit:5", limit="5"),
    same("page:3", page="3"),
    same("order:asc", order_by="asc"),
    same("sort:score", sort_by="scoring"),
    same("name:Ann", name="Ann"),
    same("near:48.85,2.35", location_geopoint=POINT, location_distance="50"),
    same("near:48,2 within:25mi", location_geopoint={"lat": 48, "lng": 2}, location_distance="41"),
    same('summary:cloud,"data lake"', summary_keywords=["cloud", "data lake"]),
    same("text:kafka,é", text_keywords=["kafka", "é"]),
]
PROFILES: list[Row] = [
    *BOTH,
    ("sort:semantic", {"sort_by": "score_semantic"}, {"sort_by": "searching"}),
    ("sort:received", {"sort_by": "date_reception"}, {"sort_by": "created_at"}),
    ("sort:created", {"sort_by": "date_creation"}, {"sort_by": "created_at"}),
    same("sort:location", sort_by="location"),
    same("sort:experience-location", sort_by="location_experience"),
    same("sort:education-location", sort_by="location_education"),
    ("since:2026-11-01", {"timestamp_start": "1793487600"}, {"created_at_min": "2026-10-31T23:00:00+00:00"}),
    ("until:2026-11-01", {"timestamp_end": "1793573999"}, {"created_at_max": "2026-11-01T22:59:59+00:00"}),
    ("since:2026-11-01T10:00Z", {"timestamp_start": "1793527200"}, {"created_at_min": "2026-11-01T10:00:00+00:00"}),
    ("since:1569320033", {"timestamp_start": "1569320033"}, {"created_at_min": "2019-09-24T10:13:53+00:00"}),
    ("since:7d", {"timestamp_start": "1794751200"}, {"created_at_min": "2026-11-15T14:00:00+00:00"}),
    same("email:ann@example.com", email="ann@example.com"),
    same("experience:etl", experience_keywords=["etl"]),
    same(
        "worked-near:48.85,2.35 worked-within:30km",
        experience_location_geopoint=POINT,
        experience_location_distance="30",
    ),
    same("years:3..7", experiences_duration_min="3", experiences_duration_max="7"),
    same("years:2.5..", experiences_duration_min="2.5"),
    same("years:..0.00001", experiences_duration_max="0.00001"),
    same("education:physics", education_keywords=["physics"]),
    same("studied-near:48.85,2.35", education_location_geopoint=POINT, education_location_distance="50"),
    same(
        "studied-near:48.85,2.35 studied-within:9",
        education_location_geopoint=POINT,
        education_location_distance="9",
    ),
    same("education-years:..5", educations_duration_max="5"),
    ("skills:python,sql", {"skills_dict": ["python", "sql"]}, {"skills": objects(("python", None), ("sql", None))}),
    renamed("skills:python=0.9,sql", "skills_dict", "skills", objects(("python", 0.9), ("sql", None))),
    renamed("languages:english=fluent", "languages_dict", "languages", objects(("english", "fluent"))),
    ("interests:chess", {"interests_dict": ["chess"]}, {"interests": objects(("chess", None))}),
    (
        "tags:active=true,level=3",
        {"tags_dict": objects(("active", True), ("level", 3))},
        {"tags_included": [objects(("active", True)), objects(("level", 3))]},
    ),
    ("tags:remote", {"tags_dict": ["remote"]}, {"tags_included": [objects(("remote", None))]}),
]
JOBS: list[Row] = [
    *BOTH,
    same("sort:created", sort_by="created_at"),
    renamed("since:2026-11-01", "date_range_min", "created_at_min", "2026-10-31T23:00:00+00:00"),
    renamed("until:2026-11-01", "date_range_max", "created_at_max", "2026-11-01T22:59:59+00:00"),
    renamed("until:0999-01-01T00:00Z", "date_range_max", "created_at_max", "0999-01-01T00:00:00+00:00"),
    ("skills:python", {"skills": ["python"]}, {"skills": objects(("python", None))}),
    ("languages:english", {"languages": ["english"]}, {"languages": objects(("english", None))}),
    same("tags:active=true", tags_included=[objects(("active", True))]),
    same("tags:a=1,b=x tags:c=false", tags_included=[objects(("a", 1), ("b", "x")), objects(("c", False))]),
    same("range:pay=40000..", ranges_float=[{"name": "pay", "value_min": 40000, "value_max": None}]),
    same("range:a=1..2.5", ranges_float=[{"name": "a", "value_min": 1, "value_max": 2.5}]),
    same(
        "dates:start=2026-01-01..2026-06-30",
        ranges_date=[{"name": "start", "value_min": "2026-01-01", "value_max": "2026-06-30"}],
    ),
]
