"""The values that filters hold."""

from __future__ import annotations

import math
from dataclasses import field, replace
from typing import Any

from bot.domain.light import dataclass
from bot.domain.text import tidy

Scalar = str | float | bool | None
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Named:
    """A skill, language, interest or tag, with the level or value asked for (None: any).

    `place` is where it stands in the list of HrFlow's object that it was read from; it tells no two apart.
    """

    name: str
    value: Scalar = None
    place: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both inclusive; None leaves that end open. At least one end is set."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees (WGS 84), and the words people know it by (may be empty)."""

    lat: float
    lng: float
    text: str = ""

    def km_to(self, other: Place) -> float:
        """Great-circle distance in kilometres (haversine, mean radius 6371.0088 km)."""
        lat_a, lat_b = math.radians(self.lat), math.radians(other.lat)
        half_lat = (lat_b - lat_a) / 2
        half_lng = math.radians(other.lng - self.lng) / 2
        chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lng) ** 2
        return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(chord)))


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place by the words that were typed for it; where that is, the gazetteer knows."""

    text: str


@dataclass(frozen=True, slots=True)
class NamedRange:
    """A named quantity from `low` to `high`: numbers, or ISO dates or date-times; None leaves that end open."""

    name: str
    low: float | str | None = None
    high: float | str | None = None


def plain_number(number: float) -> str:
    """A number as people type it, at most nine decimals, without a needless fraction: 3.0 → "3", 2.50 → "2.5"."""
    return f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def normal(value: Any) -> Any:  # noqa: PLR0911 - one line for each form of value
    """A value as it would have been typed, whoever made it: text on one line, nine decimals, no empty or double items.

    What is empty becomes None; values of any other kind stay as they are.
    """
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, float):
        return round(value, _DECIMALS) + 0.0  # there is no minus nought
    if isinstance(value, tuple):
        return tuple({repr(each): each for each in map(normal, value) if each}.values()) or None
    if isinstance(value, Named):
        name = normal(value.name)
        return Named(name, normal(value.value)) if name else None
    if isinstance(value, NamedRange):
        name = normal(value.name)
        return replace(value, name=name, low=normal(value.low), high=normal(value.high)) if name else None
    if isinstance(value, Range):
        return Range(normal(value.low), normal(value.high))
    if isinstance(value, Place):
        return replace(value, lat=normal(value.lat), lng=normal(value.lng))
    return value
