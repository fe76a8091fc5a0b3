"""Every parameter of both seed tables, declared once.

One declaration feeds the parser, the canonical text, the wire encoding, the form, the help and the documentation; the
words for it stand in `views/filters.py`, its example in `views/examples.py`. `seed` and `current` are the names on the
wire in each dialect (reference hrflow-api §§2-3); a range has two, one for each end. Every wire name is accepted as a
key too, so what stands on the seed pages can be typed as it is.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.domain.declaring import Parameter, parameter
from bot.domain.kinds import Choice, One, Span, Switch, Text, TextList, Whole
from bot.domain.more_kinds import Distance, NamedRanges, Point, When
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


_SCORING = parameter("scoring", Switch(), "use_agent", more=True)
_LIMIT = parameter("limit", Whole(1, 30), "limit")
_PAGE = parameter("page", Whole(1, 1000), "page", more=True)
_ORDER_BY = parameter("order", _ORDER, "order_by", more=True)
_SUMMARY = parameter("summary", TextList(), "summary_keywords")
_TEXT = parameter("text", TextList(), "text_keywords")
_NEAR = parameter("near", Point(), "location_geopoint")
_WITHIN = parameter("within", Distance(), "location_distance")

PROFILES = _table(
    parameter("job", Text(), "job_key", field="subject", offers="job"),
    parameter("source", TextList(), "source_keys", offers="source"),
    parameter("board", One(), "board_key", offers="board"),
    _SCORING,
    parameter("stage", _STAGES, "stage"),
    _LIMIT,
    _PAGE,
    _ORDER_BY,
    parameter("sort", _SORT_PROFILES, "sort_by"),
    parameter("since", When(), "timestamp_start", current="created_at_min"),
    parameter("until", When(), "timestamp_end", current="created_at_max"),
    parameter("name", Text(), "name", more=True),
    parameter("email", Text(), "email", more=True),
    _NEAR,
    _WITHIN,
    _SUMMARY,
    _TEXT,
    parameter("experience", TextList(), "experience_keywords", more=True),
    parameter("worked-near", Point(), "experience_location_geopoint", more=True),
    parameter("worked-within", Distance(), "experience_location_distance", more=True),
    parameter("years", Span(), ("experiences_duration_min", "experiences_duration_max")),
    parameter("education", TextList(), "education_keywords"),
    parameter("studied-near", Point(), "education_location_geopoint", more=True),
    parameter("studied-within", Distance(), "education_location_distance", more=True),
    parameter("education-years", Span(), ("educations_duration_min", "educations_duration_max"), more=True),
    parameter("skills", NamedList(), "skills_dict", current="skills", aliases=("skill",)),
    parameter("languages", NamedList(), "languages_dict", current="languages", aliases=("language",)),
    parameter("tags", NamedList(), "tags_dict", current="tags_included", aliases=("tag",)),
    parameter("interests", NamedList(), "interests_dict", current="interests", aliases=("interest",), more=True),
)

JOBS = _table(
    parameter("profile", Text(), "profile_key", field="subject", offers="profile"),
    parameter("source", One(), "source_key", offers="source"),
    parameter("board", TextList(), "board_keys", offers="board"),
    parameter("agent", One(), "agent_key", current="algorithm_key", more=True),
    _SCORING,
    _LIMIT,
    _PAGE,
    _ORDER_BY,
    parameter("sort", _SORT_JOBS, "sort_by"),
    parameter("since", When(), "date_range_min", current="created_at_min"),
    parameter("until", When(), "date_range_max", current="created_at_max"),
    parameter("name", Text(), "name", more=True),
    _NEAR,
    _WITHIN,
    _SUMMARY,
    _TEXT,
    parameter("skills", NamedList(), "skills", aliases=("skill",)),
    parameter("languages", NamedList(), "languages", aliases=("language",)),
    parameter("tags", TagGroups(), "tags_included", aliases=("tag",)),
    parameter("range", NamedRanges(), "ranges_float", field="ranges", more=True),
    parameter("dates", NamedRanges(dates=True), "ranges_date", more=True),
)
