"""Set the stage of a profile for a job: look, write one label, make sure. Serialised per profile.

The labels live inside the whole profile object, which HrFlow replaces on PUT (reference hrflow-api §§6.3-6.5), so every
other field goes back exactly as it came.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import structlog

from bot import errors
from bot.domain.stages import Decision, StageMove, with_label
from bot.hrflow import readers
from bot.storage.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.entities import Job, Profile, Stage
    from bot.hrflow.client import HrflowClient

log = structlog.get_logger(__name__)
SETTLE_SECONDS = 8.0  # after which an unconfirmed write has arrived or will not


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChanged:
    """The stage is `stage` now; `decision` says who set it when, None where it was so before and not through us."""

    stage: Stage
    decision: Decision | None
    profile: Profile
    job: Job


class StageChanges:
    """Carries out stage moves."""

    def __init__(self, client: HrflowClient, directory: Directory, *, now: Callable[[], datetime]) -> None:
        self._client = client
        self._directory = directory
        self._now = now
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._made: Memory[Decision] = Memory()

    async def run(self, move: StageMove, *, by: str) -> StageChanged:
        """Make the move for the Slack user `by`; repeating it is harmless.

        Raises StageConflictError where the stage is neither what the button believed nor what it asks for,
        StageUnconfirmedError where nobody can tell whether it is saved, and HrflowError where nothing was saved.
        """
        whom = (move.source_key, move.profile_key)
        lock = self._locks.setdefault(whom, asyncio.Lock())
        async with lock:
            raw, job = await asyncio.gather(
                self._client.raw_profile(move.source_key, move.profile_key),
                self._directory.job_by_key(move.job_key, move.board_key),
            )
            return await self._change(move, raw, job, by)

    async def settle(self, move: StageMove, *, by: str) -> StageChanged | None:
        """What became of a move that was not confirmed: the change if it arrived after all, else None.

        Raises HrflowError.
        """
        await asyncio.sleep(SETTLE_SECONDS)
        raw, job = await asyncio.gather(
            self._client.raw_profile(move.source_key, move.profile_key),
            self._directory.job_by_key(move.job_key, move.board_key),
        )
        profile = _readable(raw)
        if profile.stage_for(job) is not move.target:
            return None
        pair = f"{move.profile_key}/{move.job_key}"
        made = self._made.get(pair)
        if made is None or made.stage is not move.target:  # else somebody else has made the same move meanwhile
            made = Decision(stage=move.target, before=move.expected, by=by, at=self._now(), undo=move.undo)
            self._made.put(pair, made)
        return StageChanged(stage=move.target, decision=made, profile=profile, job=job)

    async def _change(self, move: StageMove, raw: dict[str, Any], job: Job, by: str) -> StageChanged:
        profile = _readable(raw)
        current = profile.stage_for(job)
        pair = f"{move.profile_key}/{move.job_key}"
        if current is move.target:
            made = self._made.get(pair)
            known = made if made is not None and made.stage is current else None
            return StageChanged(stage=current, decision=known, profile=profile, job=job)
        if current is not move.expected:
            label = profile.label_for(job)
            raise errors.StageConflictError(current.value, label.at if label else None)
        at = self._now()
        held = raw.get("labels")
        labels = with_label(
            held if isinstance(held, list) else [], job=job, target=move.target, at=at, read=readers.read_label
        )
        stored = await self._write(move, {**raw, "labels": labels}, job)
        decision = Decision(stage=move.target, before=current, by=by, at=at, undo=move.undo)
        self._made.put(pair, decision)
        log.info("stage", to=move.target.value, undo=move.undo)
        return StageChanged(stage=move.target, decision=decision, profile=stored or profile, job=job)

    async def _write(self, move: StageMove, body: dict[str, Any], job: Job) -> Profile | None:
        """PUT, then make sure from what HrFlow says it stored, or by reading it again."""
        try:
            raw = await self._client.put_profile(move.source_key, move.profile_key, body)
        except (errors.HrflowUnavailableError, errors.HrflowMalformedError) as error:
            # The write may have arrived all the same: the profile itself tells.
            if await self._stage_now(move, job) is move.target:
                return None
            if isinstance(error, errors.HrflowTimeoutError):  # it may still be on its way
                raise errors.StageUnconfirmedError from None
            raise error from None
        stored = readers.read_profile(raw)
        if stored is not None and stored.stage_for(job) is move.target:
            return stored
        if await self._stage_now(move, job) is not move.target:
            raise errors.StageUnconfirmedError
        return None

    async def _stage_now(self, move: StageMove, job: Job) -> Stage:
        try:
            return _readable(await self._client.raw_profile(move.source_key, move.profile_key)).stage_for(job)
        except errors.HrflowError:
            raise errors.StageUnconfirmedError from None


def _readable(raw: dict[str, Any]) -> Profile:
    profile = readers.read_profile(raw)
    if profile is None:
        raise errors.HrflowMalformedError("a profile without a key")
    return profile
