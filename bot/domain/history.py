"""What somebody asked and decided before, as it is shown to them again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.ledger import Kind
from bot.domain.stages import StageMove

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.ledger import LedgerEntry
    from bot.domain.stages import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query as canonical text, and when it was asked (aware)."""

    canonical: str
    at: datetime

    @property
    def token(self) -> str:
        """What a button carries instead of the query: a query may name a candidate, so it never leaves us."""
        return hashlib.sha256(self.canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A decision with the names of the moment it is shown: of the candidate, the job, and who decided.

    A name is None where it could not be read. `back` is the way back, None where somebody has decided since.
    """

    entry: LedgerEntry
    profile: str | None
    job: str | None
    by: str
    back: StageMove | None


def way_back(entry: LedgerEntry, standing: Standing | None) -> StageMove | None:
    """The move that takes a decision back; None where it is not the last word on the pair, or was an undo itself."""
    if entry.kind is not Kind.DECISION or entry.before is None or entry.after is None or standing is None:
        return None
    if standing.revision != entry.revision or standing.stage is not entry.after or entry.before is entry.after:
        return None
    return StageMove(
        profile_key=entry.profile_key,
        source_key=entry.source_key,
        job_key=entry.job_key,
        board_key=entry.board_key,
        expected=entry.after,
        target=entry.before,
        undo=True,
        revision=standing.revision,
    )
