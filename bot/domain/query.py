"""The two questions that can be asked, with every parameter of the two seed tables, typed.

`ProfilesQuery` is `GET /profiles/scoring`, `JobsQuery` is `GET /jobs/scoring` (seed pages). A field is empty (None or
an empty tuple) where nothing was asked. `str(query)` is canonical text that parses back to the same query.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

from bot.domain.parameters import JOBS, PROFILES
from bot.domain.values import normal
from bot.domain.words import quote
from bot.mistakes import Mistake, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from bot.domain.declaring import Parameter
    from bot.domain.moments import Moment
    from bot.domain.values import Named, NamedRange, Place, PlaceName, Range

ANY_STAGE = "any"
MERGEABLE_SORTS = frozenset({"score", "received", "created"})  # the reply carries a value to merge four lists by

HELP_WORDS = frozenset({"help", "--help", "-h", "\u2014help", "?"})  # alone behind a command they ask for help
DEFAULT_RADIUS_KM = 50  # a place without a radius means so, and prints so (DESIGN §4)
RADII = (("near", "within"), ("worked_near", "worked_within"), ("studied_near", "studied_within"))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Query:
    """What both questions share."""

    command: ClassVar[str]
    parameters: ClassVar[Mapping[str, Parameter]]

    subject: str = ""
    scoring: bool = True
    limit: int = 10
    page: int = 1
    order: str = "desc"
    sort: str | None = None
    since: Moment | None = None
    until: Moment | None = None
    name: str | None = None
    near: Place | PlaceName | None = None
    within: int | None = None
    summary: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    skills: tuple[Named, ...] = ()
    languages: tuple[Named, ...] = ()

    def __post_init__(self) -> None:
        """Whoever made it, its values are what can be typed, so that its canonical text reads back the same."""
        for each in fields(self):
            value = getattr(self, each.name)
            if value != each.default:
                clean = normal(value)
                object.__setattr__(self, each.name, each.default if clean is None else clean)
        for place, radius in RADII:
            if getattr(self, place, None) is not None and getattr(self, radius) is None:
                object.__setattr__(self, radius, DEFAULT_RADIUS_KM)

    @property
    def sorted_by(self) -> str:
        """What the list is sorted by: the score, unless another sort was named or scoring is off (DESIGN §4)."""
        return self.sort or ("score" if self.scoring else "semantic")

    def given(self) -> Iterator[tuple[Parameter, Any]]:
        """The parameters whose value is not the default, in the order of their declaration, each with its value."""
        defaults = {field.name: field.default for field in fields(self)}
        for parameter in self.parameters.values():
            value = getattr(self, parameter.field)
            if parameter.field != "subject" and value != defaults[parameter.field]:
                yield parameter, value

    def contradiction(self, now: datetime | None = None) -> tuple[str, Mistake] | None:
        """The field that cannot stand beside the others and why, or None.

        `now` is aware and in the asker's time zone; without it nothing can be said of dates, which may be relative.
        """
        for place, radius in RADII:
            if getattr(self, radius, None) is not None and getattr(self, place) is None:
                return radius, Mistake(Wrong.RADIUS_ALONE, key=place.replace("_", "-"))
        if self.sort == "score" and not self.scoring:
            return "sort", Mistake(Wrong.NO_SCORE_TO_SORT_BY)
        if (
            now is None
            or self.since is None
            or self.until is None
            or self.since.at(now) <= self.until.at(now, end=True)
        ):
            return None
        return "since", Mistake(Wrong.AFTER_UNTIL, said=self.until.text)

    def __str__(self) -> str:
        subject = [quote(self.subject, force=self.subject.casefold() in HELP_WORDS)] if self.subject else []
        filters = [
            f"{parameter.key}:{text}" for parameter, value in self.given() for text in parameter.kind.write(value)
        ]
        return " ".join([self.command, *subject, *filters])


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfilesQuery(_Query):
    """The top profiles for a job; `subject` names the job."""

    command: ClassVar[str] = "/profiles"
    parameters: ClassVar[Mapping[str, Parameter]] = PROFILES

    source: tuple[str, ...] = ()
    board: str | None = None
    stage: str = "new"
    email: str | None = None
    experience: tuple[str, ...] = ()
    worked_near: Place | PlaceName | None = None
    worked_within: int | None = None
    years: Range | None = None
    education: tuple[str, ...] = ()
    studied_near: Place | PlaceName | None = None
    studied_within: int | None = None
    education_years: Range | None = None
    tags: tuple[Named, ...] = ()
    interests: tuple[Named, ...] = ()

    def contradiction(self, now: datetime | None = None) -> tuple[str, Mistake] | None:
        """The field that cannot stand beside the others and why, or None; see above."""
        if self.stage == ANY_STAGE and self.sorted_by not in MERGEABLE_SORTS:
            where = "sort" if self.sort else "stage"
            return where, Mistake(Wrong.STAGES_NOT_MERGEABLE)
        return _Query.contradiction(self, now)


@dataclass(frozen=True, kw_only=True, slots=True)
class JobsQuery(_Query):
    """The top jobs for a profile; `subject` names the profile."""

    command: ClassVar[str] = "/jobs"
    parameters: ClassVar[Mapping[str, Parameter]] = JOBS

    source: str | None = None
    board: tuple[str, ...] = ()
    agent: str | None = None
    tags: tuple[tuple[Named, ...], ...] = ()
    ranges: tuple[NamedRange, ...] = ()
    dates: tuple[NamedRange, ...] = ()


Query = ProfilesQuery | JobsQuery
