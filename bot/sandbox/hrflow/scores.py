"""The stand-in for the scoring engine: a logistic score over stated facts of a job and a profile.

    score = 1 / (1 + exp(-z)), z within -5..5
    z = 3.9 skills + 2 title + 1.3 years + 0.7 languages + 0.8 distance + 0.5 recency - 4.3

| fact | from 0 to 1 |
|---|---|
| skills | the levels of the job's skills in the profile, weighted by their value in the job; no level given counts 0.5 |
| title | the share of words that the job title and the best title of the career have in common; words of seniority do not count, a title before the latest one counts 0.85 |
| years | 1 inside the band that the title asks for (junior 0-3, senior 5-14, lead 8-20, else 2-9), less 0.2 a year outside |
| languages | the share of the job's languages that the profile has |
| distance | halved every 150 km between job and profile |
| recency | 1 while working, less 0.25 for each year since |

A profile that lacks a company, an education, a skill, a task or a summary has no score: its prediction is null, and it comes
last where a list is sorted by score. What a job does not ask for counts 0.5, what a profile does not say counts 0 (years and recency: 0.3, distance: 0.4).
"""  # noqa: E501 - a table row has one line

from math import exp

from .dates import SECONDS_A_YEAR
from .geo import kilometres
from .records import JobRecord, ProfileRecord

_WEIGHTS = {"skills": 3.9, "title": 2.0, "years": 1.3, "languages": 0.7, "distance": 0.8, "recency": 0.5}
_BASE = -4.3
_Z_LIMIT = 5.0
_MAX_CACHED = 400_000


class Scorer:
    """Scores pairs as of one moment (Unix seconds) and remembers them per version of job and profile."""

    def __init__(self, now: float) -> None:
        self._now = now
        self._known: dict[tuple[int, int], float] = {}

    def score(self, job: JobRecord, profile: ProfileRecord) -> float:
        """Return the score of a pair, strictly between 0 and 1."""
        pair = (job.revision, profile.revision)
        known = self._known.get(pair)
        if known is None:
            if len(self._known) >= _MAX_CACHED:
                self._known.clear()
            known = self._known[pair] = self._compute(job, profile)
        return known

    def _compute(self, job: JobRecord, profile: ProfileRecord) -> float:
        z = (
            _BASE
            + _WEIGHTS["skills"] * _skills(job, profile)
            + _WEIGHTS["title"] * _title(job, profile)
            + _WEIGHTS["years"] * _years(job, profile)
            + _WEIGHTS["languages"] * _languages(job, profile)
            + _WEIGHTS["distance"] * _distance(job, profile)
            + _WEIGHTS["recency"] * self._recency(profile)
        )
        return 1 / (1 + exp(-max(-_Z_LIMIT, min(_Z_LIMIT, z))))

    def _recency(self, profile: ProfileRecord) -> float:
        if profile.last_worked is None:
            return 0.3
        return max(0.0, min(1.0, 1 - (self._now - profile.last_worked) / SECONDS_A_YEAR / 4))


def _skills(job: JobRecord, profile: ProfileRecord) -> float:
    total = found = 0.0
    levels = profile.levels
    for name, weight in job.weights:
        total += weight
        if name in levels:
            found += weight * levels[name]
    return found / total if total else 0.5


def _title(job: JobRecord, profile: ProfileRecord) -> float:
    wanted = job.title
    if not wanted:
        return 0.5
    best, worth = 0.0, 1.0
    for title in profile.titles:
        common = len(wanted & title)
        if common:
            best = max(best, worth * 2 * common / (len(wanted) + len(title)))
        worth = 0.85
    return best


def _years(job: JobRecord, profile: ProfileRecord) -> float:
    years = profile.experience_years
    if years is None:
        return 0.3
    low, high = job.years
    return max(0.0, 1 - 0.2 * max(low - years, years - high, 0.0))


def _languages(job: JobRecord, profile: ProfileRecord) -> float:
    if not job.languages:
        return 0.5
    return sum(name in profile.languages for name in job.languages) / len(job.languages)


def _distance(job: JobRecord, profile: ProfileRecord) -> float:
    if job.point is None:
        return 0.5
    if profile.point is None:
        return 0.4
    return float(0.5 ** (kilometres(job.point, profile.point) / 150))
