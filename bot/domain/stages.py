"""Moves of a stage, and the labels that hold them.

HrFlow keeps the stage of a profile for a job in `labels` of the profile object (reference hrflow-api §6). The functions
here work on that raw list, so that labels of other jobs and every unknown field stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from bot.domain.entities import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.domain.entities import Job, Label


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMove:
    """What a stage button asks for: from what it showed (`expected`) to what it says (`target`).

    `undo` marks the way back of an earlier move; `revision` is how many times the pair had moved when the button was
    drawn. All of it travels in the button's value, so it holds keys only.
    """

    profile_key: str
    source_key: str
    job_key: str
    board_key: str
    expected: Stage
    target: Stage
    undo: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A stage that somebody set: who (a Slack user id), when, and what it was before; `undo` took a decision back."""

    stage: Stage
    before: Stage
    by: str
    at: datetime
    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A decision that was given up; `reason` is a key of the words in `views/outcomes`."""

    decision: Decision
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a pair: its stage, how many times it has moved, and the decision that led there.

    `decision` is None where nobody decided in Slack; `at` is when the stage was set, as far as it is known. `saving` is
    a decision that is on its way to HrFlow, `failure` the last one that did not get there.
    """

    stage: Stage
    revision: int = 0
    decision: Decision | None = None
    at: datetime | None = None
    saving: Decision | None = None
    failure: Failure | None = None


def settled(label: Label | None, standing: Standing | None) -> Standing:
    """The truth from two sides: the label that HrFlow has, and what we remember. Whichever is newer counts.

    HrFlow's lists may be behind what was written a moment ago (reference §1.5), and a label may have been set
    elsewhere after our decision. Labels tell whole seconds, so a tie is ours; a label without a time counts as older.
    """
    if standing is None:
        found = label.stage if label is not None else Stage.NEW
        return Standing(stage=found, at=label.at if label is not None else None)
    if label is None or label.at is None or label.stage is standing.stage:
        return standing
    if standing.at is not None and label.at.replace(microsecond=0) <= standing.at.replace(microsecond=0):
        return standing
    return replace(standing, stage=label.stage, decision=None, at=label.at)


def with_label(
    labels: Sequence[Any],
    *,
    job: Job,
    target: Stage,
    at: datetime,
    read: Callable[[Any], Label | None],
) -> list[dict[str, Any]]:
    """The raw labels with the one for `job` set to `target`, all others verbatim and in place.

    Several labels for the job collapse into the newest one (reference §6.4, hazard 4). `read` understands one raw
    label of either generation; one that it does not understand is kept. `at` is aware.
    """
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
    newest: Mapping[str, Any] = {}
    newest_at, place = float("-inf"), None
    kept: list[Any] = []
    for raw in labels:
        label = read(raw)
        if label is None or not label.about(job):
            kept.append(raw)
            continue
        when = label.at.timestamp() if label.at else float("-inf")
        if place is None:
            place = len(kept)
        if not newest or when >= newest_at:
            newest, newest_at = raw, when
    entry = {
        "board_key": job.board_key,
        "job_key": job.key,
        "job_reference": job.reference or None,
        "rating": None,
        "date_rating": None,
        **newest,
        "stage": target.value,
        "date_stage": stamp,
    }
    kept.insert(len(kept) if place is None else place, entry)
    return kept
