"""A press of a stage button: accepted as a run, which happens whatever crashes, or refused and nothing left behind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import structlog

from bot import errors
from bot.workflows.stage_run import NAME, as_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.stages import StageMove
    from bot.storage.clicks import Click, Clicks
    from bot.workflows.durable import Durable
    from bot.workflows.showing import Showing
    from bot.workflows.stage_run import StageRuns

log = structlog.get_logger(__name__)
SAVING_SECONDS = 0.6  # a card that changes twice within a moment only flickers


@dataclass(frozen=True, slots=True)
class Taken:
    """An accepted click: its run, and whether that is `new`, `running` since an earlier click, or `done`."""

    workflow_id: str
    state: str


class _Offer:
    """A click that is being accepted; `late` once the person was told that it could not be."""

    def __init__(self) -> None:
        self.late = False
        self.started = ""


class StageChanges:
    """Accepts clicks and follows them. `may_decide` raises MayNotDecideError; it is asked for user and channel."""

    def __init__(
        self,
        durable: Durable,
        runs: StageRuns,
        *,
        clicks: Clicks,
        showing: Showing,
        may_decide: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._durable = durable
        self._runs = runs
        self._clicks = clicks
        self._showing = showing
        self._may_decide = may_decide
        self._offers: set[asyncio.Task[Any]] = set()

    async def take(self, move: StageMove, click: Click, *, seconds: float) -> Taken:
        """Accept a click within that time: then it will happen, whatever crashes.

        Raises MayNotDecideError, or NotAcceptedError: then nothing of it is left behind.
        """
        offer = _Offer()
        task = asyncio.create_task(self._accept(move, click, offer))
        self._offers.add(task)
        task.add_done_callback(self._offers.discard)
        done, _ = await asyncio.wait({task}, timeout=max(0.0, seconds))
        if not done:
            offer.late = True
            if offer.started:
                self._runs.late.add(offer.started)
            task.add_done_callback(_ignored)
            raise errors.NotAcceptedError
        try:
            return task.result()
        except errors.ShortlistError:
            raise
        except Exception as error:  # noqa: BLE001 - a database that is away, and whatever else: the person is told
            log.error("click not accepted", error=error)  # noqa: TRY400 - with type and place only
            raise errors.NotAcceptedError from None

    async def follow(self, taken: Taken, move: StageMove, click: Click) -> None:
        """Show the clicked card what becomes of an accepted click while that is under way."""
        if taken.state == "done":
            await self._showing.truth(click, move)
            return
        if not await self._durable.wait(taken.workflow_id, SAVING_SECONDS):
            await self._showing.saving(taken.workflow_id, click, move)
        if taken.state == "running":  # the run draws the card that was pressed first, not this one
            task = asyncio.create_task(self._afterwards(taken, move, click))
            self._offers.add(task)
            task.add_done_callback(self._offers.discard)

    async def _afterwards(self, taken: Taken, move: StageMove, click: Click) -> None:
        """Another card was pressed for the same decision: it is drawn when that is over, wherever it is carried out."""
        pause = 0.2
        while (await self._durable.status(taken.workflow_id)).state == "running":
            await asyncio.sleep(pause)
            pause = min(30.0, 2 * pause)
        await self._showing.truth(click, move)

    async def close(self) -> None:
        """Give up what only watches."""
        tasks = list(self._offers)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def result(self, taken: Taken, seconds: float) -> str:
        """How an accepted click ended, waiting for it at most that long: `won` and so on, "" while it is under way."""
        end = asyncio.get_running_loop().time() + seconds
        await self._durable.wait(taken.workflow_id, seconds)
        while True:
            status = await self._durable.status(taken.workflow_id)
            if status.state != "running":
                return str((status.result or {}).get("outcome", "failed"))
            if asyncio.get_running_loop().time() >= end:
                return ""
            await asyncio.sleep(0.05)

    async def _accept(self, move: StageMove, click: Click, offer: _Offer) -> Taken:
        await self._may_decide(click.user, click.channel)
        base = f"stage/{move.job_key}/{move.profile_key}/{move.revision}/{click.user}/{move.target.value}"
        taken = await self._free(base)
        if taken.state != "new":
            return taken
        await self._clicks.add(replace(click, workflow_id=taken.workflow_id))
        if not offer.late:
            offer.started = taken.workflow_id
            await self._durable.start(NAME, taken.workflow_id, as_json(move), click.user, click.channel)
        if offer.late:
            await self._clicks.remove(taken.workflow_id)
        return taken

    async def _free(self, base: str) -> Taken:
        """The run that this click is, or joins. One that ended without a decision is not it: this is a new wish."""
        attempt = 0
        while True:
            workflow_id = f"{base}/{attempt}" if attempt else base
            status = await self._durable.status(workflow_id)
            if status.state == "unknown":
                return Taken(workflow_id, "new")
            if status.state == "running":
                if not self._showing.is_shown(workflow_id):
                    return Taken(workflow_id, "running")
                await asyncio.sleep(0.02)  # it has been told how that ended, so this is not the same wish
                continue
            if status.result is not None and status.result.get("outcome") == "won":
                return Taken(workflow_id, "done")
            attempt += 1


def _ignored(task: asyncio.Task[Taken]) -> None:
    """The person was told already; what went wrong afterwards is for the log."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.warning("late click", error=error)
