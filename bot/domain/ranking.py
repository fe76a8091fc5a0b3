"""Scored items → an ordered list, and what a list knows about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.entities import Job, Page, Profile, Scored, Stage, T

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.domain.query import JobsQuery, ProfilesQuery
    from bot.domain.reasons import Reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One line of a list: the pair (profile, job), its rank from 1, its score in 0..1 (None: not scored)."""

    rank: int
    profile: Profile
    job: Job
    score: float | None
    stage: Stage
    reasons: Reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """An answer: the query, what it was asked about, the matches of this page and how many there are in all.

    `of` says what is ranked: `profile` (for one job) or `job` (for one profile).
    """

    query: ProfilesQuery | JobsQuery
    of: str
    subject: Profile | Job
    matches: tuple[Match, ...]
    total: int | None

    @property
    def first(self) -> int:
        """The rank of the first line of this page."""
        return (self.query.page - 1) * self.query.limit + 1


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


def merged(pages: Sequence[Page[T]], *, sort: str, order: str, first: int, count: int) -> Page[T]:
    """The items `first` to `first + count - 1` (from 0) of several sorted lists read as one."""
    rows = ordered((row for page in pages for row in page.items), sort=sort, order=order)
    totals = [page.total for page in pages]
    known = [total for total in totals if total is not None]
    return Page(items=tuple(rows[first : first + count]), total=sum(known) if len(known) == len(totals) else None)


def _value(row: Scored[T], sort: str) -> float | None:
    if sort == "score":
        return row.score
    item: Profile | Job = row.item
    when: datetime | None = item.created_at
    if sort == "received" and isinstance(item, Profile):
        when = item.received_at or item.created_at
    return when.timestamp() if when else None
