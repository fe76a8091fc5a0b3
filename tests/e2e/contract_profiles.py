"""Every parameter of the seed page of `/profiles/scoring`, each as a case of the contract."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.e2e.contract import PARIS, Case, keep, worst_first
from tests.sandbox.hrflow.restated import joined, kilometres, names, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    Raw = dict[str, Any]

# The first column of the table, as it stands on the page, and the one name that only the samples have.
TABLE = (
    "source_keys", "use_agent", "board_key", "job_key", "stage", "limit", "page", "order_by", "sort_by",
    "timestamp_start", "timestamp_end", "name", "email", "location_geopoint", "location_distance", "summary_keywords",
    "text_keywords", "experience_keywords", "experience_location_geopoint", "experiences_duration_min",
    "experiences_duration_max", "education_keywords", "education_location_geopoint", "education_location_distance",
    "educations_duration_min", "educations_duration_max", "skills_dict", "languages_dict", "tags_dict",
    "interests_dict",
)  # fmt: skip
IN_SAMPLES = ("experience_location_distance",)

POINT = {"lat": PARIS[0], "lng": PARIS[1]}
TYPED_POINT = f"{PARIS[0]},{PARIS[1]}"
OWN_POINT = f'{{"lat":{PARIS[0]}, "lng":{PARIS[1]}}}'


case = partial(Case, "/profiles")


def around(km: float, kind: str = "") -> Callable[[Raw], bool]:
    def holds(x: Raw) -> bool:
        places = [each["location"] for each in x[kind]] if kind else [x["info"]["location"]]
        return any(kilometres(*PARIS, place) <= km for place in places)

    return holds


def written(x: Raw, kind: str) -> str:
    return plain(joined(x[kind], "title", "company" if kind == "experiences" else "school", "description"))


def has(field: str, *wanted: str) -> Callable[[Raw], bool]:
    return lambda x: set(wanted) <= names(x[field])


def skilled(x: Raw, name: str, least: float) -> bool:
    return any(plain(each["name"]) == name and (each["value"] or 0) >= least for each in x["skills"])


def tagged(name: str, *values: Any) -> Callable[[Raw], bool]:
    return lambda x: any(each["name"] == name and each["value"] in values for each in x["tags"])


def within_years(field: str, low: float, high: float = 99) -> Callable[[Raw], bool]:
    return lambda x: low <= x[field] <= high


CASES = [
    case(
        "source_keys",
        "source:agency",
        'source_keys:["$agency"]',
        {"source_keys": ["$agency"]},
        lambda w: [x for x in w.scored_profiles("new") if x["source_key"] == w.known["agency"]],
    ),
    case(
        "use_agent",
        "scoring:off",
        "use_agent:0",
        {"use_agent": "0", "sort_by": "score_semantic"},
        lambda w: w.scored_profiles("new", use_agent="0", sort_by="searching"),
        {"use_agent": "0", "sort_by": "searching"},
    ),
    case("board_key", "board:tech", "board_key:$tech", {"board_key": "$tech"}, keep(lambda _: True), narrows=False),
    case("job_key", "job:$job", "job_key:$job", {"job_key": "$job"}, keep(lambda _: True), subject="-", narrows=False),
    case("stage", "stage:later", "stage:'later'", {"stage": "later"}, lambda w: w.scored_profiles("later")),
    case("limit", "limit:3", "limit:3", {"limit": "3"}, keep(lambda _: True), narrows=False),
    case(
        "page",
        "page:2 limit:7",
        "page:2 limit:7",
        {"page": "2", "limit": "7"},
        lambda w: w.scored_profiles("new")[7:14],
    ),
    case("order_by", "order:asc", "order_by:asc", {"order_by": "asc"}, lambda w: worst_first(w.scored_profiles("new"))),
    case(
        "timestamp_start",
        "since:$iso",
        "timestamp_start:$unix",
        {"timestamp_start": "$unix"},
        lambda w: [x for x in w.scored_profiles("new") if x["received"] >= w.moment],
        {"created_at_min": "$iso"},
    ),
    case(
        "timestamp_end",
        "until:$iso",
        "timestamp_end:$unix",
        {"timestamp_end": "$unix"},
        lambda w: [x for x in w.scored_profiles("new") if x["received"] <= w.moment],
        {"created_at_max": "$iso"},
    ),
    case(
        "name",
        'name:"$name"',
        "name:'$name'",
        {"name": "$name"},
        lambda w: [x for x in w.scored_profiles("new") if plain(w.known["name"]) in plain(x["info"]["full_name"])],
    ),
    case(
        "email",
        "email:<mailto:$email|$email>",
        "email:$email",
        {"email": "$email"},
        lambda w: [x for x in w.scored_profiles("new") if x["info"]["email"] == w.known["email"]],
    ),
    case(
        "location_geopoint location_distance",
        f"near:{TYPED_POINT} within:400km",
        f"location_geopoint:{OWN_POINT} location_distance:400",
        {"location_geopoint": POINT, "location_distance": "400"},
        keep(around(400)),
    ),
    case(
        "location_geopoint",
        f"near:{TYPED_POINT}",
        f"location_geopoint:{OWN_POINT.replace('lng', 'lon')}",
        {"location_geopoint": POINT, "location_distance": "50"},
        keep(around(50)),
    ),
    case(
        "summary_keywords",
        "summary:pipelines,Python",
        'summary_keywords:["pipelines", "Python"]',
        {"summary_keywords": ["pipelines", "Python"]},
        keep(lambda x: all(word in plain(x["info"]["summary"]) for word in ("pipelines", "python"))),
    ),
    case(
        "text_keywords",
        "text:kafka text:warehouse",
        "text_keywords:['kafka', 'warehouse']",
        {"text_keywords": ["kafka", "warehouse"]},
        keep(lambda x: all(word in plain(x["text"]) for word in ("kafka", "warehouse"))),
    ),
    case(
        "experience_keywords",
        'experience:"data engineer"',
        'experience_keywords:["data engineer"]',
        {"experience_keywords": ["data engineer"]},
        keep(lambda x: "data engineer" in written(x, "experiences")),
    ),
    case(
        "experience_location_geopoint experience_location_distance",
        f"worked-near:{TYPED_POINT} worked-within:186.4mi",
        f"experience_location_geopoint:{OWN_POINT} experience_location_distance:300",
        {"experience_location_geopoint": POINT, "experience_location_distance": "300"},
        keep(around(300, "experiences")),
    ),
    case(
        "experiences_duration_min experiences_duration_max",
        "years:3..7.5",
        "experiences_duration_min:3 experiences_duration_max:7.5",
        {"experiences_duration_min": "3", "experiences_duration_max": "7.5"},
        keep(within_years("experiences_duration", 3, 7.5)),
    ),
    case(
        "experiences_duration_min",
        "years:8..",
        "experiences_duration_min:8",
        {"experiences_duration_min": "8"},
        keep(within_years("experiences_duration", 8)),
    ),
    case(
        "experiences_duration_max",
        "years:..4",
        "experiences_duration_max:4",
        {"experiences_duration_max": "4"},
        keep(within_years("experiences_duration", 0, 4)),
    ),
    case(
        "education_keywords",
        "education:master",
        'education_keywords:["master"]',
        {"education_keywords": ["master"]},
        keep(lambda x: "master" in written(x, "educations")),
    ),
    case(
        "education_location_geopoint education_location_distance",
        f"studied-near:{TYPED_POINT} studied-within:350km",
        f"education_location_geopoint:{OWN_POINT} education_location_distance:350",
        {"education_location_geopoint": POINT, "education_location_distance": "350"},
        keep(around(350, "educations")),
    ),
    case(
        "educations_duration_min educations_duration_max",
        "education-years:2..5",
        "educations_duration_min:2 educations_duration_max:5",
        {"educations_duration_min": "2", "educations_duration_max": "5"},
        keep(within_years("educations_duration", 2, 5)),
    ),
    case(
        "skills_dict",
        "skills:python,SQL",
        'skills_dict:["python", "SQL"]',
        {"skills_dict": ["python", "SQL"]},
        keep(has("skills", "python", "sql")),
        {"skills": [{"name": "python", "value": None}, {"name": "SQL", "value": None}]},
    ),
    case(
        "skills_dict",
        "skills:python=0.7,sql",
        "skills_dict:python=0.7 skills_dict:sql",
        {"skills_dict": [{"name": "python", "value": 0.7}, {"name": "sql", "value": None}]},
        keep(lambda x: skilled(x, "python", 0.7) and "sql" in names(x["skills"])),
        {"skills": [{"name": "python", "value": 0.7}, {"name": "sql", "value": None}]},
    ),
    case(
        "languages_dict",
        "languages:french",
        'languages_dict:["french"]',
        {"languages_dict": ["french"]},
        keep(has("languages", "french")),
        {"languages": [{"name": "french", "value": None}]},
    ),
    case(
        "tags_dict",
        "tags:active=true,availability=immediate",
        "tags_dict:active=true,availability=immediate",
        {"tags_dict": [{"name": "active", "value": True}, {"name": "availability", "value": "immediate"}]},
        keep(lambda x: tagged("active", True)(x) and tagged("availability", "immediate")(x)),
        {"tags_included": [[{"name": "active", "value": True}], [{"name": "availability", "value": "immediate"}]]},
    ),
    case(
        "tags_dict",
        "tags:active,availability",
        'tags_dict:["active", "availability"]',
        {"tags_dict": ["active", "availability"]},
        keep(lambda _: True),
        {"tags_included": [[{"name": "active", "value": None}], [{"name": "availability", "value": None}]]},
        narrows=False,
    ),
    case(
        "interests_dict",
        "interests:ceramics",
        "interests_dict:['ceramics']",
        {"interests_dict": ["ceramics"]},
        keep(has("interests", "ceramics")),
        {"interests": [{"name": "ceramics", "value": None}]},
    ),
]
