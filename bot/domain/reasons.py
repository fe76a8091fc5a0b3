"""Why an item stands where it stands: facts that were checked against the object, never a guess at the score.

At most three facts that speak for it and one gap. Each carries the path of the field that proves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.text import fold, tidy
from bot.domain.values import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.domain.entities import Job, Profile
    from bot.domain.query import Query
    from bot.domain.values import Named

MOST_REASONS = 3
MOST_NAMES = 4  # skills named in one reason
CLOSE_KM = 50.0
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """`kind` chooses the words (views), `names` fill them; `more` counts what was left out; `path` is the proof."""

    kind: str
    names: tuple[str, ...] = ()
    more: int = 0
    number: float | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What speaks for an item, and what was asked for but is not stated."""

    facts: tuple[Fact, ...] = ()
    gap: Fact | None = None


def reasons_for(query: Query, profile: Profile, job: Job, *, of: str) -> Reasons:
    """The facts about the pair; `of` says which side the list ranks, `profile` or `job`.

    A ranked profile is held against what the query and the job ask for, a ranked job against what the query asks for
    and the profile states; a place asked for counts where it is located. "Not stated" is all that a gap says: it is
    not "stated and below".
    """
    if of == "profile":
        wanted = _together(query.skills, job.skills), _together(query.languages, job.languages)
        stated = profile.skills, profile.languages
    else:
        wanted = _together(query.skills, profile.skills), _together(query.languages, profile.languages)
        stated = job.skills, job.languages
    facts: list[Fact] = []
    held, missing = _compare(wanted[0], stated[0])
    if held:
        facts.append(Fact("skills", held[:MOST_NAMES], max(0, len(held) - MOST_NAMES), path="skills[].name"))
    spoken, unspoken = _compare(wanted[1], stated[1])
    if spoken:
        facts.append(Fact("languages", spoken[:MOST_NAMES], max(0, len(spoken) - MOST_NAMES), path="languages[].name"))
    asked = query.near if isinstance(query.near, Place) else None
    centre = asked or (job.point if of == "profile" else profile.point)
    point = profile.point if of == "profile" else job.point
    if centre is not None and point is not None:
        path = "info.location" if of == "profile" else "location"
        km = centre.km_to(point)
        if asked is not None or km <= CLOSE_KM:  # far away is no reason, unless a place was asked for
            facts.append(Fact("distance", number=km, path=path))
    gap = None
    if of == "profile":
        if missing:
            gap = Fact("skills", missing[:2], max(0, len(missing) - 2), path="skills[].name")
        elif unspoken:
            gap = Fact("languages", unspoken[:2], max(0, len(unspoken) - 2), path="languages[].name")
    else:
        gap = _gap_of_job(profile.skills, job.skills)
    return Reasons(tuple(facts[:MOST_REASONS]), gap)


def _gap_of_job(has: Sequence[Named], asks: Sequence[Named]) -> Fact | None:
    """What the job asks for and the profile does not state."""
    _, missing = _compare(_together(asks), has)
    return Fact("skills", missing[:2], max(0, len(missing) - 2), path="skills[].name") if missing else None


def _together(*lists: Iterable[Named]) -> list[Named]:
    seen: dict[str, Named] = {}
    for items in lists:
        for item in items:
            if name := _compared(item.name):
                seen.setdefault(name, item)
    return list(seen.values())


def _compare(wanted: Iterable[Named], stated: Iterable[Named]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The wanted names that are stated, and those that are not, each in the order wanted."""
    known = {_compared(item.name) for item in stated}
    held: list[str] = []
    missing: list[str] = []
    for item in wanted:
        (held if _compared(item.name) in known else missing).append(item.name)
    return tuple(held), tuple(missing)


def _compared(name: str) -> str:
    """A name as it is compared; "" where nothing of it can be seen, or where it is too long to be a name."""
    return _folded(name) if len(name) <= _LONGEST_NAME else ""


@lru_cache(maxsize=8_192)  # the same skills stand in job after profile
def _folded(name: str) -> str:
    return fold(tidy(name))
