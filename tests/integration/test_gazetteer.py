"""Cities by name, from the real data: found without a network, told apart, offered, or the nearest named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.values import Place, PlaceName
from bot.errors import NothingFoundError, SeveralFoundError
from bot.gazetteer import Gazetteer
from tests.helpers.places import index_file, km_from

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("gazetteer")  # one builder for all of them

CITIES = [
    ("Lyon", 45.76, 4.84),
    ("Nantes", 47.22, -1.55),
    ("Clermont-Ferrand", 45.78, 3.08),
    ("Saint-Étienne", 45.43, 4.39),
    ("Brest, France", 48.39, -4.49),
    ("Munich", 48.14, 11.58),
    ("Zürich", 47.37, 8.54),
    ("Kraków", 50.06, 19.94),
    ("Łódź", 51.77, 19.46),
    ("Reykjavík", 64.15, -21.94),
    ("Tromsø", 69.65, 18.96),
    ("Lisbon", 38.72, -9.14),
    ("Naples", 40.85, 14.27),
    ("Thessaloniki", 40.64, 22.94),
    ("Kyiv", 50.45, 30.52),
    ("Istanbul", 41.01, 28.98),
    ("Tbilisi", 41.72, 44.79),
    ("Tel Aviv", 32.08, 34.78),
    ("Dubai", 25.20, 55.27),
    ("Tehran", 35.69, 51.39),
    ("Karachi", 24.86, 67.01),
    ("Bengaluru", 12.97, 77.59),
    ("Kathmandu", 27.72, 85.32),
    ("Bangkok", 13.76, 100.50),
    ("Ho Chi Minh City", 10.82, 106.63),
    ("Jakarta", -6.21, 106.85),
    ("Shanghai", 31.23, 121.47),
    ("Seoul", 37.57, 126.98),
    ("Osaka", 34.69, 135.50),
    ("Casablanca", 33.57, -7.59),
    ("Tunis", 36.81, 10.18),
    ("Cairo", 30.04, 31.24),
    ("Dakar", 14.69, -17.45),
    ("Lagos, Nigeria", 6.45, 3.39),
    ("Addis Ababa", 9.03, 38.74),
    ("Nairobi", -1.29, 36.82),
    ("Cape Town", -33.92, 18.42),
    ("Montréal", 45.50, -73.57),
    ("Vancouver, BC", 49.28, -123.12),
    ("New York", 40.71, -74.01),
    ("Austin", 30.27, -97.74),
    ("Salt Lake City", 40.76, -111.89),
    ("Guadalajara", 20.67, -103.35),
    ("Bogotá", 4.71, -74.07),
    ("São Paulo", -23.55, -46.63),
    ("Buenos Aires", -34.60, -58.38),
    ("Montevideo", -34.90, -56.19),
    ("Sydney", -33.87, 151.21),
    ("Auckland", -36.85, 174.76),
    ("Suva", -18.14, 178.44),
]


@pytest.fixture(scope="module")
def index() -> Path:
    return index_file()


@pytest.fixture
def gazetteer(index: Path) -> Gazetteer:
    return Gazetteer(index)


async def _offered(gazetteer: Gazetteer, words: str) -> list[tuple[str, str, str]]:
    with pytest.raises(SeveralFoundError) as caught:
        await gazetteer.find(words)
    assert caught.value.kind == "place"
    assert caught.value.words == words
    return list(caught.value.hits)


@pytest.mark.parametrize(("words", "lat", "lng"), CITIES)
async def test_a_city_is_found_where_it_is(gazetteer: Gazetteer, words: str, lat: float, lng: float) -> None:
    found = await gazetteer.find(words)

    assert km_from(found, lat, lng) < 20
    assert found.text == words


@pytest.mark.parametrize(
    ("words", "lat", "lng"),
    [
        ("Paris, US", 33.66, -95.56),
        ("Paris, Texas", 33.66, -95.56),
        ("Paris, TX", 33.66, -95.56),
        ("Paris, Texas, US", 33.66, -95.56),
        ("paris,tx,usa", 33.66, -95.56),
        ("Paris, Ontario", 43.20, -80.38),
        ("Paris, France", 48.85, 2.35),
        ("Paris", 48.85, 2.35),
        ("San José, CR", 9.93, -84.08),
        ("San Jose, Costa Rica", 9.93, -84.08),
        ("San Jose, California", 37.34, -121.89),
        ("San Jose, CA", 37.34, -121.89),
        ("London", 51.51, -0.13),
        ("London, ON", 42.98, -81.25),
        ("London, Canada", 42.98, -81.25),
        ("Cambridge, UK", 52.21, 0.12),
        ("Cambridge, England", 52.21, 0.12),
        ("Cambridge, Massachusetts", 42.37, -71.11),
        ("Birmingham, Royaume-Uni", 52.48, -1.90),
        ("Barcelona, Spain", 41.39, 2.17),
        ("Barcelona, España", 41.39, 2.17),
        ("Halle, Sachsen-Anhalt", 51.48, 11.97),
        ("Valencia, ESP", 39.47, -0.38),
        ("Austin TX", 30.27, -97.74),
        ("Bath United Kingdom", 51.38, -2.36),
    ],
)
async def test_a_country_or_a_region_tells_namesakes_apart(
    gazetteer: Gazetteer, words: str, lat: float, lng: float
) -> None:
    assert km_from(await gazetteer.find(words), lat, lng) < 20


@pytest.mark.parametrize(
    "spellings",
    [
        ["Munich", "München", "Munchen", "Muenchen", "MÜNCHEN", "Monaco di Baviera", "Мюнхен", "ミュンヘン"],
        ["Köln", "Koln", "Koeln", "Cologne", "Keulen"],
        ["Saint-Étienne", "saint etienne", "St Etienne", "St. Étienne", "SAINT-ETIENNE"],
        ["Göttingen", "Goettingen", "Gottingen"],
        ["Den Haag", "The Hague", "La Haye", "'s-Gravenhage"],
        ["Bengaluru", "Bangalore"],
        ["Washington, D.C.", "Washington DC", "washington d.c."],
        ["Kyiv", "Kiev", "Київ"],
        ["L'Aquila", "L\u2019Aquila", "laquila"],
        ["Beijing", "Peking", "Pékin", "北京"],
        ["Москва", "Moscow, Russia", "Moskau", "Moscou"],
    ],
    ids=lambda spellings: spellings[0],
)
async def test_every_name_of_a_city_leads_to_it(gazetteer: Gazetteer, spellings: list[str]) -> None:
    first, *others = [await gazetteer.find(words) for words in spellings]

    assert [(each.lat, each.lng) for each in others] == [(first.lat, first.lng)] * len(others)


@pytest.mark.parametrize(
    "words",
    ["Springfield", "Springfield, US", "San José", "Cambridge", "Valencia", "La Paz", "Halle", "Sahiwal"],
)
async def test_each_place_that_is_offered_can_be_typed_and_stands_for_that_one_only(
    gazetteer: Gazetteer, words: str
) -> None:
    hits = await _offered(gazetteer, words)

    assert 2 <= len(hits) <= 10
    assert len({label for _, label, _ in hits}) == len(hits)
    for coordinates, label, _ in hits:
        lat, lng = map(float, coordinates.split(","))
        typed = ProfilesQuery(near=Place(lat, lng) if label == coordinates else PlaceName(label))
        located = await gazetteer.located(typed)

        assert isinstance(located.near, Place)
        assert (located.near.lat, located.near.lng) == (lat, lng)


async def test_what_is_offered_says_region_and_country_the_largest_first(gazetteer: Gazetteer) -> None:
    labels = [label for _, label, _ in await _offered(gazetteer, "Springfield, US")]

    assert labels == ["Springfield, Missouri, US", "Springfield, Massachusetts, US", "Springfield, Illinois, US"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Lyom", "Lyon, Auvergne-Rhône-Alpes, FR"),
        ("Kyon", "Lyon, Auvergne-Rhône-Alpes, FR"),
        ("Munnich", "Munich, Bavaria, DE"),
        ("Strasbourgh", "Strasbourg, Grand Est, FR"),
        ("Amsterdm", "Amsterdam, North Holland, NL"),
        ("Madird", "Madrid, Madrid, ES"),
        ("Colonge", "Köln, North Rhine-Westphalia, DE"),
        ("Paris, Germany", "Paris, Île-de-France, FR"),
        ("Lyon, Rhône", "Lyon, Auvergne-Rhône-Alpes, FR"),
    ],
)
async def test_a_place_that_is_not_found_gives_the_nearest(gazetteer: Gazetteer, typed: str, meant: str) -> None:
    with pytest.raises(NothingFoundError) as caught:
        await gazetteer.find(typed)

    assert caught.value.kind == "place"
    assert caught.value.words == typed
    assert meant in caught.value.nearest
    assert len(caught.value.nearest) <= 3
    assert (await gazetteer.find(meant)).text == meant


@pytest.mark.parametrize(
    "words", ["xqzzv", "zz", "x" * 5_000, "a, b, c, d", ",q x", "%_'\";--", "\U0001f600a", "漢" * 300]
)
async def test_words_that_name_nothing_are_answered_too(gazetteer: Gazetteer, words: str) -> None:
    with pytest.raises((NothingFoundError, SeveralFoundError)):
        await gazetteer.find(words)


async def test_a_located_query_has_coordinates_in_the_place_of_names_and_is_otherwise_the_same(
    gazetteer: Gazetteer,
) -> None:
    point = Place(1.0, 2.0)
    query = ProfilesQuery(subject="dev", near=point, worked_near=PlaceName("Lyon"), studied_near=PlaceName("Tunis"))

    located = await gazetteer.located(query)

    assert located.near == point
    assert isinstance(located.worked_near, Place)
    assert isinstance(located.studied_near, Place)
    assert (located.subject, located.worked_within) == ("dev", 50)
    assert await gazetteer.located(JobsQuery(subject="ann")) == JobsQuery(subject="ann")
