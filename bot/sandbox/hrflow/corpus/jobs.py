"""Generates the jobs of the corpus."""

from collections.abc import Sequence
from random import Random
from typing import Any

from bot.sandbox.hrflow.dates import with_zone, without_zone

from .jobs_table import OPENINGS, SKILLED_IN_LANGUAGES, Opening
from .keys import make_key
from .owners import embedded
from .places import LANGUAGE_OF, PLACES, Place
from .wording import COMPANIES, CONTRACTS, SECTORS

Raw = dict[str, Any]

_DAY = 86_400
_SALARIES = {"junior": 32, "": 45, "senior": 60, "lead": 70, "head": 85}


def make_jobs(seed: int, count: int, boards: Sequence[Raw], midnight: float) -> list[Raw]:
    """Return `count` jobs in their later shape with unique titles, the first of `OPENINGS` first.

    Each depends on the seed and its number alone. They were created on one of the 180 days before `midnight` (Unix
    seconds), between 7 and 17 o'clock.
    """
    board_of = {board["name"]: board for board in boards}
    return [_job(seed, number, board_of, midnight) for number in range(count)]


def _job(seed: int, number: int, board_of: dict[str, Raw], midnight: float) -> Raw:
    rng = Random(f"{seed}/job/{number}")
    opening, place, title = _position(rng, number)
    family = opening.family
    board = board_of[opening.board]
    company = rng.choice(COMPANIES)
    sector = rng.choice(SECTORS)
    core = list(family.core)
    extra = rng.sample(family.extra, rng.randint(2, 3))
    skills = [{"name": name, "type": "hard", "value": rng.choice((0.8, 0.9, 1.0))} for name in core]
    skills += [{"name": name, "type": "hard", "value": rng.choice((0.3, 0.4, 0.5))} for name in extra]
    created = midnight - rng.randint(1, 180) * _DAY + rng.randint(7 * 3600, 17 * 3600)
    start = midnight + rng.randint(14, 120) * _DAY
    languages = ["english"]
    local = LANGUAGE_OF[place.names]
    if family.name in SKILLED_IN_LANGUAGES and local not in {"english", "hindi"}:
        languages.append(local)
    lowest = _salary(rng, title)
    contract = rng.choice(CONTRACTS)
    return {
        "id": 1000 + number,
        "key": make_key(seed, "job", number),
        "reference": f"job-{number + 1:03}",
        "board_key": board["key"],
        "board": embedded(board),
        "name": title,
        "url": f"https://jobs.example.com/job-{number + 1:03}",
        "picture": None,
        "summary": f"{company} is looking for a {title} in {place.city} to work on {family.area} in {sector}.",
        "sections": _sections(rng, opening, company, core, extra),
        "culture": None,
        "responsibilities": None,
        "requirements": None,
        "benefits": None,
        "interviews": None,
        "location": place.location(),
        "skills": skills,
        "languages": [{"name": name, "value": "fluent"} for name in languages],
        "certifications": [],
        "courses": [],
        "tasks": [],
        "tags": [
            {"name": "company", "value": company},
            {"name": "contract", "value": contract},
            {"name": "category", "value": family.name},
            {"name": "active", "value": rng.random() < 0.85},
            {"name": "remote", "value": rng.choice(("no", "hybrid", "full"))},
            {"name": "openings", "value": rng.randint(1, 4)},
        ],
        "metadatas": [],
        "ranges_float": [
            {"name": "salary", "value_min": lowest, "value_max": lowest + rng.choice((8000, 12000)), "unit": "eur"},
            {"name": "weekly hours", "value_min": 32.0, "value_max": rng.choice((35.0, 38.5, 40.0)), "unit": "hours"},
        ],
        "ranges_date": [
            {"name": "start", "value_min": without_zone(start), "value_max": without_zone(start + 60 * _DAY)}
        ],
        "created_at": with_zone(created),
        "updated_at": with_zone(created + rng.randint(0, 3) * 3600),
        "archive": None,
        "archived_at": None,
    }


def _position(rng: Random, number: int) -> tuple[Opening, Place, str]:
    """Choose opening, place and unique title: the plain title first, then with a city, then with a number too."""
    round_, index = divmod(number, len(OPENINGS))
    opening = OPENINGS[index]
    if round_ == 0:
        return opening, rng.choice(PLACES[:32]), opening.title
    lap, turn = divmod(round_ - 1, len(PLACES))
    # A different city for each opening of a round.
    place = PLACES[(turn + 7 * index) % len(PLACES)]
    return (
        opening,
        place,
        f"{opening.title} ({place.city})" if lap == 0 else f"{opening.title} ({place.city} {lap + 1})",
    )


def _salary(rng: Random, title: str) -> int:
    level = title.partition(" ")[0].lower()
    return (_SALARIES.get(level, _SALARIES[""]) + rng.randint(-4, 8)) * 1000


def _sections(rng: Random, opening: Opening, company: str, core: list[str], extra: list[str]) -> list[Raw]:
    family = opening.family
    what, how = rng.sample(family.deeds, 2)
    texts = (
        ("mission", "Your work", f"You join the team for {family.area} at {company}, with colleagues who could say:"),
        ("profile", "What you bring", f"Experience with {', '.join(core)}; a plus: {' or '.join(extra)}."),
        ("offer", "What we offer", "A calm team, a budget for learning, and work that people use."),
    )
    deeds = " ".join(each.format(a=rng.choice(core), b=rng.choice(extra)) for each in (what, how))
    return [
        {"name": name, "title": title, "description": f"{text} {deeds}" if name == "mission" else text}
        for name, title, text in texts
    ]
