"""Generates the experiences and educations of one profile, with dates that follow one another."""

from calendar import timegm
from random import Random
from typing import Any, NamedTuple

from bot.sandbox.hrflow.dates import SECONDS_A_YEAR, without_zone

from .families import Family
from .places import PLACES, Place
from .wording import COMPANIES, DEGREES, SCHOOLS, SECTORS

Raw = dict[str, Any]

_LOCATIONS = {place.city: place.location() for place in PLACES}


class Career(NamedTuple):
    """Experiences (the latest first) and educations, with the years that they add up to and the sector known best."""

    experiences: list[Raw]
    experience_years: float
    educations: list[Raw]
    education_years: float
    sector: str


class Worker(NamedTuple):
    """Whose career it is: the number of the profile, the family of jobs, the city."""

    number: int
    family: Family
    home: Place


def month_start(month: int) -> float:
    """Return Unix seconds of the first moment of a month, counted from January of the year 0."""
    return float(timegm((month // 12, month % 12 + 1, 1, 0, 0, 0)))


def make_career(rng: Random, person: Worker, month: int, midnight: float) -> Career:
    """Return a career up to `month` (counted as above).

    Three in four still work in their last place; the length of their experiences is counted up to `midnight`.
    """
    experiences, first_month, seconds = _experiences(rng, person, month, midnight)
    educations, education_seconds = _educations(rng, person, first_month)
    return Career(
        experiences,
        round(seconds / SECONDS_A_YEAR, 2),
        educations,
        round(education_seconds / SECONDS_A_YEAR, 2),
        rng.choice(SECTORS),
    )


def _experiences(rng: Random, person: Worker, month: int, midnight: float) -> tuple[list[Raw], int, float]:
    number, family, home = person
    total = max(4, int(12 * rng.triangular(0.4, 21, 5)))
    count = max(1, min(6, round(total / 32 + rng.uniform(-0.8, 0.9))))
    shares = [rng.uniform(0.6, 1.4) for _ in range(count)]
    lengths = [max(3, round(total * share / sum(shares))) for share in shares]
    end = None if rng.random() < 0.75 else month - rng.randint(1, 26)
    companies = rng.sample(COMPANIES, count)
    result: list[Raw] = []
    seconds, cursor, before = 0.0, month if end is None else end, sum(lengths)
    for index, length in enumerate(lengths):
        before -= length
        start = cursor - length
        ended = None if index == 0 and end is None else month_start(cursor)
        seconds += (midnight if ended is None else ended) - month_start(start)
        place = home if index == 0 or rng.random() < 0.6 else rng.choice(PLACES)
        result.append(
            {
                "key": f"exp-{number + 1:04}-{count - index}",
                "title": rng.choice(family.titles[0 if before < 20 else 1 if before < 84 else 2]),
                "company": companies[index],
                "logo": None,
                "description": _deeds(rng, family),
                "location": _LOCATIONS[place.city],
                "date_start": without_zone(month_start(start)),
                "date_end": None if ended is None else without_zone(ended),
                "skills": [],
                "certifications": [],
                "courses": [],
                "tasks": [],
            }
        )
        cursor = start - rng.choice((0, 0, 0, 1, 2, 4))
    return result, cursor, seconds


def _deeds(rng: Random, family: Family) -> str:
    chosen = rng.sample(family.deeds, 2)
    return " ".join(each.format(a=rng.choice(family.core), b=rng.choice(family.extra)) for each in chosen)


def _educations(rng: Random, person: Worker, month: int) -> tuple[list[Raw], float]:
    number, family, home = person
    count = rng.choices((1, 2, 3), (43, 47, 10))[0]  # one at the least: HrFlow scores nobody without
    result: list[Raw] = []
    seconds = 0.0
    cursor = month - rng.randint(0, 5)
    study = rng.choice(family.studies)
    for index in reversed(range(count)):
        degree, years = DEGREES[index]
        start = cursor - 12 * years
        place = home if rng.random() < 0.5 else rng.choice(PLACES)
        seconds += month_start(cursor) - month_start(start)
        result.append(
            {
                "key": f"edu-{number + 1:04}-{index + 1}",
                "title": degree.format(study=study),
                "school": rng.choice(SCHOOLS).format(city=place.city),
                "description": f"Courses in {study.lower()}, with a thesis on {family.area}.",
                "location": _LOCATIONS[place.city],
                "date_start": without_zone(month_start(start)),
                "date_end": without_zone(month_start(cursor)),
                "skills": [],
                "certifications": [],
                "courses": [],
                "tasks": [],
            }
        )
        cursor = start - rng.choice((0, 0, 3))
    return result, seconds
