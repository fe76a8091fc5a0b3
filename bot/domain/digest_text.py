"""What is typed behind `/digest`: which of its words, about which digest, with what.

`add weekdays 09:00 #hiring profiles "Data Engineer" years:3.. limit:5 empty:say tz:Europe/Paris`: the schedule and the
place come before the word `profiles` or `jobs`, the query behind it is read by `grammar`; `empty:` and `tz:` may stand
anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.domain.grammar import HelpWanted, one_line, read_rest
from bot.domain.query import HELP_WORDS, JobsQuery, ProfilesQuery
from bot.domain.schedule_text import read_words, zone_named
from bot.domain.text import nearest
from bot.domain.words import Word, scan
from bot.errors import QueryError
from bot.mistakes import Example, Mistake, Sample, Wrong

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from bot.domain.query import Query
    from bot.domain.schedules import Schedule

VERBS = ("add", "list", "show", "edit", "pause", "resume", "remove", "now")
_OTHERWISE = {"create": "add", "new": "add", "delete": "remove", "stop": "pause", "run": "now", "change": "edit"}
_FULL = Example(Sample.DIGEST)
_QUERIES: dict[str, type[ProfilesQuery | JobsQuery]] = {"profiles": ProfilesQuery, "jobs": JobsQuery}
_SAY = {"say": True, "on": True, "yes": True, "quiet": False, "silent": False, "off": False, "no": False}
_OPTION = re.compile("(?:--|[\u2012-\u2015])?(empty|tz|timezone|zone)(?:[:=]|$)", re.IGNORECASE)
_DASHED = re.compile("(?:--|[\u2012-\u2015]).*")
_PLACE = re.compile(r"<[#@][^<>]+>|#[^\s#]+|@[^\s@]+")
_TOKEN = re.compile(r"<[#@]([A-Z0-9_]+)>")
_NUMBER = re.compile(r"#?(\d{1,9})")
_AHEAD = re.compile(r"(\d{1,3})([dwm])")
_MONTH_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the words say a digest should be; None where they do not say.

    `where`: the id of a channel (`C…`) or person (`U…`), `#name` or `@name` as typed, `@me`, or "".
    """

    schedule: Schedule | None = None
    zone: str | None = None
    where: str = ""
    query: Query | None = None
    say_empty: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """`verb` is one of VERBS, "" where nothing was typed, or "help"; `number` is 0 where none was typed."""

    verb: str
    number: int = 0
    wanted: Wanted = Wanted()
    until: datetime | None = None
    everywhere: bool = False


def read_order(command: str, text: str, *, zone: str, now: datetime) -> Order:
    """Read what stands behind the command; `zone` is the person's, `now` is in it. Raises QueryError."""
    line = one_line(f"{command} {text}")
    words = scan(line, len(command))
    if not words:
        return Order(verb="")
    head, rest = words[0], words[1:]
    verb = _OTHERWISE.get(head.text.casefold(), head.text.casefold())
    if verb in HELP_WORDS or (len(rest) == 1 and rest[0].bare and rest[0].text.casefold() in HELP_WORDS):
        return Order(verb="help")
    if verb not in VERBS:
        close = nearest(verb, VERBS)
        mistake = Mistake(Wrong.NO_DIGEST_WORD, key=command, said=head.text)
        raise _error(mistake, head, line, close[0] if close else "", _FULL)
    if verb == "list":
        return Order(verb=verb, everywhere=_all(rest, line))
    try:
        if verb == "add":
            return Order(verb=verb, wanted=read_wanted(rest, line, zone) if rest else Wanted())
        return _about_one(verb, words, line, zone=zone, now=now)
    except QueryError as error:
        error.line = line  # parts of it were blanked out meanwhile, none was moved
        raise


def _about_one(verb: str, words: list[Word], line: str, *, zone: str, now: datetime) -> Order:
    """An order about a digest that exists."""
    head, rest = words[0], words[1:]
    found = _NUMBER.fullmatch(rest[0].text) if rest else None
    if found is None or int(found[1]) == 0:
        example = Example(Sample.DIGEST_NUMBER, key=verb, number=1)
        raise _error(Mistake(Wrong.DIGEST_NUMBER_MISSING), rest[0] if rest else head, line, "", example)
    number, rest = int(found[1]), rest[1:]
    if verb == "edit":
        return Order(verb=verb, number=number, wanted=read_wanted(rest, line, zone, partial=True) if rest else Wanted())
    if verb == "pause" and rest:
        return Order(verb=verb, number=number, until=_until(rest, line, now))
    if rest:
        example = Example(Sample.DIGEST_NUMBER, key=verb, number=number)
        raise _error(Mistake(Wrong.NOT_HERE), rest[0], line, "", example)
    return Order(verb=verb, number=number)


def read_wanted(words: Sequence[Word], line: str, zone: str, *, partial: bool = False) -> Wanted:
    """What a digest should be; with `partial` anything may be left out. Raises QueryError."""
    words, options, line = _options(words, line)
    tz = options.get("zone")
    named = zone_named(tz, line) if tz is not None else None
    say = options.get("empty")
    cut = next((place for place, word in enumerate(words) if _query_type(word)), len(words))
    places = [word for word in words[:cut] if _PLACE.fullmatch(word.text)]
    places += [word for word in words[cut:] if word.bare and _TOKEN.fullmatch(word.text)]
    if len(places) > 1:
        raise _error(Mistake(Wrong.ONE_PLACE), places[1], line, "", _FULL)
    timing = [word for word in words[:cut] if word not in places]
    schedule = None
    if timing or not partial:
        schedule = _schedule(timing, words, line, named or zone)
    query = _query(words[cut], _without(line, [*places, *words[:cut]])) if cut < len(words) else None
    if query is None and not partial:
        end = words[-1].end if words else len(line)
        raise QueryError(
            Mistake(Wrong.WHAT_MISSING),
            line=line,
            start=end,
            end=end + 1,
            example=_FULL,
        )
    return Wanted(
        schedule=schedule,
        zone=named,
        where=_where(places[0]) if places else "",
        query=query,
        say_empty=_say(say, line) if say is not None else None,
    )


