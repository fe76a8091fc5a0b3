"""The kinds of values that stand for places and radii, points in time and named ranges. See `kinds.py`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.kinds import BadValueError, filled, read_number
from bot.domain.moments import Moment
from bot.domain.text import tidy
from bot.domain.values import NamedRange, Place, PlaceName, plain_number
from bot.domain.words import quote, scan
from bot.mistakes import Mistake, Wrong

if TYPE_CHECKING:
    from bot.domain.words import Word

_DISTANCE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(km|kilometers?|kilometres?|mi|miles?)?")
_DATED = re.compile(r"\d{4}-")
UNITS = frozenset({"km", "kilometers", "kilometres", "mi", "miles"})
KM_PER_MILE = 1.609344
WIDEST_KM = 20_040  # half the way round the earth
_SEED_POINT = re.compile(r"\{\s*lat\s*:(?P<lat>[^,]*),\s*(?:lng|lon)\s*:(?P<lng>[^}]*)\}")
_NORTH, _EAST = 90, 180  # degrees


def _coordinates(word: Word) -> list[Word]:
    """The parts between commas, each without the names and brackets of the seed's own form."""
    parts = word.split(",")
    if len(parts) == 2 and (names := _SEED_POINT.fullmatch(word.text)):  # noqa: PLR2004 - latitude and longitude
        lat, lng = names.span("lat"), names.span("lng")
        return [word.slice(*lat), word.slice(*lng)]
    return parts


@dataclass(frozen=True, slots=True)
class Point:
    """A place: its name as it was typed, or coordinates as they are.

    Coordinates are `48.85,2.35`, or `{"lat":48.85,"lng":2.35}` as on the seed pages.
    """

    repeats: bool = False
    lists: bool = True

    def read(self, word: Word, held: Place | PlaceName | None) -> Place | PlaceName:  # noqa: ARG002 - one signature for all kinds
        """The name where there is a letter in it, else the point, in degrees within their bounds."""
        name = filled(word)
        if any(map(str.isalpha, name)) and not name.startswith("{"):
            return PlaceName(name)
        parts = _coordinates(word.unquoted)
        if len(parts) != 2:  # noqa: PLR2004 - latitude and longitude
            raise BadValueError(Mistake(Wrong.PLACE_NEEDED), word)
        lat, lng = (read_number(part) for part in parts)
        if not -_NORTH <= lat <= _NORTH:
            raise BadValueError(Mistake(Wrong.LATITUDE, low=-_NORTH, high=_NORTH), parts[0])
        if not -_EAST <= lng <= _EAST:
            raise BadValueError(Mistake(Wrong.LONGITUDE, low=-_EAST, high=_EAST), parts[1])
        return Place(lat, lng)

    def write(self, value: Place | PlaceName) -> list[str]:
        """The name in quotes where it needs them, or latitude, comma, longitude."""
        if isinstance(value, PlaceName):
            return [quote(value.text)]
        return [f"{plain_number(value.lat)},{plain_number(value.lng)}"]

    def named(self, text: str) -> Place | PlaceName:
        """The value that `text` alone stands for, be it a name or coordinates. Raises BadValueError."""
        return self.read(scan(quote(text, force=True))[0], None)


@dataclass(frozen=True, slots=True)
class Distance:
    """A radius in whole kilometres, rounded up: `40km`, `25mi`, `40`."""

    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: int | None) -> int:  # noqa: ARG002 - one signature for all kinds
        """Kilometres, at least 1."""
        found = _DISTANCE.fullmatch(word.text.strip().casefold())
        if not found:
            raise BadValueError(Mistake(Wrong.DISTANCE_NEEDED), word)
        factor = KM_PER_MILE if (found[2] or "km").startswith("mi") else 1.0
        km = math.ceil(round(float(found[1]) * factor, 6))
        if not 1 <= km <= WIDEST_KM:
            raise BadValueError(Mistake(Wrong.DISTANCE_OUT_OF_BOUNDS, low=1, high=WIDEST_KM), word)
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
            raise BadValueError(Mistake(Wrong.MOMENT_NEEDED), word)
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
            raise BadValueError(Mistake(Wrong.VALUE_MISSING), word)
        return tuple(dict.fromkeys([*(held or ()), *items]))

    def _one(self, word: Word) -> NamedRange:
        cut = word.find("=")
        dots = word.find("..", cut + 1)
        name = tidy(word.text[:cut]) if cut > 0 else ""
        if not name or dots < 0:
            raise BadValueError(Mistake(Wrong.NAMED_DATES_NEEDED if self.dates else Wrong.NAMED_NUMBERS_NEEDED), word)
        low, high = self._end(word.slice(cut + 1, dots)), self._end(word.slice(dots + 2))
        if low is None and high is None:
            raise BadValueError(Mistake(Wrong.NAMED_RANGE_EMPTY), word)
        if low is not None and high is not None and _later(low, high):
            raise BadValueError(Mistake(Wrong.NAMED_RANGE_BACKWARDS), word)
        return NamedRange(name, low, high)

    def _end(self, word: Word) -> float | str | None:
        if not word.text.strip():
            return None
        if not self.dates:
            return read_number(word)
        found = Moment.read(word.text)
        if found is None or not _DATED.match(found.text):
            raise BadValueError(Mistake(Wrong.DATE_NEEDED), word)
        return found.text

    def write(self, value: tuple[NamedRange, ...]) -> list[str]:
        """The ranges between commas."""
        return [",".join(f"{quote(item.name)}={_end(item.low)}..{_end(item.high)}" for item in value)]


def _later(low: float | str, high: float | str) -> bool:
    """The low end lies behind the high one; a bare date as the high end is that day's end."""
    if isinstance(low, str) and isinstance(high, str):
        last = datetime.fromisoformat(high).replace(tzinfo=None)
        if len(high) == len("2026-01-31"):
            last += timedelta(days=1, seconds=-1)
        return datetime.fromisoformat(low).replace(tzinfo=None) > last
    return float(low) > float(high)


def _end(value: float | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else plain_number(value)
