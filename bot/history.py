"""What somebody asked and decided before, put together from our records and the names of the moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.domain.history import Past, way_back
from bot.errors import SlackDeliveryError
from bot.views import phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.domain.history import Asked
    from bot.domain.stages import StageMove
    from bot.naming import Names
    from bot.slack.roster import Roster
    from bot.storage.ledger import Ledger, Recorded
    from bot.storage.pairs import Pairs
    from bot.storage.recent import Recent

log = structlog.get_logger(__name__)
NAMES_SECONDS = 2.0


class History:
    """Reads only."""

    def __init__(
        self, recent: Recent, ledger: Ledger, pairs: Pairs, names: Names, roster: Roster, *, now: Callable[[], datetime]
    ) -> None:
        self._recent = recent
        self._ledger = ledger
        self._pairs = pairs
        self._names = names
        self._roster = roster
        self._now = now

    async def queries(self, user: str, limit: int) -> list[Asked]:
        """What that person asked last, newest first, each once."""
        return (await self._recent.recent(user, self._now()))[:limit]

    async def query(self, user: str, token: str) -> Asked | None:
        """The one of that person's last queries that a button stands for; None where it is forgotten."""
        return next((each for each in await self._recent.recent(user, self._now()) if each.token == token), None)

    async def decisions(self, limit: int, *, by: str = "", job: str = "", profile: str = "") -> list[Past]:
        """The last decisions of a person, or about a job or a profile, newest first, with the names of this moment."""
        recorded = await self._ledger.decisions(by=by, job=job, profile=profile, limit=limit)
        entries = [each.entry for each in recorded if each.entry.profile_key and each.entry.job_key]
        standings, profiles, jobs, people = await asyncio.gather(
            self._pairs.standings([(entry.profile_key, entry.job_key) for entry in entries]),
            self._names.profiles([(entry.source_key, entry.profile_key) for entry in entries]),
            self._names.jobs([(entry.board_key, entry.job_key) for entry in entries]),
            self._called(recorded),
        )
        return [
            Past(
                entry=entry,
                profile=profiles.get(entry.profile_key),
                job=jobs.get(entry.job_key),
                by=people.get(entry.by, ""),
                back=way_back(entry, standings.get((entry.profile_key, entry.job_key))),
            )
            for entry in entries
        ]

    async def whom(self, move: StageMove) -> tuple[str, str]:
        """The profile and the job of a move by name, as far as that can be had."""
        profiles, jobs = await asyncio.gather(
            self._names.profiles([(move.source_key, move.profile_key)]),
            self._names.jobs([(move.board_key, move.job_key)]),
        )
        return (
            profiles.get(move.profile_key) or phrases.SOME_PROFILE,
            jobs.get(move.job_key) or phrases.SOME_JOB,
        )

    async def _called(self, recorded: Sequence[Recorded]) -> dict[str, str]:
        """By user id, what those who decided are called; without those whom Slack does not name."""

        async def one(user: str) -> str:
            try:
                async with asyncio.timeout(NAMES_SECONDS):
                    return await self._roster.name_of(user)
            except (SlackDeliveryError, TimeoutError) as error:
                log.info("nobody's name", reason=type(error).__name__)
                return ""

        users = list(dict.fromkeys(each.entry.by for each in recorded))
        return dict(zip(users, await asyncio.gather(*map(one, users)), strict=True))
