"""Puts the records of a list in order.

Records without the value that is sorted by come last in both orders; equal values are ordered by key, so that pages
neither repeat nor miss anything.

Distances are measured from the geopoint of the same filter, else from `location_geopoint`, else from the place of the
job or profile that the list is scored for. A score without an agent, or in a list that is not scored, is the relevance
of a search. What then has nothing to measure by (no centre, no words) is sorted by the creation date instead, and so
are jobs by anything that only profiles have.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from .geo import Point, kilometres, nearest
from .records import JobRecord, ProfileRecord
from .relevance import Terms, relevance

R = TypeVar("R", bound=ProfileRecord | JobRecord)


def ordered(records: Iterable[R], value: Callable[[R], float | None], *, descending: bool) -> list[R]:
    """Return the records by `value`."""
    known: list[tuple[float, str, R]] = []
    unknown: list[R] = []
    for record in records:
        found = value(record)
        if found is None:
            unknown.append(record)
        else:
            known.append((-found if descending else found, record.key, record))
    # Keys are unique: records themselves are never compared.
    known.sort()
    unknown.sort(key=lambda record: record.key)
    return [record for _, _, record in known] + unknown


def profile_value(
    meaning: str, centres: dict[str, Point | None], wanted: Terms, score: Callable[[ProfileRecord], float | None] | None
) -> Callable[[ProfileRecord], float | None]:
    """Return what profiles are sorted by; `score` is None where no job is involved or no agent asked for."""
    if meaning == "scoring" and score is not None:
        return score
    if meaning in {"searching", "scoring"} and wanted:
        return lambda profile: relevance(wanted, profile.headline, profile.text or profile.experience_text)
    centre = centres.get(meaning)
    if centre is not None:
        return _distance_to(centre, meaning)
    if meaning == "received":
        return lambda profile: profile.received
    if meaning == "updated":
        return lambda profile: profile.updated
    return lambda profile: profile.created


def _distance_to(centre: Point, meaning: str) -> Callable[[ProfileRecord], float | None]:
    if meaning == "experience":
        return lambda profile: nearest(centre, profile.experience_points)
    if meaning == "education":
        return lambda profile: nearest(centre, profile.education_points)
    return lambda profile: kilometres(centre, profile.point) if profile.point is not None else None


def job_value(
    meaning: str, centres: dict[str, Point | None], wanted: Terms, score: Callable[[JobRecord], float] | None
) -> Callable[[JobRecord], float | None]:
    """Return what jobs are sorted by; they have one place and no reception date of their own."""
    if meaning == "scoring" and score is not None:
        return score
    if meaning in {"searching", "scoring"} and wanted:
        return lambda job: relevance(wanted, job.name, job.text)
    centre = centres.get(meaning)
    if centre is not None:
        return lambda job: kilometres(centre, job.point) if job.point is not None else None
    if meaning == "updated":
        return lambda job: job.updated
    return lambda job: job.created
