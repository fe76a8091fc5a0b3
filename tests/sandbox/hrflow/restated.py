"""Plain re-statements of all filters, each with values drawn from an object: parameters, and what must then hold."""

from __future__ import annotations

import json
import math
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Raw = dict[str, Any]
    Case = tuple[dict[str, Any], Callable[[Raw], bool]]


def plain(text: str | None) -> str:
    decomposed = unicodedata.normalize("NFKD", text or "")
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    for letter, spelled in {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}.items():
        bare = bare.replace(letter, spelled)
    return bare


def kilometres(lat: float, lng: float, location: Raw) -> float:
    """The distance by the spherical law of cosines, another formula than the haversine."""
    a, b = math.radians(lat), math.radians(location["lat"])
    c = math.radians(location["lng"] - lng)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(c)
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def epoch(text: str) -> float:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def names(items: list[Raw]) -> set[str]:
    return {plain(item["name"]) for item in items}


def some_word(rng: random.Random, text: str) -> str:
    words = [word for word in text.split() if len(word) > 3 and word.isalpha()]
    return rng.choice(words) if words else "data"


def joined(entries: list[Raw], *fields: str) -> str:
    return "\n".join(str(entry[field] or "") for entry in entries for field in fields)


# --- profiles: each takes a generator and a profile to draw values from, returns parameters and what must hold


def name(rng: random.Random, p: Raw) -> Case:
    full = p["info"]["full_name"]
    start = rng.randrange(len(full) - 3)
    part = full[start : start + rng.randint(3, 8)].strip().upper()
    return {"name": part}, lambda x: plain(part) in plain(x["info"]["full_name"])


def email(_: random.Random, p: Raw) -> Case:
    wanted = p["info"]["email"]
    return {"email": wanted.upper()}, lambda x: x["info"]["email"] == wanted


def location(rng: random.Random, p: Raw) -> Case:
    lat, lng, km = p["info"]["location"]["lat"], p["info"]["location"]["lng"], rng.choice((15, 300, 1200))
    centre = {"lat": lat, rng.choice(("lng", "lon")): str(lng)}
    return (
        {"location_geopoint": centre, "location_distance": km},
        lambda x: kilometres(lat, lng, x["info"]["location"]) <= km,
    )


def near_entries(rng: random.Random, p: Raw, kind: str, prefix: str) -> Case:
    entries = p[kind] or [{"location": {"lat": 48.8566, "lng": 2.3522}}]
    place, km = rng.choice(entries)["location"], rng.choice((20, 400))
    lat, lng = place["lat"], place["lng"]
    return (
        {f"{prefix}_location_geopoint": {"lat": lat, "lng": lng}, f"{prefix}_location_distance": km},
        lambda x: any(kilometres(lat, lng, entry["location"]) <= km for entry in x[kind]),
    )


def worked_near(rng: random.Random, p: Raw) -> Case:
    return near_entries(rng, p, "experiences", "experience")


def studied_near(rng: random.Random, p: Raw) -> Case:
    return near_entries(rng, p, "educations", "education")


def summary(rng: random.Random, p: Raw) -> Case:
    words = [some_word(rng, p["info"]["summary"]).upper() for _ in range(rng.randint(1, 2))]
    return {"summary_keywords": words}, lambda x: all(plain(w) in plain(x["info"]["summary"]) for w in words)


def text(rng: random.Random, p: Raw) -> Case:
    words = [some_word(rng, p["text"]) for _ in range(rng.randint(1, 3))]
    return {"text_keywords": words}, lambda x: all(plain(w) in plain(x["text"]) for w in words)


def experience(rng: random.Random, p: Raw) -> Case:
    words = [some_word(rng, joined(p["experiences"], "title", "company", "description")) for _ in range(2)]
    return (
        {"experience_keywords": words},
        lambda x: all(plain(w) in plain(joined(x["experiences"], "title", "company", "description")) for w in words),
    )


def education(rng: random.Random, p: Raw) -> Case:
    word = some_word(rng, joined(p["educations"], "title", "school", "description"))
    entries = ("title", "school", "description")
    return {"education_keywords": [word]}, lambda x: plain(word) in plain(joined(x["educations"], *entries))


