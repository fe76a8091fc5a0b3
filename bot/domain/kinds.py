"""The kinds of values a filter can take: how each is read from words, and written so that it reads back the same.

A kind has `read(word, held)`, where `held` is what an earlier use of the same key gave (None at first), and
`write(value)`, which gives one piece of canonical text for every `key:` it takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.domain.text import hyphened, nearest, tidy
from bot.domain.values import Range, plain_number
from bot.domain.words import quote
from bot.mistakes import Mistake, Wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.words import Word

NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,9})?")
_ON = frozenset({"on", "1", "true", "yes"})
_OFF = frozenset({"off", "0", "false", "no"})


class BadValueError(Exception):
    """The word cannot be read as this kind: why, where, and what comes nearest."""

    def __init__(self, mistake: Mistake, word: Word, nearest_value: str = "") -> None:
        super().__init__(mistake.what.value)
        self.mistake = mistake
        self.word = word
        self.nearest = nearest_value


class Kind(Protocol):
    """What the parser, the canonical text and the help need to know about a value."""

    @property
    def repeats(self) -> bool:
        """A key of this kind may be given more than once and adds up."""
        ...

    @property
    def lists(self) -> bool:
        """The value may hold several items between commas."""
        ...

    def read(self, word: Word, held: Any) -> Any:
        """The value of `word`, together with what was `held` before. Raises BadValueError."""
        ...

    def write(self, value: Any) -> list[str]:
        """Canonical text, one entry for every `key:` needed; reads back as `value`."""
        ...


def filled(word: Word) -> str:
    """The text of the word on one line. Raises BadValueError where there is none."""
    text = tidy(word.text)
    if not text:
        raise BadValueError(Mistake(Wrong.VALUE_MISSING), word)
    return text


def items_of(word: Word) -> list[Word]:
    """The parts between commas; the brackets of a list as the seed pages write it, `["a", "b"]`, are left out."""
    if word.find("[") == 0 and word.text.endswith("]") and not word.quoted[-1]:
        word = word.slice(1, len(word.text) - 1)
    items = [item for item in word.split(",") if item.text.strip()]
    if not items:
        raise BadValueError(Mistake(Wrong.VALUE_MISSING), word)
    return items


def read_number(word: Word, *, whole: bool = False) -> float:
    """A plain decimal number."""
    text = hyphened(word.text.strip())
    if not NUMBER.fullmatch(text):
        raise BadValueError(Mistake(Wrong.WHOLE_NUMBER_NEEDED if whole else Wrong.NUMBER_NEEDED), word)
    number = float(text)
    if whole and not number.is_integer():
        raise BadValueError(Mistake(Wrong.WHOLE_NUMBER_NEEDED), word)
    return number


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of free text."""

    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: str | None) -> str:  # noqa: ARG002 - one signature for all kinds
        """The text, on one line."""
        return filled(word)

    def write(self, value: str) -> list[str]:
        """The text, in quotes where it needs them."""
        return [quote(value)]


@dataclass(frozen=True, slots=True)
class One:
    """One name or key, where others of its kind take several."""

    repeats: bool = False
    lists: bool = True

    def read(self, word: Word, held: str | None) -> str:  # noqa: ARG002 - one signature for all kinds
        """The name; a comma outside quotes would name several."""
        items = items_of(word)
        if len(items) > 1:
            raise BadValueError(Mistake(Wrong.ONLY_ONE), items[1])
        return filled(items[0])

    def write(self, value: str) -> list[str]:
        """The name, in quotes where it needs them."""
        return [quote(value)]


