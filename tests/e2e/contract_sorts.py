"""Every value of `sort_by` on the seed page of `/profiles/scoring`, in its prose and in its samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.contract import PARIS, World, worst_first
from tests.e2e.contract_profiles import OWN_POINT, POINT, TYPED_POINT, around, case
from tests.sandbox.hrflow.restated import kilometres

if TYPE_CHECKING:
    from collections.abc import Callable

    Raw = dict[str, Any]


def by(value: Callable[[Raw], float], *, ascending: bool = False, km: float | None = None, kind: str = "") -> Any:
    """The new profiles by that value, equal ones by their keys."""

    def listed(world: World) -> list[Raw]:
        found = [x for x in world.scored_profiles("new") if km is None or around(km, kind)(x)]
        return sorted(found, key=lambda x: (value(x) if ascending else -value(x), x["key"]))

    return listed


def nearest(kind: str) -> Callable[[Raw], float]:
    return lambda x: min(kilometres(*PARIS, each["location"]) for each in x[kind])


CASES = [
    case(
        "sort_by",
        "sort:received",
        'sort_by:"reception date"',
        {"sort_by": "date_reception"},
        by(lambda x: x["received"]),
        {"sort_by": "created_at"},
    ),
    case(
        "sort_by",
        "sort:created order:asc",
        "sort_by:date_creation order_by:asc",
        {"sort_by": "date_creation", "order_by": "asc"},
        lambda w: sorted(w.scored_profiles("new"), key=lambda x: (x["created_at"], x["key"])),
        {"sort_by": "created_at", "order_by": "asc"},
    ),
    case(
        "sort_by",
        f"sort:location order:asc near:{TYPED_POINT} within:2000km",
        f"sort_by:location order_by:asc location_geopoint:{OWN_POINT} location_distance:2000",
        {"sort_by": "location", "order_by": "asc", "location_geopoint": POINT, "location_distance": "2000"},
        by(lambda x: kilometres(*PARIS, x["info"]["location"]), ascending=True, km=2000),
    ),
    case(
        "sort_by",
        f"sort:experience-location order:asc worked-near:{TYPED_POINT} worked-within:500km",
        f"sort_by:location_experience order_by:asc experience_location_geopoint:{OWN_POINT} "
        "experience_location_distance:500",
        {
            "sort_by": "location_experience",
            "order_by": "asc",
            "experience_location_geopoint": POINT,
            "experience_location_distance": "500",
        },
        by(nearest("experiences"), ascending=True, km=500, kind="experiences"),
    ),
    case(
        "sort_by",
        f"sort:education-location studied-near:{TYPED_POINT} studied-within:500km",
        f"sort_by:location_education education_location_geopoint:{OWN_POINT} education_location_distance:500",
        {
            "sort_by": "location_education",
            "education_location_geopoint": POINT,
            "education_location_distance": "500",
        },
        by(nearest("educations"), km=500, kind="educations"),
    ),
    case(
        "sort_by",
        "sort:semantic",
        'sort_by:"semantic score"',
        {"sort_by": "score_semantic"},
        lambda w: w.scored_profiles("new", sort_by="searching"),
        {"sort_by": "searching"},
    ),
    case(
        "sort_by",
        "sort:score order:asc",
        'sort_by:"predictive score" order_by:asc',
        {"sort_by": "scoring", "order_by": "asc"},
        lambda w: worst_first(w.scored_profiles("new")),
    ),
]
