"""What a digest tells a place: the difference between what it was told last and how things stand now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.domain.posts import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.entities import Stage
    from bot.domain.posts import Pair
    from bot.domain.ranking import Match, Ranking

DUE, PREPARED, SENT, SILENT, DROPPED, FAILED = "due", "prepared", "sent", "silent", "dropped", "failed"
OPEN = (DUE, PREPARED)
SLOT, NOW = "slot", "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One item of the top n as a place was told of it."""

    profile_key: str
    source_key: str
    job_key: str
    board_key: str
    rank: int
    stage: Stage

    @property
    def pair(self) -> Pair:
        """The pair that it is about."""
        return self.profile_key, self.job_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One slot of a digest, or one time that somebody asked for it (`kind` now, `by` whom).

    `state`: due, prepared (what it says is decided and may have been sent), then sent, silent (nothing to say),
    dropped (not to be delivered any more) or failed. `items` is what the place knows once it is sent. `holder` is the
    replica at work on it, which others leave alone until `held_until`.
    """

    digest: int
    slot: datetime
    kind: str
    channel: str
    state: str = DUE
    post_id: str = ""
    by: str = ""
    error: str = ""
    items: tuple[Told, ...] = ()
    holder: str = ""
    held_until: datetime | None = None
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def order(self) -> tuple[datetime, int]:
        """Deliveries to one channel come in this order."""
        return self.slot, self.digest

    @property
    def over(self) -> bool:
        """Nothing is left to do."""
        return self.state not in OPEN

    def free(self, holder: str, now: datetime) -> bool:
        """Whether that replica may work on it."""
        return self.holder in ("", holder) or self.held_until is None or self.held_until <= now

    @property
    def workflow_id(self) -> str:
        """The name of the one run that delivers it."""
        return workflow_id(self.digest, self.slot, self.kind)

    @property
    def mark(self) -> str:
        """The id of its post: the same in every attempt, and it says nothing to whoever reads it."""
        return hashlib.sha256(f"shortlist/{self.workflow_id}".encode()).hexdigest()[:16]


def workflow_id(digest: int, slot: datetime, kind: str = SLOT) -> str:
    """`digest/{digest}/{slot}`, the slot in UTC."""
    if kind == SLOT:
        return f"digest/{digest}/{slot.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return f"digest/{digest}/{kind}-{slot.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that a digest says of an item beside its cards.

    `kind`: it was `decided` (`stage`, `by` whom, "" unknown) or is `gone` from the top n. `name` is what it is called;
    it is never stored.
    """

    kind: str
    profile_key: str
    source_key: str
    job_key: str
    board_key: str
    stage: Stage
    by: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What makes a list the message of a digest: which one, and what it says beside the cards.

    `first` is the first delivery to its place, which shows the whole top n; `repeat` may stand there twice, because
    Slack did not confirm the first one.
    """

    number: int
    schedule: str
    first: bool = False
    repeat: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """`new` matches, those that stayed with another stage (`moved`), and what is not in the list any more."""

    new: tuple[Match, ...]
    moved: tuple[Match, ...]
    missing: tuple[Told, ...]


def difference(told: Iterable[Told], ranking: Ranking) -> Difference:
    """What of `ranking` the place does not know yet."""
    known: Mapping[Pair, Told] = {each.pair: each for each in told}
    listed = {pair(match) for match in ranking.matches}
    return Difference(
        new=tuple(match for match in ranking.matches if pair(match) not in known),
        moved=tuple(
            match
            for match in ranking.matches
            if (before := known.get(pair(match))) is not None and before.stage is not match.stage
        ),
        missing=tuple(sorted((each for each in known.values() if each.pair not in listed), key=lambda one: one.rank)),
    )


def snapshot(ranking: Ranking) -> tuple[Told, ...]:
    """The ranking as a place will have been told of it."""
    return tuple(
        Told(
            profile_key=match.profile.key,
            source_key=match.profile.source_key,
            job_key=match.job.key,
            board_key=match.job.board_key,
            rank=match.rank,
            stage=match.stage,
        )
        for match in ranking.matches
    )