def experience_years(rng: random.Random, p: Raw) -> Case:
    low, high = p["experiences_duration"], p["experiences_duration"] + rng.randint(1, 6)
    return (
        {"experiences_duration_min": low, "experiences_duration_max": str(high)},
        lambda x: low <= x["experiences_duration"] <= high,
    )


def education_years(rng: random.Random, p: Raw) -> Case:
    high = p["educations_duration"] + rng.random()
    return (
        {"educations_duration_min": -1, "educations_duration_max": high},
        lambda x: x["educations_duration"] <= high,
    )


def some_dates(rng: random.Random, seconds: float) -> tuple[float, float, Any, Any]:
    low, high = seconds, seconds + rng.randint(1, 90) * 86_400
    as_text = rng.random() < 0.5
    return low, high, iso(low) if as_text else int(low), iso(high) if as_text else int(high)


def created(rng: random.Random, p: Raw) -> Case:
    low, high, least, most = some_dates(rng, epoch(p["created_at"]))
    prefix = rng.choice(("created_at", "date_range"))
    return {f"{prefix}_min": least, f"{prefix}_max": most}, lambda x: low <= epoch(x["created_at"]) <= high


def received(rng: random.Random, p: Raw) -> Case:
    low, high, least, most = some_dates(rng, epoch(p["date_reception"]))
    if rng.random() < 0.5:
        # Exactly up to the reception of one profile, which was created later.
        return {"timestamp_end": int(low)}, lambda x: epoch(x["date_reception"]) <= low
    return {"timestamp_start": least, "timestamp_end": most}, lambda x: low <= epoch(x["date_reception"]) <= high


def leveled(rng: random.Random, p: Raw, field: str, parameter: str) -> Case:
    chosen = rng.sample(p[field], min(len(p[field]), rng.randint(1, 2)))
    if rng.random() < 0.5:
        wanted = {plain(each["name"]) for each in chosen}
        return {parameter: [each["name"].upper() for each in chosen]}, lambda x: wanted <= names(x[field])
    values = [(plain(each["name"]), each["value"]) for each in chosen]

    def holds(x: Raw, label: str, value: Any) -> bool:
        same = [each["value"] for each in x[field] if plain(each["name"]) == label]
        if isinstance(value, float):
            return any(isinstance(has, float) and has >= value for has in same)
        return bool(same) if value is None else value in same

    asked = [{"name": each["name"], "value": each["value"]} for each in chosen]
    return {parameter: asked}, lambda x: all(holds(x, *each) for each in values)


def skills(rng: random.Random, p: Raw) -> Case:
    return leveled(rng, p, "skills", rng.choice(("skills", "skills_dict")))


def languages(rng: random.Random, p: Raw) -> Case:
    return leveled(rng, p, "languages", rng.choice(("languages", "languages_dict")))


def interests(rng: random.Random, p: Raw) -> Case:
    return leveled(rng, p, "interests", rng.choice(("interests", "interests_dict")))


def tag_pairs(x: Raw) -> set[tuple[str, str]]:
    return {(tag["name"], json.dumps(tag["value"])) for tag in x["tags"]}


def tags_dict(rng: random.Random, p: Raw) -> Case:
    chosen = rng.sample(p["tags"], 2)
    pairs = {(tag["name"], json.dumps(tag["value"])) for tag in chosen}
    return {rng.choice(("tags_dict", "tags")): chosen}, lambda x: pairs <= tag_pairs(x)


def tags_included(rng: random.Random, p: Raw) -> Case:
    one, two, three = rng.sample(p["tags"], 3)
    pairs = [{(tag["name"], json.dumps(tag["value"])) for tag in group} for group in ((one, two), (three,))]
    return {"tags_included": [[one, two], [], [three]]}, lambda x: all(tag_pairs(x) & group for group in pairs)


