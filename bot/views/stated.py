"""What an object states, as chunks of blocks: pairs, texts, names, stays, links. What is not stated leaves no trace."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.domain.text import tidy
from bot.views import blocks as kit
from bot.views import phrases
from bot.views.locales import NEUTRAL
from bot.views.phrases import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.domain.entities import Stay
    from bot.domain.values import Named
    from bot.views.locales import Manner
    from bot.views.paged import Chunk

PART = 2_800  # characters of one block of a text
LONGEST_TEXT = 12_000  # characters of one text
MOST_STAYS = 60
MOST_NAMES = 300
MOST_LINKS = 30
_DECIMALS = 9  # as many as can be typed


def pairs(found: Iterable[tuple[str, str]]) -> list[Chunk]:
    """Values with their names, one a line."""
    lines = [
        kit.join(" ", [kit.bold(kit.escape(f"{name}:", 60)), kit.escape(value, 150)])
        for name, value in found
        if kit.cut(value, 1)
    ]
    return [[kit.section(kit.join("\n", lines))]] if lines else []


def exact(found: Iterable[tuple[str, str]]) -> list[Chunk]:
    """Values that people copy."""
    lines = [f"{name}: {value}" for name, value in found if kit.cut(value, 1)]
    return [[kit.exactly(lines)]] if lines else []


def text(title: str, whole: str) -> list[Chunk]:
    """A text under its title, line by line, in as many blocks as it takes."""
    parts = parts_of(whole)
    if not parts:
        return []
    drawn = [kit.lines(part) for part in parts]
    return [[_title(title), drawn[0]], *([block] for block in drawn[1:])]


def parts_of(whole: str) -> list[str]:
    """A text cut into parts that fit a block, between words where there are any; each line is tidy, none is empty."""
    short = whole[:LONGEST_TEXT]
    if len(whole) > LONGEST_TEXT:
        short += kit.ELLIPSIS
    rest = "\n".join(filter(None, map(tidy, short.splitlines())))
    parts = []
    while len(rest) > PART:
        cut = max(rest.rfind("\n", PART // 2, PART), rest.rfind(" ", PART // 2, PART))
        cut = cut if cut > 0 else PART
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [part for part in [*parts, rest] if part]


def names(title: str, named: Sequence[Named], manner: Manner = NEUTRAL) -> list[Chunk]:
    """Names with their values, between commas."""
    shown = [
        each.name if each.value is None else f"{each.name} ({_value(each, manner)})" for each in named[:MOST_NAMES]
    ]
    shown = [kit.cut(each, 120) for each in shown]
    if len(named) > MOST_NAMES:
        shown.append(phrases.more(len(named) - MOST_NAMES, manner))
    return text(title, ", ".join(filter(None, shown)))


def stays(title: str, found: Sequence[Stay], manner: Manner = NEUTRAL) -> list[Chunk]:
    """Experiences or educations, each with its dates and its description."""
    chunks: list[Chunk] = []
    for stay in found[:MOST_STAYS]:
        what = ", ".join(part for part in map(_short, (stay.title, stay.organisation, stay.place)) if part)
        line = kit.bold(kit.escape(what or "not stated", 300))
        head = kit.section(kit.join("\n", [line, kit.Markup(_span(stay, manner))]))
        parts = [kit.lines(part) for part in parts_of(stay.description)]
        chunks.append([head, *parts[:1]])
        chunks += [[part] for part in parts[1:]]
    if chunks:
        chunks[0] = [_title(title), *chunks[0]]
    if len(found) > MOST_STAYS:
        chunks.append([kit.context(kit.Markup(phrases.more(len(found) - MOST_STAYS, manner)))])
    return chunks


def links(found: Sequence[str]) -> list[Chunk]:
    """Addresses as text, each behind the host that it really leads to; nothing to press."""
    lines = [f"{host}{SEPARATOR}{link}" for link in found[:MOST_LINKS] if (host := _host(link))]
    return text("Links", "\n".join(kit.cut(line, 500) for line in lines))


def _host(link: str) -> str:
    """The host of an https address, in ASCII, where letters that look alike are told apart; "" for anything else."""
    try:
        parts = urlsplit(tidy(link))
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return ""
    return host if parts.scheme == "https" else ""


def _title(title: str) -> kit.Block:
    return kit.section(kit.bold(kit.escape(title, 80)))


def _short(value: str) -> str:
    return kit.cut(value, 90)


def _span(stay: Stay, manner: Manner) -> str:
    if stay.start is None and stay.end is None:
        return "dates not stated"
    start = manner.month(stay.start) if stay.start else "?"
    return f"{start} to {manner.month(stay.end)}" if stay.end else f"{start} to present"


def _value(named: Named, manner: Manner) -> str:
    if isinstance(named.value, bool):
        return "yes" if named.value else "no"
    return manner.number(named.value, _DECIMALS) if isinstance(named.value, (int, float)) else str(named.value)


def between(low: float | str | None, high: float | str | None, manner: Manner = NEUTRAL) -> str:
    """A range of numbers or of ISO dates."""
    return f"{_end(low, manner)} to {_end(high, manner)}"


def _end(value: float | str | None, manner: Manner) -> str:
    if value is None:
        return "open"
    if not isinstance(value, str):
        return manner.number(value, _DECIMALS)
    try:
        return manner.day(date.fromisoformat(value))
    except ValueError:
        return value
