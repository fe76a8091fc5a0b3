"""Decodes query parameters in every form that official clients send (reference hrflow-api §2.2)."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .dates import parse_date
from .errors import InvalidParameterError
from .geo import Point, point
from .strict_json import read_json
from .text import fold, number

_NOTHING = frozenset({"", "null", "undefined", "[]", "{}"})
_TRUE, _FALSE = frozenset({"1", "true", "[1]", "[true]"}), frozenset({"0", "false", "[0]", "[false]"})
_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_MAX_BRACKETS = 4


class Params:
    """The parameters of one request.

    Each reader takes the names of one meaning, the preferred one first, and uses the first that has a value.
    Empty text, `null`, `undefined`, `[]` and `{}` are no value. Bad values raise `InvalidParameterError` with the name
    used.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        self._bracketed: dict[str, list[tuple[str, str]]] = {}
        for name, value in pairs:
            if value.strip() in _NOTHING:
                continue
            base, bracket, rest = name.partition("[")
            if bracket and base:
                self._bracketed.setdefault(base, []).append((bracket + rest, value))
            else:
                self._values.setdefault(name, []).append(value)

    def _find(self, names: tuple[str, ...]) -> tuple[str, list[str]] | None:
        for name in names:
            values = self._values.get(name)
            if values:
                return name, values
        return None

    def _single(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        found = self._find(names)
        if found is None:
            return None
        name, values = found
        if len(values) > 1:
            raise InvalidParameterError(name, "one value is expected")
        return name, values[0].strip()

    def text(self, *names: str) -> str | None:
        """Return a text, None where none is given."""
        found = self._single(names)
        return found[1] if found else None

    def integer(self, *names: str, default: int, low: int, high: int | None = None) -> int:
        """Return a whole number from `low` to `high`."""
        found = self._single(names)
        if found is None:
            return default
        name, text = found
        value = int(text) if _INTEGER.fullmatch(text) else None
        if value is None or value < low or (high is not None and value > high):
            bounds = f"from {low}" if high is None else f"from {low} to {high}"
            raise InvalidParameterError(name, f"a whole number {bounds} is expected")
        return value

    def number(self, *names: str) -> float | None:
        """Return a number, None where none is given."""
        found = self._single(names)
        if found is None:
            return None
        value = number(found[1])
        if value is None:
            raise InvalidParameterError(found[0], "a number is expected")
        return value

    def flag(self, *names: str, default: bool) -> bool:
        """Return a switch, written as 0 or 1 or as true or false in any case."""
        found = self._single(names)
        if found is None:
            return default
        name, text = found
        if text.lower() in _TRUE:
            return True
        if text.lower() in _FALSE:
            return False
        raise InvalidParameterError(name, "0 or 1 is expected")

    def choice(self, *names: str, among: Mapping[str, str], default: str) -> str:
        """Return the meaning in `among` of a word; case does not matter and spaces count as underscores."""
        found = self._single(names)
        if found is None:
            return default
        name, text = found
        meaning = among.get(fold(text).replace(" ", "_"))
        if meaning is None:
            raise InvalidParameterError(name, "one of " + ", ".join(sorted(among)) + " is expected")
        return meaning

    def date(self, *names: str) -> float | None:
        """Return Unix seconds of an ISO 8601 date or a Unix time, None where none is given."""
        found = self._single(names)
        if found is None:
            return None
        # A raw plus sign in a query stands for a space; in a date it can only have been the sign of the zone.
        seconds = parse_date(re.sub(r" (\d\d:?\d\d)$", r"+\1", found[1]))
        if seconds is None:
            raise InvalidParameterError(found[0], "an ISO 8601 date or Unix seconds are expected")
        return seconds

    def items(self, *names: str) -> tuple[str, list[Any]]:
        """Return the name used and the items of a list: JSON, repeated parameters, brackets or one bare text."""
        for name in names:
            found: list[Any] = []
            for value in self._values.get(name, []):
                decoded = read_json(value, name) if value.lstrip()[:1] in ("[", "{", '"') else value
                found.extend(decoded if isinstance(decoded, list) else [decoded])
            if name in self._bracketed:
                tree = _tree(name, self._bracketed[name])
                found.extend(tree if isinstance(tree, list) else [tree])
            found = [item for item in found if item not in (None, "", {})]
            if found:
                return name, found
        return names[0], []

    def words(self, *names: str) -> list[str]:
        """Return a list of texts, without blank ones."""
        name, items = self.items(*names)
        if any(isinstance(item, list | dict | bool) for item in items):
            raise InvalidParameterError(name, "a list of texts is expected")
        return [text for item in items if (text := str(item).strip())]

    def geopoint(self, *names: str) -> Point | None:
        """Return a place given as an object with `lat` and `lng` (or `lon`), None where none is given."""
        name, items = self.items(*names)
        if not items:
            return None
        value = items[0]
        if len(items) == 1 and isinstance(value, dict):
            place = point(value.get("lat"), value.get("lng", value.get("lon")))
            if place is not None:
                return place
        raise InvalidParameterError(name, "an object with lat from -90 to 90 and lng from -180 to 180 is expected")


def _tree(name: str, bracketed: list[tuple[str, str]]) -> Any:
    """Return the value that parameters in bracket syntax spell, such as `skills[0][name]=python`."""
    root: dict[str, Any] = {}
    for brackets, value in bracketed:
        path = _BRACKETS.findall(brackets)
        if not 1 <= len(path) <= _MAX_BRACKETS or "".join(f"[{step}]" for step in path) != brackets:
            raise InvalidParameterError(name, "up to four pairs of brackets are expected")
        node = root
        for step in path[:-1]:
            node = node.setdefault(step, {})
            if not isinstance(node, dict):
                raise InvalidParameterError(name, "consistent brackets are expected")
        last = path[-1] or str(len(node))
        if last in node:
            raise InvalidParameterError(name, "each place in brackets may be given once")
        node[last] = value
    return _plain(root)


def _plain(node: Any) -> Any:
    """Turn a tree of brackets into lists, where its keys are numbers, and objects."""
    if not isinstance(node, dict):
        return node
    children = {key: _plain(value) for key, value in node.items()}
    if all(key.isdecimal() and len(key) < 6 for key in children):
        return [children[key] for key in sorted(children, key=int)]
    return children