def tags_included_flat(rng: random.Random, p: Raw) -> Case:
    chosen = rng.sample(p["tags"], 2)
    pairs = {(tag["name"], json.dumps(tag["value"])) for tag in chosen}
    return {"tags_included": chosen}, lambda x: bool(tag_pairs(x) & pairs)


def tags_excluded(rng: random.Random, p: Raw) -> Case:
    chosen = rng.sample(p["tags"], 2)
    pairs = {(tag["name"], json.dumps(tag["value"])) for tag in chosen}
    return {"tags_excluded": chosen}, lambda x: not tag_pairs(x) & pairs


def one_source(_: random.Random, p: Raw) -> Case:
    return {"source_keys": [p["source_key"]]}, lambda x: x["source_key"] == p["source_key"]


PROFILE_CASES = [
    name, email, location, worked_near, studied_near, summary, text, experience, education, experience_years,
    education_years, created, received, skills, languages, interests, tags_dict, tags_included, tags_included_flat,
    tags_excluded, one_source,
]  # fmt: skip


# --- jobs


def title(rng: random.Random, j: Raw) -> Case:
    part = some_word(rng, j["name"]).upper()
    return {"name": part}, lambda x: plain(part) in plain(x["name"])


def titles(rng: random.Random, j: Raw) -> Case:
    parts = [some_word(rng, j["name"]), "designer"]
    return {"names": parts}, lambda x: any(plain(part) in plain(x["name"]) for part in parts)


def job_location(rng: random.Random, j: Raw) -> Case:
    lat, lng, km = j["location"]["lat"], j["location"]["lng"], rng.choice((10, 700.5))
    return (
        {"location_geopoint": {"lat": lat, "lng": lng}, "location_distance": km},
        lambda x: kilometres(lat, lng, x["location"]) <= km,
    )


def job_summary(rng: random.Random, j: Raw) -> Case:
    word = some_word(rng, j["summary"])
    return {"summary_keywords": [word]}, lambda x: plain(word) in plain(x["summary"])


def job_text(rng: random.Random, j: Raw) -> Case:
    def whole(x: Raw) -> str:
        return plain("\n".join([x["name"], x["summary"], joined(x["sections"], "title", "description")]))

    words = [some_word(rng, j["sections"][0]["description"]) for _ in range(2)]
    return {"text_keywords": words}, lambda x: all(plain(word) in whole(x) for word in words)


def salary(rng: random.Random, j: Raw) -> Case:
    chosen = rng.choice(j["ranges_float"])
    low, high = chosen["value_min"] - rng.randint(0, 3000), chosen["value_min"] + rng.randint(0, 2)
    asked = {"name": chosen["name"], "value_min": low, "value_max": str(high) if rng.random() < 0.5 else high}

    def holds(x: Raw) -> bool:
        return any(
            has["name"] == chosen["name"] and has["value_min"] <= high and has["value_max"] >= low
            for has in x["ranges_float"]
        )

    return {"ranges_float": [asked]}, holds


def open_range(rng: random.Random, j: Raw) -> Case:
    low = j["ranges_float"][0]["value_max"] - rng.randint(0, 2000)
    asked = [{"name": "SALARY", "value_min": low, "value_max": None}]
    return {"ranges_float": asked}, lambda x: x["ranges_float"][0]["value_max"] >= low


def start(rng: random.Random, j: Raw) -> Case:
    has = j["ranges_date"][0]
    low = epoch(has["value_min"]) - rng.randint(0, 20) * 86_400
    high = low + 10 * 86_400

    def holds(x: Raw) -> bool:
        return any(epoch(each["value_min"]) <= high and epoch(each["value_max"]) >= low for each in x["ranges_date"])

    return {"ranges_date": [{"name": "start", "value_min": iso(low), "value_max": iso(high)}]}, holds


def one_board(_: random.Random, j: Raw) -> Case:
    return {"board_keys": [j["board_key"]]}, lambda x: x["board_key"] == j["board_key"]


JOB_CASES = [
    title, titles, job_location, job_summary, job_text, salary, open_range, start, created, skills, languages,
    tags_dict, tags_included, tags_included_flat, tags_excluded, one_board,
]  # fmt: skip
