"""Five-field cron expressions: which days match, and which times of such a day.

As in crontab(5): lists, ranges, steps, names of months and weekdays, 7 is Sunday too. Where the day of the month and
the day of the week are both restricted, either is enough; a field that begins with `*` restricts nothing by itself, so
`*/2` there has to match as well. `5/15` means from 5 to the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain.text import nearest
from bot.mistakes import Mistake, Wrong

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIELDS = 5
MINUTE, HOUR, DAY, MONTH, WEEKDAY = "minute", "hour", "day", "month", "weekday"  # the names of the fields
_ITEM = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>\d{1,3}))?")
_CRON_SUNDAY = 7
_ENOUGH = timedelta(days=366 * 45)  # within which every date that exists has fallen on every weekday


class CronError(Exception):
    """It cannot be read: why, and what comes nearest."""

    def __init__(self, mistake: Mistake, nearest_value: str = "") -> None:
        super().__init__(mistake.what.value)
        self.mistake = mistake
        self.nearest = nearest_value


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    first_name: int = 0

    def number(self, text: str) -> int:
        folded = text.casefold()
        if folded[:3] in self.names and folded.isalpha():
            return self.names.index(folded[:3]) + self.first_name
        if not (text.isascii() and text.isdigit()):
            close = nearest(folded, self.names, cutoff=0.4)
            raise CronError(Mistake(Wrong.CRON_UNREADABLE, key=self.name, said=text), close[0] if close else "")
        if not self.low <= int(text[:9]) <= self.high:
            raise CronError(Mistake(Wrong.CRON_OUT_OF_BOUNDS, key=self.name, low=self.low, high=self.high))
        return int(text)


_FIELDS = (
    _Field(MINUTE, 0, 59),
    _Field(HOUR, 0, 23),
    _Field(DAY, 1, 31),
    _Field(MONTH, 1, 12, MONTHS, 1),
    _Field(WEEKDAY, 0, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat"), 0),
)


@dataclass(frozen=True, slots=True)
class Cron:
    """An expression; `str` is its five fields. Two that differ in spelling differ."""

    text: str
    times: tuple[time, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]  # 0 is Monday
    either: bool

    @classmethod
    def read(cls, text: str) -> Cron:
        """Read the five fields. Raises CronError; also where no day ever matches."""
        fields = text.casefold().split()
        if len(fields) != FIELDS:
            raise CronError(Mistake(Wrong.CRON_FIELDS, high=len(fields)))
        minutes, hours, days, months, weekdays = (_numbers(fields[place], place) for place in range(FIELDS))
        found = cls(
            text=" ".join(fields),
            times=tuple(time(hour, minute) for hour in sorted(hours) for minute in sorted(minutes)),
            days=days,
            months=months,
            weekdays=frozenset((number - 1) % 7 for number in weekdays),
            either=not fields[2].startswith("*") and not fields[4].startswith("*"),
        )
        start = date(2000, 1, 1)
        if not any(found.on(start + timedelta(days=ahead)) for ahead in range(_ENOUGH.days)):
            raise CronError(Mistake(Wrong.CRON_NEVER))
        return found

    def on(self, day: date) -> bool:
        """Whether it fires on that day."""
        if day.month not in self.months:
            return False
        in_month, in_week = day.day in self.days, day.weekday() in self.weekdays
        return in_month or in_week if self.either else in_month and in_week

    def __str__(self) -> str:
        return f'cron:"{self.text}"'


def _numbers(text: str, place: int) -> frozenset[int]:
    field = _FIELDS[place]
    found: set[int] = set()
    for item in text.split(","):
        read = _ITEM.fullmatch(item)
        if read is None:
            wrong = Wrong.CRON_UNREADABLE if item else Wrong.CRON_EMPTY
            raise CronError(Mistake(wrong, key=field.name, said=item))
        first, last = read["first"], read["last"]
        if first == "*" and last is not None:
            raise CronError(Mistake(Wrong.CRON_UNREADABLE, key=field.name, said=item))
        low = field.low if first == "*" else field.number(first)
        to_end = field.high - (field.high == _CRON_SUNDAY)  # a week has no second Sunday to step to
        high = to_end if first == "*" or (last is None and read["step"]) else low
        if last is not None:
            high = field.number(last)
            if high < low and high == 0 and field.high == _CRON_SUNDAY:
                high = _CRON_SUNDAY
        step = int(read["step"] or 1)
        if step == 0 or high < low:
            raise CronError(Mistake(Wrong.CRON_HOLDS_NOTHING, key=field.name, said=item))
        found.update(range(low, high + 1, step))
    return frozenset(found)
