"""Names for keys: what is stored holds keys only, so names are read from HrFlow at the moment they are shown."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import structlog

from bot.errors import LookupFailedError, ShortlistError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.directory import Directory
    from bot.hrflow.client import HrflowClient

log = structlog.get_logger(__name__)
KEEP_SECONDS = 60.0
MOST_KEPT = 2_000
AT_ONCE = 4
PATIENCE = 3.0  # seconds; what is not known by then is shown without its name


class Names:
    """Names of profiles and titles of jobs, kept for a minute, in memory only."""

    def __init__(
        self, client: HrflowClient, directory: Directory, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._directory = directory
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str, str], tuple[float, str]] = OrderedDict()

    async def profiles(self, keys: Collection[tuple[str, str]]) -> dict[str, str]:
        """By (source key, profile key): the names of those that can be read in time, by profile key."""
        return await self._all("profile", keys)

    async def jobs(self, keys: Collection[tuple[str, str]]) -> dict[str, str]:
        """By (board key, job key): the titles of those that can be read in time, by job key."""
        return await self._all("job", keys)

    async def _all(self, kind: str, keys: Collection[tuple[str, str]]) -> dict[str, str]:
        few = asyncio.Semaphore(AT_ONCE)
        found: dict[str, str] = {}

        async def look(holder: str, key: str) -> None:
            async with few:
                name = await self._one(kind, holder, key)
                if name is not None:
                    found[key] = name

        tasks = [asyncio.create_task(look(*each)) for each in dict.fromkeys(keys)]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return found

    async def _one(self, kind: str, holder: str, key: str) -> str | None:
        kept = self._kept.get((kind, holder, key))
        if kept is not None and self._clock() - kept[0] < KEEP_SECONDS:
            return kept[1]
        try:
            if kind == "job":
                name = (await self._directory.job_by_key(key, holder)).title
            else:
                profile = await self._client.find_profile(holder, key=key)
                if profile is None:
                    return None
                name = profile.name
        except LookupFailedError:
            return None
        except ShortlistError as error:
            log.info("name not read", reason=type(error).__name__)
            return None
        self._kept[kind, holder, key] = (self._clock(), name)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return name
