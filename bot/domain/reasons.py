"""Why an item stands where it stands: facts that were checked against the object, never a guess at the score.

At most three facts that speak for it and one gap. Each carries the path of the field that proves it, in the object that
`GET /profile/indexing` or `GET /job/indexing` gives. What is asked for by the query comes before what the other side of
the pair asks for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.comparing import compare, wanted
from bot.domain.facts import Fact, Gap, Reasons
from bot.domain.query import ProfilesQuery
from bot.domain.values import Named, Place, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.domain.comparing import Compared
    from bot.domain.entities import Job, Profile
    from bot.domain.query import Query

MOST_REASONS = 3
MOST_NAMES = 4  # skills named in one reason
MOST_MISSING = 2  # skills named in one gap
MOST_YEARS = 100  # more are not believed, and count as not stated
CLOSE_KM = 50.0
RECENT = timedelta(days=30)
_YEARS = (
    ("years", "experience_years", "experiences_duration"),
    ("education_years", "education_years", "educations_duration"),
)


def reasons_for(query: Query, profile: Profile, job: Job, *, of: str, now: datetime | None = None) -> Reasons:
    """The facts about one pair; see `Reasoner`, which does the same for a whole list."""
    if of == "profile":
        return Reasoner(query, job, now=now).of_profile(profile)
    return Reasoner(query, profile, now=now).of_job(job)


class Reasoner:
    """Holds the items of one list against what is asked of them.

    A ranked profile is held against what the query and the job ask for, a ranked job against what the query asks for
    and the profile states. `now` (aware) is what "recent" counts from; without it nothing is.
    """

    def __init__(self, query: Query, subject: Profile | Job, *, now: datetime | None = None) -> None:
        self._query = query
        self._subject = subject
        self._now = now
        # A value beside a skill of a job is its weight there, no level to be reached: only the query asks for levels.
        self._skills = wanted(query.skills, _any_level(subject.skills))
        self._languages = wanted(query.languages, _any_level(subject.languages))
        self._asked = {
            "skills": frozenset(item.name for item in query.skills),
            "languages": frozenset(item.name for item in query.languages),
        }
        self._centre = query.near if isinstance(query.near, Place) else None
        self._since = None if query.since is None or now is None else query.since.at(now)
        self._until = None if query.until is None or now is None else query.until.at(now, end=True)
        self._ranges: list[tuple[str, str, str, Range]] = []
        if isinstance(query, ProfilesQuery):
            for kind, attribute, path in _YEARS:
                asked = getattr(query, kind)
                if asked is not None:
                    self._ranges.append((kind, attribute, path, asked))

    def of_profile(self, profile: Profile) -> Reasons:
        """Why this profile."""
        skills = compare(self._skills, profile.skills)
        languages = compare(self._languages, profile.languages)
        km = None if self._centre is None or profile.point is None else self._centre.km_to(profile.point)
        facts = [
            *self._named("skills", skills),
            *self._named("languages", languages),
            *self._years_within(profile),
            *self._distance(profile.point, km, "info.location"),
            *self._recent(profile),
        ]
        gaps = [
            *self._unmet("skills", skills),
            *self._unmet("languages", languages),
            *self._years_outside(profile),
            *self._too_far(profile.point, km, "info.location"),
        ]
        return _of(facts, gaps, km)

    def of_job(self, job: Job) -> Reasons:
        """Why this job. The gap is what the job asks for and the profile does not state."""
        skills, languages = compare(self._skills, job.skills), compare(self._languages, job.languages)
        km = None if self._centre is None or job.point is None else self._centre.km_to(job.point)
        facts = [
            *self._named("skills", skills),
            *self._named("languages", languages),
            *self._distance(job.point, km, "location"),
            *self._new("created", job.created_at, "created_at"),
        ]
        gaps = [*self._too_far(job.point, km, "location")]
        stated = (("skills", job.skills, self._subject.skills), ("languages", job.languages, self._subject.languages))
        for kind, needs, has in stated:
            if missing := compare(wanted(_any_level(needs)), has).unstated:
                gaps.append((1, _unstated(kind, missing)))
        return _of(facts, gaps, km)

    def _named(self, kind: str, found: Compared) -> Iterator[tuple[int, Fact]]:
        held = found.held
        if held:
            first = held[:MOST_NAMES]
            yield (
                0 if self._asked[kind] else 1,
                Fact(
                    kind=kind,
                    names=tuple(each.name for each in first),
                    more=len(held) - len(first),
                    path=", ".join(f"{kind}[{each.place}].name" for each in first),
                ),
            )

    def _unmet(self, kind: str, found: Compared) -> Iterator[tuple[int, Gap]]:
        if not found.unstated and not found.otherwise:
            return
        by_query = self._asked[kind]
        missing = tuple(name for name in found.unstated if name in by_query)
        if missing:
            yield 0, _unstated(kind, missing)
        for each in found.otherwise:
            state = "below" if each.below else "otherwise" if each.stated else "unstated"
            yield (
                0 if each.name in by_query else 1,
                Gap(
                    kind="level",
                    state=state,
                    names=(each.name,),
                    stated=each.stated,
                    wanted=each.asked,
                    path=f"{kind}[{each.place}].value",
                ),
            )
        if len(missing) < len(found.unstated):
            yield 1, _unstated(kind, tuple(name for name in found.unstated if name not in by_query))

    def _years_within(self, profile: Profile) -> Iterator[tuple[int, Fact]]:
        for kind, attribute, path, asked in self._ranges:
            years = believable(getattr(profile, attribute))
            if years is not None and _outside(years, asked) is None:
                yield 0, Fact(kind=kind, number=years, asked=asked, path=path)

    def _years_outside(self, profile: Profile) -> Iterator[tuple[int, Gap]]:
        for kind, attribute, path, asked in self._ranges:
            years = believable(getattr(profile, attribute))
            if years is None:
                yield 0, Gap(kind=kind, state="unstated", asked=asked, path=path)
            elif (side := _outside(years, asked)) is not None:
                yield 0, Gap(kind=kind, state=side, number=years, asked=asked, path=path)

    def _distance(self, point: Place | None, km: float | None, path: str) -> Iterator[tuple[int, Fact]]:
        if km is not None:
            within = self._query.within
            if within is None or km <= within:
                yield 0, Fact(kind="distance", number=km, path=path)
        elif self._centre is None and point is not None and self._subject.point is not None:
            apart = self._subject.point.km_to(point)
            if apart <= CLOSE_KM:  # far away is no reason, unless a place was asked for
                yield 1, Fact(kind="distance", number=apart, path=path)

    def _too_far(self, point: Place | None, km: float | None, path: str) -> Iterator[tuple[int, Gap]]:
        if self._centre is None:
            return
        if point is None:
            yield 0, Gap(kind="place", state="unstated", path=path)
        elif km is not None and self._query.within is not None and km > self._query.within:
            within = Range(high=float(self._query.within))
            yield 0, Gap(kind="distance", state="above", number=km, asked=within, path=path)

    def _recent(self, profile: Profile) -> Iterator[tuple[int, Fact]]:
        if profile.received_at is not None:
            yield from self._new("received", profile.received_at, "date_reception")
        else:
            yield from self._new("created", profile.created_at, "created_at")
        current = profile.experiences[0] if profile.experiences else None
        if current is not None and current.end is None and current.start is not None:
            yield 1, Fact(kind="position", at=current.start, path="experiences[0].date_start")

    def _new(self, kind: str, at: datetime | None, path: str) -> Iterator[tuple[int, Fact]]:
        if at is None or self._now is None:
            return
        if self._since is None and self._until is None:
            if self._now - at <= RECENT:
                yield 1, Fact(kind=kind, at=at, path=path)
        elif (self._since is None or at >= self._since) and (self._until is None or at <= self._until):
            yield 0, Fact(kind=kind, at=at, path=path)


def believable(years: float | None) -> float | None:
    """Years as stated, or None where nobody can have so many."""
    return years if years is not None and 0 <= years < MOST_YEARS else None


def _of(facts: list[tuple[int, Fact]], gaps: list[tuple[int, Gap]], km: float | None) -> Reasons:
    """The first of them, those that the query asked for before the others; each kind keeps its place."""
    facts.sort(key=_asked_first)
    chosen = tuple(fact for _, fact in facts[:MOST_REASONS])
    return Reasons(chosen, min(gaps, key=_asked_first)[1] if gaps else None, km)


def _outside(years: float, asked: Range) -> str | None:
    """On which side of the range, or None within it."""
    if asked.low is not None and years < asked.low:
        return "below"
    return "above" if asked.high is not None and years > asked.high else None


def _unstated(kind: str, names: tuple[str, ...]) -> Gap:
    more = max(0, len(names) - MOST_MISSING)
    return Gap(kind=kind, state="unstated", names=names[:MOST_MISSING], more=more, path=f"{kind}[].name")


def _any_level(items: Iterable[Named]) -> list[Named]:
    return [item if item.value is None else Named(item.name, place=item.place) for item in items]


def _asked_first(each: tuple[int, Fact] | tuple[int, Gap]) -> int:
    return each[0]
