"""Points in time as people type them: kept as typed, turned into an instant only when a query is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.text import hyphened

_RELATIVE = re.compile(r"(\d{1,4})([dwm])")
_UNIX = re.compile(r"[1-9][0-9]{8,10}")
_WORDS = frozenset({"today", "yesterday"})
_YEARS = range(2, 9999)  # in the first and the last year some instants have no date in UTC
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was typed, in its canonical spelling.

    `2026-11-01`, an ISO date-time, `7d`, `2w`, `3m`, `today`, `yesterday`, or Unix seconds (the seed's own form).
    """

    text: str

    @classmethod
    def read(cls, typed: str) -> Moment | None:
        """The moment that `typed` names, or None where it names none that exists."""
        text = hyphened(typed.strip()).casefold()
        if text in _WORDS or _UNIX.fullmatch(text):
            return cls(text)
        if relative := _RELATIVE.fullmatch(text):
            return cls(f"{int(relative[1])}{relative[2]}")
        try:
            if len(text) == len("2026-11-01"):
                day = date.fromisoformat(text)
                return cls(day.isoformat()) if day.year in _YEARS else None
            found = datetime.fromisoformat(text.upper())
        except ValueError:
            return None
        return cls(found.isoformat()) if found.year in _YEARS else None

    def at(self, now: datetime, *, end: bool = False) -> datetime:
        """The instant, seen from `now` (aware, in the asker's time zone); `end` takes the last second of a bare day.

        A date-time without an offset is in the zone of `now`. Relative forms count back from `now`.
        """
        if _UNIX.fullmatch(self.text):
            return datetime.fromtimestamp(int(self.text), UTC)
        if self.text in _WORDS:
            return _day(now.date() - timedelta(days=self.text == "yesterday"), now, end=end)
        if relative := _RELATIVE.fullmatch(self.text):
            count, unit = int(relative[1]), relative[2]
            return (
                _months_before(now, count) if unit == "m" else now - timedelta(days=count * (7 if unit == "w" else 1))
            )
        if len(self.text) == len("2026-11-01"):
            return _day(date.fromisoformat(self.text), now, end=end)
        found = datetime.fromisoformat(self.text)
        return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def _day(day: date, now: datetime, *, end: bool) -> datetime:
    """The first or last second of the local day; where clocks go back at midnight, 23:59:59 is the second one."""
    return datetime.combine(day, _LAST_SECOND.replace(fold=1) if end else time.min, now.tzinfo)


def _months_before(now: datetime, count: int) -> datetime:
    """The same day `count` months earlier, or that month's last day; never before year 1."""
    months = max(now.year * 12 + now.month - 1 - count, 12)
    year, month = divmod(months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return now.replace(year=year, month=month + 1, day=min(now.day, last))
