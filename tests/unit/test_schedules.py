"""Slots are wall-clock times of a zone, on both sides of clock changes; compared with a minute-by-minute calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule_text import read
from bot.errors import QueryError
from bot.views import mistakes
from tests.unit.calendar_minutes import any_schedule, changes, minutes, slots

ZONES = [
    "Europe/Paris",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Atlantic/Azores",
    "Europe/Moscow",
    "Europe/Istanbul",
    "America/New_York",
    "America/St_Johns",
    "America/Halifax",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/Mexico_City",
    "America/Nuuk",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Norfolk",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Australia/Sydney",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Almaty",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Antarctica/Troll",
    "UTC",
]


def first(typed: str, start: str, count: int, zone: str = "Europe/Paris") -> list[str]:
    schedule = read(typed, zone)
    begin = datetime.fromisoformat(start).replace(tzinfo=UTC)
    return [
        slot.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") for slot in islice(schedule.slots(begin), count)
    ]


def test_a_skipped_time_comes_once_at_the_next_minute_that_exists() -> None:
    assert first("daily 02:30", "2026-03-28", 3) == [
        "2026-03-28T02:30+01:00",
        "2026-03-29T03:00+02:00",
        "2026-03-30T02:30+02:00",
    ]


def test_a_doubled_time_comes_once_at_its_first_occurrence() -> None:
    assert first("daily 02:30", "2026-10-24", 3) == [
        "2026-10-24T02:30+02:00",
        "2026-10-25T02:30+02:00",
        "2026-10-26T02:30+01:00",
    ]


def test_hourly_gives_every_local_hour_once() -> None:
    assert first("hourly", "2026-03-29T00:00", 3) == [
        "2026-03-29T01:00+01:00",
        "2026-03-29T03:00+02:00",
        "2026-03-29T04:00+02:00",
    ]
    assert first("hourly", "2026-10-25T00:00", 3) == [
        "2026-10-25T02:00+02:00",
        "2026-10-25T03:00+01:00",
        "2026-10-25T04:00+01:00",
    ]


def test_a_day_that_a_month_does_not_have_is_its_last_one() -> None:
    assert [slot[:10] for slot in first("monthly 31", "2028-01-31", 4)] == [
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
    ]


def test_a_day_that_was_skipped_whole_gives_its_slot_at_the_end_of_the_gap() -> None:
    """Samoa had no 30 December 2011."""
    assert first("daily 09:00", "2011-12-29T20:00", 2, "Pacific/Apia") == [
        "2011-12-31T00:00+14:00",
        "2011-12-31T09:00+14:00",
    ]


def test_a_slot_at_the_very_start_counts() -> None:
    assert first("weekdays 09:00", "2026-03-27T08:00", 1) == ["2026-03-27T09:00+01:00"]
    assert first("daily 02:30", "2026-03-29T01:00", 1) == ["2026-03-29T03:00+02:00"]
    assert first("weekdays 09:00", "2026-03-27T08:00:01", 1) == ["2026-03-30T09:00+02:00"]


@pytest.mark.parametrize("zone", ZONES)
def test_slots_equal_those_of_a_calendar_walked_minute_by_minute(zone: str) -> None:
    """Around every clock change of three years, and on days between them, for random schedules."""
    random = Random(zone)  # noqa: S311 - the same schedules in every run
    starts = [change - timedelta(hours=30) for change in changes(zone, 2024, 2026)][:8]
    starts += [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(3 * 365 * 1440)) for _ in range(4)]
    for start in starts:
        walked = list(minutes(zone, start, start + timedelta(days=3)))
        for _ in range(6):
            typed, fires = any_schedule(random)
            schedule = read(typed, zone)
            expected = slots(fires, walked)
            found = []
            for slot in schedule.slots(start + timedelta(minutes=1)):
                if slot > walked[-1][0]:
                    break
                found.append(slot)

            assert found == expected, (typed, start)


@given(st.randoms(use_true_random=False), st.sampled_from(ZONES))
def test_a_schedule_reads_back_from_its_own_text(random: Random, zone: str) -> None:
    schedule = read(any_schedule(random)[0], zone)

    assert read(str(schedule), "Asia/Tokyo") == schedule
    assert str(read(str(schedule), "UTC")) == str(schedule)


@given(st.randoms(use_true_random=False), st.sampled_from(ZONES), st.integers(0, 3 * 365 * 1440))
def test_next_and_latest_agree_with_the_list_of_slots(random: Random, zone: str, minute: int) -> None:
    schedule = read(any_schedule(random)[0], zone)
    start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    one, two = islice(schedule.slots(start + timedelta(seconds=1)), 2)

    assert schedule.next(start) == one
    assert schedule.next(one) == two
    assert schedule.latest(start, one) == one
    assert schedule.latest(start, two) == two
    assert schedule.latest(one, two - timedelta(minutes=1)) is None


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("weekdays 09:00", "weekdays 09:00 Europe/Paris"),
        ("Weekdays at 9:00", "weekdays 09:00 Europe/Paris"),
        ("09:30", "daily 09:30 Europe/Paris"),
        ("daily", "daily 09:00 Europe/Paris"),
        ("daily 9am", "daily 09:00 Europe/Paris"),
        ("daily 12am", "daily 00:00 Europe/Paris"),
        ("daily 5:30 pm", "daily 17:30 Europe/Paris"),
        ("daily 9h30", "daily 09:30 Europe/Paris"),
        ("daily 09:00 asia/tokyo", "daily 09:00 Asia/Tokyo"),
        ("daily 09:00 utc", "daily 09:00 UTC"),
        ("weekly thu,mon 18:05", "weekly mon,thu 18:05 Europe/Paris"),
        ("weekly Monday, Thursday 18:05", "weekly mon,thu 18:05 Europe/Paris"),
        ("weekly mon-wed 18:05", "weekly mon,tue,wed 18:05 Europe/Paris"),
        ("weekly on mondays", "weekly mon 09:00 Europe/Paris"),
        ("weekly sat-mon 08:00 Asia/Dubai", "weekly mon,sat,sun 08:00 Asia/Dubai"),
        ("monthly 1", "monthly 1 09:00 Europe/Paris"),
        ("monthly 1st 9:00", "monthly 1 09:00 Europe/Paris"),
        ("monthly 15,1 10:00", "monthly 1,15 10:00 Europe/Paris"),
        ("monthly last 10:00", "monthly 31 10:00 Europe/Paris"),
        ("hourly", "hourly Europe/Paris"),
        ("hourly :05", "hourly :05 Europe/Paris"),
        ("hourly 00:30", "hourly :30 Europe/Paris"),
        ('cron:"*/5 8-18 * * MON-FRI"', 'cron:"*/5 8-18 * * mon-fri" Europe/Paris'),
        ("cron:\u201c0 9 * * 1\u201d Asia/Tokyo", 'cron:"0 9 * * 1" Asia/Tokyo'),
        ("cron: 0 9 * * 1", 'cron:"0 9 * * 1" Europe/Paris'),
    ],
)
def test_what_is_typed_has_one_canonical_text(typed: str, canonical: str) -> None:
    schedule = read(typed, "Europe/Paris")

    assert str(schedule) == canonical
    assert read(canonical, "UTC") == schedule


@pytest.mark.parametrize(
    ("typed", "marked", "near"),
    [
        ("weekdys 09:00", "weekdys", "weekdays"),
        ("fortnightly", "fortnightly", ""),
        ("daily 24:00", "24:00", ""),
        ("daily 09:60", "09:60", ""),
        ("daily 9", "9", ""),
        ("daily 13pm", "13pm", ""),
        ("weekly 09:00", "09:00", ""),
        ("weekly", "weekly", ""),
        ("weekly mon,thx 09:00", "thx", "thu"),
        ("monthly 32", "32", ""),
        ("monthly 0", "0", ""),
        ("monthly", "monthly", ""),
        ("hourly 09:30", "09:30", ""),
        ("hourly :60", ":60", ""),
        ("daily 09:00 Europe/Pariss", "Europe/Pariss", "Europe/Paris"),
        ("daily 09:00 paris", "paris", "Europe/Paris"),
        ("daily 09:00 localtime", "localtime", ""),
        ("daily 09:00 UTC twice", "twice", ""),
        ('cron:"0 9 * *"', '"0 9 * *"', ""),
        ('cron:"60 9 * * *"', '"60 9 * * *"', ""),
        ('cron:"0 9 * * mox"', '"0 9 * * mox"', "mon"),
        ('cron:"0 9 30 2 *"', '"0 9 30 2 *"', ""),
        ('cron:"0 9 * * 5-1"', '"0 9 * * 5-1"', ""),
        ('cron:"*/0 * * * *"', '"*/0 * * * *"', ""),
        ("cron", "cron", ""),
        ("", "", ""),
    ],
)
def test_what_cannot_be_read_is_marked_with_the_nearest(typed: str, marked: str, near: str) -> None:
    with pytest.raises(QueryError) as caught:
        read(typed, "Europe/Paris")

    error = caught.value
    assert error.line[error.start : error.end] == marked
    assert error.nearest == near
    assert mistakes.reason(error.mistake)
    assert error.example


def test_a_leap_day_is_a_day() -> None:
    assert first('cron:"0 9 29 2 *"', "2026-01-01", 1) == ["2028-02-29T09:00+01:00"]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_schedule_or_a_clear_error(typed: str) -> None:
    try:
        schedule = read(typed, "UTC")
    except QueryError:
        return

    assert read(str(schedule), "UTC") == schedule
