"""Words → Schedule: `weekdays 09:00`, `weekly mon,thu 9:30 Europe/Paris`, `hourly`, `cron:"*/5 8-18 * * mon-fri"`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.cron import FIELDS, WEEKDAYS, Cron, CronError
from bot.domain.schedules import ODD_ZONES, Hourly, OnDays, Schedule, zones
from bot.domain.text import nearest, tidy
from bot.domain.words import Word, scan
from bot.errors import QueryError
from bot.mistakes import Example, Mistake, Sample, Wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("daily", "weekdays", "weekly", "monthly", "hourly", "cron:")
USUAL_TIME = time(9, 0)  # where none is named
_SAMPLES = {"weekly": Sample.WEEKLY, "monthly": Sample.MONTHLY, "hourly": Sample.HOURLY, "cron:": Sample.CRON}
LONGEST = 300  # characters of a schedule
_TIME = re.compile(r"(\d{1,2})(?:[:h](\d{2}))?h?(am|pm)?")
_CLOCK = re.compile(r"\d{1,2}(?:[:h]\d{2}|h|(?::\d{2})?[ap]m)")
_MINUTE = re.compile(r"(?:0?0)?:(\d{2})")
_FILLERS = frozenset({"at", "on", "the", "every", "and"})
_ZONE = re.compile(r"[A-Za-z][\w+-]*(?:/[A-Za-z][\w+-]*)*")
_ODD_ROOTS = frozenset({*map(str.casefold, ODD_ZONES), "posix", "right"})
_LAST_DAY = 31
_NOON = 12
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read(text: str, zone: str) -> Schedule:
    """The schedule that `text` names; `zone` is meant where it names none. Raises QueryError."""
    if len(text) > LONGEST:
        raise QueryError(Mistake(Wrong.TOO_LONG, high=LONGEST), line=tidy(text[:80]), end=80)
    line = tidy(text)
    return read_words(scan(line), line, zone)


def read_words(words: Sequence[Word], line: str, zone: str) -> Schedule:
    """The same for words of a `line`. Raises QueryError that marks the place."""
    reading = _Reading(line, [word for word in words if word.text.casefold() not in _FILLERS])
    if not reading.words:
        missing, example = Mistake(Wrong.TIME_MISSING), Example(Sample.SCHEDULE)
        raise QueryError(missing, line=line, start=len(line), end=len(line) + 1, example=example)
    rule = _rule(reading)
    while reading.words:
        word = reading.words.pop(0)
        if reading.zone:
            raise reading.error(Mistake(Wrong.NOT_OF_A_SCHEDULE), word)
        marked = word.slice(3) if word.text.casefold().startswith("tz:") and len(word.text) > 3 else word  # noqa: PLR2004 - len("tz:")
        reading.zone = zone_named(marked, line)
    return Schedule(rule, reading.zone or zone)


@dataclass(slots=True)
class _Reading:
    line: str
    words: list[Word]
    zone: str = ""
    kind: str = field(default="")

    def error(self, mistake: Mistake, word: Word, close: str = "") -> QueryError:
        example = Example(_SAMPLES.get(self.kind, Sample.SCHEDULE))
        return QueryError(mistake, line=self.line, start=word.start, end=word.end, nearest=close, example=example)


def _rule(reading: _Reading) -> OnDays | Hourly | Cron:
    head = reading.words[0]
    name = head.text.casefold()
    if _CLOCK.fullmatch(name):
        return OnDays("daily", _time(reading))
    if name == "cron" or name.startswith("cron:"):
        reading.kind = "cron:"
        return _cron(reading)
    if name not in KINDS:
        close = nearest(name, KINDS, cutoff=0.6)
        raise reading.error(Mistake(Wrong.NO_SCHEDULE, said=head.text), head, close[0] if close else "")
    reading.words.pop(0)
    reading.kind = name
    if name == "hourly":
        return Hourly(_minute(reading))
    days: tuple[int, ...] = ()
    if name in ("weekly", "monthly"):
        days = _days(reading, head)
    return OnDays(name, _time(reading), days)


def _time(reading: _Reading) -> time:
    if not reading.words or not reading.words[0].text[:1].isdigit():
        return USUAL_TIME
    word = reading.words.pop(0)
    text = word.text.casefold()
    if reading.words and reading.words[0].text.casefold() in ("am", "pm"):
        text += reading.words.pop(0).text.casefold()
    found = _TIME.fullmatch(text)
    hour, minute, half = (int(found[1]), int(found[2] or 0), found[3]) if found else (99, 0, None)
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0) if 1 <= hour <= _NOON else 99
    try:
        if found is None or not _CLOCK.fullmatch(text):
            raise ValueError  # noqa: TRY301 - the same words as for 25:00
        return time(hour, minute)
    except ValueError:
        raise reading.error(Mistake(Wrong.NO_TIME_OF_DAY), word) from None


def _minute(reading: _Reading) -> int:
    if not reading.words or not re.match(r"[\d:]", reading.words[0].text):
        return 0
    word = reading.words.pop(0)
    found = _MINUTE.fullmatch(word.text)
    if found is None or int(found[1]) > 59:  # noqa: PLR2004 - minutes of an hour
        raise reading.error(Mistake(Wrong.MINUTE_ONLY), word)
    return int(found[1])


def _days(reading: _Reading, head: Word) -> tuple[int, ...]:
    found: set[int] = set()
    while reading.words and not _CLOCK.fullmatch(reading.words[0].text.casefold()):
        word = reading.words[0]
        if reading.kind == "monthly" and not re.match(r"\d|last\b|,", word.text.casefold()):
            break
        if reading.kind == "weekly" and found and _looks_like_zone(word):
            break
        for part in word.split(","):
            if part.text:
                found.update(_weekdays(reading, part) if reading.kind == "weekly" else [_month_day(reading, part)])
        reading.words.pop(0)
    if not found:
        missing = Mistake(Wrong.WEEKDAY_MISSING if reading.kind == "weekly" else Wrong.MONTH_DAY_MISSING)
        raise reading.error(missing, reading.words[0] if reading.words else head)
    return tuple(sorted(found))


def _looks_like_zone(word: Word) -> bool:
    name = word.text.casefold().split(",")[0].split("-")[0]
    return _weekday(name) is None and (("/" in name) or name in zones())


def _weekday(name: str) -> int | None:
    """Its number where it is a weekday's name, or the beginning of one of at least three letters."""
    short = name.removesuffix("s") if name not in _DAY_NAMES else name
    whole = [place for place, full in enumerate(_DAY_NAMES) if len(short) > 2 and full.startswith(short)]  # noqa: PLR2004 - three letters
    return whole[0] if whole else None


