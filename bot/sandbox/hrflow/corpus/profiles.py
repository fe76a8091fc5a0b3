"""Generates the profiles of the corpus."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from bot.sandbox.hrflow.dates import with_zone
from bot.sandbox.hrflow.text import fold

from .careers import Career, Worker, make_career
from .families import FAMILIES, Family
from .jobs_table import OPENINGS
from .keys import make_key
from .names import Person, people
from .owners import embedded
from .places import LANGUAGE_OF, PLACES, Place
from .wording import AVAILABILITY, INTERESTS, LANGUAGE_LEVELS, MORE_LANGUAGES, SOFT_SKILLS, WORK_MODES

Raw = dict[str, Any]

_DAY = 86_400
# When recruiters work through what came in: profiles of one day gather around these hours.
_SITTINGS = (8.5, 11.0, 14.0, 16.5)
_LIVING_IN: dict[str, list[Place]] = defaultdict(list)
for _place in PLACES:
    _LIVING_IN[_place.names].append(_place)
# Families in the order of the jobs, so that those of the first jobs have the most profiles.
_FAMILIES = tuple(dict.fromkeys(opening.family.name for opening in OPENINGS))
_WEIGHTS = tuple(max(2, 12 - index) for index in range(len(_FAMILIES)))


class Surroundings(NamedTuple):
    """What all profiles share: seed, sources, jobs, and the midnight (Unix seconds) that dates are relative to."""

    seed: int
    sources: Sequence[Raw]
    jobs: Sequence[Raw]
    midnight: float


def make_profiles(surroundings: Surroundings, count: int) -> Iterator[tuple[Raw, float]]:
    """Yield `count` profiles in their later shape, each with the time it was received in Unix seconds.

    Each depends on the seed, its number and the jobs alone. They were created on one of the 365 days before midnight,
    recent days being likelier, and received 5 seconds to 20 minutes earlier.
    """
    emails: dict[str, int] = defaultdict(int)
    for number, person in enumerate(islice(people(Random(f"{surroundings.seed}/people")), count)):
        email = ".".join(fold(person.full).replace("-", " ").split())
        emails[email] += 1
        suffix = str(emails[email]) if emails[email] > 1 else ""
        yield _profile(surroundings, number, person, f"{email}{suffix}@example.com")


def _profile(surroundings: Surroundings, number: int, person: Person, email: str) -> tuple[Raw, float]:
    seed, sources, jobs, midnight = surroundings
    rng = Random(f"{seed}/profile/{number}")
    family = FAMILIES[rng.choices(_FAMILIES, _WEIGHTS)[0]]
    home = rng.choice(_LIVING_IN[person.group]) if rng.random() < 0.7 else rng.choice(PLACES)
    today = datetime.fromtimestamp(midnight, UTC)
    career = make_career(rng, Worker(number, family, home), today.year * 12 + today.month - 1, midnight)
    day = 1 + int(365 * rng.random() ** 1.5)
    created = midnight - day * _DAY + rng.choice(_SITTINGS) * 3600 + rng.randint(0, 900)
    received = created - rng.randint(5, 1200)
    source = rng.choices(sources, (5, 3, 2))[0]
    skills = _skills(rng, family, career.experience_years)
    languages = _languages(rng, person, home)
    interests = rng.sample(INTERESTS, rng.randint(1, 4))
    summary = _summary(rng, family, career, skills)
    profile: Raw = {
        "id": 100_000 + number,
        "key": make_key(seed, "profile", number),
        "reference": f"cand-{number + 1:04}",
        "source_key": source["key"],
        "source": embedded(source),
        "archive": None,
        "archived_at": None,
        "created_at": with_zone(created),
        "updated_at": with_zone(min(midnight - 1, created + rng.choice((0, 0, rng.randint(60, 20 * _DAY))))),
        "info": {
            "full_name": person.full,
            "first_name": person.first,
            "last_name": person.last,
            "email": email,
            "phone": _phone(rng, home),
            "date_birth": None,
            "gender": person.gender,
            "summary": summary,
            "picture": None,
            "location": _near(rng, home),
            "urls": _urls(rng, email),
            "driving_license": None,
        },
        "text_language": "en",
        "text": "",
        "experiences_duration": career.experience_years,
        "educations_duration": career.education_years,
        "experiences": career.experiences,
        "educations": career.educations,
        "skills": skills,
        "languages": languages,
        "interests": [{"name": name, "value": None} for name in interests],
        "certifications": [],
        "courses": [],
        "tasks": [],
        "tags": [
            {"name": "active", "value": rng.random() < 0.7},
            {"name": "availability", "value": rng.choice(AVAILABILITY)},
            {"name": "work mode", "value": rng.choice(WORK_MODES)},
            {"name": "expected salary", "value": 1000 * round(30 + 2.2 * career.experience_years + rng.uniform(0, 9))},
        ],
        "metadatas": [{"name": "import", "value": f"batch-{day:03}"}],
        "attachments": [],
        "labels": _labels(rng, family, jobs, created, midnight),
    }
    profile["text"] = _text(profile)
    return profile, received


def _skills(rng: Random, family: Family, years: float) -> list[Raw]:
    core = rng.sample(family.core, rng.randint(2, len(family.core)))
    extra = rng.sample(family.extra, rng.randint(1, 4))
    if rng.random() < 0.25:
        extra.append(rng.choice(FAMILIES[rng.choice(_FAMILIES)].core))
    talent = rng.uniform(0.3, 0.6)
    result = []
    for name in dict.fromkeys(core + extra):
        level = talent + min(years, 12) / 28 + rng.uniform(-0.15, 0.15)
        value = None if rng.random() < 0.06 else min(1.0, max(0.1, round(level * 20) / 20))
        result.append({"name": name, "type": "hard", "value": value})
    result += [{"name": name, "type": "soft", "value": None} for name in rng.sample(SOFT_SKILLS, rng.randint(0, 2))]
    return result


def _languages(rng: Random, person: Person, home: Place) -> list[Raw]:
    levels = {LANGUAGE_OF[person.group]: "native"}
    if rng.random() < 0.85:
        levels.setdefault("english", rng.choice(LANGUAGE_LEVELS))
    if rng.random() < 0.7:
        levels.setdefault(LANGUAGE_OF[home.names], rng.choice(LANGUAGE_LEVELS))
    if rng.random() < 0.3:
        levels.setdefault(rng.choice(MORE_LANGUAGES), rng.choice(LANGUAGE_LEVELS))
    return [{"name": name, "value": level} for name, level in levels.items()]


def _summary(rng: Random, family: Family, career: Career, skills: list[Raw]) -> str:
    years = max(1, round(career.experience_years))
    best = " and ".join(skill["name"] for skill in skills[:2])
    wish = rng.choice(("a team that ships", "a product that people need", "more responsibility", "hard problems"))
    title = career.experiences[0]["title"]
    return (
        f"{title} with {years} {'year' if years == 1 else 'years'} of experience in {family.area}, "
        f"mostly in {career.sector}. At home with {best}. Looking for {wish}."
    )


def _phone(rng: Random, home: Place) -> str:
    """Return a number of a range that is reserved for fiction."""
    if home.country_code == "FR":
        return f"+33 6 39 98 {rng.randrange(100):02} {rng.randrange(100):02}"
    if home.country_code in {"US", "CA"}:
        return f"+1 202 555 01{rng.randrange(100):02}"
    return f"+44 7700 900{rng.randrange(1000):03}"


def _near(rng: Random, home: Place) -> Raw:
    """Return a location within about five kilometres of the middle of a city."""
    lat, lng = home.lat + rng.uniform(-0.04, 0.04), home.lng + rng.uniform(-0.04, 0.04)
    return {**home.location(), "lat": round(lat, 5), "lng": round(lng, 5)}


def _urls(rng: Random, email: str) -> list[Raw]:
    handle = email.partition("@")[0]
    urls = [{"type": "linkedin", "url": f"https://people.example.org/in/{handle}"}]
    if rng.random() < 0.4:
        urls.append({"type": "github", "url": f"https://code.example.org/{handle}"})
    if rng.random() < 0.2:
        urls.append({"type": "from_resume", "url": f"https://{handle.replace('.', '-')}.example.com"})
    return urls


def _text(profile: Raw) -> str:
    """Return the text of the résumé that all the rest could have been parsed from."""
    info = profile["info"]
    lines = [info["full_name"], info["location"]["text"], "", info["summary"], "", "Experience"]
    for each in profile["experiences"]:
        start, end = each["date_start"][:7], (each["date_end"] or "today")[:7]
        lines.append(f"{start} - {end}: {each['title']}, {each['company']}, {each['location']['text']}")
        lines.append(each["description"])
    lines += ["", "Education"]
    lines += [f"{each['date_end'][:4]}: {each['title']}, {each['school']}" for each in profile["educations"]]
    lines += ["", "Skills: " + ", ".join(skill["name"] for skill in profile["skills"])]
    lines += ["Languages: " + ", ".join(f"{each['name']} ({each['value']})" for each in profile["languages"])]
    lines += ["Interests: " + ", ".join(each["name"] for each in profile["interests"])]
    return "\n".join(lines)


def _labels(rng: Random, family: Family, jobs: Sequence[Raw], created: float, midnight: float) -> list[Raw]:
    """Return labels for one profile in ten, mostly for a job of its family."""
    if not jobs or rng.random() >= 0.1:
        return []
    near = [job for job in jobs if job["tags"][2]["value"] == family.name] or jobs
    chosen = [rng.choice(near)]
    other = rng.choice(jobs)
    if rng.random() < 0.3 and other is not chosen[0]:
        chosen.append(other)
    labels = []
    for job in chosen:
        dated = rng.uniform(created, midnight - 1)
        labels.append(
            {
                "board_key": job["board_key"],
                "job_key": job["key"],
                "job_reference": job["reference"],
                "stage": rng.choice(("yes", "later", "no")),
                "date_stage": with_zone(dated)[:19],
                "rating": None,
                "date_rating": None,
            }
        )
    return labels
