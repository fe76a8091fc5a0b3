"""Replies of both generations → domain objects. Whatever is missing, null or of another form is "not stated".

Paths are those of the reference hrflow-api §4.1: the seed shape (`name.text`, `location.geopoint.lon`, `profile_id`)
and the later one (`info.full_name`, `info.location.lng`, `key`). Nothing here raises on what HrFlow sends.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.domain.entities import Job, Label, Page, Profile, Scored, Stage, Stay
from bot.domain.values import Named, NamedRange, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.entities import T

MOST_ITEMS = 100  # of one reply; nobody asks for more at once
_EPOCH_MS = 100_000_000_000  # a number above it counts milliseconds: as seconds it would lie after the year 5138
_LONGEST_NUMBER = 1e15  # a larger one is no reference, and would not be shown exactly
_LONGEST_KEY = 255
_SENTINEL_YEAR = 1971  # a date before it stands for "none" (reference §5.1)


def read_page(
    reply: dict[str, Any],
    name: str,
    read: Callable[[dict[str, Any]], T | None],
    total: int | None,
    *,
    read_scored: Callable[[dict[str, Any]], T | None] | None = None,
) -> Page[T]:
    """`data[name]` with the score of each item: `predictions[i][1]` (reference, fact 1), None where there is none.

    Items that have a score are read by `read_scored` where it is given. Items without a key are left out: nothing could
    be done with them.
    """
    data = _object(reply.get("data"))
    predictions = _array(data.get("predictions"))
    items = []
    for place, raw in enumerate(_array(data.get(name))[:MOST_ITEMS]):
        if not isinstance(raw, dict):
            continue
        score = _score(predictions[place]) if place < len(predictions) else None
        item = read(raw) if score is None or read_scored is None else read_scored(raw)
        if item is not None:
            items.append(Scored(item, score))
    return Page(items=tuple(items), total=total)


def read_listed_profile(raw: dict[str, Any]) -> Profile | None:
    """What a list shows of a profile of either shape, and what reasons and order are made of; None without a key.

    Not read: e-mail, telephone, summary, tasks, interests, tags, links, educations, every experience but the first.
    Measured: this takes a third of the time of the whole, and ten of them are read for each list.
    """
    key = _key(raw.get("key")) or _key(raw.get("profile_id"))
    if not key:
        return None
    info, name = _object(raw.get("info")), _object(raw.get("name"))
    location = info.get("location") if "location" in info else raw.get("location")
    return Profile(
        key=key,
        source_key=_key(raw.get("source_key"))
        or _key(raw.get("source_id"))
        or _key(_object(raw.get("source")).get("key")),
        reference=_text(raw.get("reference")),
        name=_text(info.get("full_name")) or _text(name.get("text")) or _parts_of_name(info, name),
        place=_place_text(location),
        point=_point(location),
        experience_years=_number(raw.get("experiences_duration")),
        education_years=_number(raw.get("educations_duration")),
        experiences=_stays(raw.get("experiences"), "company", most=1),
        skills=_named(raw.get("skills")),
        languages=_named(raw.get("languages")),
        labels=_labels(raw.get("labels")),
        created_at=_when(raw.get("created_at")) or _when(raw.get("date_creation")),
        received_at=_when(raw.get("date_reception")),
    )


def read_profile(raw: dict[str, Any]) -> Profile | None:
    """A whole profile of either shape, or None without a key."""
    listed = read_listed_profile(raw)
    if listed is None:
        return None
    info = _object(raw.get("info"))
    return replace(
        listed,
        email=_text(info.get("email")) or _text(raw.get("email")) or _text(_object(raw.get("email")).get("text")),
        phone=_text(info.get("phone")) or _text(raw.get("phone")),
        summary=_text(info.get("summary")) or _text(raw.get("summary")),
        experiences=_stays(raw.get("experiences"), "company"),
        educations=_stays(raw.get("educations"), "school"),
        tasks=_tasks(raw),
        interests=_named(raw.get("interests")),
        tags=_named(raw.get("tags")),
        links=_links(info.get("urls") or raw.get("urls")),
    )


def read_job(raw: dict[str, Any]) -> Job | None:
    """A job of any generation, or None without a key."""
    key = _key(raw.get("key")) or _key(raw.get("job_id"))
    if not key:
        return None
    location = raw.get("location")
    sections = (_object(section) for section in _array(raw.get("sections")))
    url = _text(raw.get("url"))
    return Job(
        key=key,
        board_key=_key(raw.get("board_key")) or _key(_object(raw.get("board")).get("key")),
        reference=_text(raw.get("reference")) or _text(raw.get("job_reference")),
        title=_text(raw.get("name")),
        summary=_text(raw.get("summary")) or _text(raw.get("description")),
        sections=tuple(
            (_text(each.get("title")) or _text(each.get("name")), _text(each.get("description"))) for each in sections
        ),
        place=_place_text(location),
        point=_point(location),
        skills=_named(raw.get("skills")),
        languages=_named(raw.get("languages")),
        tags=_named(raw.get("tags")),
        ranges=_ranges(raw.get("ranges_float"), _number),
        dates=_ranges(raw.get("ranges_date"), _date_text),
        url=url if urlsplit_ok(url) else "",
        created_at=_when(raw.get("created_at")) or _when(_object(raw.get("date_creation")).get("date")),
    )


def read_label(raw: Any) -> Label | None:
    """One label of either generation (reference §6.1), or None where it names no job or no known stage."""
    label = _object(raw)
    try:
        stage = Stage(_text(label.get("stage")).casefold())
    except ValueError:
        return None
    found = Label(
        stage=stage,
        job_key=_text(label.get("job_key")) or _text(label.get("job_id")),
        job_reference=_text(label.get("job_reference")),
        board_key=_text(label.get("board_key")),
        at=_when(label.get("date_stage")),
    )
    return found if found.job_key or found.job_reference else None


def read_container(raw: Any) -> tuple[str, str] | None:
    """The key and name of a board or source; nothing else of it is read: it holds staff e-mails (reference §5.3)."""
    container = _object(raw)
    key = _key(container.get("key"))
    return (key, _text(container.get("name")) or key) if key else None


def urlsplit_ok(url: str) -> bool:
    """An https address with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _array(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    number = _number(value)
    return str(value) if number is not None and abs(number) < _LONGEST_NUMBER else ""


def _key(value: Any) -> str:
    """A key, or "" for what can be none: it travels in addresses and in the values of buttons."""
    key = _text(value)
    return key if len(key) <= _LONGEST_KEY and key.isprintable() else ""


def _parts_of_name(info: dict[str, Any], name: dict[str, Any]) -> str:
    parts = (_text(info.get(part)) or _text(name.get(part)) for part in ("first_name", "last_name"))
    return " ".join(part for part in parts if part)


def _number(value: Any) -> float | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _score(prediction: Any) -> float | None:
    score = _number(prediction[1]) if isinstance(prediction, list) and len(prediction) > 1 else None
    return score if score is not None and 0 <= score <= 1 else None


def _when(value: Any) -> datetime | None:
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
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _date_text(value: Any) -> str | None:
    found = _when(value)
    return found.date().isoformat() if found else None


def _named(value: Any) -> tuple[Named, ...]:
    found = []
    for place, raw in enumerate(_array(value)):
        if isinstance(raw, dict):
            name, level = _text(raw.get("name")), raw.get("value")
        else:
            name, level = raw.strip() if isinstance(raw, str) else "", None
        if name:
            stated = level if level is None or isinstance(level, (str, bool)) else _number(level)
            found.append(Named(name, stated, place))
    return tuple(found)


def _labels(value: Any) -> tuple[Label, ...]:
    return tuple(label for label in map(read_label, _array(value)) if label is not None)


def _tasks(raw: dict[str, Any]) -> tuple[str, ...]:
    """The tasks of a profile and of its experiences, where the object's generation has them (reference §5.1)."""
    holders = (raw, *map(_object, _array(raw.get("experiences"))))
    return tuple(item.name for holder in holders if holder.get("tasks") for item in _named(holder["tasks"]))


def _ranges(value: Any, read: Callable[[Any], float | str | None]) -> tuple[NamedRange, ...]:
    each = (_object(raw) for raw in _array(value))
    return tuple(
        NamedRange(_text(raw.get("name")), read(raw.get("value_min")), read(raw.get("value_max")))
        for raw in each
        if _text(raw.get("name"))
    )


def _place_text(location: Any) -> str:
    place = _object(location)
    fields = _object(place.get("fields")) or _object(_object(place.get("geocoder")).get("fields"))
    return _text(fields.get("city")) or _text(place.get("text"))


def _point(location: Any) -> Place | None:
    place = _object(location)
    for holder in (place, _object(place.get("geopoint")), _object(place.get("geocoder"))):
        lat, lng = _number(holder.get("lat")), _number(holder.get("lng"))
        lng = _number(holder.get("lon")) if lng is None else lng
        if lat is not None and lng is not None and abs(lat) <= 90 and abs(lng) <= 180:  # noqa: PLR2004 - degrees
            return Place(lat, lng)
    return None


def _stays(value: Any, organisation: str, *, most: int | None = None) -> tuple[Stay, ...]:
    stated = (raw for raw in _array(value) if raw and isinstance(raw, dict))
    return tuple(
        Stay(
            title=_text(raw.get("title")),
            organisation=_text(raw.get(organisation)),
            description=_text(raw.get("description")),
            place=_place_text(raw.get("location")),
            start=_when(raw.get("date_start")) or _when(raw.get("start_date")),
            end=_when(raw.get("date_end")) or _when(raw.get("end_date")),
        )
        for raw in islice(stated, most)
    )


def _links(value: Any) -> tuple[str, ...]:
    """Every https address, from an object or a list of `{type,url}` (reference §4.1); pictures are no links."""
    if isinstance(value, dict):
        listed = [address for name, address in value.items() if name not in ("picture", "from_resume")]
        listed += _array(value.get("from_resume"))
    else:
        listed = [_object(entry).get("url") for entry in _array(value)]
    return tuple(dict.fromkeys(address for address in map(_text, listed) if urlsplit_ok(address)))
