"""The words for single values: scores, stages, years. Used by cards, lists and details alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Stage
from bot.domain.reasons import believable
from bot.views.blocks import Markup, cut
from bot.views.locales import NEUTRAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.views.locales import Manner

SEPARATOR = " \u00b7 "
NOT_SCORED = "not scored"
SOME_PROFILE, SOME_JOB = "The profile", "this job"  # where nobody can tell which
NO_NAME = "name not stated"
NO_HEADLINE = "headline not stated"
NO_PLACE = "place not stated"
NO_YEARS = "years not stated"


class _StageNames(dict[Stage, str]):
    """A stage that only HrFlow knows is called what it is called there; such words need no escaping."""

    def __missing__(self, stage: Stage) -> str:
        return stage.value


STAGE_NAMES = _StageNames({Stage.NEW: "New", Stage.YES: "Yes", Stage.LATER: "Later", Stage.NO: "No"})
_BAR = 10


def stated(text: str, otherwise: str) -> str:
    """`text`, or the words for what is not stated where it holds nothing that can be seen."""
    return text if text[:1].isalnum() or cut(text, 1) else otherwise


def percent(score: float | None, manner: Manner = NEUTRAL) -> str:
    """`92 %`; "not scored" where there is no score, never 0 % (DESIGN §5)."""
    return NOT_SCORED if score is None else manner.percent(score)


def bar(score: float | None) -> str:
    """The score as ten small boxes; nothing where there is none."""
    if score is None:
        return ""
    filled = round(score * _BAR)
    return "\u25b0" * filled + "\u25b1" * (_BAR - filled)


def years(number: float | None) -> str:
    """`7 years`, or "" where nothing believable is stated."""
    number = believable(number)
    if number is None:
        return ""
    if number < 1:
        return "under a year"
    whole = int(number)
    return "1 year" if whole == 1 else f"{whole} years"


def date(when: datetime | None, manner: Manner = NEUTRAL) -> str:
    """A day, `2026-11-22`, or "" where none is stated."""
    return "" if when is None else manner.day(when)


def utc(when: datetime) -> str:
    """A time for those who see no local one: `2026-11-22 15:04 UTC`."""
    return when.strftime("%Y-%m-%d %H:%M UTC")


def sorted_here(among: int, total: int | None, manner: Manner = NEUTRAL) -> str:
    """Said where HrFlow gave another order than that of the scores."""
    first = manner.number(among)
    if total is None:
        words = "HrFlow did not sort these by score; Shortlist has sorted the first {first}, so the list may miss some."
        return words.format(first=first)
    if total <= among:
        return f"HrFlow did not sort these by score; Shortlist has sorted all {first}."
    words = (
        "HrFlow did not sort these by score; Shortlist has sorted the first {first} of {total}, so the list may miss "
        "some."
    )
    return words.format(first=first, total=manner.number(total))


def filled(words: str, **places: Markup | str) -> Markup:
    """A sentence of our own with markup in its places: one piece, so that a language may order them as it needs."""
    return Markup(words.format(**places))


def counted(count: int, one: str, many: str, manner: Manner = NEUTRAL, **places: str) -> str:
    """`one`, or `many` with the `{count}` in it: the one place that knows how a language counts things."""
    return (one if count == 1 else many).format(count=manner.number(count), **places)


def more(count: int, manner: Manner = NEUTRAL) -> str:
    """Said behind a list that goes on."""
    return f"and {manner.number(count)} more"


def renamed(line: str, rename: Mapping[str, str]) -> str:
    """A command line with the command's name in this workspace."""
    command, _, rest = line.partition(" ")
    return f"{rename.get(command, command)} {rest}".rstrip()
