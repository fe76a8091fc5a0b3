"""Every parameter of the seed page of `/jobs/scoring`, each as a case of the contract."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.e2e.contract import PARIS, Case, World, keep_jobs, worst_first
from tests.e2e.contract_profiles import OWN_POINT, POINT, TYPED_POINT, has, tagged
from tests.sandbox.hrflow.restated import epoch, joined, kilometres, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    Raw = dict[str, Any]

# The first column of the table, as it stands on the page, and the one name that only the samples have.
TABLE = (
    "board_keys", "agent_key", "source_key", "profile_key", "use_agent", "limit", "page", "order_by", "sort_by",
    "date_range_min", "date_range_max", "location_geopoint", "location_distance", "summary_keywords", "text_keywords",
    "skills", "languages", "tags_included", "ranges_float", "ranges_date",
)  # fmt: skip
IN_SAMPLES = ("name",)


case = partial(Case, "/jobs")


def whole_text(x: Raw) -> str:
    return plain("\n".join([x["name"], x["summary"] or "", joined(x["sections"], "title", "description")]))


def ranged(kind: str, name: str, low: float, high: float) -> Callable[[Raw], bool]:
    """A range of that name overlaps; dates as Unix seconds."""
    read: Callable[[Any], float] = epoch if kind == "ranges_date" else float
    return lambda x: any(
        each["name"] == name and read(each["value_min"]) <= high and read(each["value_max"]) >= low for each in x[kind]
    )


def created(world: World) -> list[Raw]:
    return sorted(world.scored_jobs(), key=lambda x: (-epoch(x["created_at"]), x["key"]))


CASES = [
    case(
        "board_keys",
        "board:business",
        'board_keys:["$business"]',
        {"board_keys": ["$business"]},
        lambda w: [x for x in w.scored_jobs() if x["board_key"] == w.known["business"]],
    ),
    case(
        "agent_key",
        "agent:$other_agent",
        "agent_key:$other_agent",
        {"agent_key": "$other_agent"},
        keep_jobs(lambda _: True),
        {"algorithm_key": "$other_agent"},
        narrows=False,
    ),
    case(
        "source_key",
        "source:$its_source",
        "source_key:$its_source",
        {"source_key": "$its_source"},
        keep_jobs(lambda _: True),
        narrows=False,
    ),
    case(
        "profile_key",
        "profile:$profile",
        "profile_key:$profile",
        {"profile_key": "$profile"},
        keep_jobs(lambda _: True),
        subject="-",
        narrows=False,
    ),
    case(
        "use_agent",
        "scoring:off",
        "use_agent:0",
        {"use_agent": "0", "sort_by": "score_semantic"},
        lambda w: w.scored_jobs(use_agent="0", sort_by="searching"),
        {"use_agent": "0", "sort_by": "searching"},
    ),
    case("limit", "limit:4", "limit:4", {"limit": "4"}, keep_jobs(lambda _: True), narrows=False),
    case("page", "page:2 limit:5", "page:2 limit:5", {"page": "2", "limit": "5"}, lambda w: w.scored_jobs()[5:10]),
    case("order_by", "order:asc", 'order_by:"asc"', {"order_by": "asc"}, lambda w: worst_first(w.scored_jobs())),
    case("sort_by", "sort:created", "sort_by:created_at", {"sort_by": "created_at"}, created),
    case(
        "sort_by",
        "sort:created order:asc",
        "sort_by:date order_by:asc",
        {"sort_by": "created_at", "order_by": "asc"},
        lambda w: sorted(w.scored_jobs(), key=lambda x: (epoch(x["created_at"]), x["key"])),
    ),
    case(
        "date_range_min",
        "since:$job_iso",
        "date_range_min:$job_iso",
        {"date_range_min": "$job_iso"},
        lambda w: [x for x in w.scored_jobs() if epoch(x["created_at"]) >= w.job_moment],
        {"created_at_min": "$job_iso"},
    ),
    case(
        "date_range_max",
        "until:$job_iso",
        "date_range_max:$job_iso",
        {"date_range_max": "$job_iso"},
        lambda w: [x for x in w.scored_jobs() if epoch(x["created_at"]) <= w.job_moment],
        {"created_at_max": "$job_iso"},
    ),
    case(
        "name",
        "name:engineer",
        'name:"engineer"',
        {"name": "engineer"},
        keep_jobs(lambda x: "engineer" in plain(x["name"])),
    ),
    case(
        "location_geopoint location_distance",
        f"near:{TYPED_POINT} within:600",
        f"location_geopoint:{OWN_POINT} location_distance:600",
        {"location_geopoint": POINT, "location_distance": "600"},
        keep_jobs(lambda x: kilometres(*PARIS, x["location"]) <= 600),
    ),
    case(
        "summary_keywords",
        'summary:"data pipelines"',
        'summary_keywords:["data pipelines"]',
        {"summary_keywords": ["data pipelines"]},
        keep_jobs(lambda x: "data pipelines" in plain(x["summary"])),
    ),
    case(
        "text_keywords",
        "text:engineer,python",
        'text_keywords:["engineer", "python"]',
        {"text_keywords": ["engineer", "python"]},
        keep_jobs(lambda x: all(word in whole_text(x) for word in ("engineer", "python"))),
    ),
    case(
        "skills",
        "skills:python,sql",
        'skills:["python", "sql"]',
        {"skills": ["python", "sql"]},
        keep_jobs(has("skills", "python", "sql")),
        {"skills": [{"name": "python", "value": None}, {"name": "sql", "value": None}]},
    ),
    case(
        "languages",
        "languages:french",
        "languages:['french']",
        {"languages": ["french"]},
        keep_jobs(has("languages", "french")),
        {"languages": [{"name": "french", "value": None}]},
    ),
    case(
        "tags_included",
        "tags:active=true",
        'tags_included:[[{"name": "active", "value": True}]]',
        {"tags_included": [[{"name": "active", "value": True}]]},
        keep_jobs(tagged("active", True)),
    ),
    case(
        "tags_included",
        "tags:remote=full,remote=hybrid tags:contract=permanent",
        'tags_included:[[{name: "remote", value: "full"}, {name: "remote", value: "hybrid"}], '
        '[{name: "contract", value: "permanent"}]]',
        {
            "tags_included": [
                [{"name": "remote", "value": "full"}, {"name": "remote", "value": "hybrid"}],
                [{"name": "contract", "value": "permanent"}],
            ]
        },
        keep_jobs(lambda x: tagged("remote", "full", "hybrid")(x) and tagged("contract", "permanent")(x)),
    ),
    case(
        "ranges_float",
        "range:salary=40000..50000",
        "ranges_float:salary=40000..50000",
        {"ranges_float": [{"name": "salary", "value_min": 40000, "value_max": 50000}]},
        keep_jobs(ranged("ranges_float", "salary", 40000, 50000)),
    ),
    case(
        "ranges_float",
        'range:"weekly hours"=39..',
        'ranges_float:"weekly hours"=39..',
        {"ranges_float": [{"name": "weekly hours", "value_min": 39, "value_max": None}]},
        keep_jobs(ranged("ranges_float", "weekly hours", 39, float("inf"))),
    ),
    case(
        "ranges_date",
        "dates:start=..$start_day",
        "ranges_date:start=..$start_day",
        {"ranges_date": [{"name": "start", "value_min": None, "value_max": "$start_day"}]},
        lambda w: [x for x in w.scored_jobs() if ranged("ranges_date", "start", float("-inf"), w.start_day)(x)],
    ),
]
