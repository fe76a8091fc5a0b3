"""Reads JSON that strangers wrote: whatever comes out can be stored, compared and written again."""

import json
import re
from typing import Any, NoReturn

from .errors import InvalidParameterError

_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DEPTH = 32
_MAX_INTEGER = 2**63


def read_json(text: str | bytes, name: str) -> Any:
    """Return the value of a JSON text.

    Refused with a 400 that names `name`: what is not JSON, NaN and infinities, integers beyond 64 bits, halves of
    surrogate pairs, more than 32 levels of nesting.
    """
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise InvalidParameterError(name, "valid JSON is expected") from error
    _check(value, name, _MAX_DEPTH)
    return value


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _finite(text: str) -> float:
    value = float(text)
    if abs(value) == float("inf"):
        raise ValueError(text)
    return value


def _integer(text: str) -> int:
    value = int(text)
    if abs(value) >= _MAX_INTEGER:
        raise ValueError(text)
    return value


def _check(value: Any, name: str, depth: int) -> None:
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise InvalidParameterError(name, "text in Unicode is expected")
    elif isinstance(value, list | dict):
        if depth == 0:
            raise InvalidParameterError(name, f"at most {_MAX_DEPTH} levels of nesting are expected")
        if isinstance(value, dict):
            for key, each in value.items():
                _check(key, name, 0)
                _check(each, name, depth - 1)
        else:
            for each in value:
                _check(each, name, depth - 1)
