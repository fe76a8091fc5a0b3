"""Four sorted lists, one for each stage, read as one: page after page, no item twice, none missing.

A cursor holds what was fetched and not yet shown, so that one more page needs at most one call a stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.domain.entities import Page, Profile, Scored, Stage
from bot.domain.ranking import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.entities import T


@dataclass(slots=True)
class _Part:
    """One stage's list: what waits to be shown, the next page to fetch (0: none), how many there are in all.

    `fetched` counts those that stood on its pages; `short` tells that the last one held fewer than was asked for.
    """

    waiting: list[Scored[Profile]] = field(default_factory=list)
    next_page: int = 1
    total: int | None = None
    fetched: int = 0
    short: bool = False


@dataclass(slots=True, kw_only=True)
class StageCursor:
    """Where a merged list stands. `page` is the last page that was taken, 0 at first."""

    limit: int
    sort: str
    order: str
    page: int = 0
    parts: dict[Stage, _Part] = field(default_factory=lambda: {stage: _Part() for stage in Stage})
    shown: set[str] = field(default_factory=set)

    def missing(self, *, short: bool = False) -> list[tuple[Stage, int]]:
        """What must be fetched before the next page can be taken: (stage, its page), one a stage at the most.

        `short`: only from lists whose last page held fewer than was asked for, though more are to come.
        """
        return [
            (stage, part.next_page)
            for stage, part in self.parts.items()
            if part.next_page and len(part.waiting) < self.limit and (part.short or not short)
        ]

    def put(self, stage: Stage, fetched: Page[Profile]) -> None:
        """Take in the page that `missing` named for that stage."""
        part = self.parts[stage]
        known = self.shown | {row.item.key for other in self.parts.values() for row in other.waiting}
        # Stages change while somebody reads: whoever moved to another list meanwhile is not shown again.
        part.waiting += [row for row in fetched.items if row.item.key not in known]
        part.fetched += fetched.size
        part.short = fetched.size < self.limit
        total, part.total = fetched.total, fetched.total
        ended = not fetched.size
        if total is not None:  # it may be too small, or too large
            part.total = part.fetched if ended else max(total, part.fetched)
            ended = ended or (not fetched.further and (part.fetched == total or (part.short and part.fetched > total)))
        part.next_page = 0 if ended else part.next_page + 1

    def take(self) -> Page[Profile]:
        """The next page of the merged list."""
        rows = ordered((row for part in self.parts.values() for row in part.waiting), sort=self.sort, order=self.order)
        taken = tuple(rows[: self.limit])
        keys = {row.item.key for row in taken}
        for part in self.parts.values():
            part.waiting = [row for row in part.waiting if row.item.key not in keys]
        self.shown |= keys
        self.page += 1
        totals = [part.total for part in self.parts.values()]
        known = [total for total in totals if total is not None]
        return Page(items=taken, total=sum(known) if len(known) == len(totals) else None)


def runs_in_order(items: Iterable[Scored[T]], order: str) -> bool:
    """The scores never run against the order that was asked for; items without a score are passed over."""
    scores = [row.score for row in items if row.score is not None]
    if order == "desc":
        scores.reverse()
    return all(one <= other for one, other in pairwise(scores))
