"""What goes over the wire, without the wire: a query → parameters, a reply → its envelope, a status → an error."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import orjson

from bot import errors
from bot.domain.moments import Moment
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.values import Named, NamedRange, Place, Range, plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.declaring import Parameter

# The values of sort_by (reference hrflow-api §2.3). "scoring" is understood by every generation.
_SORTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "/profiles": {
        "score": ("scoring", "scoring"),
        "semantic": ("score_semantic", "searching"),
        "received": ("date_reception", "created_at"),
        "created": ("date_creation", "created_at"),
        "location": ("location", "location"),
        "experience-location": ("location_experience", "location_experience"),
        "education-location": ("location_education", "location_education"),
    },
    "/jobs": {
        "score": ("scoring", "scoring"),
        "semantic": ("score_semantic", "searching"),
        "created": ("created_at", "created_at"),
    },
}
_SECONDS = re.compile(r"[0-9]+")
LONGEST_TOLD = 24 * 3_600.0  # seconds; who names a longer wait is taken at one of a day
NOT_FOUND = (400, 404)  # "not found" is mostly a 400 (reference hrflow-api, fact 8)
_ALWAYS_SENT = frozenset(
    {"job", "profile", "source", "board", "agent", "scoring", "stage", "limit", "page", "order", "sort"}
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What the names in a query stand for: the source keys, the board keys, and the subject's own key."""

    sources: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    subject: str = ""
    agent: str = ""


def parameters(
    query: ProfilesQuery | JobsQuery, keys: Keys, *, dialect: str, now: datetime, stage: str = "new"
) -> dict[str, str]:
    """The query parameters of one scoring call as wire strings; `now` is aware and in the asker's time zone.

    `stage` is the one stage of this call (a query for any stage is four calls). Lists and objects travel as JSON text
    in one parameter (reference §2.2). A key that is not known is left out.
    """
    current = dialect == "current"
    sort = _SORTS[query.command][query.sorted_by][current]
    common = {
        "use_agent": "1" if query.scoring else "0",
        "limit": str(query.limit),
        "page": str(query.page),
        "order_by": query.order,
        "sort_by": sort,
    }
    if isinstance(query, ProfilesQuery):
        agent = {"algorithm_key": keys.agent} if current else {}
        board = keys.boards[0] if len(keys.boards) == 1 else ""
        head = {
            "source_keys": json_text(keys.sources) if keys.sources else "",
            "board_key": board,
            "job_key": keys.subject,
        }
        params = {**head, **agent, **common, "stage": stage}
    else:
        source = keys.sources[0] if len(keys.sources) == 1 else ""
        head = {
            "board_keys": json_text(keys.boards) if keys.boards else "",
            "source_key": source,
            "profile_key": keys.subject,
        }
        params = {**head, "algorithm_key" if current else "agent_key": keys.agent, **common}
    for parameter, value in query.given():
        if parameter.key not in _ALWAYS_SENT:
            params.update(_filter(parameter, value, query, current=current, now=now))
    return {name: value for name, value in params.items() if value}


def _filter(
    parameter: Parameter, value: Any, query: ProfilesQuery | JobsQuery, *, current: bool, now: datetime
) -> dict[str, str]:
    names = parameter.current if current else parameter.seed
    if isinstance(value, Range):
        ends = zip(names, (value.low, value.high), strict=True)
        return {name: _number(end) for name, end in ends if end is not None}
    if isinstance(value, Moment):
        instant = value.at(now, end=parameter.field == "until")
        unix = isinstance(query, ProfilesQuery) and not current
        return {names[0]: str(int(instant.timestamp())) if unix else _iso(instant)}
    if isinstance(value, Place):
        return {names[0]: json_text({"lat": _plain(value.lat), "lng": _plain(value.lng)})}
    if isinstance(value, (str, int, float)):
        return {names[0]: str(value)}
    return {names[0]: json_text(_list(parameter, value, current=current))}


