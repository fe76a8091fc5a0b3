"""Shows stored objects, which have the later shape, in those of the seed's generation (reference hrflow-api §4)."""

from collections.abc import Callable, Mapping
from typing import Any

from .dates import parse_date, without_zone
from .labels import NEW, job_key_of
from .records import Raw, full_name
from .text import fold

Resolve = Callable[[Mapping[str, Any]], Raw | None]
"""Finds the job that a label is about."""

_LANGUAGES = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it",
    "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "tr", "uk", "zh",
)  # fmt: skip
_LINKS = ("facebook", "github", "linkedin", "picture", "twitter")
_LATER_JOB_FIELDS = frozenset(
    {
        "board_key", "board", "picture", "culture", "responsibilities", "requirements", "benefits", "interviews",
        "certifications", "courses", "tasks", "archive", "archived_at",
    }
)  # fmt: skip


def seed_job(raw: Raw) -> Raw:
    """Return a job as of 2020-09: without the later fields, skills without a type (reference hrflow-api §5.2)."""
    job = {field: value for field, value in raw.items() if field not in _LATER_JOB_FIELDS}
    job["skills"] = [
        {field: value for field, value in skill.items() if field != "type"} for skill in raw.get("skills") or ()
    ]
    return job


def seed_profile(raw: Raw, received: float | None, team_id: str, resolve: Resolve) -> Raw:
    """Return a profile in the seed shape; every field of it is there, null or empty where nothing is known."""
    info = raw.get("info") or {}
    language = raw.get("text_language") or "en"
    return {
        "profile_id": raw["key"],
        "source_id": raw["source_key"],
        "team_id": team_id,
        "uuid": f"{raw['key'][:8]}-{raw['key'][8:12]}-{raw['key'][12:16]}-{raw['key'][16:20]}-{raw['key'][20:32]}",
        "name": {
            "first_name": info.get("first_name"),
            "last_name": info.get("last_name"),
            "text": full_name(info),
        },
        "email": {"text": info.get("email")},
        "phone": info.get("phone"),
        "gender": info.get("gender"),
        "summary": info.get("summary"),
        "urls": _urls(info),
        "location": _location(info.get("location")),
        "text": {**dict.fromkeys(_LANGUAGES, ""), language: raw.get("text") or ""},
        "date_creation": _date(raw.get("created_at")),
        "date_reception": without_zone(received) if received is not None else None,
        "experiences_duration": raw.get("experiences_duration"),
        "educations_duration": raw.get("educations_duration"),
        "experiences": [_entry(each, "company") for each in raw.get("experiences") or ()],
        "educations": [_entry(each, "school") for each in raw.get("educations") or ()],
        "skills": [_skill(each) for each in raw.get("skills") or ()],
        "languages": raw.get("languages") or [],
        "interests": raw.get("interests") or [],
        "tags": raw.get("tags") or [],
        "labels": [_label(each, resolve) for each in raw.get("labels") or ()],
    }


def _date(value: object) -> str | None:
    seconds = parse_date(value)
    return None if seconds is None else without_zone(seconds)


def _urls(info: Mapping[str, Any]) -> Raw:
    """Accept links as a list of `{type, url}` or, as in 2020, as an object."""
    urls: Raw = {**dict.fromkeys(_LINKS), "from_resume": [], "picture": info.get("picture")}
    given = info.get("urls") or ()
    links = list(given.items()) if isinstance(given, dict) else [(each.get("type"), each.get("url")) for each in given]
    for name, link in links:
        if name in _LINKS:
            urls[name] = link
        elif link:
            urls["from_resume"] += link if isinstance(link, list) else [link]
    return urls


def _location(location: Mapping[str, Any] | None) -> Raw:
    place = location or {}
    text, lat, lng = place.get("text"), place.get("lat"), place.get("lng")
    return {
        "text": text,
        "geopoint": {"lat": lat, "lon": lng},
        "geocoder": {
            "fields": place.get("fields") or {},
            "gmaps": place.get("gmaps"),
            "is_correct": lat is not None and lng is not None,
            "lat": lat,
            "lng": lng,
            "text": text,
        },
    }


def _entry(entry: Mapping[str, Any], employer: str) -> Raw:
    return {
        "id": entry.get("key"),
        "title": entry.get("title"),
        employer: entry.get(employer),
        "description": entry.get("description"),
        "location": _location(entry.get("location")),
        "start_date": _entry_date(entry.get("date_start")),
        "end_date": _entry_date(entry.get("date_end")),
    }


def _entry_date(value: str | None) -> Raw:
    return {"date": _date(value), "text": value or ""}


def _skill(skill: Mapping[str, Any]) -> Raw:
    kind = skill.get("type")
    return {
        "name": skill["name"],
        "value": skill.get("value"),
        "type": f"{kind}_skill" if kind in ("hard", "soft") else kind,
        "is_predicted": False,
    }


def _label(label: Mapping[str, Any], resolve: Resolve) -> Raw:
    """Return a label that names its job by id and reference, whichever of them was written."""
    job = resolve(label) or {}
    return {
        "job_id": job_key_of(label) or job.get("key"),
        "job_reference": label.get("job_reference") or job.get("reference"),
        "stage": fold(label.get("stage") or NEW),
        "date_stage": label.get("date_stage"),
        "rating": label.get("rating"),
        "date_rating": label.get("date_rating"),
    }
