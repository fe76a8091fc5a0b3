"""Replies of both generations → domain objects. Whatever is missing, null or of another form is "not stated".

Paths are those of the reference hrflow-api §4.1: the seed shape (`name.text`, `location.geopoint.lon`, `profile_id`)
and the later one (`info.full_name`, `info.location.lng`, `key`). Nothing here raises on what HrFlow sends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.domain.entities import Job, Label, Page, Profile, Scored, Stage, Stay
from bot.hrflow.fields import (
    as_array,
    as_date,
    as_key,
    as_moment,
    as_named,
    as_number,
    as_object,
    as_place,
    as_point,
    as_ranges,
    as_text,
    is_address,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.entities import T

MOST_ITEMS = 100  # of one reply; nobody asks for more at once


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
    data = as_object(reply.get("data"))
    predictions = as_array(data.get("predictions"))
    items = []
    listed = as_array(data.get(name))[:MOST_ITEMS]
    for place, raw in enumerate(listed):
        if not isinstance(raw, dict):
            continue
        score = _score(predictions[place]) if place < len(predictions) else None
        item = read(raw) if score is None or read_scored is None else read_scored(raw)
        if item is not None:
            items.append(Scored(item, score))
    # A total that this very page disproves is none: it lists more, or says itself that there are pages behind it.
    further = _further(reply)
    if total is not None and (total < len(listed) or (further and total == len(listed))):
        total = None
    return Page(items=tuple(items), total=total, listed=len(listed), further=further)


def _further(reply: dict[str, Any]) -> bool | None:
    meta = as_object(reply.get("meta")) or reply
    page, last = meta.get("page"), meta.get("maxPage", meta.get("max_page"))
    return page < last if isinstance(page, int) and isinstance(last, int) else None


def read_listed_profile(raw: dict[str, Any]) -> Profile | None:
    """What a list shows of a profile of either shape, and what reasons and order are made of; None without a key.

    Not read: e-mail, telephone, summary, tasks, interests, tags, links, educations, every experience but the first, and
    of that one the description and the place.
    Measured: this takes a third of the time of the whole, and ten of them are read for each list.
    """
    key = as_key(raw.get("key")) or as_key(raw.get("profile_id"))
    if not key:
        return None
    info, name = as_object(raw.get("info")), as_object(raw.get("name"))
    location = info.get("location") if "location" in info else raw.get("location")
    return Profile(
        key=key,
        source_key=as_key(raw.get("source_key"))
        or as_key(raw.get("source_id"))
        or as_key(as_object(raw.get("source")).get("key")),
        reference=as_text(raw.get("reference")),
        name=as_text(info.get("full_name")) or as_text(name.get("text")) or _parts_of_name(info, name),
        place=as_place(location),
        point=as_point(location),
        experience_years=as_number(raw.get("experiences_duration")),
        education_years=as_number(raw.get("educations_duration")),
        experiences=_listed_stay(raw.get("experiences")),
        skills=as_named(raw.get("skills")),
        languages=as_named(raw.get("languages")),
        labels=read_labels(raw.get("labels")),
        created_at=as_moment(raw.get("created_at")) or as_moment(raw.get("date_creation")),
        received_at=as_moment(raw.get("date_reception")),
    )


def read_profile(raw: dict[str, Any]) -> Profile | None:
    """A whole profile of either shape, or None without a key."""
    listed = read_listed_profile(raw)
    if listed is None:
        return None
    info = as_object(raw.get("info"))
    return replace(
        listed,
        email=as_text(info.get("email"))
        or as_text(raw.get("email"))
        or as_text(as_object(raw.get("email")).get("text")),
        phone=as_text(info.get("phone")) or as_text(raw.get("phone")),
        summary=as_text(info.get("summary")) or as_text(raw.get("summary")),
        experiences=_stays(raw.get("experiences"), "company"),
        educations=_stays(raw.get("educations"), "school"),
        tasks=_tasks(raw),
        interests=as_named(raw.get("interests")),
        tags=as_named(raw.get("tags")),
        links=_links(info.get("urls") or raw.get("urls")),
    )


def read_job(raw: dict[str, Any]) -> Job | None:
    """A job of any generation, or None without a key."""
    key = as_key(raw.get("key")) or as_key(raw.get("job_id"))
    if not key:
        return None
    location = raw.get("location")
    sections = (as_object(section) for section in as_array(raw.get("sections")))
    url = as_text(raw.get("url"))
    return Job(
        key=key,
        board_key=as_key(raw.get("board_key")) or as_key(as_object(raw.get("board")).get("key")),
        reference=as_text(raw.get("reference")) or as_text(raw.get("job_reference")),
        title=as_text(raw.get("name")),
        summary=as_text(raw.get("summary")) or as_text(raw.get("description")),
        sections=tuple(
            (as_text(each.get("title")) or as_text(each.get("name")), as_text(each.get("description")))
            for each in sections
        ),
        place=as_place(location),
        point=as_point(location),
        skills=as_named(raw.get("skills")),
        languages=as_named(raw.get("languages")),
        tags=as_named(raw.get("tags")),
        ranges=as_ranges(raw.get("ranges_float"), as_number),
        dates=as_ranges(raw.get("ranges_date"), as_date),
        url=url if is_address(url) else "",
        created_at=as_moment(raw.get("created_at")) or as_moment(as_object(raw.get("date_creation")).get("date")),
    )


def read_label(raw: Any) -> Label | None:
    """One label of either generation (reference §6.1), or None where it names no job, or no stage that can be shown.

    A stage that HrFlow knows and we do not is taken as the word that it is; a label without one says NEW.
    """
    label = as_object(raw)
    word = as_text(label.get("stage")) or Stage.NEW
    try:
        stage = Stage(word)
    except ValueError:  # a word that no button or line of text could hold as it is
        shown = " ".join("".join(char if char.isalnum() else " " for char in word).split())[:40].strip()
        if not shown:
            return None
        stage = Stage(shown)
    found = Label(
        stage=stage,
        job_key=as_text(label.get("job_key")) or as_text(label.get("job_id")),
        job_reference=as_text(label.get("job_reference")),
        board_key=as_text(label.get("board_key")),
        at=as_moment(label.get("date_stage")),
    )
    return found if found.job_key or found.job_reference else None


def read_container(raw: Any) -> tuple[str, str] | None:
    """The key and name of a board or source; nothing else of it is read: it holds staff e-mails (reference §5.3)."""
    container = as_object(raw)
    key = as_key(container.get("key"))
    return (key, as_text(container.get("name")) or key) if key else None


def _parts_of_name(info: dict[str, Any], name: dict[str, Any]) -> str:
    parts = (as_text(info.get(part)) or as_text(name.get(part)) for part in ("first_name", "last_name"))
    return " ".join(part for part in parts if part)


def _score(prediction: Any) -> float | None:
    score = as_number(prediction[1]) if isinstance(prediction, list) and len(prediction) > 1 else None
    return score if score is not None and 0 <= score <= 1 else None


def read_labels(value: Any) -> tuple[Label, ...]:
    """All labels that name a job and a stage."""
    return tuple([label for label in map(read_label, value) if label is not None]) if isinstance(value, list) else ()


def _listed_stay(value: Any) -> tuple[Stay, ...]:
    """The first experience, as far as a list shows it."""
    for raw in as_array(value):
        if raw and isinstance(raw, dict):
            stay = Stay(
                title=as_text(raw.get("title")),
                organisation=as_text(raw.get("company")),
                start=as_moment(raw.get("date_start")) or as_moment(raw.get("start_date")),
                end=as_moment(raw.get("date_end")) or as_moment(raw.get("end_date")),
            )
            return (stay,)
    return ()


def _stays(value: Any, organisation: str) -> tuple[Stay, ...]:
    stated = (raw for raw in as_array(value) if raw and isinstance(raw, dict))
    return tuple(
        Stay(
            title=as_text(raw.get("title")),
            organisation=as_text(raw.get(organisation)),
            description=as_text(raw.get("description")),
            place=as_place(raw.get("location")),
            start=as_moment(raw.get("date_start")) or as_moment(raw.get("start_date")),
            end=as_moment(raw.get("date_end")) or as_moment(raw.get("end_date")),
        )
        for raw in stated
    )


def _tasks(raw: dict[str, Any]) -> tuple[str, ...]:
    """The tasks of a profile and of its experiences, where the object's generation has them (reference §5.1)."""
    holders = (raw, *map(as_object, as_array(raw.get("experiences"))))
    return tuple(item.name for holder in holders if holder.get("tasks") for item in as_named(holder["tasks"]))


def _links(value: Any) -> tuple[str, ...]:
    """Every https address, from an object or a list of `{type,url}` (reference §4.1); pictures are no links."""
    if isinstance(value, dict):
        listed = [address for name, address in value.items() if name not in ("picture", "from_resume")]
        listed += as_array(value.get("from_resume"))
    else:
        listed = [as_object(entry).get("url") for entry in as_array(value)]
    return tuple(dict.fromkeys(address for address in map(as_text, listed) if is_address(address)))
