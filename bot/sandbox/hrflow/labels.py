"""Which stage a profile has for a job, read from its labels (reference hrflow-api §6.1, §6.4)."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .dates import parse_date
from .text import fold

STAGES = ("new", "yes", "later", "no")
"""The stages, lower case as everything writes them; they are compared without case."""

NEW = "new"


class Stages(NamedTuple):
    """The stages of one profile by job key and by (board key or None, job reference); `all` has each stage once."""

    by_key: dict[str, str]
    by_reference: dict[tuple[str | None, str], str]
    all: frozenset[str]

    def for_job(self, key: str, board_key: str, reference: str | None) -> str:
        """Return the stage for one job; without a label it is `new` (reference hrflow-api §9, row 30)."""
        stage = self.by_key.get(key)
        if stage is None and reference is not None and self.by_reference:
            stage = self.by_reference.get((board_key, reference)) or self.by_reference.get((None, reference))
        return stage or NEW

    def anywhere(self, stage: str) -> bool:
        """Say whether a search without a job finds the profile under `stage`.

        `yes`, `later` and `no` need a label of that stage for any job; `new` needs that there is none of these, so
        that every profile is found under at least one stage (reference hrflow-api §9, row 31).
        """
        return stage in self.all if stage != NEW else self.all.isdisjoint(STAGES[1:])


NO_STAGES = Stages({}, {}, frozenset())


def job_key_of(label: Mapping[str, Any]) -> str | None:
    """Return the key that a label gives for its job, under either generation's name."""
    return label.get("job_key") or label.get("job_id") or None


def read_stages(labels: Iterable[Mapping[str, Any]]) -> Stages:
    """Read the labels of a profile; of several for one job the one with the newest `date_stage` counts."""
    by_key: dict[str, tuple[float, str]] = {}
    by_reference: dict[tuple[str | None, str], tuple[float, str]] = {}
    for label in labels:
        stage = fold(label.get("stage") or NEW)
        dated = (parse_date(label.get("date_stage")) or float("-inf"), stage)
        key, reference = job_key_of(label), label.get("job_reference")
        # Equal dates: the later entry of the list counts.
        if key is not None:
            if key not in by_key or by_key[key][0] <= dated[0]:
                by_key[key] = dated
        elif reference is not None:
            place = (label.get("board_key") or None, reference)
            if place not in by_reference or by_reference[place][0] <= dated[0]:
                by_reference[place] = dated
    if not by_key and not by_reference:
        return NO_STAGES
    return Stages(
        {key: stage for key, (_, stage) in by_key.items()},
        {place: stage for place, (_, stage) in by_reference.items()},
        frozenset(stage for _, stage in (*by_key.values(), *by_reference.values())),
    )
