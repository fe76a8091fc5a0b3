"""An independent calendar: walks minute by minute, as a person with a clock on the wall and a list would."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

MINUTE = timedelta(minutes=1)
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def minutes(zone: str, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, bool]]:
    """Every minute as (instant, what the wall clock shows, whether it shows that or more for the first time)."""
    clock, highest, now = ZoneInfo(zone), datetime.min, start  # noqa: DTZ901 - a wall clock has no zone
    while now < end:
        shown = now.astimezone(clock).replace(tzinfo=None)
        yield now, shown, shown > highest
        highest = max(shown, highest)
        now += MINUTE


def slots(fires: Callable[[datetime], bool], walked: list[tuple[datetime, datetime, bool]]) -> list[datetime]:
    """The instants at which the clock reaches or jumps over a time on the list, the first walked minute left out."""
    found = []
    before = walked[0][1]
    for now, shown, fresh in walked[1:]:
        if not fresh:
            continue
        passed = before + MINUTE
        while passed <= shown:
            if fires(passed):
                found.append(now)
                break
            passed += MINUTE
        before = shown
    return found


def any_schedule(random: Random) -> tuple[str, Callable[[datetime], bool]]:
    """A schedule as typed, and when a wall clock's time is on it; times near the usual hours of clock changes too."""
    hour = random.choice([0, 1, 2, 2, 3, random.randrange(24)])
    minute = random.choice([0, 15, 30, 45, random.randrange(60)])
    typed = f"{hour:02}:{minute:02}"

    def at(shown: datetime) -> bool:
        return (shown.hour, shown.minute) == (hour, minute)

    kind = random.randrange(7)
    if kind == 0:
        return f"daily {typed}", at
    if kind == 1:
        return f"weekdays {typed}", lambda shown: at(shown) and shown.isoweekday() <= 5
    if kind == 2:
        days = random.sample(range(7), random.randint(1, 4))
        names = ",".join(NAMES[day] for day in days)
        return f"weekly {names} {typed}", lambda shown: at(shown) and shown.weekday() in days
    if kind == 3:
        day = random.choice([1, 15, 28, 29, 30, 31])
        return f"monthly {day} {typed}", lambda shown: at(shown) and shown.day == min(day, last_day(shown))
    if kind == 4:
        return f"hourly :{minute:02}", lambda shown: shown.minute == minute
    return _any_cron(random)


def last_day(shown: datetime) -> int:
    following = date(shown.year + shown.month // 12, shown.month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def _any_cron(random: Random) -> tuple[str, Callable[[datetime], bool]]:
    def either(*choices: tuple[str, set[int]]) -> tuple[str, set[int]]:
        return random.choice(choices)

    step = random.choice([2, 5, 15, 20])
    one = random.randrange(60)
    minute = either((f"*/{step}", set(range(0, 60, step))), (str(one), {one}), ("0,30", {0, 30}), ("*", set(range(60))))
    hour = either(("*", set(range(24))), ("1-3", {1, 2, 3}), ("0/2", set(range(0, 24, 2))), ("2", {2}))
    day = either(("*", set(range(1, 32))), ("1,15", {1, 15}), ("20-31", set(range(20, 32))))
    month = either(("*", set(range(1, 13))), ("mar-apr", {3, 4}), ("9-11", {9, 10, 11}))
    week = either(("*", set(range(7))), ("sun", {6}), ("1-5", {0, 1, 2, 3, 4}), ("7", {6}), ("fri-sun", {4, 5, 6}))
    both = day[0] != "*" and week[0] != "*"

    def fires(shown: datetime) -> bool:
        if shown.minute not in minute[1] or shown.hour not in hour[1] or shown.month not in month[1]:
            return False
        in_month, in_week = shown.day in day[1], shown.weekday() in week[1]
        return (in_month or in_week) if both else (in_month and in_week)

    return f'cron:"{minute[0]} {hour[0]} {day[0]} {month[0]} {week[0]}"', fires


def changes(zone: str, first: int, last: int) -> list[datetime]:
    """The instants, to the hour, after which the zone's clocks were changed in those years."""
    clock, found = ZoneInfo(zone), []
    now, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while now < end:
        later = now + timedelta(hours=1)
        if now.astimezone(clock).utcoffset() != later.astimezone(clock).utcoffset():
            found.append(now)
        now = later
    return found
