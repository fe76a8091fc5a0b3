"""What each filter of a list hides, and who is best among the hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.domain.filters import Filter


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
