"""One version of a stored profile or job with its search fields, computed once when it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from .dates import SECONDS_A_YEAR, parse_date
from .geo import Point, point
from .labels import Stages, read_stages
from .text import fold, number, scalar, words

Raw = dict[str, Any]
"""An object of the API in its later shape, as `GET .../indexing` shows it; once stored it is never changed in place."""

Named = dict[str, tuple[float | str | None, ...]]
"""A list of `{name, value}` items: the folded name with the comparable values given for it."""

_SENIORITY = frozenset({"junior", "senior", "lead", "principal", "head", "of", "and", "the", "staff", "intern"})
# A level that is not given counts as half a level (scores only).
_UNKNOWN_LEVEL = 0.5
# A date before 1971 is the sentinel for "present" (reference hrflow-api §5.1).
_SENTINEL_UNTIL = SECONDS_A_YEAR
_revisions = count()


@dataclass(slots=True, eq=False)
class ProfileRecord:
    """A profile: `raw` as stored, the rest derived from it. Times are Unix seconds, durations years."""

    raw: Raw
    key: str
    source_key: str
    received: float | None
    created: float | None
    updated: float | None
    archived: bool
    name: str
    email: str
    summary: str
    text: str
    headline: str
    experience_text: str
    education_text: str
    point: Point | None
    experience_points: tuple[Point, ...]
    education_points: tuple[Point, ...]
    experience_years: float | None
    education_years: float | None
    skills: Named
    languages: Named
    interests: Named
    tags: Named
    stages: Stages
    levels: dict[str, float]
    titles: tuple[frozenset[str], ...]
    last_worked: float | None
    scorable: bool
    revision: int = field(default_factory=_revisions.__next__)


@dataclass(slots=True, eq=False)
class JobRecord:
    """A job: `raw` as stored, the rest derived from it. Ranges are (name, low, high), open ends infinite."""

    raw: Raw
    key: str
    board_key: str
    reference: str | None
    created: float | None
    updated: float | None
    archived: bool
    name: str
    summary: str
    text: str
    point: Point | None
    skills: Named
    languages: Named
    tags: Named
    ranges_float: tuple[tuple[str, float, float], ...]
    ranges_date: tuple[tuple[str, float, float], ...]
    weights: tuple[tuple[str, float], ...]
    title: frozenset[str]
    years: tuple[float, float]
    revision: int = field(default_factory=_revisions.__next__)

    @property
    def received(self) -> float | None:
        """A job is received when it is created."""
        return self.created


def profile_record(raw: Raw, received: float | None) -> ProfileRecord:
    """Index a profile in its later shape; fields may be missing or null, but have the types that `bodies` checks."""
    info = raw.get("info") or {}
    experiences = raw.get("experiences") or ()
    educations = raw.get("educations") or ()
    skills = raw.get("skills") or ()
    created = parse_date(raw.get("created_at"))
    titles = [fold(each.get("title") or "") for each in experiences]
    return ProfileRecord(
        raw=raw,
        key=raw["key"],
        source_key=raw["source_key"],
        received=created if received is None else received,
        created=created,
        updated=parse_date(raw.get("updated_at")),
        archived=raw.get("archived_at") is not None,
        name=fold(full_name(info)),
        email=fold(info.get("email") or "").strip(),
        summary=fold(info.get("summary") or ""),
        text=fold(raw.get("text") or ""),
        headline=titles[0] if titles else "",
        experience_text=_joined(experiences, "company"),
        education_text=_joined(educations, "school"),
        point=_place(info.get("location")),
        experience_points=_places(experiences),
        education_points=_places(educations),
        experience_years=number(raw.get("experiences_duration")),
        education_years=number(raw.get("educations_duration")),
        skills=_named(skills),
        languages=_named(raw.get("languages")),
        interests=_named(raw.get("interests")),
        tags=_named(raw.get("tags")),
        stages=read_stages(raw.get("labels") or ()),
        levels=_levels(skills),
        titles=tuple(frozenset(words(title)) - _SENIORITY for title in titles),
        last_worked=_last_worked(experiences),
        scorable=_scorable(raw),
    )


def job_record(raw: Raw) -> JobRecord:
    """Index a job in its later shape; fields may be missing or null, but have the types that `bodies` checks."""
    name = fold(raw.get("name") or "")
    summary = fold(raw.get("summary") or "")
    sections = raw.get("sections") or ()
    title = frozenset(words(name))
    parts = [name, summary, *(fold(each.get(part) or "") for each in sections for part in ("title", "description"))]
    return JobRecord(
        raw=raw,
        key=raw["key"],
        board_key=raw["board_key"],
        reference=raw.get("reference"),
        created=parse_date(raw.get("created_at")),
        updated=parse_date(raw.get("updated_at")),
        archived=raw.get("archived_at") is not None,
        name=name,
        summary=summary,
        text="\n".join(parts),
        point=_place(raw.get("location")),
        skills=_named(raw.get("skills")),
        languages=_named(raw.get("languages")),
        tags=_named(raw.get("tags")),
        ranges_float=_ranges(raw.get("ranges_float"), number),
        ranges_date=_ranges(raw.get("ranges_date"), parse_date),
        weights=tuple(_levels(raw.get("skills") or ()).items()),
        title=title - _SENIORITY,
        years=_expected_years(title),
    )


def full_name(info: Mapping[str, Any]) -> str:
    """Return the full name of a profile, made of first and last name where it is not given."""
    given = info.get("full_name")
    return given or " ".join(part for part in (info.get("first_name"), info.get("last_name")) if part)


def _joined(entries: Iterable[Mapping[str, Any]], employer: str) -> str:
    return fold("\n".join(each.get(part) or "" for each in entries for part in ("title", employer, "description")))


def _place(location: Mapping[str, Any] | None) -> Point | None:
    return point(location.get("lat"), location.get("lng")) if location else None


def _places(entries: Iterable[Mapping[str, Any]]) -> tuple[Point, ...]:
    return tuple(place for each in entries if (place := _place(each.get("location"))) is not None)


def _named(items: Iterable[Mapping[str, Any]] | None) -> Named:
    named: Named = {}
    for item in items or ():
        name = fold(item["name"]).strip()
        named[name] = (*named.get(name, ()), scalar(item.get("value")))
    return named


def _levels(skills: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Levels from 0 to 1; the best counts where a skill is named twice."""
    levels: dict[str, float] = {}
    for skill in skills:
        name, value = fold(skill["name"]).strip(), number(skill.get("value"))
        level = _UNKNOWN_LEVEL if value is None else min(1.0, max(0.0, value))
        levels[name] = max(level, levels.get(name, 0.0))
    return levels


