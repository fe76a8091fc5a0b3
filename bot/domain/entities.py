"""Profiles and jobs as the rest of Shortlist knows them, whatever generation of HrFlow they came from.

An empty string, None or an empty tuple means "not stated". Text is as HrFlow gave it: hostile until `views` escapes it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakValueDictionary

from bot.domain.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.values import Named, NamedRange, Place


class Stage(StrEnum):
    """A profile's stage for one job. No label means NEW (reference hrflow-api §6.1).

    The four known ones are what can be asked for. HrFlow may hold any other word: `Stage(word)` stands for it, one
    object a word, where the word can be shown as it is (letters, digits, blanks, `-`, `_`, `/`); else ValueError.
    """

    NEW = "new"
    YES = "yes"
    LATER = "later"
    NO = "no"

    @classmethod
    def _missing_(cls, value: object) -> Stage | None:
        if not isinstance(value, str) or not _WORD.fullmatch(value):
            return None
        other = next((known for known in cls if known == value.casefold()), _OTHERS.get(value))
        if other is None:
            other = str.__new__(cls, value)
            other._name_ = other._value_ = value
            _OTHERS[value] = other
        return other


_WORD = re.compile(r"[^\W_](?:[\w/ -]{0,38}[^\W_])?")
_OTHERS: WeakValueDictionary[str, Stage] = WeakValueDictionary()  # while anything holds such a stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The stage of a profile for the job `job_key` or, in older objects, `job_reference`; `at` is when it was set."""

    stage: Stage
    job_key: str = ""
    job_reference: str = ""
    board_key: str = ""
    at: datetime | None = None

    def about(self, job: Job) -> bool:
        """It is about that job: by key, else by reference within its board (reference §6.4, hazard 4)."""
        if self.job_key:
            return self.job_key == job.key
        same_board = not self.board_key or self.board_key == job.board_key
        return bool(self.job_reference) and self.job_reference == job.reference and same_board


def newest(labels: Iterable[Label], job: Job) -> Label | None:
    """The newest label about that job, or None; one without a time is older than any other."""
    about = [label for label in labels if label.about(job)]
    return max(about, key=lambda label: label.at.timestamp() if label.at else float("-inf"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """An experience (`organisation` is a company) or an education (a school). An open end means "present"."""

    title: str = ""
    organisation: str = ""
    description: str = ""
    place: str = ""
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person. Durations are in years."""

    key: str
    source_key: str = ""
    reference: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    summary: str = ""
    place: str = ""
    point: Place | None = None
    experience_years: float | None = None
    education_years: float | None = None
    experiences: tuple[Stay, ...] = ()
    educations: tuple[Stay, ...] = ()
    skills: tuple[Named, ...] = ()
    tasks: tuple[str, ...] = ()
    languages: tuple[Named, ...] = ()
    interests: tuple[Named, ...] = ()
    tags: tuple[Named, ...] = ()
    links: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    created_at: datetime | None = None
    received_at: datetime | None = None

    @property
    def headline(self) -> str:
        """The current title and company, or what of them is stated."""
        current = self.experiences[0] if self.experiences else Stay()
        return ", ".join(part for part in (current.title, current.organisation) if part)

    def label_for(self, job: Job) -> Label | None:
        """The newest label about that job, or None."""
        return newest(self.labels, job) if self.labels else None

    def stage_for(self, job: Job) -> Stage:
        """The stage for that job; NEW where there is no label."""
        label = self.label_for(job)
        return label.stage if label else Stage.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job. `sections` are pairs of title and text."""

    key: str
    board_key: str = ""
    reference: str = ""
    title: str = ""
    summary: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    place: str = ""
    point: Place | None = None
    skills: tuple[Named, ...] = ()
    languages: tuple[Named, ...] = ()
    tags: tuple[Named, ...] = ()
    ranges: tuple[NamedRange, ...] = ()
    dates: tuple[NamedRange, ...] = ()
    url: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A source of profiles or a board of jobs."""

    key: str
    name: str


T = TypeVar("T", Profile, Job)


@dataclass(frozen=True, slots=True)
class Scored(Generic[T]):
    """One item of a list and its score in 0..1; None: HrFlow gave none."""

    item: T
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a reply; `total` is how many there are in all, None where the reply does not say, or says nonsense.

    `listed` is how many stood on it, also those of which nothing can be read; `further`: it says itself whether
    there are pages behind it, None where it does not.
    """

    items: tuple[Scored[T], ...]
    total: int | None
    listed: int | None = None
    further: bool | None = None

    @property
    def size(self) -> int:
        """How many stood on it."""
        return len(self.items) if self.listed is None else self.listed

    def short(self, number: int, size: int) -> bool:
        """As page `number` of pages of that size it holds too few, though there are more, as far as anybody can tell.

        Then HrFlow makes its pages smaller than was asked, or its total is too large.
        """
        end = (number - 1) * size + self.size
        more = self.total > end if self.total is not None else self.size > 0
        return self.size < size and (self.further or more)
