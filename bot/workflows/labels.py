"""The stage of a profile for a job as HrFlow has it: read, write one label, make sure. One writer a profile.

The labels live inside the whole profile object, which HrFlow replaces on PUT (reference hrflow-api §§6.3-6.5), so every
other field goes back exactly as it came, and nobody else of ours may write that profile between reading and writing.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from bot import errors
from bot.domain.entities import newest
from bot.domain.stages import Standing, settled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.entities import Job, Label
    from bot.domain.stages import StageMove
    from bot.hrflow.client import HrflowClient
    from bot.storage.locks import Locks

SETTLE_SECONDS = 8.0  # after which a write whose reply was lost has arrived or will not
LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A profile just read: as it came, the job, and its stage for that."""

    stored: bytes
    job: Job
    standing: Standing


class Labels:
    """Every method raises HrflowError or NothingFoundError."""

    def __init__(
        self, client: HrflowClient, directory: Directory, locks: Locks, *, settle: float = SETTLE_SECONDS
    ) -> None:
        self._client = client
        self._directory = directory
        self._locks = locks
        self._settle = settle
        self._writing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def only_writer(self, move: StageMove) -> AsyncIterator[None]:
        """Nobody else of ours writes that profile inside, in this process or another."""
        name = f"profile/{move.profile_key}"
        lock = self._writing.setdefault(name, asyncio.Lock())
        async with lock, self._locks.held(name):
            yield

    async def read(self, move: StageMove) -> Reading:
        """Profile and job, fresh. What is too large to be read cannot be written back: HrflowUnwritableError."""
        try:
            (stored, labels), job = await asyncio.gather(
                self._client.stored_profile(move.source_key, move.profile_key, move.job_key),
                self._directory.job_by_key(move.job_key, move.board_key),
            )
        except errors.HrflowTooLargeError as error:
            raise errors.HrflowUnwritableError(error.detail, status=error.status) from None
        return Reading(stored=stored, job=job, standing=_standing(labels, job))

    async def write(self, move: StageMove, reading: Reading, at: datetime) -> None:
        """Set the label to the target of the move, dated `at`, and make sure that it is there."""
        try:
            labels = await self._client.set_label(
                move.source_key, move.profile_key, reading.stored, job=reading.job, target=move.target, at=at
            )
        except (errors.HrflowUnavailableError, errors.HrflowMalformedError) as error:
            # It may have arrived all the same: the profile itself tells. Until that is settled nobody else writes.
            slow = isinstance(error, errors.HrflowTimeoutError)
            if await self._arrived(move, reading.job, self._settle if slow else 0.0):
                return
            raise
        if labels and _standing(labels, reading.job).stage is move.target:
            return
        if not await self._arrived(move, reading.job, 0.0):
            raise errors.HrflowMalformedError("a change that is not there")

    async def _arrived(self, move: StageMove, job: Job, seconds: float) -> bool:
        end = asyncio.get_running_loop().time() + seconds
        while True:
            try:
                _, labels = await self._client.stored_profile(move.source_key, move.profile_key, job.key)
                if _standing(labels, job).stage is move.target:
                    return True
            except errors.HrflowError:
                if seconds == 0.0:
                    raise
            if asyncio.get_running_loop().time() >= end:
                return False
            await asyncio.sleep(LOOK_SECONDS)


def _standing(labels: tuple[Label, ...], job: Job) -> Standing:
    return settled(newest(labels, job), None)
