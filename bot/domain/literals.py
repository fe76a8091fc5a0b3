"""Values written as on the seed pages and on the wire: JSON, Python or JavaScript lists and objects.

`skills_dict:[{"name":"python","value":0.9}]` means `skills_dict:python=0.9`. Such a value is turned into our own text
before the line is read, so that there is one set of rules for values.
"""

from __future__ import annotations

import ast
import json
import re
from contextlib import suppress
from typing import Any

from bot.domain.named_kinds import write_named
from bot.domain.values import Named, plain_number
from bot.domain.words import DOUBLE_QUOTES, SINGLE_QUOTES, quote

_DASHES = r"(?:--|[\u2012-\u2015]{1,2})"  # `--key value` needs no colon
_KEY_BEFORE = re.compile(
    rf"(?:(?<=\s)|^)(?P<key>{_DASHES}?[A-Za-z][\w-]*\s?[:=]|{_DASHES}[A-Za-z][\w-]*\s)\s?(?=[\[{{])"
)
_IS_DICT = re.compile(r"_dict\b", re.IGNORECASE)
_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)")
_ESCAPE = re.compile(rf"\\[\\{''.join(sorted(DOUBLE_QUOTES))}]")
_LARGEST = 10**12
_STRAIGHT = {**dict.fromkeys(map(ord, DOUBLE_QUOTES), '"'), **dict.fromkeys(map(ord, SINGLE_QUOTES), "'")}
_POINT = {"lat", "lng", "lon"}
_PAIRS = {"[": "]", "{": "}"}


def unfold(line: str) -> str:
    """The line with every such value in our own words; what is no such value stays as it is."""
    pieces: list[str] = []
    done = counted = 0
    quoted = False
    ends: dict[int, int] | None = None
    for found in _KEY_BEFORE.finditer(line):
        if found.start() < done:
            continue
        quoted = _quoted_after(line, counted, found.start(), quoted=quoted)
        counted = found.start()
        if quoted:
            continue
        ends = _ends(line) if ends is None else ends
        end = ends.get(found.end(), 0)
        texts = _texts(_value(line[found.end() : end]), is_dict=bool(_IS_DICT.search(found["key"]))) if end else []
        if texts:
            pieces += [line[done : found.start()], " ".join(found["key"] + text for text in texts)]
            done = counted = end
    return "".join([*pieces, line[done:]])


def _quoted_after(line: str, begin: int, end: int, *, quoted: bool) -> bool:
    """Whether `end` stands inside double quotes, where `begin` did or did not; `scan` reads them the same way."""
    place = begin
    while place < end:
        if quoted and _ESCAPE.match(line, place):
            place += 2
            continue
        quoted ^= line[place] in DOUBLE_QUOTES
        place += 1
    return quoted


def _ends(line: str) -> dict[int, int]:
    """The place of every bracket that is closed → the place after the one that closes it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    quoted = ""
    for place, char in enumerate(line):
        if quoted:
            quoted = "" if char == quoted and line[place - 1] != "\\" else quoted
        elif opened and char in "\"'":
            quoted = char
        elif char in _PAIRS:
            opened.append(place)
        elif opened and char == _PAIRS[line[opened[-1]]]:
            ends[opened.pop()] = place + 1
    return ends


def _value(text: str) -> Any:
    """What the literal says, or None."""
    readers = (json.loads, lambda script: json.loads(_BARE_KEY.sub(r'\1"\2"\3', script)), ast.literal_eval)
    for spelling in dict.fromkeys([text, text.translate(_STRAIGHT)]):  # curly quotes, as Slack's clients make them
        for read in readers:
            with suppress(ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
                return read(spelling)
    return None


def _texts(value: Any, *, is_dict: bool) -> list[str]:
    """The value as texts of ours, one for each time the key is to stand; none where it is no filter value.

    `is_dict` says that the key is one of those that the page calls objects.
    """
    if isinstance(value, dict):
        text = _point(value) if value.keys() & _POINT else _item(value) or (_mapped(value) if is_dict else "")
        return [text] if text else []
    if not isinstance(value, list) or not value:
        return []
    if all(isinstance(group, list) for group in value):  # tags: AND of ORs
        groups = [_items(group) for group in value if group]
        return groups if groups and all(groups) else []
    items = _items(value)
    return [items] if items else []


def _items(values: list[Any]) -> str:
    texts = [_item(value) for value in values]
    return ",".join(texts) if all(texts) else ""


def _mapped(value: dict[Any, Any]) -> str:
    """Names and what they are worth: `{"python": 0.9, "sql": null}`."""
    return _items([{"name": name, "value": held} for name, held in value.items()])


def _item(value: Any) -> str:
    if isinstance(value, str):
        return quote(value) if value.strip() else ""
    if isinstance(value, bool) or _typeable(value):  # `use_agent:[1]`: the page says that it is a list
        return plain_number(value) if not isinstance(value, bool) else str(value).casefold()
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or not value["name"].strip():
        return ""
    if "value_min" in value or "value_max" in value:
        return f"{quote(value['name'])}={_bound(value.get('value_min'))}..{_bound(value.get('value_max'))}"
    held = value.get("value")
    if held is None or isinstance(held, (str, bool)) or _typeable(held):
        return write_named(Named(value["name"], held))
    return ""


def _bound(value: Any) -> str:
    return plain_number(value) if _typeable(value) else "" if value is None else str(value)


def _typeable(value: Any) -> bool:
    """A number that can be typed: up to twelve digits before the point."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST


def _point(value: dict[Any, Any]) -> str:
    lng = "lng" if "lng" in value else "lon"
    try:
        point = float(value["lat"]), float(value[lng])
    except (KeyError, TypeError, ValueError, OverflowError):
        return ""
    return ",".join(map(plain_number, point)) if all(map(_typeable, point)) else ""
