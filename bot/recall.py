"""Stored lists with their content again: what each key stands for is read from HrFlow."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from bot.domain.entities import Job, Profile, Scored
from bot.domain.grammar import parse
from bot.domain.posts import Post, brief
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.ranking import Ranking, job_matches, profile_matches
from bot.domain.receipts import Receipts
from bot.errors import NothingFoundError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.directory import Directory
    from bot.domain.deliveries import Note, Slip
    from bot.domain.posts import Entry
    from bot.domain.ranking import Match
    from bot.gazetteer import Gazetteer
    from bot.hrflow.client import HrflowClient
    from bot.storage.posts import StoredPost

KEEP_SECONDS = 60.0
MOST_KEPT = 300
AT_ONCE = 4  # reads for one process: those who type are not to wait for redraws

_T = TypeVar("_T")


class Recall:
    """Reads profiles and jobs by key; several lists that show the same one share a read for a minute."""

    def __init__(
        self,
        client: HrflowClient,
        directory: Directory,
        gazetteer: Gazetteer,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._directory = directory
        self._gazetteer = gazetteer
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, asyncio.Future[Any]]] = OrderedDict()
        self._reading = asyncio.Semaphore(AT_ONCE)

    async def post(self, stored: StoredPost) -> Post:
        """The post as it was, as far as HrFlow still knows what it shows. Raises HrflowError."""
        query = parse(stored.query)
        if not isinstance(query, (ProfilesQuery, JobsQuery)):
            raise NothingFoundError("query", "")
        page = stored.shown[stored.page] if stored.shown else ()
        if isinstance(query, ProfilesQuery):
            job = await self._job(*stored.subject)
            profiles = await asyncio.gather(*(self._profile(each.profile_key, each.source_key) for each in page))
            rows = [Scored(item, each.score) for item, each in zip(profiles, page, strict=True)]
            located = await self._gazetteer.located(query)
            matches = profile_matches(located, job, rows, first=1, now=stored.asked_at)
            subject: Profile | Job = job
        else:
            subject = await self._profile(*stored.subject)
            jobs = await asyncio.gather(*(self._job(each.job_key, each.board_key) for each in page))
            listed = [Scored(item, each.score) for item, each in zip(jobs, page, strict=True)]
            matches = job_matches(await self._gazetteer.located(query), subject, listed, first=1, now=stored.asked_at)
        ranking = Ranking(
            query=query,
            of=stored.of,
            subject=subject,
            matches=_ranked(matches, page),
            total=stored.total,
            sorted_among=stored.sorted_among,
        )
        return Post(
            id=stored.id,
            viewer=stored.viewer,
            ranking=brief(ranking),
            kind=stored.kind,
            channel=stored.channel,
            ts=stored.ts,
            shown=stored.shown,
            page=stored.page,
            asked_at=stored.asked_at,
            slip=await self._slip(stored),
            receipts=None if stored.receipts is None else Receipts.read(stored.receipts, query),
            locale=stored.locale,
        )

    async def _slip(self, stored: StoredPost) -> Slip | None:
        """What a digest says beside its cards, with the names again."""
        if stored.slip is None:
            return None

        async def named(note: Note) -> Note:
            if stored.of == "job":
                return replace(note, name=(await self._job(note.job_key, note.board_key)).title)
            return replace(note, name=(await self._profile(note.profile_key, note.source_key)).name)

        return replace(stored.slip, notes=tuple(await asyncio.gather(*map(named, stored.slip.notes))))

    async def _profile(self, key: str, source_key: str) -> Profile:
        async def read() -> Profile:
            found = await self._client.find_profile(source_key, key=key)
            found = found or Profile(
                key=key, source_key=source_key
            )  # deleted meanwhile: its line stays, without a name
            return found if found.source_key else replace(found, source_key=source_key)

        return await self._shared((source_key, key), read)

    async def _job(self, key: str, board_key: str) -> Job:
        async def read() -> Job:
            try:
                return await self._directory.job_by_key(key, board_key)
            except NothingFoundError:
                return Job(key=key, board_key=board_key)

        return await self._shared((board_key, key), read)

    async def _shared(self, name: tuple[str, str], read: Callable[[], Awaitable[_T]]) -> _T:
        held = self._kept.get(name)
        if held is None or _failed(held[1]) or self._clock() - held[0] > KEEP_SECONDS:
            held = (self._clock(), asyncio.ensure_future(self._one(read)))
            self._kept[name] = held
            self._kept.move_to_end(name)
            while len(self._kept) > MOST_KEPT or next(iter(self._kept.values()))[0] < self._clock() - KEEP_SECONDS:
                self._kept.popitem(last=False)
        found: _T = await asyncio.shield(held[1])
        return found

    async def _one(self, read: Callable[[], Awaitable[_T]]) -> _T:
        async with self._reading:
            return await read()


def _failed(read: asyncio.Future[Any]) -> bool:
    return read.done() and (read.cancelled() or read.exception() is not None)


def _ranked(matches: tuple[Match, ...], page: tuple[Entry, ...]) -> tuple[Match, ...]:
    """In the order, and with the ranks, that were shown."""
    by_pair = {(match.profile.key, match.job.key): match for match in matches}
    found = ((by_pair.get((entry.profile_key, entry.job_key)), entry.rank) for entry in page)
    return tuple(replace(match, rank=rank) for match, rank in found if match is not None)