def _ranges(items: Iterable[Mapping[str, Any]] | None, read: Any) -> tuple[tuple[str, float, float], ...]:
    result = []
    for item in items or ():
        low, high = read(item.get("value_min")), read(item.get("value_max"))
        result.append(
            (
                fold(item["name"]).strip(),
                float("-inf") if low is None else low,
                float("inf") if high is None else high,
            )
        )
    return tuple(result)


def _last_worked(experiences: Iterable[Mapping[str, Any]]) -> float | None:
    """When the last experience ended: infinite for one that goes on, None where nothing is known."""
    latest: float | None = None
    for each in experiences:
        end = parse_date(each.get("date_end"))
        if end is None or end < _SENTINEL_UNTIL:
            end = float("inf") if each.get("date_start") else None
        if end is not None and (latest is None or end > latest):
            latest = end
    return latest


def _scorable(raw: Raw) -> bool:
    """Whether it states what HrFlow scores by: a company, an education, a skill, a task and a summary.

    What is told of an experience counts as a task, since lists in the seed's shape have no other.
    """
    experiences, educations = raw.get("experiences") or (), raw.get("educations") or ()
    tasks = raw.get("tasks") or any(each.get("tasks") or each.get("description") for each in experiences)
    return bool(
        any(each.get("company") for each in experiences)
        and any(each.get("title") or each.get("school") for each in educations)
        and raw.get("skills")
        and tasks
        and (raw.get("info") or {}).get("summary")
    )


def _expected_years(title: frozenset[str]) -> tuple[float, float]:
    """Years of experience that the words of a job title ask for, as a band."""
    if title & {"junior", "intern"}:
        return 0.0, 3.0
    if title & {"lead", "head", "principal", "staff", "director"}:
        return 8.0, 20.0
    if "senior" in title:
        return 5.0, 14.0
    return 2.0, 9.0
