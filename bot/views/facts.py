"""The words for reasons and gaps, and for what keeps a profile from being scored. The names in them are not escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.views import blocks as kit
from bot.views import phrases
from bot.views.blocks import Markup, cut, escape, join
from bot.views.locales import NEUTRAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.facts import Fact, Gap
    from bot.domain.values import Range
    from bot.views.locales import Manner

_DECIMALS = 9  # as many as can be typed
NOTE = "Reasons are facts stated in the profile and the job; they do not reproduce HrFlow's score."
WHO_IS_SCORED = (
    "HrFlow scores only profiles that state an experience with its company, an education, a skill, a task and a summary"
)
_MISSING = {
    "company": "an experience with its company",
    "education": "an education",
    "skill": "a skill",
    "task": "a task",
    "summary": "a summary",
}
_UNSCORED = {
    "profile": ("One profile matches but came without a score.", "{count} profiles match but came without a score."),
    "job": ("One job came without a score.", "{count} jobs came without a score."),
}
PATHS = {
    "company": "experiences[].company",
    "education": "educations[]",
    "skill": "skills[]",
    "task": "tasks[]",
    "summary": "info.summary",
}
_HAS = {
    ("profile", "skills"): "has",
    ("profile", "languages"): "speaks",
    ("job", "skills"): "asks for",
    ("job", "languages"): "spoken there:",
}
# Said in numbers that each reader writes in their own way.
AS_READ = frozenset({"distance", "position", "years", "education_years"})
_WHEN = {("profile", "created"): "added", ("profile", "received"): "received", ("job", "created"): "created"}


def fact(found: Fact, *, of: str) -> str:
    """A reason in words, for a ranked `profile` or `job`."""
    when = _WHEN.get((of, found.kind))
    if when is not None and found.at is not None:
        return f"{when} {found.at.date().isoformat()}"
    return _timeless(found, of)


def fact_markup(found: Fact, said: str, *, of: str, limit: int = 200, manner: Manner = NEUTRAL) -> Markup:
    """The same for a block, from what `fact` said: escaped; days, months, distances are as the reader writes them."""
    when = _WHEN.get((of, found.kind))
    if when is not None and found.at is not None:
        return join(" ", [Markup(when), kit.day(int(found.at.timestamp()), found.at.date().isoformat())])
    return escape(_timeless(found, of, manner) if found.kind in AS_READ else said, limit)


def _timeless(found: Fact, of: str, manner: Manner = NEUTRAL) -> str:
    match found.kind:
        case "years":
            return f"{_years(found.number, found.asked, manner)}, asked {_range(found.asked, manner)}"
        case "education_years":
            return f"{_years(found.number, found.asked, manner)} of education, asked {_range(found.asked, manner)}"
        case "distance":
            return away(found.number, manner)
        case "position":
            return f"in this position since {manner.month(found.at) if found.at else '?'}"
        case _:
            return f"{_HAS[of, found.kind]} {_names(found.names, found.more)}"


def gap(found: Gap, *, of: str, manner: Manner = NEUTRAL) -> str:  # noqa: PLR0911 - one sentence for each kind of gap
    """What was asked for and is not there: "not stated" where nothing is said about it, else what is stated."""
    match found.kind, found.state:
        case "skills" | "languages", _:
            names = _names(found.names, found.more)
            return f"{names} not stated" if of == "profile" else f"the profile does not state {names}"
        case "years", "unstated":
            return "years not stated"
        case "education_years", "unstated":
            return "years of education not stated"
        case "years", _:
            return f"{_years(found.number, found.asked, manner)}, {_beyond(found, manner)}"
        case "education_years", _:
            return f"{_years(found.number, found.asked, manner)} of education, {_beyond(found, manner)}"
        case "place", _:
            return "place not stated"
        case "distance", _:
            return f"{away(found.number, manner)}, beyond {manner.distance(_high(found))}"
        case _, "below":
            return f"{_names(found.names, 0)} {cut(found.stated, 40)}, below {cut(found.wanted, 40)}"
        case _, "otherwise":
            return f"{_names(found.names, 0)} {cut(found.stated, 40)}, asked {cut(found.wanted, 40)}"
        case _:
            return f"level of {_names(found.names, 0)} not stated"


def away(km: float | None, manner: Manner = NEUTRAL) -> str:
    """`3 km away`."""
    return f"{manner.distance(km or 0)} away"


def _years(number: float | None, asked: Range | None, manner: Manner) -> str:
    """Years as the card says them, `2 years`; exactly, `7.4 years`, where that would seem to fall on the other side."""
    number = number or 0.0
    ends = (None, None) if asked is None else (asked.low, asked.high)
    whole = float(int(number))
    if any(end is not None and (whole < end) != (number < end) and whole != number for end in ends) or (
        ends[1] is not None and whole <= ends[1] < number
    ):
        whole = round(number, 2)
    return "1 year" if whole == 1 else f"{manner.number(whole, _DECIMALS)} years"


def missing(fields: Sequence[str]) -> str:
    """What a profile lacks to be scored: `an education, a summary`."""
    return ", ".join(_MISSING[name] for name in fields)


def unscored(count: int, *, of: str, fields: Sequence[str] = (), manner: Manner = NEUTRAL) -> str:
    """Said above those that came without a score; where jobs are ranked, `fields` are what the one profile lacks."""
    said = phrases.counted(count, *_UNSCORED[of], manner)
    if of == "job" and fields:
        return f"{said} {WHO_IS_SCORED}; this one does not state {missing(fields)}."
    return f"{said} {WHO_IS_SCORED}."


def _names(names: Sequence[str], more: int) -> str:
    said = ", ".join(map(_name, names))
    return f"{said} and {more} more" if more else said


@lru_cache(maxsize=1_024)  # the same skills are named in item after item, twice in each
def _name(name: str) -> str:
    return cut(name, 40)


def _range(asked: Range | None, manner: Manner) -> str:
    if asked is None or (asked.low is None and asked.high is None):
        return "any"
    if asked.high is None:
        return f"{manner.number(asked.low or 0, _DECIMALS)} or more"
    if asked.low is None:
        return f"{manner.number(asked.high, _DECIMALS)} or fewer"
    return f"{manner.number(asked.low, _DECIMALS)} to {manner.number(asked.high, _DECIMALS)}"


def _beyond(found: Gap, manner: Manner) -> str:
    if found.state == "below":
        return f"below {manner.number(found.asked.low or 0, _DECIMALS) if found.asked else ''}"
    return f"above {manner.number(_high(found), _DECIMALS)}"


def _high(found: Gap) -> float:
    return (found.asked.high or 0.0) if found.asked else 0.0
