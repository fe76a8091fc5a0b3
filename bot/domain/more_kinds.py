"""The kinds of values that stand for places' radii, points in time and named ranges. See `kinds.py`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.domain.kinds import BadValueError, read_number
from bot.domain.moments import Moment
from bot.domain.text import tidy
from bot.domain.values import NamedRange, plain_number
from bot.domain.words import quote

if TYPE_CHECKING:
    from bot.domain.words import Word

_DISTANCE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(km|kilometers?|kilometres?|mi|miles?)?")
UNITS = frozenset({"km", "kilometers", "kilometres", "mi", "miles"})
KM_PER_MILE = 1.609344
WIDEST_KM = 20_040  # half the way round the earth


@dataclass(frozen=True, slots=True)
class Distance:
    """A radius in whole kilometres, rounded up: `40km`, `25mi`, `40`."""

    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: int | None) -> int:  # noqa: ARG002 - one signature for all kinds
        """Kilometres, at least 1."""
        found = _DISTANCE.fullmatch(word.text.strip().casefold())
        if not found:
            raise BadValueError("a distance is needed here, such as 40km or 25mi", word)
        factor = KM_PER_MILE if (found[2] or "km").startswith("mi") else 1.0
        km = math.ceil(round(float(found[1]) * factor, 6))
        if not 1 <= km <= WIDEST_KM:
            raise BadValueError(f"it goes from 1km to {WIDEST_KM}km", word)
        return km

    def write(self, value: int) -> list[str]:
        """Kilometres with their unit."""
        return [f"{value}km"]


@dataclass(frozen=True, slots=True)
class When:
    """A point in time."""

    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: Moment | None) -> Moment:  # noqa: ARG002 - one signature for all kinds
        """The moment, as typed."""
        moment = Moment.read(word.text)
        if moment is None:
            raise BadValueError("a date is needed here, such as 2026-11-01, 7d, 2w, 3m or yesterday", word)
        return moment

    def write(self, value: Moment) -> list[str]:
        """The moment as typed; a date-time has colons, which stay readable in quotes."""
        return [quote(value.text)]


@dataclass(frozen=True, slots=True)
class NamedRanges:
    """Named ranges of numbers (`salary=40000..60000`) or of dates (`start=2026-01-01..2026-06-30`)."""

    dates: bool = False
    repeats: bool = True
    lists: bool = True

    def read(self, word: Word, held: tuple[NamedRange, ...] | None) -> tuple[NamedRange, ...]:
        """The ranges in the order typed, none twice."""
        items = [self._one(item) for item in word.split(",") if item.text.strip()]
        if not items:
            raise BadValueError("a value is missing here", word)
        return tuple(dict.fromkeys([*(held or ()), *items]))

    def _one(self, word: Word) -> NamedRange:
        example = "start=2026-01-01..2026-06-30" if self.dates else "salary=40000..60000"
        cut = word.find("=")
        dots = word.find("..", cut + 1)
        name = tidy(word.text[:cut]) if cut > 0 else ""
        if not name or dots < 0:
            raise BadValueError(f"a name and a range are needed here, such as {example}", word)
        low, high = self._end(word.slice(cut + 1, dots)), self._end(word.slice(dots + 2))
        if low is None and high is None:
            raise BadValueError("a range needs at least one end", word)
        if low is not None and high is not None and low > high:  # type: ignore[operator]  # both numbers or both dates
            raise BadValueError("the range runs backwards", word)
        return NamedRange(name, low, high)

    def _end(self, word: Word) -> float | str | None:
        if not word.text.strip():
            return None
        if not self.dates:
            return read_number(word)
        try:
            return date.fromisoformat(word.text.strip()).isoformat()
        except ValueError:
            raise BadValueError("a date is needed here, such as 2026-01-31", word) from None

    def write(self, value: tuple[NamedRange, ...]) -> list[str]:
        """The ranges between commas."""
        return [",".join(f"{quote(item.name)}={_end(item.low)}..{_end(item.high)}" for item in value)]


def _end(value: float | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else plain_number(value)
