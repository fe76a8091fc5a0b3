"""What the ledger says around a decision: whether its details were open, and notes on it later."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.domain.ledger import Kind, LedgerEntry

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.stages import StageMove


MOST_OPENED = 20_000


class Opened:
    """Whose details somebody has opened on which list, since this process started; the oldest are forgotten."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str, str, str], None] = OrderedDict()

    def note(self, post_id: str, user_id: str, move: StageMove) -> None:
        """That person looks at the details of the pair that the button of that list names."""
        if post_id:
            self._held[post_id, user_id, move.profile_key, move.job_key] = None
            while len(self._held) > MOST_OPENED:
                self._held.popitem(last=False)

    def by(self, post_id: str, user_id: str, move: StageMove) -> bool:
        """Whether they have."""
        return (post_id, user_id, move.profile_key, move.job_key) in self._held


def noted(move: StageMove, about: LedgerEntry, note: str, *, by: str, at: datetime, once: str = "") -> LedgerEntry:
    """The row of a note on an earlier decision; `once` tells it from others, should it be handed in twice."""
    return LedgerEntry(
        kind=Kind.NOTE,
        at=at,
        by=by,
        profile_key=move.profile_key,
        job_key=move.job_key,
        board_key=move.board_key,
        source_key=move.source_key,
        before=about.before,
        after=about.after,
        revision=about.revision,
        note=note,
        workflow_id=once,
    )
