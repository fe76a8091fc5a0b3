"""Every parameter of both seed tables, declared once.

One declaration feeds the parser, the canonical text, the wire encoding, the help and the documentation. `seed` and
`current` are the names on the wire in each dialect (reference hrflow-api §§2-3); a range has two, one for each end.
Every wire name is accepted as a key too, so what stands on the seed pages can be typed as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.domain.kinds import Choice, Kind, One, Point, Span, Switch, Text, TextList, Whole
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing that can be asked for: `key` is what people type, `field` the attribute of the query that holds it."""

    key: str
    field: str
    kind: Kind
    seed: tuple[str, ...]
    current: tuple[str, ...]
    help: str
    example: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every word accepted as its key, the canonical one first."""
        return tuple(dict.fromkeys((self.key, *self.aliases, *self.seed, *self.current)))


def _parameter(
    key: str,
    kind: Kind,
    seed: str | tuple[str, ...],
    *,
    current: str | tuple[str, ...] | None = None,
    help: str,  # noqa: A002 - it is the help
    example: str,
    field: str = "",
    aliases: tuple[str, ...] = (),
) -> Parameter:
    as_tuple = (seed,) if isinstance(seed, str) else seed
    now = as_tuple if current is None else (current,) if isinstance(current, str) else current
    return Parameter(
        key=key,
        field=field or key.replace("-", "_"),
        kind=kind,
        seed=as_tuple,
        current=now,
        help=help,
        example=example,
        aliases=aliases,
    )


def _table(*parameters: Parameter) -> Mapping[str, Parameter]:
    return MappingProxyType({parameter.key: parameter for parameter in parameters})


_SCORING = _parameter(
    "scoring", Switch(), "use_agent", help="on asks for scores, off for the search engine alone", example="scoring:off"
)
_LIMIT = _parameter("limit", Whole(1, 30), "limit", help="how many on a page, 1 to 30", example="limit:5")
_PAGE = _parameter("page", Whole(1, 1000), "page", help="which page, from 1", example="page:2")
_ORDER_BY = _parameter("order", _ORDER, "order_by", help="desc (best or latest first) or asc", example="order:asc")
_SUMMARY = _parameter(
    "summary", TextList(), "summary_keywords", help="words in the summary, all of them", example="summary:cloud"
)
_TEXT = _parameter(
    "text", TextList(), "text_keywords", help="words in the whole text, all of them", example="text:kafka"
)
_NEAR = _parameter(
    "near", Point(), "location_geopoint", help="a city, or latitude and longitude: 48.85,2.35", example="near:Lyon"
)
_WITHIN = _parameter("within", Distance(), "location_distance", help="how far from near:", example="within:40km")

PROFILES = _table(
    _parameter(
        "job", Text(), "job_key", field="subject", help="the job: title, key or reference", example="job:dev-42"
    ),
    _parameter("source", TextList(), "source_keys", help="names or keys of sources", example="source:Agency"),
    _parameter("board", One(), "board_key", help="the job's board, by name or key", example='board:"Tech jobs"'),
    _SCORING,
    _parameter("stage", _STAGES, "stage", help="new (default), yes, later, no or any", example="stage:any"),
    _LIMIT,
    _PAGE,
    _ORDER_BY,
    _parameter("sort", _SORT_PROFILES, "sort_by", help="what to sort by, score by default", example="sort:received"),
    _parameter(
        "since", When(), "timestamp_start", current="created_at_min", help="received from then on", example="since:7d"
    ),
    _parameter(
        "until",
        When(),
        "timestamp_end",
        current="created_at_max",
        help="received up to then",
        example="until:yesterday",
    ),
    _parameter("name", Text(), "name", help="part of the profile's name", example='name:"Ana"'),
    _parameter("email", Text(), "email", help="the profile's e-mail", example="email:ana@example.com"),
    _NEAR,
    _WITHIN,
    _SUMMARY,
    _TEXT,
    _parameter(
        "experience",
        TextList(),
        "experience_keywords",
        help="words in experiences",
        example='experience:"data platform"',
    ),
    _parameter(
        "worked-near",
        Point(),
        "experience_location_geopoint",
        help="where an experience was: a city, or latitude and longitude",
        example="worked-near:Berlin",
    ),
    _parameter(
        "worked-within",
        Distance(),
        "experience_location_distance",
        help="how far from worked-near:",
        example="worked-within:30km",
    ),
    _parameter(
        "years",
        Span(),
        ("experiences_duration_min", "experiences_duration_max"),
        help="years of experience in all",
        example="years:3..7",
    ),
    _parameter("education", TextList(), "education_keywords", help="words in educations", example="education:physics"),
    _parameter(
        "studied-near",
        Point(),
        "education_location_geopoint",
        help="where an education was: a city, or latitude and longitude",
        example="studied-near:Milan",
    ),
    _parameter(
        "studied-within",
        Distance(),
        "education_location_distance",
        help="how far from studied-near:",
        example="studied-within:30km",
    ),
    _parameter(
        "education-years",
        Span(),
        ("educations_duration_min", "educations_duration_max"),
        help="years of education in all",
        example="education-years:2..5",
    ),
    _parameter(
        "skills",
        NamedList(),
        "skills_dict",
        current="skills",
        help="skills, all of them, with a level if you like",
        example="skills:python,sql",
        aliases=("skill",),
    ),
    _parameter(
        "languages",
        NamedList(),
        "languages_dict",
        current="languages",
        help="languages, all of them",
        example="languages:english=fluent,french",
        aliases=("language",),
    ),
    _parameter(
        "tags",
        NamedList(),
        "tags_dict",
        current="tags_included",
        help="tags, with a value if you like",
        example="tags:active=true",
        aliases=("tag",),
    ),
    _parameter(
        "interests",
        NamedList(),
        "interests_dict",
        current="interests",
        help="interests, all of them",
        example="interests:chess",
        aliases=("interest",),
    ),
)

JOBS = _table(
    _parameter(
        "profile",
        Text(),
        "profile_key",
        field="subject",
        help="the profile: name, e-mail, key or reference",
        example="profile:cand-42",
    ),
    _parameter("source", One(), "source_key", help="the profile's source, by name or key", example="source:Agency"),
    _parameter("board", TextList(), "board_keys", help="names or keys of boards", example='board:"Tech jobs"'),
    _parameter(
        "agent",
        One(),
        "agent_key",
        current="algorithm_key",
        help="the scoring agent's key; the configured one by default",
        example="agent:" + "a" * 40,
    ),
    _SCORING,
    _LIMIT,
    _PAGE,
    _ORDER_BY,
    _parameter("sort", _SORT_JOBS, "sort_by", help="score (default) or created", example="sort:created"),
    _parameter(
        "since", When(), "date_range_min", current="created_at_min", help="created from then on", example="since:2w"
    ),
    _parameter(
        "until",
        When(),
        "date_range_max",
        current="created_at_max",
        help="created up to then",
        example="until:yesterday",
    ),
    _parameter("name", Text(), "name", help="part of the job's title", example="name:engineer"),
    _NEAR,
    _WITHIN,
    _SUMMARY,
    _TEXT,
    _parameter(
        "skills",
        NamedList(),
        "skills",
        help="skills, all of them, with a level if you like",
        example="skills:python,sql",
        aliases=("skill",),
    ),
    _parameter(
        "languages",
        NamedList(),
        "languages",
        help="languages, all of them",
        example="languages:english",
        aliases=("language",),
    ),
    _parameter(
        "tags",
        TagGroups(),
        "tags_included",
        help="tags: a comma means any of them, a repeated key and",
        example="tags:active=true",
        aliases=("tag",),
    ),
    _parameter(
        "range",
        NamedRanges(),
        "ranges_float",
        field="ranges",
        help="a named range of numbers",
        example="range:salary=40000..60000",
    ),
    _parameter(
        "dates",
        NamedRanges(dates=True),
        "ranges_date",
        help="a named range of dates",
        example="dates:start=2026-01-01..2026-06-30",
    ),
)
