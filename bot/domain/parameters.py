"""Every parameter of both seed tables, declared once.

One declaration feeds the parser, the canonical text, the wire encoding, the form, the help and the documentation; the
words for it stand in `views/filters.py`. `seed` and `current` are the names on the wire in each dialect (reference
hrflow-api §§2-3); a range has two, one for each end. Every wire name is accepted as a key too, so what stands on the
seed pages can be typed as it is.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.domain.declaring import Parameter, parameter
from bot.domain.kinds import Choice, One, Point, Span, Switch, Text, TextList, Whole
from bot.domain.more_kinds import Distance, NamedRanges, When
from bot.domain.named_kinds import NamedList, TagGroups

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCORE = ("scoring", "score_predictive", "predictive_score", "predictive")
_SEMANTIC = ("score_semantic", "semantic_score", "searching")
_STAGES = Choice({"new": (), "yes": (), "later": (), "no": (), "any": ("all",)})
_ORDER = Choice({"desc": ("descending",), "asc": ("ascending",)})
_SORT_PROFILES = Choice(
    {
        "score": _SCORE,
        "semantic": _SEMANTIC,
        "received": ("date_reception", "reception", "reception_date"),
        "created": ("date_creation", "created_at", "date"),
        "location": (),
        "experience-location": ("location_experience",),
        "education-location": ("location_education",),
    }
)
_SORT_JOBS = Choice({"score": _SCORE, "created": ("created_at", "date", "date_creation")})


def _table(*parameters: Parameter) -> Mapping[str, Parameter]:
    return MappingProxyType({each.key: each for each in parameters})


_SCORING = parameter("scoring", Switch(), "use_agent", example="scoring:off", more=True)
_LIMIT = parameter("limit", Whole(1, 30), "limit", example="limit:5")
_PAGE = parameter("page", Whole(1, 1000), "page", example="page:2", more=True)
_ORDER_BY = parameter("order", _ORDER, "order_by", example="order:asc", more=True)
_SUMMARY = parameter("summary", TextList(), "summary_keywords", example="summary:cloud")
_TEXT = parameter("text", TextList(), "text_keywords", example="text:kafka")
_NEAR = parameter("near", Point(), "location_geopoint", example="near:Lyon")
_WITHIN = parameter("within", Distance(), "location_distance", example="within:40km")

PROFILES = _table(
    parameter("job", Text(), "job_key", field="subject", example="job:dev-42", offers="job"),
    parameter("source", TextList(), "source_keys", example="source:Agency", offers="source"),
    parameter("board", One(), "board_key", example='board:"Tech jobs"', offers="board"),
    _SCORING,
    parameter("stage", _STAGES, "stage", example="stage:any"),
    _LIMIT,
    _PAGE,
    _ORDER_BY,
    parameter("sort", _SORT_PROFILES, "sort_by", example="sort:received"),
    parameter("since", When(), "timestamp_start", current="created_at_min", example="since:7d"),
    parameter(
        "until",
        When(),
        "timestamp_end",
        current="created_at_max",
        example="until:yesterday",
    ),
    parameter("name", Text(), "name", example='name:"Ana"', more=True),
    parameter("email", Text(), "email", example="email:ana@example.com", more=True),
    _NEAR,
    _WITHIN,
    _SUMMARY,
    _TEXT,
    parameter("experience", TextList(), "experience_keywords", example='experience:"data platform"', more=True),
    parameter("worked-near", Point(), "experience_location_geopoint", example="worked-near:Berlin", more=True),
    parameter("worked-within", Distance(), "experience_location_distance", example="worked-within:30km", more=True),
    parameter(
        "years",
        Span(),
        ("experiences_duration_min", "experiences_duration_max"),
        example="years:3..7",
    ),
    parameter("education", TextList(), "education_keywords", example="education:physics"),
    parameter("studied-near", Point(), "education_location_geopoint", example="studied-near:Milan", more=True),
    parameter("studied-within", Distance(), "education_location_distance", example="studied-within:30km", more=True),
    parameter(
        "education-years",
        Span(),
        ("educations_duration_min", "educations_duration_max"),
        example="education-years:2..5",
        more=True,
    ),
    parameter(
        "skills",
        NamedList(),
        "skills_dict",
        current="skills",
        example="skills:python,sql",
        aliases=("skill",),
    ),
    parameter(
        "languages",
        NamedList(),
        "languages_dict",
        current="languages",
        example="languages:english=fluent,french",
        aliases=("language",),
    ),
    parameter(
        "tags",
        NamedList(),
        "tags_dict",
        current="tags_included",
        example="tags:active=true",
        aliases=("tag",),
    ),
    parameter(
        "interests",
        NamedList(),
        "interests_dict",
        current="interests",
        example="interests:chess",
        aliases=("interest",),
        more=True,
    ),
)

JOBS = _table(
    parameter("profile", Text(), "profile_key", field="subject", example="profile:cand-42", offers="profile"),
    parameter("source", One(), "source_key", example="source:Agency", offers="source"),
    parameter("board", TextList(), "board_keys", example='board:"Tech jobs"', offers="board"),
    parameter("agent", One(), "agent_key", current="algorithm_key", example="agent:" + "a" * 40, more=True),
    _SCORING,
    _LIMIT,
    _PAGE,
    _ORDER_BY,
    parameter("sort", _SORT_JOBS, "sort_by", example="sort:created"),
    parameter("since", When(), "date_range_min", current="created_at_min", example="since:2w"),
    parameter(
        "until",
        When(),
        "date_range_max",
        current="created_at_max",
        example="until:yesterday",
    ),
    parameter("name", Text(), "name", example="name:engineer", more=True),
    _NEAR,
    _WITHIN,
    _SUMMARY,
    _TEXT,
    parameter(
        "skills",
        NamedList(),
        "skills",
        example="skills:python,sql",
        aliases=("skill",),
    ),
    parameter(
        "languages",
        NamedList(),
        "languages",
        example="languages:english",
        aliases=("language",),
    ),
    parameter(
        "tags",
        TagGroups(),
        "tags_included",
        example="tags:active=true",
        aliases=("tag",),
    ),
    parameter("range", NamedRanges(), "ranges_float", field="ranges", example="range:salary=40000..60000", more=True),
    parameter("dates", NamedRanges(dates=True), "ranges_date", example="dates:start=2026-01-01..2026-06-30", more=True),
)