def _weekdays(reading: _Reading, part: Word) -> list[int]:
    ends = [_weekday(name) for name in part.text.casefold().split("-", 1)]
    if None in ends:
        close = nearest(part.text, (*WEEKDAYS, *_DAY_NAMES), cutoff=0.5)
        raise reading.error(Mistake(Wrong.NO_WEEKDAY, said=part.text), part, close[0][:3] if close else "")
    first, last = ends[0] or 0, ends[-1] or 0
    return [(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)]


def _month_day(reading: _Reading, part: Word) -> int:
    text = part.text.casefold()
    if text == "last":
        return _LAST_DAY
    digits = re.sub(r"(?<=\d)(?:st|nd|rd|th)$|\.$", "", text)
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits[:3]) <= _LAST_DAY:
        raise reading.error(Mistake(Wrong.NO_MONTH_DAY, low=1, high=_LAST_DAY), part)
    return int(digits)


def _cron(reading: _Reading) -> Cron:
    head = reading.words.pop(0)
    value = head.slice(5) if head.text.casefold().startswith("cron:") and len(head.text) > 5 else None  # noqa: PLR2004 - len("cron:")
    if value is None:
        if not reading.words:
            raise reading.error(Mistake(Wrong.CRON_MISSING), head)
        value = reading.words.pop(0)
    fields = value.text.split()
    while len(fields) < FIELDS and reading.words and not value.had_quotes:  # typed without quotes
        fields.append(reading.words.pop(0).text)
    try:
        return Cron.read(" ".join(fields))
    except CronError as error:
        raise reading.error(error.mistake, value, error.nearest) from None


def zone_named(word: Word, line: str) -> str:
    """The time zone that `word` names, in its own spelling. Raises QueryError."""
    if found := known_zone(word.text):
        return found
    by_name = zones()
    city = word.text.casefold().replace(" ", "_")
    close = [name for folded, name in by_name.items() if folded.endswith(f"/{city}")]
    close = close or nearest(word.text, by_name.values(), cutoff=0.6)
    raise QueryError(
        Mistake(Wrong.NO_ZONE, said=word.text),
        line=line,
        start=word.start,
        end=word.end,
        nearest=close[0] if close else "",
        example=Example(Sample.ZONE),
    )


def known_zone(name: str) -> str:
    """The zone of that name, whatever its case, or ""."""
    if not _ZONE.fullmatch(name) or name.partition("/")[0].casefold() in _ODD_ROOTS:
        return ""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return zones().get(name.casefold(), "")
    return name if name.casefold() not in ("utc", "gmt") else name.upper()
