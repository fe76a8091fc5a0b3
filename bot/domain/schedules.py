"""When a digest is due: wall-clock times in a time zone, and the instants they stand for.

A schedule names local times. Each stands for one instant: where the clocks go forward over it, the next minute that
exists; where they go back and it comes twice, the first of the two. Slots are the distinct instants, so an hour that is
skipped gives one slot at its end however many local times were in it, and an hour that comes twice gives each of its
local times once: `hourly` then pauses for two hours, and `cron:"*/5 * * * *"` for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.domain.cron import WEEKDAYS, Cron

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
ODD_ZONES = frozenset({"localtime", "posixrules", "Factory"})  # names of files, not of places
_LAST_YEAR = 9_000  # beyond it nobody plans
_WORKING_DAYS = 5


class Rule(Protocol):
    """Which days, and which local times of such a day. `str` reads back as the same rule."""

    @property
    def times(self) -> tuple[time, ...]:
        """The local times of a day, ascending."""
        ...

    def on(self, day: date) -> bool:
        """Whether it fires on that day."""
        ...


@dataclass(frozen=True, slots=True)
class OnDays:
    """`kind` is daily, weekdays, weekly (`days` from 0, Monday) or monthly (`days` from 1).

    A day that a month does not have is its last one.
    """

    kind: str
    at: time
    days: tuple[int, ...] = ()

    @property
    def times(self) -> tuple[time, ...]:
        """The one local time."""
        return (self.at,)

    def on(self, day: date) -> bool:
        """Whether it fires on that day."""
        if self.kind == "weekdays":
            return day.weekday() < _WORKING_DAYS
        if self.kind == "weekly":
            return day.weekday() in self.days
        if self.kind == "monthly":
            return day.day in self.days or ((day + _DAY).day == 1 and max(self.days) > day.day)
        return True

    def __str__(self) -> str:
        names = [WEEKDAYS[day] for day in self.days] if self.kind == "weekly" else [str(day) for day in self.days]
        return " ".join(filter(None, [self.kind, ",".join(names), f"{self.at:%H:%M}"]))


@dataclass(frozen=True, slots=True)
class Hourly:
    """Every hour at that minute."""

    minute: int = 0

    @property
    def times(self) -> tuple[time, ...]:
        """One in every hour."""
        return tuple(time(hour, self.minute) for hour in range(24))

    def on(self, day: date) -> bool:  # noqa: ARG002 - a Rule
        """Every day."""
        return True

    def __str__(self) -> str:
        return f"hourly :{self.minute:02}" if self.minute else "hourly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule in the time zone `zone` (an IANA name that exists). `str` is canonical and reads back the same."""

    rule: OnDays | Hourly | Cron
    zone: str

    def slots(self, start: datetime) -> Iterator[datetime]:
        """Every slot at or after `start` (aware), ascending, in UTC: two times of one zone compare by their clocks."""
        zone = ZoneInfo(self.zone)
        start = start.astimezone(UTC)
        whole = start.replace(second=0, microsecond=0)
        start = whole if whole == start else whole + _MINUTE
        # A time that was skipped stands for the very instant after the gap, so what the gap holds counts too.
        first = min(_wall(start, zone), _wall(start - _MINUTE, zone) + _MINUTE)
        times = self.rule.times
        day, last = first.date(), start - _MINUTE
        while day.year < _LAST_YEAR:
            if self.rule.on(day):
                for at in times:
                    local = datetime.combine(day, at)
                    if local < first:
                        continue
                    found = _instant(local, zone)
                    if found > last:
                        last = found
                        yield found
            day += _DAY

    def next(self, after: datetime) -> datetime:
        """The first slot later than `after`, in UTC."""
        after = after.astimezone(UTC)
        return next(slot for slot in self.slots(after) if slot > after)

    def latest(self, start: datetime, end: datetime) -> datetime | None:
        """The last slot in (`start`, `end`], in UTC, or None."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        for days in (1, 8, 32, 367):  # most schedules come round often: look near the end first
            begin = max(start, end - timedelta(days=days))
            found = None
            for slot in self.slots(begin):
                if slot > end:
                    break
                found = slot if slot > start else found
            if found is not None or begin == start:
                return found
        return None

    def __str__(self) -> str:
        return f"{self.rule} {self.zone}"


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """What a wall clock in `zone` means by `local`: its first occurrence, or the next minute that exists; in UTC."""
    found = local.replace(tzinfo=zone).astimezone(UTC)
    if _wall(found, zone) == local:
        return found
    # Read with the offset from after the gap it is an instant before it, and the other way round.
    before, after = local.replace(tzinfo=zone, fold=1).astimezone(UTC), found
    while after - before > _MINUTE:
        middle = before + (after - before) // 2 // _MINUTE * _MINUTE
        if _wall(middle, zone) < local:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=1)
def zones() -> dict[str, str]:
    """Every time zone by its folded name."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - lists a folder: only where a name is not found at once

    return {name.casefold(): name for name in sorted(available_timezones()) if name not in ODD_ZONES}
