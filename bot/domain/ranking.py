"""Scored items → an ordered list, and what a list knows about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Job, Profile, Scored, Stage, T
from bot.domain.light import dataclass
from bot.domain.reasons import Reasoner
from bot.domain.scorable import missing_for_scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.domain.facts import Reasons
    from bot.domain.query import JobsQuery, ProfilesQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One line of a list: the pair (profile, job), its rank from 1, its score in 0..1 (None: not scored).

    `missing` is what the profile lacks to be scored, of one that came without a score where scores were asked for.
    """

    rank: int
    profile: Profile
    job: Job
    score: float | None
    stage: Stage
    reasons: Reasons
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """An answer: the query, what it was asked about, the matches of this page and how many there are in all.

    `of` says what is ranked: `profile` (for one job) or `job` (for one profile). `sorted_among` is how many items
    Shortlist fetched to sort them by itself, where HrFlow gave another order than that of the scores.
    """

    query: ProfilesQuery | JobsQuery
    of: str
    subject: Profile | Job
    matches: tuple[Match, ...]
    total: int | None
    sorted_among: int | None = None

    @property
    def first(self) -> int:
        """The rank of the first line of this page."""
        return (self.query.page - 1) * self.query.limit + 1


def profile_matches(
    query: ProfilesQuery, job: Job, rows: Iterable[Scored[Profile]], *, first: int, now: datetime
) -> tuple[Match, ...]:
    """The lines for those profiles, in their order, ranks from `first`; who came without a score comes last.

    `query` holds places that are points; `now` is aware.
    """
    reasoner = Reasoner(query, job, now=now)
    return tuple(
        Match(
            rank=rank,
            profile=row.item,
            job=job,
            score=row.score,
            stage=row.item.stage_for(job),
            reasons=reasoner.of_profile(row.item),
            missing=missing_for_scoring(row.item) if row.score is None and query.scoring else (),
        )
        for rank, row in enumerate(scored_first(rows), start=first)
    )


def job_matches(
    query: JobsQuery, profile: Profile, rows: Iterable[Scored[Job]], *, first: int, now: datetime
) -> tuple[Match, ...]:
    """The same for those jobs and one profile."""
    reasoner = Reasoner(query, profile, now=now)
    missing = missing_for_scoring(profile) if query.scoring else ()
    return tuple(
        Match(
            rank=rank,
            profile=profile,
            job=row.item,
            score=row.score,
            stage=profile.stage_for(row.item),
            reasons=reasoner.of_job(row.item),
            missing=missing if row.score is None else (),
        )
        for rank, row in enumerate(scored_first(rows), start=first)
    )


def scored_first(rows: Iterable[Scored[T]]) -> Sequence[Scored[T]]:
    """Those with a score before those without, each in their order."""
    return sorted(rows, key=lambda row: row.score is None)


def ordered(items: Iterable[Scored[T]], *, sort: str, order: str) -> list[Scored[T]]:
    """Sorted as asked where we can tell (`score`, `received`, `created`), else as they came.

    Items without a value to sort by come last whatever the order; equal ones keep their order.
    """
    rows = list(items)
    if sort not in {"score", "received", "created"}:
        return rows
    with_value = [row for row in rows if _value(row, sort) is not None]
    without = [row for row in rows if _value(row, sort) is None]
    with_value.sort(key=lambda row: _value(row, sort) or 0.0, reverse=order == "desc")
    return with_value + without


def _value(row: Scored[T], sort: str) -> float | None:
    if sort == "score":
        return row.score
    item: Profile | Job = row.item
    when: datetime | None = item.created_at
    if sort == "received" and isinstance(item, Profile):
        when = item.received_at or item.created_at
    return when.timestamp() if when else None
