"""A place in a query is a name or coordinates; a name is kept as typed, and rules say which of several is meant."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.choices import Choice
from bot.domain.entities import Job, Profile
from bot.domain.grammar import parse
from bot.domain.kinds import BadValueError
from bot.domain.more_kinds import Point
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.reasons import reasons_for
from bot.domain.text import tidy
from bot.domain.values import Place, PlaceName
from bot.domain.words import scan
from bot.errors import QueryError
from bot.gazetteer.names import LONGEST, fold_name, readings, spellings
from bot.gazetteer.places import CLEARLY_LARGER, SMALLEST, City, rivals
from commands.choose import chosen
from tests.unit.strategies import MARKS

place_names = (
    st.one_of(
        st.text(max_size=30),
        st.text(st.sampled_from(MARKS + "aB3é漢"), max_size=20),
        st.sampled_from(["Paris, Texas", "L'Aquila", "'s-Hertogenbosch", "10th of Ramadan", "near:x", "a,b,c", "北京"]),
    )
    .map(tidy)
    .filter(lambda text: any(map(str.isalpha, text)) and not text.startswith("{"))
)


@given(place_names, st.sampled_from(["near", "worked_near", "studied_near"]))
def test_a_place_by_name_reads_back_from_canonical_text_as_it_was_typed(name: str, field: str) -> None:
    query = ProfilesQuery(subject="dev", **{field: PlaceName(name)})  # type: ignore[arg-type] # the field is of that type

    assert parse(str(query)) == query


@pytest.mark.parametrize(
    ("typed", "name", "printed"),
    [
        ("Lyon", "Lyon", "Lyon"),
        ('"Paris, US"', "Paris, US", '"Paris, US"'),
        ("Paris,US", "Paris,US", '"Paris,US"'),
        ("Paris, US", "Paris,US", '"Paris,US"'),
        ("\u201cSan José, CR\u201d", "San José, CR", '"San José, CR"'),
        ('"New   York"', "New York", '"New York"'),
        ("München", "München", "München"),
        ('"6th of October City"', "6th of October City", '"6th of October City"'),
        ("東京", "東京", "東京"),
    ],
)
def test_words_with_a_letter_are_a_place_by_name(typed: str, name: str, printed: str) -> None:
    query = parse(f"/jobs ann near:{typed} limit:3")

    assert isinstance(query, JobsQuery)
    assert query.near == PlaceName(tidy(name))
    assert str(query) == f"/jobs ann limit:3 near:{printed} within:50km"


@pytest.mark.parametrize("typed", ["48", "48,2,1", "91,0", "0,-181", "48;2", "{x:1}", '"{""lat"":north}"', "--", "٤٨"])
def test_what_is_neither_a_name_nor_coordinates_is_refused(typed: str) -> None:
    with pytest.raises(QueryError):
        parse(f"/profiles dev near:{typed}")


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_coordinates_stay_coordinates(lat: float, lng: float) -> None:
    (written,) = Point().write(Place(lat, lng))
    found = Point().read(scan(written)[0], None)

    assert isinstance(found, Place)
    assert found.lat == pytest.approx(lat, abs=1e-9)
    assert found.lng == pytest.approx(lng, abs=1e-9)


@given(place_names)
def test_a_label_alone_stands_for_the_same_place_as_in_a_query(name: str) -> None:
    assert Point().named(name) == PlaceName(name)


def test_coordinates_alone_stand_for_a_point_and_bad_ones_are_an_error() -> None:
    assert Point().named("48.85,-2.35") == Place(48.85, -2.35)
    with pytest.raises(BadValueError):
        Point().named("95,2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("L\u2019Aquila", "L'AQUILA"),
        ("St. Gallen", "St Gallen"),
        ("Łódź", "lodz"),
        ("Washington, D.C.", "Washington DC"),
        ("  São   Paulo ", "sao paulo"),
        ("Straße", "strasse"),
    ],
)
def test_names_are_compared_without_case_accents_and_punctuation(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@given(st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    folded = fold_name(text)
    assume(folded == folded.strip())

    assert fold_name(folded) == folded


def test_short_forms_and_umlauts_written_out_are_other_spellings_of_one_name() -> None:
    assert list(spellings("st etienne")) == ["st etienne", "saint etienne"]
    assert list(spellings("goettingen")) == ["goettingen", "gottingen"]
    assert list(spellings("lyon")) == ["lyon"]


def test_what_stands_behind_a_comma_narrows_a_name() -> None:
    assert list(readings("Paris, Texas, US")) == [("paris texas us", ()), ("paris", ("texas", "us"))]


def test_without_a_comma_the_last_words_may_narrow_a_name() -> None:
    assert list(readings("New York US")) == [
        ("new york us", ()),
        ("new york", ("us",)),
        ("new", ("york us",)),
    ]


@given(st.text(max_size=400))
def test_any_words_can_be_read(words: str) -> None:
    for name, parts in readings(words):
        assert name
        assert all(parts)
        assert len(name) <= 4 * LONGEST  # a letter may fold to several


def _city(number: int, population: int, *, name: str = "Avalon", lat: float = 0.0) -> City:
    return City(number, name, "XX", "", population, lat, 0.0)


def test_a_place_ten_times_as_large_as_the_next_is_meant_silently() -> None:
    large, small = _city(1, 500_000), _city(2, 500_000 // CLEARLY_LARGER, lat=10)

    assert rivals([small, large], "avalon") == [large]


def test_places_of_similar_size_are_all_named_the_largest_first() -> None:
    cities = [_city(1, 60_000), _city(2, 500_000, lat=10), _city(3, 50_001, lat=20), _city(4, 50_000, lat=30)]

    assert [city.id for city in rivals(cities, "avalon")] == [2, 1, 3]


def test_a_settlement_whose_people_nobody_counted_is_not_outdone_by_a_village() -> None:
    assert len(rivals([_city(1, 5 * SMALLEST), _city(2, 0, lat=10)], "avalon")) == 2
    assert len(rivals([_city(1, CLEARLY_LARGER * SMALLEST), _city(2, 0, lat=10)], "avalon")) == 1


def test_a_city_and_its_own_part_are_one_place() -> None:
    assert [city.id for city in rivals([_city(1, 90_000, lat=0.1), _city(2, 100_000)], "avalon")] == [2]


def test_a_place_that_only_also_bears_the_name_counts_if_it_is_larger() -> None:
    own, smaller = _city(1, 100_000), _city(2, 90_000, name="Elsewhere", lat=10)
    larger = _city(3, 2_000_000, name="Camelot", lat=20)

    assert rivals([own, smaller], "avalon") == [own]
    assert rivals([own, smaller, larger], "avalon") == [larger]


def test_the_chosen_place_takes_the_words_place_in_every_field_that_held_them() -> None:
    query = ProfilesQuery(
        subject="dev",
        near=PlaceName("Springfield"),
        worked_near=PlaceName("Lyon"),
        studied_near=PlaceName("Springfield"),
    )
    hits = (("37.2,-93.3", "Springfield, Missouri, US", ""), ("8.9,-79.7", "8.9,-79.7", "Springfield, XX"))
    choice = Choice(id="c", viewer="U_ANN", query=query, kind="place", words="Springfield", hits=hits, total=14)

    by_label, by_point = chosen(choice, 0), chosen(choice, 1)

    assert isinstance(by_label, ProfilesQuery)
    assert isinstance(by_point, ProfilesQuery)
    assert by_label.near == by_label.studied_near == PlaceName("Springfield, Missouri, US")
    assert by_label.worked_near == PlaceName("Lyon")
    assert by_point.near == Place(8.9, -79.7)
    assert parse(str(by_label)) == by_label


def test_a_place_that_nobody_has_located_gives_no_distance() -> None:
    profile = Profile(key="p", point=Place(45.0, 5.0))
    job = Job(key="j")

    unlocated = reasons_for(ProfilesQuery(near=PlaceName("Lyon")), profile, job, of="profile")
    located = reasons_for(ProfilesQuery(near=Place(45.0, 5.0)), profile, job, of="profile")

    assert [fact.kind for fact in unlocated.facts] == []
    assert [fact.kind for fact in located.facts] == ["distance"]
