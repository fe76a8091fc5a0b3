"""A command line cut into words: quotes, straight or curly, and the place of every character.

Every character knows whether it stood in quotes and where, so that a later step can still tell `a,b` from `"a,b"`
and can point at the very place that is wrong.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from bot.errors import QueryError
from bot.mistakes import Example, Mistake, Sample, Wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

DOUBLE_QUOTES = frozenset('"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033')
SINGLE_QUOTES = frozenset("'\u2018\u2019\u201a\u201b")
_BARE = re.compile(r"[\w.@+#/&*%()!?$~^|;][\w.@+#/&*%()!?$~^|;'-]*")
_ESCAPED = re.compile(f"[\\\\{''.join(sorted(DOUBLE_QUOTES))}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters of the line; `quoted[i]` tells whether `text[i]` stood in quotes, `at[i]` where it stood.

    `start` and `end` are the word's place in the line, quotes included.
    """

    text: str
    quoted: tuple[bool, ...]
    at: tuple[int, ...]
    start: int
    end: int

    @property
    def bare(self) -> bool:
        """No character of it stood in quotes."""
        return self.end - self.start == len(self.text) and not any(self.quoted)

    @property
    def had_quotes(self) -> bool:
        """Quotes stood around a part of it, be it an empty one."""
        return not self.bare

    def find(self, mark: str, begin: int = 0) -> int:
        """The first place at or after `begin` where `mark` stands outside quotes, or -1."""
        place = self.text.find(mark, begin)
        while place >= 0 and any(self.quoted[place : place + len(mark)]):
            place = self.text.find(mark, place + 1)
        return place

    def slice(self, begin: int, stop: int | None = None) -> Word:
        """The part from `begin` to `stop`, at its own place in the line."""
        stop = len(self.text) if stop is None else stop
        # What stands before `begin` and behind `stop` is a mark outside quotes, so quotes belong to what is between.
        if begin == 0:
            start = self.start
        elif begin < stop:
            start = self.at[begin] - self.quoted[begin]
        else:
            start = self.at[begin - 1] + 1
        if stop == len(self.text):
            end = self.end
        elif stop > begin and not self.quoted[stop - 1]:
            end = self.at[stop - 1] + 1
        else:
            end = self.at[stop]
        return Word(self.text[begin:stop], self.quoted[begin:stop], self.at[begin:stop], start, max(start, end))

    @property
    def unquoted(self) -> Word:
        """The same, read as if no quotes stood in it: for values in which quotes only keep gaps together."""
        return Word(self.text, (False,) * len(self.text), self.at, self.start, self.end)

    def split(self, mark: str) -> list[Word]:
        """The parts between the `mark`s that stand outside quotes."""
        parts, begin = [], 0
        while (place := self.find(mark, begin)) >= 0:
            parts.append(self.slice(begin, place))
            begin = place + len(mark)
        return [*parts, self.slice(begin)]

    def __add__(self, other: Word) -> Word:
        """Two words that stand one after the other, read as one."""
        return Word(self.text + other.text, self.quoted + other.quoted, self.at + other.at, self.start, other.end)


def joined(words: Sequence[Word]) -> Word:
    """Words that stand one after the other, at least one, read as one: in one go, for there may be thousands."""
    if len(words) == 1:
        return words[0]
    return Word(
        "".join(word.text for word in words),
        tuple(chain.from_iterable(word.quoted for word in words)),
        tuple(chain.from_iterable(word.at for word in words)),
        words[0].start,
        words[-1].end,
    )


def scan(line: str, begin: int = 0) -> list[Word]:
    """Cut `line` into words from `begin` on.

    Raises QueryError for a quote that is never closed.
    """
    words: list[Word] = []
    place, length = begin, len(line)
    last = max((place for place in range(begin, length) if _ends(line, place)), default=-1)
    while place < length:
        if line[place].isspace():
            place += 1
            continue
        word, place = _word(line, place, last)
        words.append(word)
    return words


def scan_open(line: str, begin: int = 0) -> list[Word]:
    """The same for a line in which a quote is never closed: as if it were at the end, else as if there were no quotes.

    Never raises.
    """
    for end in (' "', " '"):  # a gap first: behind a backslash it would be a mark of the text
        with suppress(QueryError):
            return scan(line + end, begin)
    return scan("".join(" " if char in DOUBLE_QUOTES | SINGLE_QUOTES else char for char in line), begin)


def _word(line: str, start: int, last: int) -> tuple[Word, int]:
    """The word at `start` and the place after it; `last` is where the last apostrophe that can end a quotation stands.

    An apostrophe opens a quotation only where another one can end it: O'Brien and 'tis stay words.
    """
    text: list[str] = []
    quoted: list[bool] = []
    at: list[int] = []
    place = start
    while place < len(line) and not line[place].isspace():
        char = line[place]
        if char in DOUBLE_QUOTES:
            place = _quoted(line, place, DOUBLE_QUOTES, text, at)
            quoted += [True] * (len(text) - len(quoted))
            continue
        opens_value = not text or (text[-1] in ":=,[" and not quoted[-1])
        if char in SINGLE_QUOTES and opens_value and place < last:
            place = _quoted(line, place, SINGLE_QUOTES, text, at)
            quoted += [True] * (len(text) - len(quoted))
            continue
        text.append(char)
        quoted.append(False)
        at.append(place)
        place += 1
    return Word("".join(text), tuple(quoted), tuple(at), start, place), place


def _quoted(line: str, opening: int, marks: frozenset[str], text: list[str], at: list[int]) -> int:
    """Read from the opening quote to its closing one; returns the place after it."""
    place = opening + 1
    while place < len(line):
        char = line[place]
        if char == "\\" and place + 1 < len(line) and (line[place + 1] in marks or line[place + 1] == "\\"):
            place += 1
            char = line[place]
        elif char in marks and (marks is DOUBLE_QUOTES or _ends(line, place)):
            return place + 1
        text.append(char)
        at.append(place)
        place += 1
    raise QueryError(Mistake(Wrong.QUOTE_OPEN), line=line, start=opening, end=opening + 1, example=Example(Sample.NAME))


def _ends(line: str, place: int) -> bool:
    """An apostrophe ends a quotation only before a gap or a mark: the one in 'rock'n'roll' does not."""
    return line[place] in SINGLE_QUOTES and (
        place + 1 == len(line) or line[place + 1].isspace() or line[place + 1] in ",=]"
    )


def quote(text: str, *, force: bool = False) -> str:
    """`text` so that `scan` reads it back as one word with the same characters; bare where that is possible."""
    if not force and _BARE.fullmatch(text) and ".." not in text:
        return text
    return '"' + _ESCAPED.sub(r"\\\g<0>", text) + '"'


def whole(line: str) -> Word:
    """The line as one word, gaps included: what stands in one field of a form. Raises QueryError as `scan` does."""
    words = scan(line)
    if not words:
        return Word("", (), (), 0, 0)
    text, quoted, at = words[0].text, words[0].quoted, words[0].at
    for before, word in pairwise(words):
        text += " " + word.text
        quoted += (False, *word.quoted)
        at += (before.end, *word.at)
    return Word(text, quoted, at, words[0].start, words[-1].end)


def literal(line: str) -> Word:
    """The line as one word in which no character is a mark."""
    return Word(line, (True,) * len(line), tuple(range(len(line))), 0, len(line))