@dataclass(frozen=True, slots=True)
class TextList:
    """Several pieces of free text: keywords, names or keys."""

    repeats: bool = True
    lists: bool = True

    def read(self, word: Word, held: tuple[str, ...] | None) -> tuple[str, ...]:
        """The items, none twice, in the order typed."""
        return tuple(dict.fromkeys([*(held or ()), *(filled(item) for item in items_of(word))]))

    def write(self, value: tuple[str, ...]) -> list[str]:
        """The items between commas."""
        return [",".join(quote(item) for item in value)]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int
    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: int | None) -> int:  # noqa: ARG002 - one signature for all kinds
        """The number, within its bounds."""
        number = int(read_number(word, whole=True))
        if not self.low <= number <= self.high:
            raise BadValueError(Mistake(Wrong.OUT_OF_BOUNDS, low=self.low, high=self.high), word)
        return number

    def write(self, value: int) -> list[str]:
        """The digits."""
        return [str(value)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; each may be known by other names too (the seed's own values among them)."""

    words: Mapping[str, tuple[str, ...]]
    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: str | None) -> str:  # noqa: ARG002 - one signature for all kinds
        """The canonical word, whatever the case and spelling that was typed."""
        typed = filled(word).casefold()
        as_listed = {typed, typed.replace(" ", "_"), typed.replace("_", "-")}
        for canonical, others in self.words.items():
            if as_listed & {canonical, *others}:
                return canonical
        spellings = {spelling: name for name, others in self.words.items() for spelling in (name, *others)}
        close = nearest(typed, spellings, cutoff=0.4)
        mistake = Mistake(Wrong.NONE_OF, options=tuple(self.words))
        raise BadValueError(mistake, word, spellings[close[0]] if close else "")

    def write(self, value: str) -> list[str]:
        """The canonical word."""
        return [value]


@dataclass(frozen=True, slots=True)
class Switch:
    """on or off; 1, 0, true, false, yes and no mean the same."""

    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: bool | None) -> bool:  # noqa: ARG002 - one signature for all kinds
        """True for on."""
        typed = filled(word).casefold()
        if typed not in _ON | _OFF:
            raise BadValueError(Mistake(Wrong.SWITCH_NEEDED), word, next(iter(nearest(typed, ("on", "off"))), ""))
        return typed in _ON

    def write(self, value: bool) -> list[str]:
        """`on` or `off`."""
        return ["on" if value else "off"]


@dataclass(frozen=True, slots=True)
class Span:
    """A range of numbers, not below zero: `3..7`, `3..`, `..7`."""

    repeats: bool = False
    lists: bool = False

    def read(self, word: Word, held: Range | None) -> Range:
        """The range; `held` may have filled one end of it before, by the seed's own parameter name."""
        word = word.unquoted
        cut, size = word.find(".."), 2
        if cut < 0:
            cut, size = word.find("\u2026"), 1
        if cut < 0:
            raise BadValueError(Mistake(Wrong.RANGE_NEEDED), word)
        low, high = word.slice(0, cut), word.slice(cut + size)
        if not low.text.strip() and not high.text.strip():
            raise BadValueError(Mistake(Wrong.RANGE_EMPTY), word)
        found = Range(self._end(low), self._end(high))
        if held is not None:
            raise BadValueError(Mistake(Wrong.TWICE), word)
        return self.checked(found, word)

    def read_end(self, word: Word, held: Range | None, *, upper: bool) -> Range:
        """One end alone, as the seed's own parameters name it (`experiences_duration_min:3`)."""
        number = self._end(word)
        if number is None:
            raise BadValueError(Mistake(Wrong.VALUE_MISSING), word)
        if held is not None and (held.high if upper else held.low) is not None:
            raise BadValueError(Mistake(Wrong.TWICE), word)
        both = held or Range()
        return self.checked(Range(both.low, number) if upper else Range(number, both.high), word)

    def checked(self, found: Range, word: Word) -> Range:
        """`found`, if it does not run backwards."""
        if found.low is not None and found.high is not None and found.low > found.high:
            raise BadValueError(Mistake(Wrong.RANGE_BACKWARDS), word)
        return found

    @staticmethod
    def _end(word: Word) -> float | None:
        if not word.text.strip():
            return None
        number = read_number(word)
        if number < 0:
            raise BadValueError(Mistake(Wrong.BELOW_ZERO), word)
        return number

    def write(self, value: Range) -> list[str]:
        """`low..high`, an open end left out."""
        return ["..".join("" if end is None else plain_number(end) for end in (value.low, value.high))]
