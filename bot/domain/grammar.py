"""Typed text → query, or QueryError with the place, the reason, the nearest valid word and an example.

The language is DESIGN §4; what can be asked is declared in `parameters.py`. Nothing here knows a parameter by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.domain.kinds import BadValueError, Span
from bot.domain.literals import unfold
from bot.domain.more_kinds import UNITS, Distance
from bot.domain.query import HELP_WORDS, JobsQuery, ProfilesQuery, Query
from bot.domain.text import DASHES, hyphened, nearest, tidy
from bot.domain.words import Word, joined, scan, scan_open
from bot.errors import QueryError
from bot.mistakes import Example, Mistake, Sample, Wrong

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.declaring import Parameter

LONGEST = 8_000  # characters of a command line; Slack's message box ends well before
_COMMANDS: Mapping[str, type[ProfilesQuery | JobsQuery]] = {"profiles": ProfilesQuery, "jobs": JobsQuery}
_KEY = re.compile(rf"[^\W\d_][\w{DASHES}-]*:")
_DASHED = re.compile(rf"(?:--|[\u2012-\u2015]{{1,2}})[^\W\d_][\w{DASHES}-]*(?:[=:]|$)")
_MOST_GUESSES = 20  # unknown keys in one line for which the nearest is sought: a guess takes a tenth of a millisecond


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """Somebody asked for help instead of a list. `topic` is a key they named, or ""."""

    command: str
    topic: str = ""


@dataclass(slots=True)
class _Reading:
    """One command line while it is read."""

    line: str
    command: str
    by_name: Mapping[str, tuple[Parameter, int]]
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Word] = field(default_factory=dict)
    bare: list[Word] = field(default_factory=list)
    after: int = 0  # the place after the words that were read last
    parameter: Parameter | None = None  # what they were about
    value: Word | None = None
    guesses: int = 0

    def begin(self, place: int) -> None:
        """What is read next starts there, and nothing is known of it yet."""
        self.after, self.parameter, self.value = place + 1, None, None

    def error(self, mistake: Mistake, word: Word, *, nearest: str = "", example: Example | None = None) -> QueryError:
        return QueryError(
            mistake,
            line=self.line,
            start=word.start,
            end=max(word.end, word.start + 1),
            nearest=nearest,
            example=example,
        )


def parse(line: str, *, now: datetime | None = None) -> Query | HelpWanted:
    """Read a whole command line, its command included: `/profiles "Data Engineer" skills:python`.

    An empty `subject` is no error here: what to do then is for the caller to say. `now` is aware and in the asker's
    time zone: with it, dates that contradict each other are an error. Raises QueryError.
    """
    line = one_line(line)
    command, _, _ = line.partition(" ")
    query_type = _COMMANDS.get(command.lstrip("/").casefold())
    if query_type is None:
        close = nearest(command, [f"/{name}" for name in _COMMANDS], cutoff=0.4)
        raise QueryError(
            Mistake(Wrong.NO_COMMAND if command else Wrong.COMMAND_MISSING, said=command),
            line=line,
            end=len(command),
            nearest=close[0] if close else "",
            example=Example(Sample.COMMAND),
        )
    return read_rest(query_type, line, len(command), now=now)


def read(
    query_type: type[ProfilesQuery | JobsQuery],
    command: str,
    text: str,
    *,
    now: datetime | None = None,
    base: Query | None = None,
) -> Query | HelpWanted:
    """Read what stands behind a command as a query of that type; `command` is as it was typed, `now` as above.

    With a `base` it goes on from there: lists grow, anything else that is given counts instead. Raises QueryError.
    """
    return read_rest(query_type, one_line(f"{command} {text}"), len(command), now=now, base=base)


@dataclass(frozen=True, slots=True)
class Gleaned:
    """What can be read of a command line that has mistakes: values by field, and each mistake.

    `raw` is the text of a value that could not be read, by the parameter's key; a mistake without a key is about a
    filter that does not exist.
    """

    values: dict[str, Any]
    raw: dict[str, str]
    errors: list[tuple[str, QueryError]]


def glean(query_type: type[ProfilesQuery | JobsQuery], command: str, text: str) -> Gleaned:
    """Read what can be read; never raises."""
    raw: dict[str, str] = {}
    errors: list[tuple[str, QueryError]] = []
    try:
        line = one_line(f"{command} {text}")
    except QueryError as error:
        return Gleaned({}, raw, [("", error)])
    try:
        words = scan(line, len(command))
    except QueryError as error:  # a quote that is never closed: as if it were at the end
        errors.append(("", error))
        words = scan_open(line, len(command))
    reading = _Reading(line, query_type.command, _names(query_type.parameters))
    place = 0
    while place < len(words):
        reading.begin(place)
        try:
            place = _take(reading, words, place)
        except QueryError as error:
            key = reading.parameter.key if reading.parameter else ""
            errors.append((key, error))
            if key and reading.value and key not in raw:
                raw[key] = line[reading.value.start : reading.value.end]
            place = reading.after
    bare = tidy(" ".join(word.text for word in reading.bare))
    if bare:
        reading.values.setdefault("subject", bare)
    return Gleaned(reading.values, raw, errors)


def read_rest(
    query_type: type[ProfilesQuery | JobsQuery],
    line: str,
    begin: int,
    *,
    now: datetime | None = None,
    base: Query | None = None,
) -> Query | HelpWanted:
    """Read what stands in `line` (made by `one_line`) from `begin` on as a query of that type. Raises QueryError."""
    words = scan(line, begin)
    if words and words[0].bare and words[0].text.casefold() in HELP_WORDS and len(words) <= 2:  # noqa: PLR2004 - help and a topic
        return HelpWanted(query_type.command, words[1].text if len(words) > 1 else "")
    reading = _Reading(line, query_type.command, _names(query_type.parameters))
    place = 0
    while place < len(words):
        place = _take(reading, words, place)
    subject = _subject(reading, query_type)
    values = {**reading.values, "subject": subject} if subject else reading.values
    query: Query = query_type(**(values if base is None else _continued(base, values)))
    if contradiction := query.contradiction(now):
        name, mistake = contradiction
        raise reading.error(mistake, reading.places.get(name) or words[0])
    return query


def one_line(text: str) -> str:
    """The text as it is read: white space of every kind is a gap, control characters are not part of a command.

    Raises QueryError where it is too long.
    """
    if len(text) > LONGEST:
        raise QueryError(Mistake(Wrong.TOO_LONG, high=LONGEST), line=tidy(text[:80]), end=80)
    return unfold(tidy(text))


def _names(parameters: Mapping[str, Parameter]) -> dict[str, tuple[Parameter, int]]:
    """Every accepted key → its parameter, and which end of a range it names (-1: the whole)."""
    found: dict[str, tuple[Parameter, int]] = {}
    for parameter in parameters.values():
        for name in parameter.names:
            found.setdefault(name.casefold(), (parameter, -1))
        for wire in (parameter.seed, parameter.current):
            if len(wire) > 1:
                found.update({name.casefold(): (parameter, end) for end, name in enumerate(wire)})
    return found


def _take(reading: _Reading, words: list[Word], place: int) -> int:
    """Read the word at `place`, and those after it that belong to it; returns the next place."""
    word = words[place]
    cut = _key_length(word)
    if cut == 0:
        reading.bare.append(word)
        return place + 1
    key, value, place = word.slice(0, cut), word.slice(cut), place + 1
    name = hyphened(key.text).strip("-:=")
    parameter, end = _parameter(reading, name, key)
    if not value.text and not value.had_quotes and place < len(words) and not _key_length(words[place]):
        value, place = words[place], place + 1
    parts, last = [value], value
    while parameter.kind.lists and place < len(words) and _goes_on(value, last, words[place]):
        parts.append(words[place])
        last, place = words[place] if words[place].text else last, place + 1
    value = joined(parts)
    if isinstance(parameter.kind, Distance) and place < len(words) and words[place].text.casefold() in UNITS:
        value, place = value + words[place], place + 1  # `within:40 km`
    reading.after, reading.parameter, reading.value = place, parameter, value
    _put(reading, parameter, end, key, value)
    return place


def _key_length(word: Word) -> int:
    """How many characters of the word are a key with its mark; 0 where it is no `key:value`."""
    for pattern in (_DASHED, _KEY):
        if (found := pattern.match(word.text)) and not any(word.quoted[: found.end()]):
            return found.end()
    return 0


def _goes_on(value: Word, last: Word, following: Word) -> bool:
    """A comma outside quotes stands on either side of the gap between them, so they are one list.

    The same for the colons inside `{"lat": 48.85, "lng": 2.35}`, as the seed pages write a point.
    """
    marks = (",", ":") if value.find("{") == 0 else (",",)
    if last.text.endswith(marks) and not last.quoted[-1]:
        return not _key_length(following)
    return following.text.startswith(",") and not following.quoted[0]


def _parameter(reading: _Reading, name: str, key: Word) -> tuple[Parameter, int]:
    found = reading.by_name.get(name.casefold()) or reading.by_name.get(name.casefold().replace("_", "-"))
    if found is not None:
        return found
    reading.guesses += 1
    close = nearest(name.replace("_", "-"), reading.by_name, cutoff=0.5) if reading.guesses <= _MOST_GUESSES else []
    parameter = reading.by_name[close[0]][0] if close else None
    marked = key.slice(0, max(len(key.text.rstrip(":=")), 1))
    raise reading.error(
        Mistake(Wrong.NO_FILTER, said=name),
        marked,
        nearest=parameter.key if parameter else "",
        example=Example(Sample.FILTER, reading.command, parameter.key if parameter else ""),
    )


def _put(reading: _Reading, parameter: Parameter, end: int, key: Word, value: Word) -> None:
    held = reading.values.get(parameter.field)
    try:
        if not value.text.strip():
            marked = value if value.end > value.start else key
            raise BadValueError(Mistake(Wrong.VALUE_MISSING), marked)  # noqa: TRY301 - the same handling as below
        if isinstance(parameter.kind, Span) and end >= 0:
            found: Any = parameter.kind.read_end(value, held, upper=end == 1)
        elif held is not None and not parameter.kind.repeats:
            raise BadValueError(Mistake(Wrong.TWICE), key)  # noqa: TRY301 - the same handling as below
        else:
            found = parameter.kind.read(value, held)
    except BadValueError as error:
        raise reading.error(
            replace(error.mistake, about=parameter.key),
            error.word,
            nearest=error.nearest,
            example=Example(Sample.FILTER, reading.command, parameter.key),
        ) from None
    reading.values[parameter.field] = found
    reading.places.setdefault(parameter.field, value)


def _continued(base: Query, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `base` with those laid over them."""
    found: dict[str, Any] = {"subject": base.subject, **{each.field: value for each, value in base.given()}, **values}
    for parameter, value in base.given():
        if parameter.kind.repeats and parameter.field in values:
            found[parameter.field] = (*value, *values[parameter.field])
    return found


def _subject(reading: _Reading, query_type: type[ProfilesQuery | JobsQuery]) -> str:
    """The bare words as one name; also given as a key they would contradict each other."""
    named = reading.values.get("subject", "")
    bare = tidy(" ".join(word.text for word in reading.bare))
    if named and bare:
        key = next(iter(query_type.parameters))
        raise reading.error(Mistake(Wrong.SUBJECT_TWICE, key=key), reading.bare[0])
    return named or bare
