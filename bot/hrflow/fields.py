"""Single fields of a reply → values. Whatever is missing, null or of another form is "not stated"; nothing raises."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.domain.values import Named, NamedRange, Place

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH_MS = 100_000_000_000  # a number above it counts milliseconds: as seconds it would lie after the year 5138
_LONGEST_NUMBER = 1e15  # a larger one is no reference, and would not be shown exactly
_LONGEST_KEY = 255
_SENTINEL_YEAR = 1971  # a date before it stands for "none" (reference §5.1)


def is_address(url: str) -> bool:
    """An https address with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def as_object(value: Any) -> dict[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_array(value: Any) -> list[Any]:
    """The list, or an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """The text without white space around it; a number as it stands there."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    number = as_number(value)
    return str(value) if number is not None and abs(number) < _LONGEST_NUMBER else ""


def as_key(value: Any) -> str:
    """A key, or "" for what can be none: it travels in addresses and in the values of buttons."""
    key = as_text(value)
    return key if len(key) <= _LONGEST_KEY and key.isprintable() else ""


def as_number(value: Any) -> float | None:
    """A finite number, also where it is written as text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def as_moment(value: Any) -> datetime | None:
    """An ISO string, epoch seconds, epoch milliseconds, or `{iso8601}` / `{date}`; naive means UTC."""
    if value is None:
        return None
    if isinstance(value, dict):
        value = value.get("iso8601") or value.get("date")
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            found = datetime.fromtimestamp(value / 1000 if abs(value) > _EPOCH_MS else value, UTC)
        elif isinstance(value, str) and value.strip():
            found = datetime.fromisoformat(value.strip())
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    if found.year < _SENTINEL_YEAR:
        return None
    # `replace` takes four times as long, and a list of ten has forty of these.
    return found if found.tzinfo else datetime.combine(found, found.time(), UTC)


def as_date(value: Any) -> str | None:
    """The day of a moment, `YYYY-MM-DD`."""
    found = as_moment(value)
    return found.date().isoformat() if found else None


def as_named(value: Any) -> tuple[Named, ...]:
    """Names, or `{name, value}`, each with its place in the list as it came."""
    found = []
    for place, raw in enumerate(as_array(value)):
        if isinstance(raw, dict):
            name, level = raw.get("name"), raw.get("value")
            name = name.strip() if isinstance(name, str) else as_text(name)
        else:
            name, level = raw.strip() if isinstance(raw, str) else "", None
        if name:
            if level is not None and not isinstance(level, (str, bool)):
                level = as_number(level)
            found.append(Named(name, level, place))
    return tuple(found)


def as_ranges(value: Any, read: Callable[[Any], float | str | None]) -> tuple[NamedRange, ...]:
    """`{name, value_min, value_max}`, the ends read by `read`."""
    each = (as_object(raw) for raw in as_array(value))
    return tuple(
        NamedRange(as_text(raw.get("name")), read(raw.get("value_min")), read(raw.get("value_max")))
        for raw in each
        if as_text(raw.get("name"))
    )


def as_place(location: Any) -> str:
    """The city, or the words for the place."""
    place = as_object(location)
    fields = as_object(place.get("fields")) or as_object(as_object(place.get("geocoder")).get("fields"))
    return as_text(fields.get("city")) or as_text(place.get("text"))


def as_point(location: Any) -> Place | None:
    """Latitude and longitude, from wherever a generation puts them."""
    place = as_object(location)
    for holder in (place, as_object(place.get("geopoint")), as_object(place.get("geocoder"))):
        lat, lng = as_number(holder.get("lat")), as_number(holder.get("lng"))
        lng = as_number(holder.get("lon")) if lng is None else lng
        if lat is not None and lng is not None and abs(lat) <= 90 and abs(lng) <= 180:  # noqa: PLR2004 - degrees
            return Place(lat, lng)
    return None
