"""Reads and writes the dates of the API: ISO 8601 or Unix time in, two ISO spellings out."""

from datetime import UTC, datetime

from .text import number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS_A_YEAR = 365.25 * 86_400
# Above this a Unix time is in milliseconds (reference hrflow-api §6.1); as seconds it would be in the year 5138.
_MILLISECONDS_FROM = 1e11
# Outside the years 1 to 9999 a time cannot be written as ISO 8601.
_EARLIEST, _LATEST = -62_135_596_800.0, 253_402_300_799.0


def parse_date(value: object) -> float | None:
    """Return Unix seconds for an ISO 8601 text, Unix seconds or Unix milliseconds, else None.

    A text without a zone is UTC, a day without a time its midnight (reference hrflow-api §9, row 25).
    """
    seconds = number(value)
    if seconds is not None:
        if abs(seconds) >= _MILLISECONDS_FROM:
            seconds /= 1000
        return seconds if _EARLIEST <= seconds <= _LATEST else None
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - _EPOCH).total_seconds()
    return seconds if _EARLIEST <= seconds <= _LATEST else None


def with_zone(seconds: float) -> str:
    """Return the spelling of the later shape: `2020-09-11T10:26:36+0000` (reference hrflow-api §5.1)."""
    return without_zone(seconds) + "+0000"


def without_zone(seconds: float) -> str:
    """Return the spelling of the seed shape: `2019-01-15T12:09:58`, in UTC (reference hrflow-api §5.1)."""
    return datetime.fromtimestamp(int(seconds // 1), UTC).replace(tzinfo=None).isoformat(timespec="seconds")
