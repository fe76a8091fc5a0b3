"""Search and rank: the one path that commands and, later, digests share."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import errors
from bot.domain.merging import StageCursor
from bot.domain.query import ANY_STAGE, ProfilesQuery
from bot.domain.ranking import Ranking, job_matches, profile_matches
from bot.fetching import any_stage, one_list
from bot.hrflow.wire import Keys, parameters
from bot.storage.memory import Memory

if TYPE_CHECKING:
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.entities import Job, Page, Profile
    from bot.domain.query import JobsQuery
    from bot.fetching import Fetched
    from bot.gazetteer import Gazetteer
    from bot.hrflow.client import HrflowClient

MOST_CURSORS = 50  # they hold people, so few and not for long
CURSOR_SECONDS = 1800.0


class Matching:
    """Turns a query into a ranking by asking HrFlow.

    Raises HrflowError, NothingFoundError (a job, profile, source, board or place) or SeveralFoundError.
    """

    def __init__(
        self, client: HrflowClient, directory: Directory, gazetteer: Gazetteer, *, dialect: str, agent_key: str = ""
    ) -> None:
        self._client = client
        self._directory = directory
        self._gazetteer = gazetteer
        self._dialect = dialect
        self._agent_key = agent_key
        self._cursors: Memory[StageCursor] = Memory(most=MOST_CURSORS, seconds=CURSOR_SECONDS)

    async def rank(self, query: ProfilesQuery | JobsQuery, *, now: datetime, reader: str = "") -> Ranking:
        """The answer to a query; `now` is aware and in the asker's time zone (relative dates count from it).

        `reader` is whoever asks: a further page of stage:any goes on from their last one.
        """
        if isinstance(query, ProfilesQuery):
            ranking = await self._profiles(await self._gazetteer.located(query), now, reader)
        else:
            ranking = await self._jobs(await self._gazetteer.located(query), now)
        return replace(ranking, query=query)  # with the places in the words that were typed

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

    async def _profiles(self, query: ProfilesQuery, now: datetime, reader: str) -> Ranking:
        keys, job = await self._keys_for_profiles(query)
        if not keys.sources:
            raise errors.NothingFoundError("source", "")
        fetched = await self._scored_profiles(query, keys, now, reader)
        return Ranking(
            query=query,
            of="profile",
            subject=job,
            matches=profile_matches(query, job, fetched.page.items, first=_first(query), now=now),
            total=fetched.page.total,
            sorted_among=fetched.sorted_among,
        )

    async def _scored_profiles(self, query: ProfilesQuery, keys: Keys, now: datetime, reader: str) -> Fetched[Profile]:
        async def fetch(stage: str, page: int, limit: int) -> Page[Profile]:
            asked = replace(query, page=page, limit=limit)
            return await self._client.profiles_scoring(
                parameters(asked, keys, dialect=self._dialect, now=now, stage=stage)
            )

        if query.stage != ANY_STAGE:
            return await one_list(fetch, query, query.stage)
        # A further page goes on where the reader's last one ended; nobody else's list can get in between.
        name = f"{reader} {keys.subject} {replace(query, page=1)}"
        cursor = self._cursors.pop(name)
        if cursor is None or cursor.page >= query.page:
            cursor = StageCursor(limit=query.limit, sort=query.sorted_by, order=query.order)
        fetched = await any_stage(fetch, query, cursor)
        self._cursors.put(name, cursor)
        return fetched

    async def _jobs(self, query: JobsQuery, now: datetime) -> Ranking:
        keys, profile = await self._keys_for_jobs(query)
        if not keys.boards:
            raise errors.NothingFoundError("board", "")

        # Stages are labels of the profile itself, which the index may show late (reference §1.5): one fresh read.
        async def fetch(_: str, page: int, limit: int) -> Page[Job]:
            asked = replace(query, page=page, limit=limit)
            return await self._client.jobs_scoring(parameters(asked, keys, dialect=self._dialect, now=now))

        fetched, fresh = await asyncio.gather(
            one_list(fetch, query, ""), self._client.find_profile(profile.source_key, key=profile.key)
        )
        profile = _complete(fresh or profile, profile)
        rows = fetched.page.items
        jobs = await self._directory.placed([row.item for row in rows], keys.boards)
        placed = [replace(row, item=job) for row, job in zip(rows, jobs, strict=True)]
        return Ranking(
            query=query,
            of="job",
            subject=profile,
            matches=job_matches(query, profile, placed, first=_first(query), now=now),
            total=fetched.page.total,
            sorted_among=fetched.sorted_among,
        )


def _complete(profile: Profile, found: Profile) -> Profile:
    """The stored object may leave out its own source, which a look-up in that source has told."""
    return profile if profile.source_key else replace(profile, source_key=found.source_key)


def _first(query: ProfilesQuery | JobsQuery) -> int:
    """The rank of the first line of the page."""
    return (query.page - 1) * query.limit + 1
