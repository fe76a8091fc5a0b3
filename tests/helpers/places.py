"""The index of places that the tests share, and how far a place is from where it should be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.domain.values import Place
from bot.gazetteer import Gazetteer
from bot.gazetteer.index import find_file

if TYPE_CHECKING:
    from pathlib import Path


def index_file() -> Path:
    """The index that every start shares; the first question makes it."""
    asyncio.run(Gazetteer().find("Lyon"))
    return find_file()


def km_from(found: Place, lat: float, lng: float) -> float:
    """Kilometres between what was found and where it should be."""
    return found.km_to(Place(lat, lng))
