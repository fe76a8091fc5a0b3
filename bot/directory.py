"""What names stand for: boards, sources, jobs and profiles, looked up by key, reference, e-mail or name.

Lists of boards, sources and jobs are kept for minutes; scores never are. Matching ignores case and accents. An exact
title or full name wins over partial hits (DESIGN §4).
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog

from bot import errors
from bot.domain.entities import Stage
from bot.domain.text import fold, nearest
from bot.hrflow.pace import foreground

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from bot.domain.entities import Container, Job, Profile
    from bot.errors import Sought
    from bot.hrflow.client import HrflowClient

log = structlog.get_logger(__name__)
KEEP_SECONDS = 600.0
YOUNG_SECONDS = 300.0
FRESH_SECONDS = 5.0  # a name that is not found is looked for once more when the list is older than this
PAGE_SIZE = 30
MOST_JOBS = 6_000  # of one board
PAGES_AT_ONCE = 4
MOST_HITS = 10
MOST_NEAREST = 3
_KEY = re.compile(r"[0-9a-fA-F]{40}")

_V = TypeVar("_V")


class Kept(Generic[_V]):
    """A value that is fetched when it is first needed and kept for a while; concurrent callers share one fetch.

    Once it is no longer young it is still given out at once, and fetched anew behind the caller's back. A fetch is
    never background work: people may be waiting for the one that a digest has begun.
    """

    def __init__(self, fetch: Callable[[], Awaitable[_V]], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._held: tuple[float, _V] | None = None
        self._renewal: asyncio.Task[None] | None = None

    async def get(self, *, younger_than: float = KEEP_SECONDS) -> _V:
        """The value, at most that many seconds old. Errors of a fetch that somebody waits for are let through."""
        held = self._held
        if held is not None and self._age(held) < younger_than:
            if self._age(held) >= YOUNG_SECONDS and (self._renewal is None or self._renewal.done()):
                self._renewal = asyncio.create_task(self._renew())
            return held[1]
        async with self._lock:
            held = self._held
            if held is None or self._age(held) >= younger_than:
                with foreground():
                    held = self._held = (self._clock(), await self._fetch())
            return held[1]

    async def close(self) -> None:
        """Give up a renewal under way."""
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.gather(self._renewal, return_exceptions=True)

    def _age(self, held: tuple[float, _V]) -> float:
        return self._clock() - held[0]

    async def _renew(self) -> None:
        try:
            await self.get(younger_than=YOUNG_SECONDS)
        except errors.ShortlistError as error:
            log.info("list not renewed", reason=type(error).__name__)


class Directory:
    """Finds things by the words that people use for them.

    `source_keys` and `board_keys` narrow the account to those; empty means all that HrFlow lists.
    Every method raises HrflowError, NothingFoundError or SeveralFoundError.
    """

    def __init__(
        self, client: HrflowClient, *, source_keys: Sequence[str] = (), board_keys: Sequence[str] = ()
    ) -> None:
        self._client = client
        self._only_sources = tuple(source_keys)
        self._only_boards = tuple(board_keys)
        self._sources = Kept(client.sources)
        self._boards = Kept(client.boards)
        self._jobs = Kept(self._all_jobs)

    async def close(self) -> None:
        """Give up what is being fetched behind somebody's back."""
        await asyncio.gather(self._sources.close(), self._boards.close(), self._jobs.close())

    async def source_keys(self, names: Sequence[str]) -> tuple[str, ...]:
        """The keys of the named sources; of all that are configured or listed when none is named."""
        return await self._container_keys("source", names, self._only_sources, self._sources)

    async def board_keys(self, names: Sequence[str]) -> tuple[str, ...]:
        """The keys of the named boards; of all that are configured or listed when none is named."""
        return await self._container_keys("board", names, self._only_boards, self._boards)

    async def job(self, words: str, boards: Sequence[str]) -> Job:
        """The one job of those boards that `words` name: a key, a reference, or a title or part of one."""
        if _KEY.fullmatch(words):
            found = await _first(self._client.find_job(board, key=words.lower()) for board in boards)
            if found is None:
                raise errors.NothingFoundError("job", words)
            return found
        wanted = fold(words)
        for age in (KEEP_SECONDS, FRESH_SECONDS):
            jobs = [job for job in await self._jobs.get(younger_than=age) if job.board_key in boards]
            if hits := _jobs_named(wanted, jobs):
                return _only("job", words, [(job, job.title, job.place) for job in hits])
        titles = [job.title for job in jobs]
        raise errors.NothingFoundError("job", words, nearest(words, titles, count=MOST_NEAREST, cutoff=0.4))

    async def profile(self, words: str, sources: Sequence[str]) -> Profile:
        """The one profile of those sources that `words` name: a key, an e-mail, a name or part of one, a reference."""
        if _KEY.fullmatch(words):
            found = await _first(self._client.find_profile(source, key=words.lower()) for source in sources)
        elif "@" in words:
            found = await _first(self._client.find_profile(source, email=words) for source in sources)
        else:
            hits = await self._profiles_named(words, sources) or await self._in_any_order(words, sources)
            exact = [profile for profile in hits if fold(profile.name) == fold(words)]
            if len(exact) != 1 and (not hits or any(char.isdigit() for char in words)):
                by_reference = await _first(self._client.find_profile(source, reference=words) for source in sources)
                if by_reference is not None:
                    return by_reference
            if hits:
                return _only("profile", words, [(each, each.name, each.headline) for each in exact or hits])
            raise errors.NothingFoundError("profile", words, await self._nearest_names(words, sources))
        if found is None:
            raise errors.NothingFoundError("profile", words)
        return found

    async def job_by_key(self, key: str, board_key: str) -> Job:
        """The job with that key, fresh from HrFlow. Raises NothingFoundError."""
        found = await self._client.find_job(board_key, key=key)
        if found is None:
            raise errors.NothingFoundError("job", key)
        return found

    async def titles(self) -> dict[str, str]:
        """The titles of the listed jobs, by key and by reference; a reference that two boards use names none."""
        jobs = await self._jobs.get()
        found = {job.key: job.title for job in jobs}
        count = Counter(job.reference for job in jobs)
        by_reference = {job.reference: job.title for job in jobs if job.reference and count[job.reference] == 1}
        return by_reference | found

    async def listed(self, kind: str) -> list[Container]:
        """The sources or boards that may be named."""
        kept, only = (self._sources, self._only_sources) if kind == "source" else (self._boards, self._only_boards)
        return [each for each in await kept.get() if not only or each.key in only]

    async def jobs(self) -> list[Job]:
        """Every job that may be named."""
        return await self._jobs.get()

    async def people(self, words: str) -> list[Profile]:
        """The profiles in whose names the words stand, by name."""
        sources = await self.source_keys(())
        return await self._profiles_named(words, sources) or await self._in_any_order(words, sources)

    async def placed(self, jobs: Sequence[Job], boards: Sequence[str]) -> list[Job]:
        """The jobs, each with its board; one that no list holds any more stays without."""
        if all(job.board_key for job in jobs):
            return list(jobs)
        if len(boards) == 1:
            return [job if job.board_key else replace(job, board_key=boards[0]) for job in jobs]
        for age in (KEEP_SECONDS, FRESH_SECONDS):
            board_of = {job.key: job.board_key for job in await self._jobs.get(younger_than=age)}
            if all(job.board_key or job.key in board_of for job in jobs):
                break
        return [job if job.board_key else replace(job, board_key=board_of.get(job.key, "")) for job in jobs]

    async def _container_keys(
        self, kind: Sought, names: Sequence[str], only: tuple[str, ...], kept: Kept[list[Container]]
    ) -> tuple[str, ...]:
        if not names and only:
            return only
        if names and all(_KEY.fullmatch(name) for name in names):
            return self._allowed(kind, tuple(name.lower() for name in names), only)
        listed = [each for each in await kept.get() if not only or each.key in only]
        if not names:
            return tuple(each.key for each in listed)
        found: dict[str, None] = {}
        for name in names:
            wanted = fold(name)
            exact = [each for each in listed if wanted in (each.key, fold(each.name))]
            hits = exact or [each for each in listed if wanted in fold(each.name)]
            if not hits:
                all_names = [each.name for each in listed]
                close = nearest(name, all_names, count=MOST_NEAREST, cutoff=0.3)
                raise errors.NothingFoundError(kind, name, close or all_names[:MOST_NEAREST])
            found[_only(kind, name, [(each, each.name, "") for each in hits]).key] = None
        return tuple(found)

    @staticmethod
    def _allowed(kind: Sought, keys: tuple[str, ...], only: tuple[str, ...]) -> tuple[str, ...]:
        """What the operator left out stays out, even for somebody who knows its key."""
        for key in keys:
            if only and key not in only:
                raise errors.NothingFoundError(kind, key)
        return keys

    async def _all_jobs(self) -> list[Job]:
        """Board by board: objects of the seed's generation do not say which board they stand on (reference §5.2)."""
        boards = await self.board_keys(())
        listed = await asyncio.gather(*(self._jobs_of(board) for board in boards))
        return list({job.key: job for jobs in listed for job in jobs}.values())

    async def _jobs_of(self, board: str) -> list[Job]:
        first = await self._client.jobs_searching((board,), page=1, limit=PAGE_SIZE)
        jobs, total = [scored.item for scored in first.items], first.total
        size = first.size  # HrFlow's own where it makes its pages smaller than was asked
        last, most = 1, MOST_JOBS // max(size, 1)
        more = size > 0 and (size == PAGE_SIZE or first.short(1, PAGE_SIZE))
        while more and last < most and (total is None or last * size < total):
            begin, known = last + 1, most if total is None else -(-total // size)
            last = min(last + PAGES_AT_ONCE, known, most)
            replies = await asyncio.gather(
                *(self._client.jobs_searching((board,), page=page, limit=size) for page in range(begin, last + 1))
            )
            jobs += [scored.item for reply in replies for scored in reply.items]
            more = replies[-1].size == size
        return [job if job.board_key else replace(job, board_key=board) for job in jobs]

    async def _profiles_named(self, words: str, sources: Sequence[str]) -> list[Profile]:
        """All four stages, because the default list holds the new ones only (reference §7)."""
        replies = await asyncio.gather(
            *(self._client.profiles_searching(sources, name=words, stage=stage.value) for stage in Stage)
        )
        found = {scored.item.key: scored.item for reply in replies for scored in reply.items}
        return sorted(found.values(), key=lambda profile: fold(profile.name))

    async def _in_any_order(self, words: str, sources: Sequence[str]) -> list[Profile]:
        """Those in whose names every word stands somewhere, so that "Last First" finds "First Last" too."""
        parts = fold(words).split()
        if len(parts) < 2:  # noqa: PLR2004 - one word has one order
            return []
        found = await self._profiles_named(max(words.split(), key=len), sources)
        return [profile for profile in found if all(part in fold(profile.name) for part in parts)]

    async def _nearest_names(self, words: str, sources: Sequence[str]) -> list[str]:
        """Names that begin alike: HrFlow finds parts of names only, so the first letters of two words are tried."""
        longest = sorted(words.split(), key=len, reverse=True)[:2]
        starts = dict.fromkeys(word[:3] for word in longest if len(word) >= 3)  # noqa: PLR2004 - fewer letters find everybody
        found = [profile.name for start in starts for profile in await self._profiles_named(start, sources)]
        return nearest(words, found, count=MOST_NEAREST, cutoff=0.5)


async def _first(lookups: Iterable[Awaitable[_V | None]]) -> _V | None:
    """The first thing found by look-ups that run together."""
    results = await asyncio.gather(*lookups)
    return next((found for found in results if found is not None), None)


def _jobs_named(wanted: str, jobs: Sequence[Job]) -> list[Job]:
    """An exact title, an exact reference, else every title that holds the words."""
    titled = [job for job in jobs if fold(job.title) == wanted]
    if hits := titled or [job for job in jobs if fold(job.reference) == wanted]:
        return hits
    return [job for job in jobs if wanted in fold(job.title)]


_Item = TypeVar("_Item", "Job", "Profile", "Container")


def _only(kind: Sought, words: str, hits: Sequence[tuple[_Item, str, str]]) -> _Item:
    if len(hits) == 1:
        return hits[0][0]
    choices = [(item.key, name, hint) for item, name, hint in hits[:MOST_HITS]]
    raise errors.SeveralFoundError(kind, words, choices, len(hits))
