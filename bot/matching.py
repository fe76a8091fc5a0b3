"""Search and rank: the one path that commands and, later, digests share."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import errors
from bot.domain.entities import Page, Stage
from bot.domain.query import ANY_STAGE, ProfilesQuery
from bot.domain.ranking import Match, Ranking, merged, ordered
from bot.domain.reasons import reasons_for
from bot.hrflow.wire import Keys, parameters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.entities import Job, Profile, Scored, T
    from bot.domain.query import JobsQuery
    from bot.hrflow.client import HrflowClient


class Matching:
    """Turns a query into a ranking by asking HrFlow.

    Raises HrflowError, NothingFoundError (a job, profile, source or board) or SeveralFoundError.
    """

    def __init__(self, client: HrflowClient, directory: Directory, *, dialect: str, agent_key: str = "") -> None:
        self._client = client
        self._directory = directory
        self._dialect = dialect
        self._agent_key = agent_key

    async def rank(self, query: ProfilesQuery | JobsQuery, *, now: datetime) -> Ranking:
        """The answer to a query; `now` is aware and in the asker's time zone (relative dates count from it)."""
        if isinstance(query, ProfilesQuery):
            return await self._profiles(query, now)
        return await self._jobs(query, now)

    async def _keys_for_profiles(self, query: ProfilesQuery) -> tuple[Keys, Job]:
        sources, boards = await asyncio.gather(
            self._directory.source_keys(query.source),
            self._directory.board_keys((query.board,) if query.board else ()),
        )
        job = await self._directory.job(query.subject, boards)
        return Keys(sources=sources, boards=(job.board_key,), subject=job.key, agent=self._agent_key), job

    async def _keys_for_jobs(self, query: JobsQuery) -> tuple[Keys, Profile]:
        sources, boards = await asyncio.gather(
            self._directory.source_keys((query.source,) if query.source else ()),
            self._directory.board_keys(query.board),
        )
        profile = await self._directory.profile(query.subject, sources)
        agent = query.agent or self._agent_key
        return Keys(sources=(profile.source_key,), boards=boards, subject=profile.key, agent=agent), profile

    async def _profiles(self, query: ProfilesQuery, now: datetime) -> Ranking:
        keys, job = await self._keys_for_profiles(query)
        if not keys.sources:
            raise errors.NothingFoundError("source", "")
        page = await self._scored_profiles(query, keys, now)
        matches = [
            Match(
                rank=rank,
                profile=scored.item,
                job=job,
                score=scored.score,
                stage=scored.item.stage_for(job),
                reasons=reasons_for(query, scored.item, job, of="profile"),
            )
            for rank, scored in _ranked(query, page.items)
        ]
        return Ranking(query=query, of="profile", subject=job, matches=tuple(matches), total=page.total)

    async def _scored_profiles(self, query: ProfilesQuery, keys: Keys, now: datetime) -> Page[Profile]:
        """One call; for any stage, as many pages of each of the four as the merged page needs."""
        if query.stage != ANY_STAGE:
            params = parameters(query, keys, dialect=self._dialect, now=now, stage=query.stage)
            return _sorted(await self._client.profiles_scoring(params), query)
        calls = [
            self._client.profiles_scoring(
                parameters(replace(query, page=page), keys, dialect=self._dialect, now=now, stage=stage.value)
            )
            for stage in Stage
            for page in range(1, query.page + 1)
        ]
        pages = await asyncio.gather(*calls)
        first_pages = pages[:: query.page]
        together = merged(
            pages, sort=query.sorted_by, order=query.order, first=(query.page - 1) * query.limit, count=query.limit
        )
        known = [page.total for page in first_pages if page.total is not None]
        return replace(together, total=sum(known) if len(known) == len(first_pages) else None)

    async def _jobs(self, query: JobsQuery, now: datetime) -> Ranking:
        keys, profile = await self._keys_for_jobs(query)
        if not keys.boards:
            raise errors.NothingFoundError("board", "")
        # Stages are labels of the profile itself, which the index may show late (reference §1.5): one fresh read.
        params = parameters(query, keys, dialect=self._dialect, now=now)
        page, fresh = await asyncio.gather(
            self._client.jobs_scoring(params), self._client.find_profile(profile.source_key, key=profile.key)
        )
        profile = _complete(fresh or profile, profile)
        ranked = _ranked(query, _sorted(page, query).items)
        jobs = await self._directory.placed([scored.item for _, scored in ranked], keys.boards)
        matches = [
            Match(
                rank=rank,
                profile=profile,
                job=job,
                score=scored.score,
                stage=profile.stage_for(job),
                reasons=reasons_for(query, profile, job, of="job"),
            )
            for (rank, scored), job in zip(ranked, jobs, strict=True)
        ]
        return Ranking(query=query, of="job", subject=profile, matches=tuple(matches), total=page.total)


def _complete(profile: Profile, found: Profile) -> Profile:
    """The stored object may leave out its own source, which a look-up in that source has told."""
    return profile if profile.source_key else replace(profile, source_key=found.source_key)


def _sorted(page: Page[T], query: ProfilesQuery | JobsQuery) -> Page[T]:
    """Sorted again by score on our side: the order of a reply is not a promise (reference §4.2)."""
    if query.sorted_by != "score":
        return page
    return replace(page, items=tuple(ordered(page.items, sort="score", order=query.order)))


def _ranked(query: ProfilesQuery | JobsQuery, items: Sequence[Scored[T]]) -> list[tuple[int, Scored[T]]]:
    return list(enumerate(items, start=(query.page - 1) * query.limit + 1))
