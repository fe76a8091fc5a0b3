"""Dates are kept as typed and become instants in the asker's zone, on both sides of every clock change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import Moment
from tests.unit.strategies import moments

PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")


def instant(typed: str, now: str, zone: ZoneInfo = PARIS, *, end: bool = False) -> str:
    moment = Moment.read(typed)
    assert moment is not None
    found = moment.at(datetime.fromisoformat(now).replace(tzinfo=zone), end=end)
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-11-01", "2026-11-01"),
        ("2026-11-01T09:30", "2026-11-01T09:30:00"),
        ("2026-11-01t09:30:15", "2026-11-01T09:30:15"),
        ("2026-11-01T09:30:00Z", "2026-11-01T09:30:00+00:00"),
        ("2026-11-01T09:30:00+0200", "2026-11-01T09:30:00+02:00"),
        ("2026-11-01 09:30", "2026-11-01T09:30:00"),
        ("20261101T0930", "2026-11-01T09:30:00"),
        ("7d", "7d"),
        ("007D", "7d"),
        ("2W", "2w"),
        ("3m", "3m"),
        ("Today", "today"),
        (" yesterday ", "yesterday"),
        ("1569320033", "1569320033"),
    ],
)
def test_a_moment_is_kept_as_typed_in_one_spelling(typed: str, kept: str) -> None:
    assert Moment.read(typed) == Moment(kept)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "tomorrow",
        "7",
        "7h",
        "-7d",
        "12345d",
        "2026-13-01",
        "2026-02-29",
        "2026-11-31",
        "01/11/2026",
        "0000-01-01",
        "2026-11-01T25:00",
        "12345678",
        "999999999999",
        "0001-01-01",
        "9999-12-31",
        "9999-12-31T23:59:59-10:00",
        "7 d",
        "d7",
    ],
)
def test_what_names_no_moment_is_refused(typed: str) -> None:
    """The first and the last year of the calendar too: some of their instants have no date in UTC."""
    assert Moment.read(typed) is None


@given(st.text(max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    moment = Moment.read(text)

    assert moment is None or Moment.read(moment.text) == moment


@given(moments, st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.sampled_from([PARIS, NEW_YORK, UTC]))  # noqa: DTZ001 - the zone follows
def test_every_moment_is_an_instant_that_has_a_date_in_utc(moment: Moment, now: datetime, zone: ZoneInfo) -> None:
    for end in (False, True):
        assert moment.at(now.replace(tzinfo=zone), end=end).astimezone(UTC).tzinfo is UTC


@pytest.mark.parametrize(
    ("typed", "zone", "start", "end"),
    [
        ("2026-03-28", PARIS, "2026-03-27T23:00:00Z", "2026-03-28T22:59:59Z"),
        ("2026-03-29", PARIS, "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),  # 23 hours
        ("2026-03-30", PARIS, "2026-03-29T22:00:00Z", "2026-03-30T21:59:59Z"),
        ("2026-10-24", PARIS, "2026-10-23T22:00:00Z", "2026-10-24T21:59:59Z"),
        ("2026-10-25", PARIS, "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z"),  # 25 hours
        ("2026-10-26", PARIS, "2026-10-25T23:00:00Z", "2026-10-26T22:59:59Z"),
        ("2026-03-08", NEW_YORK, "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z"),  # 23 hours
        ("2026-11-01", NEW_YORK, "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z"),  # 25 hours
        ("2024-02-29", NEW_YORK, "2024-02-29T05:00:00Z", "2024-03-01T04:59:59Z"),
        ("2026-09-06", ZoneInfo("America/Santiago"), "2026-09-06T04:00:00Z", "2026-09-07T02:59:59Z"),  # no midnight
        ("2026-04-04", ZoneInfo("America/Santiago"), "2026-04-04T03:00:00Z", "2026-04-05T03:59:59Z"),  # 23:59 twice
    ],
)
def test_a_bare_date_is_the_whole_local_day(typed: str, zone: ZoneInfo, start: str, end: str) -> None:
    assert instant(typed, "2026-06-01T12:00", zone) == start
    assert instant(typed, "2026-06-01T12:00", zone, end=True) == end


@pytest.mark.parametrize(
    ("typed", "now", "zone", "start", "end"),
    [
        ("today", "2026-03-29T12:00", PARIS, "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),
        ("yesterday", "2026-03-30T00:30", PARIS, "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),
        ("today", "2026-10-25T02:30", PARIS, "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z"),
        ("yesterday", "2026-10-26T09:00", PARIS, "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z"),
        ("today", "2026-03-08T23:00", NEW_YORK, "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z"),
        ("yesterday", "2026-11-02T08:00", NEW_YORK, "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z"),
        ("yesterday", "2026-01-01T00:00", PARIS, "2025-12-30T23:00:00Z", "2025-12-31T22:59:59Z"),
        ("yesterday", "2024-03-01T10:00", PARIS, "2024-02-28T23:00:00Z", "2024-02-29T22:59:59Z"),
    ],
)
def test_today_and_yesterday_are_local_days(typed: str, now: str, zone: ZoneInfo, start: str, end: str) -> None:
    assert instant(typed, now, zone) == start
    assert instant(typed, now, zone, end=True) == end


@pytest.mark.parametrize(
    ("typed", "now", "local"),
    [
        ("3m", "2026-01-31T10:00", "2025-10-31T10:00:00"),
        ("1m", "2026-03-31T10:00", "2026-02-28T10:00:00"),
        ("1m", "2024-03-31T10:00", "2024-02-29T10:00:00"),
        ("12m", "2024-02-29T10:00", "2023-02-28T10:00:00"),
        ("48m", "2028-02-29T10:00", "2024-02-29T10:00:00"),
        ("3m", "2026-02-28T10:00", "2025-11-28T10:00:00"),
        ("1m", "2026-01-15T10:00", "2025-12-15T10:00:00"),
        ("11m", "2026-11-30T10:00", "2025-12-30T10:00:00"),
        ("2m", "2026-12-31T10:00", "2026-10-31T10:00:00"),
        ("1m", "2026-12-31T10:00", "2026-11-30T10:00:00"),
        ("0m", "2026-12-31T10:00", "2026-12-31T10:00:00"),
        ("7d", "2026-01-03T10:00", "2025-12-27T10:00:00"),
        ("2w", "2024-03-07T10:00", "2024-02-22T10:00:00"),
        ("1d", "2026-03-30T10:00", "2026-03-29T10:00:00"),  # by the wall clock, 24 hours or not
        ("1d", "2026-10-26T10:00", "2026-10-25T10:00:00"),
    ],
)
def test_relative_dates_count_back_by_the_calendar(typed: str, now: str, local: str) -> None:
    found = Moment(typed).at(datetime.fromisoformat(now).replace(tzinfo=PARIS))

    assert found.replace(tzinfo=None).isoformat() == local
    assert found.tzinfo is PARIS


def test_a_date_time_without_an_offset_is_in_the_askers_zone() -> None:
    assert instant("2026-07-01T09:00", "2026-01-01T00:00") == "2026-07-01T07:00:00Z"
    assert instant("2026-07-01T09:00", "2026-01-01T00:00", NEW_YORK) == "2026-07-01T13:00:00Z"


def test_a_date_time_with_an_offset_is_that_instant_everywhere() -> None:
    for zone in (PARIS, NEW_YORK):
        assert instant("2026-07-01T09:00+05:30", "2026-01-01T00:00", zone, end=True) == "2026-07-01T03:30:00Z"


def test_unix_seconds_are_that_instant() -> None:
    assert instant("1569320033", "2026-01-01T00:00") == "2019-09-24T10:13:53Z"


def test_a_date_time_is_no_bare_day_so_its_end_is_itself() -> None:
    assert instant("2026-11-01T09:00", "2026-01-01T00:00", end=True) == "2026-11-01T08:00:00Z"


@given(st.integers(0, 9998), st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1)))  # noqa: DTZ001 - the zone follows
def test_more_months_back_is_never_later(count: int, now: datetime) -> None:
    aware = now.replace(tzinfo=UTC)
    earlier, later = Moment(f"{count + 1}m").at(aware), Moment(f"{count}m").at(aware)

    assert timedelta(days=27) < later - earlier < timedelta(days=32)