def _list(parameter: Parameter, value: Sequence[Any], *, current: bool) -> list[Any]:
    first = value[0]
    if isinstance(first, tuple):  # groups of tags: AND of ORs (reference §3.1)
        return [_items(group, current=current) for group in value]
    if isinstance(first, NamedRange):
        return [{"name": item.name, "value_min": _plain(item.low), "value_max": _plain(item.high)} for item in value]
    if isinstance(first, Named):
        if current and parameter.current == ("tags_included",):
            return [_items((item,), current=True) for item in value]
        return _items(value, current=current)
    return list(value)


def _items(items: Sequence[Named], *, current: bool) -> list[Any]:
    """Bare names in the seed dialect, objects as soon as one item has a value or in the current dialect (DESIGN §4)."""
    if current or any(item.value is not None for item in items):
        return [{"name": item.name, "value": _plain(item.value)} for item in items]
    return [item.name for item in items]


def _plain(value: Any) -> Any:
    """Whole floats as whole numbers, as every official client writes them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: float) -> str:
    return plain_number(value)


def json_text(value: Any) -> str:
    """A list or an object as it travels in one query parameter."""
    return json.dumps(value, ensure_ascii=False)


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def checked(status: int, retry_after: str | None = None) -> None:
    """Raise the HrflowError that an HTTP status means, if it does not mean success (reference §1.3).

    A redirection is none: the key goes to the address of the settings and nowhere else. No text of a reply enters the
    error: the 401 message echoes the secret key (reference, fact 9).
    """
    if not 200 <= status < 300:  # noqa: PLR2004 - HTTP
        raise error_for(status, retry_after)


def reply_object(body: bytes, *, exact: bool = True) -> dict[str, Any]:
    """The reply's JSON object; its `code` counts like an HTTP status, which has been trusted first.

    `exact` keeps every number as it came; without it large replies are read faster. Raises HrflowError.
    """
    try:
        reply = json.loads(body) if exact else _fast(body)
    except (ValueError, RecursionError):
        raise errors.HrflowMalformedError("the reply is not JSON") from None
    if not isinstance(reply, dict):
        raise errors.HrflowMalformedError("the reply is not an object")
    code = reply.get("code")
    if isinstance(code, int) and code >= 400:  # noqa: PLR2004 - HTTP
        raise error_for(code)
    return reply


def _fast(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:  # it is stricter than what HrFlow may send: half characters, NaN
        return json.loads(body)


def error_for(status: int, retry_after: str | None = None) -> errors.HrflowError:
    """The error that a status means."""
    kinds: dict[int, type[errors.HrflowError]] = {
        401: errors.HrflowRefusedError,
        402: errors.HrflowQuotaError,
        403: errors.HrflowRefusedError,
        429: errors.HrflowBusyError,
    }
    kind = kinds.get(status, errors.HrflowUnavailableError if status >= 500 else errors.HrflowRejectedError)  # noqa: PLR2004
    if status < 400:  # noqa: PLR2004 - HTTP
        kind = errors.HrflowMalformedError
    return kind(f"HrFlow answered {status}", status=status, retry_after=_seconds(retry_after or ""))


def _seconds(retry_after: str) -> float | None:
    """How long to wait, from either form of the header: seconds, or the date and time until which."""
    if _SECONDS.fullmatch(retry_after.strip()):
        return min(float(retry_after), LONGEST_TOLD)
    try:
        until = parsedate_to_datetime(retry_after)
        return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_TOLD)
    except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
        return None


def total_of(reply: Mapping[str, Any]) -> int | None:
    """How many there are in all, from either style of pagination (reference §1.2), or None."""
    meta = reply.get("meta")
    for holder in (meta if isinstance(meta, dict) else {}, reply):
        total = holder.get("total")
        if isinstance(total, int) and not isinstance(total, bool) and total >= 0:
            return total
    return None
