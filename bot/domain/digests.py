"""Digest: a query that is asked again on a schedule, for one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.grammar import HelpWanted, parse
from bot.domain.schedule_text import read
from bot.errors import QueryError
from bot.mistakes import Mistake, Wrong

if TYPE_CHECKING:
    from bot.domain.query import Query
    from bot.domain.schedules import Schedule

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """`number` is how people name it, from 1. `channel` is where it goes: a channel, or a direct message.

    `channel_name` is the channel's name without `#` when it was last seen, "" for a direct message. `schedule` and
    `query` are canonical text, kept as typed: relative dates count from each delivery. `reached` is the last slot that
    was taken care of, be it by a delivery or by letting it pass. `trouble` says why it was paused by us ("" where a
    person did it, or nobody).
    """

    number: int = 0
    maker: str
    channel: str
    channel_name: str = ""
    schedule: str
    query: str
    say_empty: bool = False
    active: bool = True
    paused_until: datetime | None = None
    trouble: str = ""
    reached: datetime = field(default=_EPOCH)
    created_at: datetime = field(default=_EPOCH)

    def when(self) -> Schedule:
        """The schedule. Raises QueryError where this version cannot read it."""
        return read(self.schedule, "UTC")

    def what(self) -> Query:
        """The query. Raises QueryError where this version cannot read it."""
        found = parse(self.query)
        if isinstance(found, HelpWanted) or not found.subject:
            raise QueryError(Mistake(Wrong.NO_SUBJECT), line=self.query)
        return found

    def due(self, now: datetime) -> datetime | None:
        """The latest slot that has come since `reached`, or None; a digest that is paused has none."""
        if not self.runs(now):
            return None
        start = self.reached if self.paused_until is None else max(self.reached, self.paused_until - _SECOND)
        return self.when().latest(start, now)

    def next_slot(self, now: datetime) -> datetime | None:
        """The slot that comes next, or None for a digest that is paused without an end."""
        if not self.active and self.paused_until is None:
            return None
        start = now if self.paused_until is None else max(now, self.paused_until - _SECOND)
        return self.when().next(start)

    def runs(self, now: datetime) -> bool:
        """Whether it is to deliver at `now`: it is active, or its pause has ended."""
        return self.active or (self.paused_until is not None and self.paused_until <= now)
