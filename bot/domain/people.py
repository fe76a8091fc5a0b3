"""What people have saved, and what a channel is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.domain.deciders import Deciders
from bot.domain.query import ProfilesQuery

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.query import Query

LONGEST_NAME = 60  # characters of the name of a saved query


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A query under a name; `owner` is the Slack id of the person or channel that it is for."""

    id: int
    owner: str
    name: str
    query: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a channel is about: the job that /profiles means there, and who may decide. Empty: not set."""

    channel: str
    job: str = ""
    source: tuple[str, ...] = ()
    board: str = ""
    deciders: Deciders = field(default_factory=Deciders)
    by: str = ""

    @property
    def has_job(self) -> bool:
        """Whether a query without a job means this one."""
        return bool(self.job)

    def applied(self, query: Query) -> Query:
        """The query as it is meant in that channel: one about profiles that names no job is about the channel's."""
        if query.subject or not self.job or not isinstance(query, ProfilesQuery):
            return query
        return replace(
            query, subject=self.job, source=query.source or self.source, board=query.board or self.board or None
        )

    @property
    def query(self) -> ProfilesQuery:
        """What /profiles alone means there."""
        return ProfilesQuery(subject=self.job, source=self.source, board=self.board or None)
