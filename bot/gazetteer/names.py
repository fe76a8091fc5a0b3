"""How names of places are compared: case, accents, punctuation and usual abbreviations aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 120  # characters; no place has a longer name
MOST_TRAILING_WORDS = 3  # of a country or region typed without a comma: "Bath United Kingdom"

_GAPS = "-/(),;\u2010\u2011\u2012\u2013\u2014\u2015\u00b7\u30fb"
_DROPPED = ".'`\u00b4\u2018\u2019\u02b9\u02bb\u02bc\u02bd\u02be\u02bf"
_PUNCTUATION = str.maketrans({**dict.fromkeys(_GAPS, " "), **dict.fromkeys(_DROPPED, "")})
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def fold_name(text: str) -> str:
    """`"Saint-Étienne"` → `"saint etienne"`, `"L'Aquila"` → `"laquila"`: what is equal then has the same name."""
    return " ".join(fold(text).translate(_PUNCTUATION).split())


def spellings(folded: str) -> Iterator[str]:
    """A folded name, then other ways in which the same one is written: St for Saint, oe for ö."""
    yield folded
    full = " ".join(_SHORT.get(word, word) for word in folded.split())
    if full != folded:
        yield full
    plain = folded
    for pair, letter in _UMLAUTS:
        plain = plain.replace(pair, letter)
    if plain != folded:
        yield plain


def readings(words: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ways to read what was typed, the likeliest first: a folded name, and the folded parts that narrow it.

    What stands behind a comma narrows: `"Paris, Texas, US"`. Without a comma the last words may: `"Austin TX"`.
    """
    words = words[:LONGEST]
    name, *parts = [fold_name(part) for part in words.split(",")]
    whole = fold_name(words)
    if whole:
        yield whole, ()
    parts = [part for part in parts if part]
    if name and parts:
        yield name, tuple(parts)
    elif not parts:
        typed = whole.split()
        for count in range(1, min(MOST_TRAILING_WORDS, len(typed) - 1) + 1):
            yield " ".join(typed[:-count]), (" ".join(typed[-count:]),)
