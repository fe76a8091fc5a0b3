"""An error marks exactly the word that is wrong, says why, and names what comes nearest."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.grammar import parse
from bot.domain.query import ProfilesQuery
from bot.errors import QueryError
from bot.mistakes import Mistake, Wrong
from bot.views import examples, mistakes


def refused(line: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(line)
    return caught.value


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("/profiles dev skils:python", "skils"),
        ("/profiles dev --skils python", "--skils"),
        ("/profiles dev —skils=python", "—skils"),
        ("/profiles skils:python dev", "skils"),
        ('/profiles "Data Engineer" limit:50', "50"),
        ("/profiles dev limit: 50", "50"),
        ("/profiles dev --limit=fifty", "fifty"),
        ("/profiles dev --limit fifty skills:a", "fifty"),
        ('/profiles dev stage:"not now" limit:3', '"not now"'),
        ("/profiles dev stage:“maybe” limit:3", "“maybe”"),
        ("/profiles dev limit:5 skills:a limit:6", "limit:"),
        ("/profiles dev near:95,2", "95"),
        ("/profiles dev near:45,200", "200"),
        ("/profiles dev near: 45, 200", "200"),
        ("/profiles dev years:7..3", "7..3"),
        ("/profiles dev years:-1..3", "-1"),
        ("/profiles dev years:3..x", "x"),
        ("/profiles dev years:..", ".."),
        ("/jobs ann range:salary=5..x", "x"),
        ("/jobs ann range:a=1..2,salary=9..3,b=1..2", "salary=9..3"),
        ('/jobs ann range:a=1..2,"base pay"=9..3', '"base pay"=9..3'),
        ("/jobs ann range:salary", "salary"),
        ("/jobs ann dates:start=2026-02-30..", "2026-02-30"),
        ("/profiles dev since:2026-02-30", "2026-02-30"),
        ("/profiles dev within:40parsec near:1,2", "40parsec"),
        ("/profiles dev within:40km", "40km"),
        ("/profiles dev sort:score scoring:off", "score"),
        ("/profiles dev stage:any sort:location", "location"),
        ("/profiles dev stage:any scoring:off", "any"),
        ("/profiles dev skills:", "skills:"),
        ("/profiles dev skills: limit:5", "skills:"),
        ('/profiles dev skills:"" limit:5', '""'),
        ("/profiles dev skills:, limit:5", ","),
        ("/profiles dev job:lead", "dev"),
        ("/profiles dev job:lead job:other", "job:"),
        ('/profiles "Data Engineer', '"'),
        ("/profiles dev skills:“python", "“"),
        ("/profil dev", "/profil"),
    ],
)
def test_the_place_that_is_marked_is_the_word_that_is_wrong(line: str, marked: str) -> None:
    error = refused(line)

    assert error.line[error.start : error.end] == marked


def test_the_place_counts_in_the_line_as_it_is_shown() -> None:
    """Doubled and unusual spaces are gone from the line that the error shows, and places count in that line."""
    error = refused("/profiles   Data\u00a0 Engineer\n\tlimit:99")

    assert error.line == "/profiles Data Engineer limit:99"
    assert error.line[error.start : error.end] == "99"


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("/profiles dev stage:yess", "yes"),
        ("/profiles dev stage:latr", "later"),
        ("/profiles dev sort:recieved", "received"),
        ("/profiles dev sort:date_receptoin", "received"),
        ("/profiles dev order:dsc", "desc"),
        ("/profiles dev order:ascendig", "asc"),
        ("/profiles dev scoring:onn", "on"),
        ("/jobs ann sort:creatd", "created"),
        ("/profiles dev skils:python", "skills"),
        ("/jobs ann bord:x", "board"),
        ("/profiles dev location_geopint:1,2", "near"),
        ("/profiles dev experience_location_distnce:1", "worked-within"),
    ],
)
def test_the_nearest_valid_word_is_named(line: str, nearest: str) -> None:
    error = refused(line)

    assert error.nearest == nearest


def test_a_key_in_another_alphabet_is_a_key_too() -> None:
    error = refused("/profiles dev compétences:python")

    assert error.line[error.start : error.end] == "compétences"


@pytest.mark.parametrize(
    "filter_", ["limit:0", "limit:31", "page:0", "limit:1.5", "limit:-3", "limit:1e1", "limit:ten"]
)
def test_a_number_out_of_its_bounds_is_refused_with_an_example_that_works(filter_: str) -> None:
    error = refused(f"/profiles dev {filter_}")

    assert isinstance(parse(f"/profiles dev {examples.text(error.example)}"), ProfilesQuery)


def test_an_error_about_a_value_names_its_key_and_shows_an_example() -> None:
    error = refused("/profiles dev stage:perhaps")

    assert error.mistake == Mistake(Wrong.NONE_OF, "stage", options=("new", "yes", "later", "no", "any"))
    assert mistakes.reason(error.mistake) == "stage: it is one of new, yes, later, no, any"
    assert examples.text(error.example) == "stage:any"


def test_only_the_first_thing_that_is_wrong_is_named() -> None:
    error = refused("/profiles dev limit:99 stage:perhaps")

    assert error.line[error.start : error.end] == "99"


NOW = datetime(2026, 11, 15, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("dates", "marked"),
    [
        ("since:2026-11-10 until:2026-11-01", "2026-11-10"),
        ("until:2026-11-01 since:2026-11-10", "2026-11-10"),
        ("since:yesterday until:7d", "yesterday"),
        ("since:7d until:2026-11-01", "7d"),
        ("since:2026-11-10T10:00 until:2026-11-10T09:59", "2026-11-10T10:00"),
        ("since:2026-11-14T23:30:00Z until:2026-11-14", "2026-11-14T23:30:00Z"),
    ],
)
@pytest.mark.parametrize("command", ["/profiles dev", "/jobs ann"])
def test_a_beginning_after_the_end_is_told_where_it_stands(command: str, dates: str, marked: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(f"{command} {dates}", now=NOW)

    error = caught.value
    assert error.line[error.start : error.end] == marked
    assert error.mistake.what is Wrong.AFTER_UNTIL


@pytest.mark.parametrize(
    "dates", ["since:2026-11-10 until:2026-11-10", "since:7d until:yesterday", "since:today until:today", "since:1d"]
)
def test_a_beginning_before_the_end_is_none(dates: str) -> None:
    parse(f"/profiles dev {dates}", now=NOW)