def _schedule(timing: Sequence[Word], words: Sequence[Word], line: str, zone: str) -> Schedule:
    if not timing:
        start = words[0].start if words else len(line)
        raise QueryError(Mistake(Wrong.WHEN_MISSING), line=line, start=start, end=start + 1, example=_FULL)
    try:
        return read_words(timing, line, zone)
    except QueryError as error:
        wrong = line[error.start : error.end]
        close = nearest(wrong, _QUERIES, cutoff=0.6)
        if close and not error.nearest:
            raise QueryError(
                Mistake(Wrong.NO_SUCH_WORD, said=wrong),
                line=line,
                start=error.start,
                end=error.end,
                nearest=close[0],
                example=Example(Sample.SCHEDULE),
            ) from None
        raise


def _options(words: Sequence[Word], line: str) -> tuple[list[Word], dict[str, Word], str]:
    """The words that are no option, the options, and the line with blanks where those stood."""
    kept: list[Word] = []
    found: dict[str, Word] = {}
    taken: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        key = _OPTION.match(word.text)
        place += 1
        if key is None or any(word.quoted[: key.end()]) or (key.end() == len(word.text) and not _marked(word)):
            kept.append(word)
            continue
        name = "empty" if key[1].casefold() == "empty" else "zone"
        value = word.slice(key.end())
        taken.append(word)
        if not value.text and place < len(words):
            value = words[place]
            taken.append(value)
            place += 1
        if not value.text or name in found:
            raise _error(Mistake(Wrong.TWICE if name in found else Wrong.VALUE_MISSING), word, line)
        found[name] = value
    return kept, found, _without(line, taken)


def _marked(word: Word) -> bool:
    """It is a key by its dashes or its colon, not a bare word that happens to be one."""
    return word.text.endswith((":", "=")) or _DASHED.match(word.text) is not None


def _without(line: str, words: Sequence[Word]) -> str:
    for word in words:
        line = line[: word.start] + " " * (word.end - word.start) + line[word.end :]
    return line


def _query_type(word: Word) -> type[ProfilesQuery | JobsQuery] | None:
    return _QUERIES.get(word.text.casefold().lstrip("/")) if word.bare else None


def _query(head: Word, line: str) -> Query:
    query_type = _query_type(head) or ProfilesQuery
    query = read_rest(query_type, line, head.end)
    if isinstance(query, HelpWanted) or not query.subject:
        kind = "job" if query_type is ProfilesQuery else "profile"
        raise QueryError(
            Mistake(Wrong.SUBJECT_MISSING, key=kind), line=line, start=head.end, end=head.end + 1, example=_FULL
        )
    if query.page != 1:
        raise QueryError(Mistake(Wrong.NOT_FROM_THE_TOP), line=line, start=head.start, end=head.end)
    return query


def _where(word: Word) -> str:
    token = _TOKEN.fullmatch(word.text)
    return token[1] if token else word.text


def _say(value: Word, line: str) -> bool:
    found = _SAY.get(value.text.casefold())
    if found is None:
        close = nearest(value.text, ("say", "quiet"), cutoff=0.5)
        raise _error(Mistake(Wrong.EMPTY_IS), value, line, close[0] if close else "", Example(Sample.EMPTY))
    return found


def _all(rest: Sequence[Word], line: str) -> bool:
    if not rest:
        return False
    if len(rest) > 1 or rest[0].text.casefold() != "all":
        raise _error(Mistake(Wrong.LIST_TAKES), rest[0], line, "", Example(Sample.LIST))
    return True


def _until(rest: Sequence[Word], line: str, now: datetime) -> datetime:
    """The beginning of a day to come, on the clocks of `now`."""
    words = rest[1:] if rest[0].text.casefold() in ("until", "till", "for") else rest
    if len(words) != 1:
        raise _error(Mistake(Wrong.DAY_MISSING), rest[-1], line, "", Example(Sample.PAUSE))
    found = day_named(words[0].text, now)
    if found is None or found <= now:
        raise _error(Mistake(Wrong.NO_DAY_TO_COME), words[0], line, "", Example(Sample.PAUSE))
    return found


def day_named(text: str, now: datetime) -> datetime | None:
    """`2027-01-04`, `tomorrow`, `3d`, `2w`, `1m`, or an ISO date-time, ahead of `now` and in its zone; else None."""
    text = text.casefold()
    zone: tzinfo | None = now.tzinfo
    if ahead := _AHEAD.fullmatch(text):
        days = int(ahead[1]) * {"d": 1, "w": 7, "m": _MONTH_DAYS}[ahead[2]]
        return datetime.combine(now.date() + timedelta(days=days), time.min, zone)
    if text == "tomorrow":
        return datetime.combine(now.date() + timedelta(days=1), time.min, zone)
    try:
        if len(text) == len("2027-01-04"):
            return datetime.combine(date.fromisoformat(text), time.min, zone)
        found = datetime.fromisoformat(text.upper())
        return found if found.tzinfo else found.replace(tzinfo=zone)
    except ValueError:
        return None


def _error(mistake: Mistake, word: Word, line: str, close: str = "", example: Example | None = None) -> QueryError:
    return QueryError(mistake, line=line, start=word.start, end=word.end, nearest=close, example=example)
