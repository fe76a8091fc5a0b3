"""Search and rank: the one path that commands and, later, digests share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot import errors
from bot.continuing import following, preceding, stages_of
from bot.domain.entities import Job, Profile
from bot.domain.merging import StageCursor
from bot.domain.query import ANY_STAGE, ProfilesQuery
from bot.domain.ranking import Ranking, job_matches, ordered, profile_matches, scored_first
from bot.domain.receipts import Glance
from bot.fetching import any_stage, one_list
from bot.hrflow.wire import Keys, parameters
from bot.storage.memory import Memory

if TYPE_CHECKING:
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.entities import Page, Scored
    from bot.domain.paging import Shown
    from bot.domain.query import JobsQuery
    from bot.fetching import Fetch, Fetched
    from bot.gazetteer import Gazetteer
    from bot.hrflow.client import HrflowClient

MOST_CURSORS = 50  # they hold people, so few and not for long
CURSOR_SECONDS = 1800.0


# How the items of a list are taken from its pages: from `fetch`, for the query, about the subject of that key.
Take = Callable[["Fetch[Any]", "ProfilesQuery | JobsQuery", str], Awaitable["Fetched[Any]"]]


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

        async def take(fetch: Fetch[Any], asked: ProfilesQuery | JobsQuery, subject: str) -> Fetched[Any]:
            if not isinstance(asked, ProfilesQuery) or asked.stage != ANY_STAGE:
                return await one_list(fetch, asked, asked.stage if isinstance(asked, ProfilesQuery) else "")
            # A further page goes on where the reader's last one ended; nobody else's list can get in between.
            name = f"{reader} {subject} {replace(asked, page=1)}"
            cursor = self._cursors.pop(name)
            if cursor is None or cursor.page >= asked.page:
                cursor = StageCursor(limit=asked.limit, sort=asked.sorted_by, order=asked.order)
            fetched = await any_stage(fetch, asked, cursor)
            self._cursors.put(name, cursor)
            return fetched

        return await self._ranking(query, now, take, lambda _: (query.page - 1) * query.limit + 1)

    async def after(
        self, query: ProfilesQuery | JobsQuery, shown: Shown, *, subject: Profile | Job, now: datetime
    ) -> Ranking:
        """Those who come after what was shown of that list, with ranks that go on; `subject` is what it is about."""

        async def take(fetch: Fetch[Any], asked: ProfilesQuery | JobsQuery, _: str) -> Fetched[Any]:
            return await following(fetch, asked, shown)

        return await self._ranking(query, now, take, lambda _: shown.rank + 1, subject)

    async def before(
        self, query: ProfilesQuery | JobsQuery, shown: Shown, first: int, *, subject: Profile | Job, now: datetime
    ) -> Ranking:
        """Those who come before the rank `first`, the first one shown."""

        async def take(fetch: Fetch[Any], asked: ProfilesQuery | JobsQuery, _: str) -> Fetched[Any]:
            return await preceding(fetch, asked, shown, first)

        return await self._ranking(query, now, take, lambda count: first - count, subject)

    async def glance(self, query: ProfilesQuery | JobsQuery, *, subject: Profile | Job, now: datetime) -> Glance:
        """How many there are and who stands on the first page, by one call a stage; nothing else is looked up anew."""
        located = await self._gazetteer.located(query)
        if isinstance(located, ProfilesQuery):
            keys, _ = await self._keys_for_profiles(located, subject)
            pages = await asyncio.gather(
                *(
                    self._client.profiles_scoring(
                        parameters(located, keys, dialect=self._dialect, now=now, stage=stage)
                    )
                    for stage in stages_of(located)
                )
            )
            rows = [row for page in pages for row in page.items[: query.limit]]
            total = _sum(page.total for page in pages)
        else:
            keys, _ = await self._keys_for_jobs(located, subject)
            listed = await self._client.jobs_scoring(parameters(located, keys, dialect=self._dialect, now=now))
            return _glance(query, listed.items[: query.limit], listed.total)
        return _glance(query, rows, total)

    async def _ranking(
        self,
        query: ProfilesQuery | JobsQuery,
        now: datetime,
        take: Take,
        first: Callable[[int], int],
        subject: Profile | Job | None = None,
    ) -> Ranking:
        located = await self._gazetteer.located(query)
        ranking = await (
            self._profiles(located, now, take, first, subject)
            if isinstance(located, ProfilesQuery)
            else self._jobs(located, now, take, first, subject)
        )
        return replace(ranking, query=query)  # with the places in the words that were typed

    async def _keys_for_profiles(self, query: ProfilesQuery, known: Profile | Job | None) -> tuple[Keys, Job]:
        sources, boards = await asyncio.gather(
            self._directory.source_keys(query.source),
            self._directory.board_keys((query.board,) if query.board else ()),
        )
        job = known if isinstance(known, Job) else await self._directory.job(query.subject, boards)
        return Keys(sources=sources, boards=(job.board_key,), subject=job.key, agent=self._agent_key), job

    async def _keys_for_jobs(self, query: JobsQuery, known: Profile | Job | None) -> tuple[Keys, Profile]:
        sources, boards = await asyncio.gather(
            self._directory.source_keys((query.source,) if query.source else ()),
            self._directory.board_keys(query.board),
        )
        profile = known if isinstance(known, Profile) else await self._directory.profile(query.subject, sources)
        agent = query.agent or self._agent_key
        return Keys(sources=(profile.source_key,), boards=boards, subject=profile.key, agent=agent), profile

    async def _profiles(
        self,
        query: ProfilesQuery,
        now: datetime,
        take: Take,
        first: Callable[[int], int],
        subject: Profile | Job | None,
    ) -> Ranking:
        keys, job = await self._keys_for_profiles(query, subject)
        if not keys.sources:
            raise errors.NothingFoundError("source", "")

        async def fetch(stage: str, page: int, limit: int) -> Page[Profile]:
            asked = replace(query, page=page, limit=limit)
            return await self._client.profiles_scoring(
                parameters(asked, keys, dialect=self._dialect, now=now, stage=stage)
            )

        fetched: Fetched[Profile] = await take(fetch, query, keys.subject)
        rows = fetched.page.items
        return Ranking(
            query=query,
            of="profile",
            subject=job,
            matches=profile_matches(query, job, rows, first=first(len(rows)), now=now),
            total=fetched.page.total,
            sorted_among=fetched.sorted_among,
        )

    async def _jobs(
        self,
        query: JobsQuery,
        now: datetime,
        take: Take,
        first: Callable[[int], int],
        subject: Profile | Job | None,
    ) -> Ranking:
        keys, profile = await self._keys_for_jobs(query, subject)
        if not keys.boards:
            raise errors.NothingFoundError("board", "")

        async def fetch(_: str, page: int, limit: int) -> Page[Job]:
            asked = replace(query, page=page, limit=limit)
            return await self._client.jobs_scoring(parameters(asked, keys, dialect=self._dialect, now=now))

        # Stages are labels of the profile itself, which the index may show late (reference §1.5): one fresh read.
        fetched: Fetched[Job]
        fetched, fresh = await asyncio.gather(
            take(fetch, query, keys.subject), self._client.find_profile(profile.source_key, key=profile.key)
        )
        profile = _complete(fresh or profile, profile)
        rows = fetched.page.items
        jobs = await self._directory.placed([row.item for row in rows], keys.boards)
        placed = [replace(row, item=job) for row, job in zip(rows, jobs, strict=True)]
        return Ranking(
            query=query,
            of="job",
            subject=profile,
            matches=job_matches(query, profile, placed, first=first(len(rows)), now=now),
            total=fetched.page.total,
            sorted_among=fetched.sorted_among,
        )


def _complete(profile: Profile, found: Profile) -> Profile:
    """The stored object may leave out its own source, which a look-up in that source has told."""
    return profile if profile.source_key else replace(profile, source_key=found.source_key)


def _glance(query: ProfilesQuery | JobsQuery, rows: Sequence[Scored[Any]], total: int | None) -> Glance:
    best = scored_first(ordered(rows, sort=query.sorted_by, order=query.order))[: query.limit]
    return Glance(tuple((row.item.key, row.score) for row in best), total)


def _sum(totals: Iterable[int | None]) -> int | None:
    known = list(totals)
    return None if None in known else sum(filter(None, known))
