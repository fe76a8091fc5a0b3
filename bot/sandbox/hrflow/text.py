"""Folds text so that comparisons ignore case and accents."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[a-z0-9+#]+")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
# Letters that Unicode does not decompose into a base letter and a mark, and curly apostrophes.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """Return `text` without case and accents, apostrophes straight: equal folds are the same to a filter."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_LETTERS).replace("\u2019", "'")


def words(folded: str) -> list[str]:
    """Return the words of a folded text; `c++` and `c#` are words."""
    return _WORD.findall(folded)


def number(value: object) -> float | None:
    """Return the finite number that `value` is or spells, else None; a boolean is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        result = float(value)
        return result if abs(result) != float("inf") else None
    return None


def scalar(value: object) -> float | str | None:
    """Return the form in which the values of tags, levels and skills are compared.

    Numbers and texts that spell one become floats, booleans the words `true` and `false`, other texts their fold.
    None stays None; anything with parts has no comparable form and becomes None too.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    as_number = number(value)
    if as_number is not None:
        return as_number
    return fold(value).strip() if isinstance(value, str) else None
