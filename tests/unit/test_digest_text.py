"""What is typed behind /digest: read, or refused with the place and the nearest word."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest_text import Order, read_order
from bot.errors import QueryError
from bot.views import mistakes

ZONE = "Europe/Paris"
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo(ZONE))


def order(text: str) -> Order:
    return read_order("/digest", text, zone=ZONE, now=NOW)


def test_a_whole_digest_is_read() -> None:
    found = order(
        'add weekdays 09:00 <#C0HIRING|hiring> profiles "Data Engineer" years:3.. limit:5'.replace("|hiring", "")
    )

    assert found.verb == "add"
    assert str(found.wanted.schedule) == "weekdays 09:00 Europe/Paris"
    assert found.wanted.where == "C0HIRING"
    assert str(found.wanted.query) == '/profiles "Data Engineer" limit:5 years:3..'
    assert found.wanted.say_empty is None


@pytest.mark.parametrize(
    "text",
    [
        "add weekly mon 8:30 #hiring profiles Data Engineer empty:say tz:Asia/Tokyo limit:5",
        "add empty:say tz:Asia/Tokyo #hiring weekly mon 8:30 /profiles limit:5 Data Engineer",
        "add weekly mon 08:30 asia/tokyo #hiring profiles Data Engineer --empty say limit:5",
        "ADD weekly mon 08:30 #hiring tz: Asia/Tokyo Profiles Data Engineer —empty=say limit:5",
    ],
)
def test_options_stand_anywhere_and_the_query_comes_last(text: str) -> None:
    wanted = order(text).wanted

    assert str(wanted.schedule) == "weekly mon 08:30 Asia/Tokyo"
    assert wanted.where == "#hiring"
    assert str(wanted.query) == '/profiles "Data Engineer" limit:5'
    assert wanted.say_empty is True


@pytest.mark.parametrize(
    ("typed", "where"),
    [("", ""), ("@me", "@me"), ("<@U_ANN>", "U_ANN"), ("@ann", "@ann"), ("#data-team", "#data-team"), ("<#C1>", "C1")],
)
def test_a_digest_goes_to_a_channel_to_a_person_or_where_it_is_typed(typed: str, where: str) -> None:
    assert order(f"add daily 09:00 {typed} jobs ana@example.com").wanted.where == where


def test_a_cron_schedule_keeps_its_quotes() -> None:
    assert str(order('add cron:"*/5 * * * *" profiles x').wanted.schedule) == 'cron:"*/5 * * * *" Europe/Paris'
    assert str(order("add cron:“*/5 * * * *” profiles x").wanted.schedule) == 'cron:"*/5 * * * *" Europe/Paris'


def test_an_edit_names_what_changes_and_nothing_else() -> None:
    found = order("edit #3 daily 10:00")

    assert (found.verb, found.number) == ("edit", 3)
    assert str(found.wanted.schedule) == "daily 10:00 Europe/Paris"
    assert (found.wanted.query, found.wanted.where, found.wanted.say_empty) == (None, "", None)
    assert order("edit 3 tz:Asia/Tokyo").wanted.zone == "Asia/Tokyo"
    assert order("edit 3 <#C2>").wanted.where == "C2"
    assert order("edit 3 empty:quiet").wanted.say_empty is False
    assert str(order("edit 3 jobs x limit:3").wanted.query) == "/jobs x limit:3"


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("pause 1 until 2026-12-24", "2026-12-24T00:00:00+01:00"),
        ("pause 1 2027-07-01", "2027-07-01T00:00:00+02:00"),
        ("pause 1 tomorrow", "2026-11-25T00:00:00+01:00"),
        ("pause 1 for 2w", "2026-12-08T00:00:00+01:00"),
        ("pause 1 until 2026-12-24T12:00", "2026-12-24T12:00:00+01:00"),
    ],
)
def test_a_pause_may_end(text: str, until: str) -> None:
    found = order(text)

    assert found.until is not None
    assert (found.verb, found.number, found.until.isoformat()) == ("pause", 1, until)


@pytest.mark.parametrize("verb", ["show", "pause", "resume", "remove", "now", "edit"])
def test_a_digest_is_named_by_its_number(verb: str) -> None:
    assert order(f"{verb} 12") == order(f"{verb.upper()} #12") == Order(verb=verb, number=12)


def test_nothing_help_and_lists() -> None:
    assert order("") == Order(verb="")
    assert order("add") == Order(verb="add")
    assert order("help") == order("add help") == Order(verb="help")
    assert order("list") == Order(verb="list")
    assert order("list all") == Order(verb="list", everywhere=True)


@pytest.mark.parametrize(
    ("text", "marked", "near"),
    [
        ("ad daily 09:00 profiles x", "ad", "add"),
        ("subscribe 1", "subscribe", ""),
        ("resme 1", "resme", "resume"),
        ("pause", "pause", ""),
        ("pause one", "one", ""),
        ("pause 0", "0", ""),
        ("pause 1 until 2020-01-01", "2020-01-01", ""),
        ("pause 1 until", "until", ""),
        ("remove 1 2", "2", ""),
        ("list mine", "mine", ""),
        ("add weekdys 09:00 profiles x", "weekdys", "weekdays"),
        ("add daily 25:00 profiles x", "25:00", ""),
        ("add daily 09:00 profile x", "profile", "profiles"),
        ("add daily 09:00 profiles x skils:python", "skils", "skills"),
        ("add daily 09:00 profiles", "", ""),
        ("add daily 09:00", "", ""),
        ("add profiles x", "p", ""),
        ("add daily 09:00 #a #b profiles x", "#b", ""),
        ("add daily 09:00 profiles x page:2", "profiles", ""),
        ("add daily 09:00 profiles x empty:perhaps", "perhaps", ""),
        ("add daily 09:00 profiles x tz:Europe/Pari", "Europe/Pari", "Europe/Paris"),
        ("add daily 09:00 tz:UTC profiles x tz:UTC", "tz:UTC", ""),
        ("edit 1 profiles x limit:99", "99", ""),
    ],
)
def test_what_cannot_be_read_is_marked_in_the_line_as_typed(text: str, marked: str, near: str) -> None:
    with pytest.raises(QueryError) as caught:
        order(text)

    error = caught.value
    assert error.line == f"/digest {text}"
    assert error.line[error.start : error.end] == marked
    assert error.nearest == near


@given(st.text(max_size=80), st.sampled_from(["", "add ", "add daily 09:00 #x ", "edit 1 ", "pause 1 "]))
def test_whatever_is_typed_is_an_order_or_a_clear_error(text: str, before: str) -> None:
    try:
        found = order(before + text)
    except QueryError as error:
        found = None
        assert mistakes.reason(error.mistake)  # noqa: PT017 - either is right

    assert found is None or found.verb in {
        "", "help", "add", "list", "show", "edit", "pause", "resume", "remove", "now",
    }  # fmt: skip
