"""Checks the bodies that are written and turns them into whole objects of the later shape."""

from collections.abc import Callable, Mapping
from typing import Any

from .dates import parse_date, with_zone
from .errors import InvalidParameterError
from .records import Raw
from .text import number

Check = Callable[[Any, str], Any]
"""Takes a value and the name of its place, returns the value to store or raises `InvalidParameterError`."""


def _text(value: Any, name: str) -> Any:
    if value is not None and not isinstance(value, str):
        raise InvalidParameterError(name, "a text or null is expected")
    return value


def _required_text(value: Any, name: str) -> Any:
    if not isinstance(value, str) or not value.strip():
        raise InvalidParameterError(name, "a text is expected")
    return value


def _number(value: Any, name: str) -> Any:
    if value is not None and number(value) is None:
        raise InvalidParameterError(name, "a number or null is expected")
    return value


def _date(value: Any, name: str) -> Any:
    if value is not None and parse_date(value) is None:
        raise InvalidParameterError(name, "an ISO 8601 date or null is expected")
    return value


def _entry_date(value: Any, name: str) -> Any:
    """Accept the form that PUT documents, `{"iso8601": ...}`; GET shows the text alone (reference hrflow-api §6.4)."""
    return _text(value.get("iso8601") if isinstance(value, dict) else value, name)


def _object(fields: Mapping[str, Check]) -> Check:
    """Check an object or null: its known fields by their checks, others may hold anything."""

    def check(value: Any, name: str) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise InvalidParameterError(name, "an object or null is expected")
        return _checked(value, fields, f"{name}.")

    return check


def _list(item: Check) -> Check:
    """Check a list of objects, or null."""

    def check(value: Any, name: str) -> Any:
        if value is None:
            return None
        if not isinstance(value, list) or None in value:
            raise InvalidParameterError(name, "a list of objects or null is expected")
        return [item(each, f"{name}[{index}]") for index, each in enumerate(value)]

    return check


def _checked(value: Mapping[str, Any], fields: Mapping[str, Check], prefix: str) -> Raw:
    return {field: fields[field](each, prefix + field) if field in fields else each for field, each in value.items()}


def _with_name(value: Any, name: str) -> Any:
    checked = _object({})(value, name)
    _required_text(checked.get("name"), f"{name}.name")
    return checked


def _link(value: Any, name: str) -> Any:
    return _object({"type": _text, "url": _text})(value, name)


def _links(value: Any, name: str) -> Any:
    """Accept links as a list of objects or, as in 2020, as one object."""
    return value if isinstance(value, dict) else _list(_link)(value, name)


def _label(value: Any, name: str) -> Any:
    """Check a label: one job, one stage; everything is stored as it was written (reference hrflow-api §6.1)."""
    names = ("job_key", "job_id", "job_reference")
    checked: Raw = _object(dict.fromkeys((*names, "board_key", "stage"), _text))(value, name)
    if not any(checked.get(each) for each in names):
        raise InvalidParameterError(f"{name}.job_key", "the key or the reference of a job is expected")
    if not (checked.get("stage") or "").strip():  # any word: nothing says that there are only four
        raise InvalidParameterError(f"{name}.stage", "a stage is expected")
    return checked


def _range(bound: Check) -> Check:
    def check(value: Any, name: str) -> Any:
        return _object({"value_min": bound, "value_max": bound})(_with_name(value, name), name)

    return check


