"""Places by name, offline: what a city's name in a query stands for.

The names come from GeoNames (CC BY 4.0) by way of a data package, which only the builder in a process of its own ever
loads; see `build.py`. Here an index file of some 30 MB on disk is asked, a millisecond a question.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

import bot
from bot.domain.query import RADII
from bot.domain.values import Place, PlaceName
from bot.errors import ConfigError, NothingFoundError, SeveralFoundError
from bot.gazetteer.index import Index, find_file
from bot.gazetteer.names import fold_name, readings
from bot.gazetteer.places import City, rivals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.query import JobsQuery, ProfilesQuery

log = structlog.get_logger(__name__)
MOST_HITS = 10
MOST_NEAREST = 3
BUILD_SECONDS = 180.0

_Query = TypeVar("_Query", bound="ProfilesQuery | JobsQuery")


class Gazetteer:
    """Finds places by name.

    `file` is where the index is kept; by default a cache folder of the user's. It is made when it is first needed and
    when it turns out to be damaged, and serves every later start. Nothing here blocks the event loop.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._building: asyncio.Task[None] | None = None

    async def located(self, query: _Query) -> _Query:
        """The query with coordinates for every place that it names. Raises what `find` raises."""
        found: dict[str, Any] = {}
        for field, _ in RADII:
            value = getattr(query, field, None)
            if isinstance(value, PlaceName):
                found[field] = await self.find(value.text)
        return replace(query, **found) if found else query

    async def find(self, words: str) -> Place:
        """The place that `words` name: `Lyon`, `Paris, US`, `San José, CR`.

        Raises SeveralFoundError (of several similar places none is clearly the largest; each hit is a label or
        coordinates that stand for that one only), NothingFoundError, or ConfigError where no index can be made.
        """
        try:
            file = await asyncio.to_thread(find_file) if self._file is None else self._file
            if not await asyncio.to_thread(file.is_file):
                await self._build(file)
            try:
                return await asyncio.to_thread(_find, file, words)
            except sqlite3.DatabaseError as error:
                log.warning("places index damaged", error=type(error).__name__)
                await self._build(file)
                return await asyncio.to_thread(_find, file, words)
        except (OSError, subprocess.SubprocessError, sqlite3.DatabaseError, PackageNotFoundError) as error:
            log.warning("no places index", error=type(error).__name__)
            raise ConfigError(
                "Places cannot be looked up by name here: the index of places could not be made or read. "
                "Coordinates work all the same, such as near:48.85,2.35."
            ) from None

    async def _build(self, file: Path) -> None:
        """Everybody who needs the index waits for one and the same builder; nobody who stops waiting ends it."""
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(asyncio.to_thread(_run_builder, file))
        await asyncio.shield(self._building)


def _run_builder(file: Path) -> None:
    """Build the index in a process of its own, whose memory ends with it."""
    started = time.monotonic()
    root = str(Path(bot.__file__).parents[1])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", "bot.gazetteer.build", str(file)]
    done = subprocess.run(  # noqa: S603 - a program of our own
        command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=BUILD_SECONDS, check=False
    )
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        log.error("places index not built", reason=reason[:200])
        raise subprocess.SubprocessError(reason)
    log.info("places index built", ms=round((time.monotonic() - started) * 1000), bytes=file.stat().st_size)


def _find(file: Path, words: str) -> Place:
    with Index(file) as index:
        found = _meant(index, words)
        if len(found) == 1:
            return found[0].place(words)
        if found:
            hits = [_hit(index, city) for city in found[:MOST_HITS]]
            raise SeveralFoundError("place", words, hits, len(found))
        raise NothingFoundError("place", words, [_hit(index, city)[1] for city in _nearest(index, words)])


def _meant(index: Index, words: str) -> list[City]:
    """One place, or several that may be meant."""
    for name, parts in readings(words):
        if found := index.named(name, parts):
            return rivals(found, name, within=bool(parts))
    return []


def _hit(index: Index, city: City) -> tuple[str, str, str]:
    """What to show for that place, such that it stands for no other one; with a hint where it is coordinates."""
    if [each.id for each in _meant(index, city.label)] == [city.id]:
        return city.coordinates, city.label, ""
    return city.coordinates, city.coordinates, city.label


def _nearest(index: Index, words: str) -> Sequence[City]:
    """Namesakes elsewhere where only the country or region is wrong, else names that look alike."""
    for name, parts in readings(words):
        if parts and (elsewhere := index.named(name)):
            return rivals(elsewhere, name)[:MOST_NEAREST]
    name = fold_name(words.partition(",")[0])
    return index.nearest(name, MOST_NEAREST) if name else []
