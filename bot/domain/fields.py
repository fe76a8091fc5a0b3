"""A query as the fields of a form, and back: text and form are two views of one query.

A field holds pieces of text: one for each name where names are offered or for each `key:` of the canonical text, else
one. Marks mean in a field what they mean behind `key:`, but gaps need no quotes: `data platform, cloud` is two items.
Nothing here knows a parameter by name.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from bot.domain.kinds import BadValueError, Text
from bot.domain.text import tidy
from bot.domain.words import Word, literal, whole
from bot.errors import QueryError, ShortlistError
from bot.mistakes import Example, Sample

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.declaring import Parameter
    from bot.domain.grammar import Gleaned
    from bot.domain.query import JobsQuery, ProfilesQuery, Query

Pieces = tuple[str, ...]
Contents = dict[str, Pieces]  # by the parameter's key


class FieldErrors(Exception):  # noqa: N818 - several of them
    """What stands in some fields cannot be read; `errors` says for each key why."""

    def __init__(self, errors: Mapping[str, ShortlistError]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


def filled(query: Query) -> Contents:
    """What the fields of a form hold for that query; those that hold their default are left out."""
    contents = {parameter.key: written(parameter, value) for parameter, value in query.given()}
    subject = next(iter(query.parameters.values()))
    return {subject.key: (query.subject,), **contents} if query.subject else contents


def gleaned(query_type: type[ProfilesQuery | JobsQuery], found: Gleaned) -> Contents:
    """What the fields of a form hold for a line with mistakes; what could not be read stands there as it was typed."""
    held = {
        parameter.key: written(parameter, found.values[parameter.field])
        for parameter in query_type.parameters.values()
        if parameter.field in found.values
    }
    return {**{key: (text,) for key, text in found.raw.items()}, **held}


def written(parameter: Parameter, value: Any) -> Pieces:
    """The pieces that read back as that value, with as few quotes as can be."""
    if parameter.offers or isinstance(parameter.kind, Text):
        return (value,) if isinstance(value, str) else tuple(value)
    canonical: list[str] = parameter.kind.write(value)
    light = tuple(map(_without_quotes, canonical))
    return light if _reads_as(parameter, light, value) else tuple(canonical)


def default(query_type: type[ProfilesQuery | JobsQuery], parameter: Parameter) -> Pieces:
    """What stands for the default of a parameter; nothing where no value is the default."""
    value = next(field.default for field in fields(query_type) if field.name == parameter.field)
    return () if value is None or value in ("", ()) else tuple(parameter.kind.write(value))


def gathered(
    query_type: type[ProfilesQuery | JobsQuery], contents: Mapping[str, Pieces], *, now: datetime | None = None
) -> Query:
    """The query that the fields of a form make; `now` as for `grammar.read`. Raises FieldErrors."""
    values: dict[str, Any] = {}
    errors: dict[str, ShortlistError] = {}
    for parameter in query_type.parameters.values():
        pieces = [piece for piece in contents.get(parameter.key, ()) if piece.strip()]
        try:
            for piece in pieces:
                values[parameter.field] = _read(query_type, parameter, piece, values.get(parameter.field))
        except QueryError as error:
            errors[parameter.key] = error
            values.pop(parameter.field, None)
    query: Query = query_type(**values)
    if contradiction := query.contradiction(now):
        name, mistake = contradiction
        key = next(each.key for each in query_type.parameters.values() if each.field == name)
        errors.setdefault(key, QueryError(mistake))
    if errors:
        raise FieldErrors(errors)
    return query


def _word(parameter: Parameter, piece: str) -> Word:
    line = tidy(piece)
    return literal(line) if parameter.offers or isinstance(parameter.kind, Text) else whole(line)


def _read(query_type: type[ProfilesQuery | JobsQuery], parameter: Parameter, piece: str, held: Any) -> Any:
    try:
        return parameter.kind.read(_word(parameter, piece), held)
    except BadValueError as error:
        raise QueryError(
            error.mistake,
            line=tidy(piece),
            start=error.word.start,
            end=error.word.end,
            nearest=error.nearest,
            example=Example(Sample.FILTER, query_type.command, parameter.key),
        ) from None


def _reads_as(parameter: Parameter, pieces: Pieces, value: Any) -> bool:
    held = None
    try:
        for piece in pieces:
            held = parameter.kind.read(_word(parameter, piece), held)
    except (BadValueError, QueryError):
        return False
    return repr(held) == repr(value)  # True is not 1 here


def _without_quotes(piece: str) -> str:
    """The piece as people write it in a field: no quotes, a gap behind each comma that parts two items."""
    return ", ".join(word.text for word in whole(piece).split(","))
