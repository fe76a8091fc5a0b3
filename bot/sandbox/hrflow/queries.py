"""Turns the parameters of a list into tests, centres for sorting by distance, and words for relevance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Generic, TypeVar

from . import filters
from .geo import Point
from .labels import NEW, STAGES
from .params import Params
from .records import JobRecord, ProfileRecord
from .text import fold

R = TypeVar("R", bound=ProfileRecord | JobRecord)

_STAGES = {stage: stage for stage in STAGES}
_ORDERS = {"asc": "asc", "desc": "desc"}

# Every name in the tables and samples of reference hrflow-api §2.3, with underscores for spaces.
_SORTS = {
    "date_reception": "received",
    "reception_date": "received",
    "date_creation": "created",
    "creation_date": "created",
    "created_at": "created",
    "date": "created",
    "updated_at": "updated",
    "location": "location",
    "location_experience": "experience",
    "location_education": "education",
    "searching": "searching",
    "score_semantic": "searching",
    "semantic_score": "searching",
    "scoring": "scoring",
    "score_predictive": "scoring",
    "predictive_score": "scoring",
}

DEFAULT_LIMIT, MAX_LIMIT = 30, 100
"""Items on a page: what is sent unless asked for, and the most that can be asked for (§9, row 10)."""


@dataclass(slots=True)
class Query(Generic[R]):
    """What a list is asked for, beyond the objects it is about."""

    tests: list[Callable[[R], bool]]
    keywords: list[str]
    sort: str
    descending: bool
    page: int
    limit: int
    centres: dict[str, Point | None] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)


def page_and_limit(params: Params) -> tuple[int, int]:
    """Return the page, from 1, and its size."""
    limit = params.integer("limit", default=DEFAULT_LIMIT, low=1, high=MAX_LIMIT)
    return params.integer("page", default=1, low=1), limit


def descending(params: Params) -> bool:
    """Say whether the order is descending, which is the default."""
    return params.choice("order_by", among=_ORDERS, default="desc") == "desc"


def sort_meaning(params: Params) -> str:
    """Return what to sort by; the creation date unless asked for something else (§9, row 7)."""
    return params.choice("sort_by", among=_SORTS, default="created")


def stage(params: Params) -> str | None:
    """Return the stage asked for, None where none is."""
    return params.choice("stage", among=_STAGES, default="") or None


def profile_query(params: Params) -> Query[ProfileRecord]:
    """Read the filters of a list of profiles, under the names of both generations (reference hrflow-api §2.1)."""
    home = params.geopoint("location_geopoint")
    worked = params.geopoint("experience_location_geopoint")
    studied = params.geopoint("education_location_geopoint")
    summary = params.words("summary_keywords")
    text = params.words("text_keywords")
    experience = params.words("experience_keywords")
    education = params.words("education_keywords")
    name, email = params.text("name"), params.text("email")
    tests: list[Callable[[ProfileRecord], bool]] = [
        *filters.keywords(attrgetter("name"), [name] if name else []),
        *([_equal_email(email)] if email else []),
        *filters.within(attrgetter("received"), params.date("timestamp_start"), params.date("timestamp_end")),
        *_created(params),
        *filters.within(attrgetter("experience_years"), *filters.years(params, "experiences_duration")),
        *filters.within(attrgetter("education_years"), *filters.years(params, "educations_duration")),
        *filters.levels(params, attrgetter("skills"), "skills", "skills_dict"),
        *filters.levels(params, attrgetter("languages"), "languages", "languages_dict"),
        *filters.levels(params, attrgetter("interests"), "interests", "interests_dict"),
        *filters.tags(params),
        *filters.around(_home, home, filters.distance(params, "location_distance")),
        *filters.around(
            attrgetter("experience_points"),
            worked,
            filters.distance(params, "experience_location_distance"),
        ),
        *filters.around(
            attrgetter("education_points"),
            studied,
            filters.distance(params, "education_location_distance"),
        ),
        *filters.keywords(attrgetter("summary"), summary),
        *filters.keywords(attrgetter("experience_text"), experience),
        *filters.keywords(attrgetter("education_text"), education),
        *filters.keywords(attrgetter("text"), text),
    ]
    page, limit = page_and_limit(params)
    return Query(
        tests,
        [*summary, *text, *experience, *education],
        sort_meaning(params),
        descending(params),
        page,
        limit,
        {"location": home, "experience": worked or home, "education": studied or home},
    )


def job_query(params: Params) -> Query[JobRecord]:
    """Read the filters of a list of jobs, under the names of both generations (reference hrflow-api §3.1)."""
    home = params.geopoint("location_geopoint")
    summary = params.words("summary_keywords")
    text = params.words("text_keywords")
    name = params.text("name")
    names = params.words("names")
    tests: list[Callable[[JobRecord], bool]] = [
        *filters.keywords(attrgetter("name"), [name] if name else []),
        *([_any_name(names)] if names else []),
        *_created(params),
        *filters.levels(params, attrgetter("skills"), "skills", "skills_dict"),
        *filters.levels(params, attrgetter("languages"), "languages", "languages_dict"),
        *filters.tags(params),
        *filters.overlaps(params, "ranges_float"),
        *filters.overlaps(params, "ranges_date"),
        *filters.around(_home, home, filters.distance(params, "location_distance")),
        *filters.keywords(attrgetter("summary"), summary),
        *filters.keywords(attrgetter("text"), text),
    ]
    page, limit = page_and_limit(params)
    titles = [*([name] if name else []), *names]
    order = descending(params)
    return Query(tests, [*summary, *text], sort_meaning(params), order, page, limit, {"location": home}, titles)


def profile_stage_test(chosen: str, job: JobRecord | None) -> Callable[[ProfileRecord], bool]:
    """Keep the profiles of a stage: for the job, or for any job where the list is about none (§9, row 31)."""
    if job is None:
        return lambda profile: profile.stages.anywhere(chosen)
    key, board_key, reference = job.key, job.board_key, job.reference
    return lambda profile: profile.stages.for_job(key, board_key, reference) == chosen


def wanted_stage(params: Params) -> str:
    """Return the stage that a list of profiles is about; `new` where none is asked for (§9, row 4)."""
    return stage(params) or NEW


def _created(params: Params) -> list[Callable[[R], bool]]:
    low = [params.date("created_at_min"), params.date("date_range_min")]
    high = [params.date("created_at_max"), params.date("date_range_max")]
    tests: list[Callable[[R], bool]] = []
    for least, most in zip(low, high, strict=True):
        tests += filters.within(attrgetter("created"), least, most)
    return tests


def _home(record: ProfileRecord | JobRecord) -> tuple[Point, ...]:
    return (record.point,) if record.point is not None else ()


def _equal_email(email: str) -> Callable[[ProfileRecord], bool]:
    wanted = fold(email)
    return lambda profile: profile.email == wanted


def _any_name(names: list[str]) -> Callable[[JobRecord], bool]:
    folded = [fold(name) for name in names]
    return lambda job: any(name in job.name for name in folded)
