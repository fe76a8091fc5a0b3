"""Text as people compare it: without case, accents or doubled spaces; and which of many words comes nearest."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


# Letters whose stroke or ligature Unicode does not take apart, as people type them on other keyboards.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe"})


# What keyboards put where a hyphen, a minus sign or an apostrophe is typed (reference slack-platform §1.3).
DASHES = "\u2010-\u2015\u2212"
_HYPHENS = re.compile(f"[{DASHES}]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc]")


def hyphened(text: str) -> str:
    """The text with a plain hyphen for every dash: for keys, numbers and dates, in which no other sign can be meant."""
    return text if text.isascii() else _HYPHENS.sub("-", text)


def fold(text: str) -> str:
    """Case, accents and doubled white space removed, for comparing names: `"  Zoë  ŁUCZAK"` → `"zoe luczak"`.

    Curly apostrophes are as straight ones: O\u2019Brien is O'Brien.
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_APOSTROPHES.sub("'", bare.translate(_STROKES)).split())


def tidy(text: str) -> str:
    """One line: control and format characters out (Unicode Cc, Cf, Cs, Co, Cn), white space collapsed."""
    if text.isprintable():  # true of no control, format or unassigned character, and of no white space but the blank
        if "  " not in text and text[:1] != " " and text[-1:] != " ":
            return text  # most are so: a list asks three hundred times
        return " ".join(text.split())
    spaced = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in spaced if not unicodedata.category(char).startswith("C")).split())


def nearest(word: str, choices: Iterable[str], *, count: int = 1, cutoff: float = 0.6) -> list[str]:
    """The `count` choices that look most like `word`, best first; compared folded, returned as they are."""
    by_folded: dict[str, str] = {}
    for choice in choices:
        by_folded.setdefault(fold(choice), choice)
    close = difflib.get_close_matches(fold(word), list(by_folded), n=count, cutoff=cutoff)
    return [by_folded[match] for match in close]
