"""What each filter of a list hides, and who is best among the hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.filters import filters_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.domain.filters import Filter
    from bot.domain.query import Query


@dataclass(frozen=True, slots=True)
class Best:
    """The best of those hidden: rank and score (None: not scored) in the list without the filter."""

    rank: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One filter hides that many; `best` where one of them is on the first page of the list without it."""

    filter: Filter
    hides: int
    best: Best | None = None


@dataclass(frozen=True, slots=True)
class Receipts:
    """One for each filter whose number could be had; `together` is what all of them hide, None where that could not."""

    each: tuple[Receipt, ...]
    together: int | None = None

    def kept(self) -> dict[str, Any]:
        """As JSON, without the words of the filters: those stand in the query."""
        told = [(each.filter.field, each.hides, each.best) for each in self.each]
        rows = [
            [field, hides, *((None, None) if best is None else (best.rank, best.score))] for field, hides, best in told
        ]
        return {"each": rows, "together": self.together}

    @classmethod
    def read(cls, held: Mapping[str, Any], query: Query) -> Receipts:
        """What `kept` gave, about that query."""
        filters = {each.field: each for each in filters_of(query)}
        return cls(
            tuple(
                Receipt(filters[field], hides, None if rank is None else Best(rank, score))
                for field, hides, rank, score in held["each"]
                if field in filters
            ),
            held["together"],
        )


@dataclass(frozen=True, slots=True)
class Glance:
    """The first page of a list, as keys with their scores, best first, and how many there are; None: not known."""

    first: tuple[tuple[str, float | None], ...]
    total: int | None


def best_hidden(kept: Collection[str], first: Iterable[tuple[str, float | None]]) -> Best | None:
    """The first on the list without the filter who is not on the list with it.

    `kept` are the keys on the first page with the filter. Both lists are in the same order, so whoever is on the first
    page without it and passes it, is on the first page with it too.
    """
    for rank, (key, score) in enumerate(first, start=1):
        if key not in kept:
            return Best(rank, score)
    return None
