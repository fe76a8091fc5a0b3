"""Which of several places of one name is meant: the rules, without the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.values import Place, plain_number
from bot.gazetteer.names import fold_name, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

# A place this many times as large as the next of its name is meant without asking: Paris in France (2.1 million) and
# not the one in Texas (25 thousand), but Springfield in Missouri (170 thousand) only after a look at the others.
CLEARLY_LARGER = 10
# Whoever has named the country or region has told the places apart as far as people do: Paris in the US is the one in
# Texas (25 thousand), not the one in Tennessee (10), but Springfield there may be any of three.
LARGER_WITHIN = 2
SMALLEST = 1_000  # people; a settlement whose number is not known counts as that
ONE_PLACE_KM = 20.0  # namesakes closer than that are a city and its own part, or one city entered twice


@dataclass(frozen=True, slots=True)
class City:
    """One place of the index. `country` is its ISO 3166 code, `region` the name of its region or ""."""

    id: int
    name: str
    country: str
    region: str
    population: int
    lat: float
    lng: float

    @property
    def label(self) -> str:
        """`Paris, Texas, US`: what people read, and may type."""
        return ", ".join(part for part in (self.name, self.region, self.country) if part)

    @property
    def coordinates(self) -> str:
        """`33.66094,-95.55551`: what can be typed where even the label names several."""
        return f"{plain_number(self.lat)},{plain_number(self.lng)}"

    def place(self, text: str = "") -> Place:
        """Its point, known by those words."""
        return Place(self.lat, self.lng, text)


def rivals(found: Iterable[City], name: str, *, within: bool = False) -> list[City]:
    """Those of the places with that folded name that may be meant, the largest first; a single one is meant silently.

    `within`: they are those of a country or region that was named too.

    Where a place bears the name as its own, others that are only also known by it count if they are larger: Bergen is
    the one in Norway, not Mons, but Roma is Rome, not a town in Texas.
    """
    own_names = set(spellings(name))
    by_size = sorted(found, key=lambda city: (-city.population, city.id))
    apart: list[City] = []
    owned = False
    for city in by_size:
        owns = fold_name(city.name) in own_names
        if owned and not owns:
            continue
        owned = owned or owns
        if all(city.place().km_to(larger.place()) > ONE_PLACE_KM for larger in apart):
            apart.append(city)
    if not apart:
        return []
    largest = max(apart[0].population, SMALLEST)
    factor = LARGER_WITHIN if within else CLEARLY_LARGER
    return [apart[0], *(city for city in apart[1:] if max(city.population, SMALLEST) * factor > largest)]
