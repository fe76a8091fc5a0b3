"""The kinds of values that are names with an optional value: skills, languages, interests, tags. See `kinds.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.kinds import NUMBER, filled, items_of
from bot.domain.values import Named, Scalar, plain_number
from bot.domain.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.words import Word

_CONSTANTS: Mapping[str, bool] = {"true": True, "false": False}
_Identity = tuple[str, type, Scalar]


def read_named(word: Word) -> Named:
    """`name` or `name=value`; bare true, false and numbers are typed, quotes force text (DESIGN §4)."""
    cut = word.find("=")
    if cut < 0:
        return Named(filled(word))
    name, value = word.slice(0, cut), word.slice(cut + 1)
    return Named(filled(name), _scalar(value))


def _told_apart(item: Named) -> _Identity:
    """True is not 1, though Python holds them equal."""
    return item.name, type(item.value), item.value


def _once(items: Iterable[Named]) -> tuple[Named, ...]:
    """The items in their order, none twice."""
    found: dict[_Identity, Named] = {}
    for item in items:
        found.setdefault(_told_apart(item), item)
    return tuple(found.values())


def _scalar(word: Word) -> Scalar:
    text = filled(word)
    if any(word.quoted):
        return text
    if text.casefold() in _CONSTANTS:
        return _CONSTANTS[text.casefold()]
    if NUMBER.fullmatch(text):
        return float(text)
    return text


def write_named(item: Named) -> str:
    """`name` or `name=value`, such that `read_named` gives the same."""
    name = quote(item.name)
    if item.value is None:
        return name
    if isinstance(item.value, bool):
        return f"{name}={str(item.value).lower()}"
    if isinstance(item.value, str):
        looks_typed = item.value.casefold() in _CONSTANTS or NUMBER.fullmatch(item.value)
        return f"{name}={quote(item.value, force=bool(looks_typed))}"
    return f"{name}={plain_number(item.value)}"


@dataclass(frozen=True, slots=True)
class NamedList:
    """Skills, languages, interests, tags: names with an optional value each."""

    repeats: bool = True
    lists: bool = True

    def read(self, word: Word, held: tuple[Named, ...] | None) -> tuple[Named, ...]:
        """The items in the order typed, none twice."""
        return _once([*(held or ()), *map(read_named, items_of(word))])

    def write(self, value: tuple[Named, ...]) -> list[str]:
        """The items between commas."""
        return [",".join(write_named(item) for item in value)]


@dataclass(frozen=True, slots=True)
class TagGroups:
    """Tags of jobs: a comma means any of them, a repeated key means and (reference hrflow-api §3.1)."""

    repeats: bool = True
    lists: bool = True

    def read(self, word: Word, held: tuple[tuple[Named, ...], ...] | None) -> tuple[tuple[Named, ...], ...]:
        """One more group of alternatives."""
        groups = [*(held or ()), _once(map(read_named, items_of(word)))]
        found: dict[tuple[_Identity, ...], tuple[Named, ...]] = {}
        for each in groups:
            found.setdefault(tuple(map(_told_apart, each)), each)
        return tuple(found.values())

    def write(self, value: tuple[tuple[Named, ...], ...]) -> list[str]:
        """One entry a group."""
        return [",".join(write_named(item) for item in group) for group in value]
