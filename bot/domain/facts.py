"""What is said about an item: facts that speak for it, and gaps. How they are found: `reasons`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.light import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.values import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`kind` chooses the words (views), `names` fill them; `more` counts what was left out; `path` is the proof.

    Kinds: skills, languages, years, education_years (with the range `asked`), distance (in km), received, created (when
    is `at`), position (held since `at`).
    """

    kind: str
    names: tuple[str, ...] = ()
    more: int = 0
    number: float | None = None
    asked: Range | None = None
    at: datetime | None = None
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What was asked for and is not there; `path` is where it was looked for.

    `state` tells how: `unstated` (nothing is said about it), `below`, `above` (a number outside of what was asked),
    `otherwise` (another value is stated).
    """

    kind: str
    state: str
    names: tuple[str, ...] = ()
    more: int = 0
    number: float | None = None
    asked: Range | None = None
    stated: str = ""
    wanted: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What speaks for an item, and one thing that was asked for and is not there.

    `km` is how far it is from the place that the query asked for, None where it asked for none or no place is stated.
    """

    facts: tuple[Fact, ...] = ()
    gap: Gap | None = None
    km: float | None = None