_LOCATION = _object({"text": _text, "lat": _number, "lng": _number})
_NAMED = _list(_with_name)
_ENTRY = {
    "title": _text,
    "description": _text,
    "location": _LOCATION,
    "date_start": _entry_date,
    "date_end": _entry_date,
}
_INFO_TEXTS = ("full_name", "first_name", "last_name", "email", "phone", "date_birth", "gender", "summary", "picture")
_INFO: dict[str, Check] = {**dict.fromkeys(_INFO_TEXTS, _text), "location": _LOCATION, "urls": _links}
_PROFILE: dict[str, Check] = {
    "reference": _text,
    "info": _object(_INFO),
    "text_language": _text,
    "text": _text,
    "created_at": _date,
    "updated_at": _date,
    "experiences_duration": _number,
    "educations_duration": _number,
    "experiences": _list(_object({**_ENTRY, "company": _text})),
    "educations": _list(_object({**_ENTRY, "school": _text})),
    "attachments": _list(_object({})),
    **dict.fromkeys(("skills", "languages", "interests", "certifications", "courses", "tasks"), _NAMED),
    **dict.fromkeys(("tags", "metadatas"), _NAMED),
    "labels": _list(_label),
}
_JOB: dict[str, Check] = {
    "reference": _text,
    "name": _required_text,
    **dict.fromkeys(("url", "picture", "summary"), _text),
    **dict.fromkeys(("culture", "responsibilities", "requirements", "benefits", "interviews"), _text),
    "sections": _list(_object(dict.fromkeys(("name", "title", "description"), _text))),
    "location": _LOCATION,
    **dict.fromkeys(("skills", "languages", "certifications", "courses", "tasks", "tags", "metadatas"), _NAMED),
    "ranges_float": _list(_range(_number)),
    "ranges_date": _list(_range(_date)),
    "created_at": _date,
    "updated_at": _date,
}
_LISTS = frozenset(
    {
        "experiences", "educations", "attachments", "skills", "languages", "interests", "certifications", "courses",
        "tasks", "tags", "metadatas", "labels", "sections", "ranges_float", "ranges_date",
    }
)  # fmt: skip
_EMPTY_PROFILE: Raw = {field: [] if field in _LISTS else None for field in _PROFILE}
_EMPTY_JOB: Raw = {field: [] if field in _LISTS else None for field in _JOB}
_EMPTY_INFO: Raw = {**dict.fromkeys(_INFO_TEXTS), "location": None, "urls": [], "driving_license": None}


def unwrap(body: Raw, kind: str, owner: str) -> Raw:
    """Return the flat body of one wrapped as `{owner: ..., kind: {...}}`; what stands outside counts more."""
    inner = body.get(kind)
    if not isinstance(inner, dict):
        return body
    outer = {field: body[field] for field in (owner, "key", "reference") if body.get(field) is not None}
    return {**inner, **outer}


def whole_profile(body: Raw, owned: Raw, before: Raw | None, *, merge: bool, now: float) -> Raw:
    """Return the profile to store: `body`, completed, with the fields that the server keeps for itself (`owned`).

    Missing fields become empty or null; when merging they stay as in `before`, and so do missing fields of `info`.
    The creation date stays unless given; the date of the last update is the moment of the write (`now`, Unix seconds)
    unless given, so that what was read and written back is the same afterwards.
    """
    given = _checked(body, _PROFILE, "")
    kept = before if merge and before is not None else {}
    info = given["info"] if "info" in given else kept.get("info")
    if info is not None:
        given["info"] = {**_EMPTY_INFO, **(kept.get("info") or {}), **info}
    return _whole(given, {**_EMPTY_PROFILE, **kept}, owned, before, now)


def whole_job(body: Raw, owned: Raw, before: Raw | None, *, merge: bool, now: float) -> Raw:
    """Return the job to store, by the rules of `whole_profile`; a job needs a name."""
    given = _checked(body, _JOB, "")
    kept = before if merge and before is not None else {}
    _required_text(given.get("name", kept.get("name")), "name")
    return _whole(given, {**_EMPTY_JOB, **kept}, owned, before, now)


def _whole(given: Raw, base: Raw, owned: Raw, before: Raw | None, now: float) -> Raw:
    raw = {**base, **given, **owned}
    if raw["created_at"] is None:
        raw["created_at"] = before["created_at"] if before is not None else with_zone(now)
    if given.get("updated_at") is None:
        raw["updated_at"] = with_zone(now)
    return raw
