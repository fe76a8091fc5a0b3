"""What has become of the items that a place was told of: how each stands now, and who decided."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.deliveries import Difference, Note, Told
from bot.domain.entities import Job, Profile, Stage
from bot.domain.posts import pair
from bot.domain.query import ANY_STAGE, ProfilesQuery
from bot.domain.stages import settled
from bot.errors import NothingFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.directory import Directory
    from bot.domain.ranking import Match, Ranking
    from bot.domain.stages import Standing
    from bot.hrflow.client import HrflowClient
    from bot.storage.pairs import Pairs


@dataclass(frozen=True, slots=True)
class News:
    """Reads from HrFlow and from our own records."""

    hrflow: HrflowClient
    directory: Directory
    pairs: Pairs

    async def settled(self, ranking: Ranking, told: Iterable[Told]) -> Ranking:
        """The ranking with the stages as our records know them: HrFlow's lists may be behind (reference §1.5).

        What somebody has decided meanwhile is no news for a list of undecided ones, unless the place knows it.
        """
        known = {each.pair for each in told}
        standings = await self.pairs.standings([pair(match) for match in ranking.matches])
        matches = [
            replace(match, stage=settled(match.profile.label_for(match.job), standings.get(pair(match))).stage)
            if pair(match) in standings
            else match
            for match in ranking.matches
        ]
        kept = [match for match in matches if pair(match) in known or _asked_for(match, ranking)]
        return replace(ranking, matches=tuple(kept))

    async def notes(self, ranking: Ranking, different: Difference) -> tuple[Note, ...]:
        """What was decided and what is gone. Raises HrflowError."""
        asked = [*(each.pair for each in different.missing), *(pair(match) for match in different.moved)]
        if not asked:
            return ()
        standings = await self.pairs.standings(asked)
        missing = await asyncio.gather(
            *(self._missing(told, ranking, standings.get(told.pair)) for told in different.missing)
        )
        moved = [_moved(match, ranking, standings.get(pair(match))) for match in different.moved]
        return tuple(note for note in (*moved, *missing) if note is not None)

    async def _missing(self, told: Told, ranking: Ranking, standing: Standing | None) -> Note | None:
        profile, job = await asyncio.gather(self._profile(told, ranking), self._job(told, ranking))
        stands = settled(profile.label_for(job), standing)
        if stands.stage is told.stage and told.stage is not Stage.NEW:
            return None  # that it was decided has been told, so nobody misses it
        return Note(
            kind="decided" if stands.stage is not told.stage else "gone",
            profile_key=told.profile_key,
            source_key=told.source_key,
            job_key=told.job_key,
            board_key=told.board_key,
            stage=stands.stage,
            by=stands.decision.by if stands.decision is not None else "",
            name=profile.name if ranking.of == "profile" else job.title,
        )

    async def _profile(self, told: Told, ranking: Ranking) -> Profile:
        if isinstance(ranking.subject, Profile):
            return ranking.subject
        found = await self.hrflow.find_profile(told.source_key, key=told.profile_key)
        return found or Profile(key=told.profile_key, source_key=told.source_key)

    async def _job(self, told: Told, ranking: Ranking) -> Job:
        if isinstance(ranking.subject, Job):
            return ranking.subject
        try:
            return await self.directory.job_by_key(told.job_key, told.board_key)
        except NothingFoundError:
            return Job(key=told.job_key, board_key=told.board_key)


def _asked_for(match: Match, ranking: Ranking) -> bool:
    query = ranking.query
    return not isinstance(query, ProfilesQuery) or query.stage in (ANY_STAGE, match.stage.value)


def _moved(match: Match, ranking: Ranking, standing: Standing | None) -> Note:
    stands = settled(match.profile.label_for(match.job), standing)
    return Note(
        kind="decided",
        profile_key=match.profile.key,
        source_key=match.profile.source_key,
        job_key=match.job.key,
        board_key=match.job.board_key,
        stage=match.stage,
        by=stands.decision.by if stands.decision is not None and stands.stage is match.stage else "",
        name=match.profile.name if ranking.of == "profile" else match.job.title,
    )
