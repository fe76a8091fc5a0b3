"""Names of skills and languages as they are compared: what is wanted is stated, stated otherwise, or not stated."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.domain.light import dataclass
from bot.domain.text import fold, tidy
from bot.domain.values import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.domain.values import Named, Scalar

_LONGEST_NAME = 200


class Held(NamedTuple):
    """Something wanted that is stated: its name as wanted, and where it stands in the list of the object."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Stated, but not as wanted: `stated` is the level that stands there ("": none does), `asked` the one wanted.

    `below` tells that both are numbers.
    """

    name: str
    place: int
    stated: str
    asked: str
    below: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Each in the order wanted."""

    held: tuple[Held, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    unstated: tuple[str, ...] = ()


Wanted = tuple[tuple[str, "Named"], ...]
"""Each name once, in the order wanted: as it is compared, and the item itself."""


def wanted(*lists: Iterable[Named]) -> Wanted:
    """What several lists want together; the first to name something says at which level."""
    seen: dict[str, Named] = {}
    for items in lists:
        for item in items:
            if name := compared_name(item.name):
                seen.setdefault(name, item)
    return tuple(seen.items())


def compare(wants: Wanted, stated: Sequence[Named]) -> Compared:
    """Hold what is wanted against what is stated. Where a name is stated twice, the better one counts."""
    if not wants:
        return Compared()
    known: dict[str, int] = {}
    for place, item in enumerate(stated):
        name = item.name
        known.setdefault(_folded(name) if len(name) <= _LONGEST_NAME else "", place)
    held: list[Held] = []
    otherwise: list[Otherwise] = []
    unstated: list[str] = []
    for name, item in wants:
        first = known.get(name)
        if first is None:
            unstated.append(item.name)
            continue
        # Most ask for no level, and then the first of that name will do.
        fitting = first if item.value is None else _fitting(name, item.value, stated, first)
        if fitting is not None:
            held.append(Held(item.name, _own(stated[fitting], fitting)))
            continue
        place, each = first, stated[first]
        numbers = _number(item.value) is not None and _number(each.value) is not None
        otherwise.append(Otherwise(item.name, _own(each, place), _words(each.value), _words(item.value), below=numbers))
    return Compared(tuple(held), tuple(otherwise), tuple(unstated))


def compared_name(name: str) -> str:
    """A name as it is compared; "" where nothing of it can be seen, or where it is too long to be a name."""
    return _folded(name) if len(name) <= _LONGEST_NAME else ""


def _fitting(name: str, asked: Scalar, stated: Sequence[Named], first: int) -> int | None:
    """The first of that name, from the place `first` on, that is stated as asked."""
    for place in range(first, len(stated)):
        item = stated[place]
        if compared_name(item.name) == name and _fits(asked, item.value):
            return place
    return None


def _own(item: Named, place: int) -> int:
    """Where the object itself has it: what could not be read was left out of our list."""
    return place if item.place is None else item.place


def _fits(asked: Scalar, stated: Scalar) -> bool:
    """A number asks for at least that level, anything else for just that (reference hrflow-api §9, row 24)."""
    if asked is None:
        return True
    least, level = _number(asked), _number(stated)
    if least is not None:
        return level is not None and level >= least
    if isinstance(asked, bool) or isinstance(stated, bool):
        return asked is stated
    return isinstance(stated, str) and compared_name(str(asked)) == compared_name(stated)


def _number(value: Scalar) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    try:
        return float(value) if isinstance(value, str) and len(value) <= 20 else None  # noqa: PLR2004 - no level is longer
    except ValueError:
        return None


def _words(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain_number(value) if isinstance(value, (int, float)) else value


@lru_cache(maxsize=8_192)  # the same skills stand in job after profile
def _folded(name: str) -> str:
    return fold(tidy(name))
