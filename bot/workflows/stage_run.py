"""The run behind a stage button: from an accepted click to the last card that shows it.

It survives crashes, and it waits for HrFlow for more than a day. Its steps, each of which
looks before it acts, so that a repeat after a crash is harmless:

1. move: may this person decide? read the profile; does the stage stand as the button believed? win the revision; write
   the one label; make sure.
2. record: the decision is the standing of the pair, and a row of the ledger.
3. show: the clicked card, every posted copy, and a word to the person where it went otherwise.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot import errors
from bot.domain.entities import Stage
from bot.domain.stages import StageMove
from bot.storage.decisions import record

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.storage.clicks import Clicks
    from bot.storage.database import Database
    from bot.storage.pairs import Claimed, Pairs
    from bot.workflows.durable import Durable
    from bot.workflows.labels import Labels
    from bot.workflows.running import Run
    from bot.workflows.showing import Showing

log = structlog.get_logger(__name__)
NAME = "stage"
AT_ONCE = 6  # each is a few calls to HrFlow one after the other
PATIENCE = timedelta(hours=30).total_seconds()  # how long HrFlow may be down
LONGEST_WAIT = 60.0
LONGEST_TOLD = 3_600.0  # HrFlow may name a longer wait than ours; one of days would outlast the trouble
SHOW_WAITS = (0.0, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0)  # for a Slack that does not take a redraw
HOLDER_SECONDS = 3.0  # somebody else is just deciding: what they did is told rather than that they do
# Errors that a later try cannot mend → what is told; those not named here are waited for.
_FINAL = {
    errors.HrflowRefusedError: "refused",
    errors.HrflowQuotaError: "quota",
    errors.HrflowRejectedError: "rejected",
    errors.HrflowUnwritableError: "unwritable",
    errors.NothingFoundError: "gone",
}
_Result = dict[str, Any]


class StageRuns:
    """The steps. `may_decide` raises MayNotDecideError; `late` are runs that came too late to be accepted.

    `recorded` is called once for each decision that was recorded, with its user; after a crash it may not be.
    """

    def __init__(
        self,
        durable: Durable,
        database: Database,
        *,
        labels: Labels,
        pairs: Pairs,
        clicks: Clicks,
        showing: Showing,
        may_decide: Callable[[str, str], Awaitable[None]],
        recorded: Callable[[StageMove, str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._durable = durable
        self._database = database
        self._labels = labels
        self._pairs = pairs
        self._clicks = clicks
        self._showing = showing
        self._may_decide = may_decide
        self._recorded = recorded
        self._now = now
        self.late: set[str] = set()
        durable.register(NAME, self._run, queue=NAME, concurrency=AT_ONCE)

    async def _run(self, run: Run, raw: _Result, user: str, channel: str) -> _Result:
        result: _Result = {"outcome": "wait", "after": 0.0, "reason": "unavailable"}
        waited, tries = 0.0, 0
        try:
            while result["outcome"] == "wait" and waited < PATIENCE:
                if tries:
                    pause = max(min(float(result["after"]), LONGEST_TOLD), min(LONGEST_WAIT, 2.0 ** (tries - 1)))
                    waited += pause
                    await run.sleep(pause)
                tries += 1
                result = await run.step("move", self._move, run.id, raw, user, channel)
            if result["outcome"] == "wait":
                result = await run.step("give up", self._give_up, run.id, raw, user, result["reason"])
            if result["outcome"] == "won":
                await run.step("record", self._record, run.id, raw, waits_in_line=False)
        except RuntimeError:  # a step that failed again and again; of one that is replayed only the kind is known
            result = await run.step("give up", self._give_up, run.id, raw, user, "unexpected")
        for pause in SHOW_WAITS:
            if pause:
                await run.sleep(pause)
            if await run.step("show", self._show, run.id, raw, user, result, waits_in_line=False):
                break
        return result

    async def _move(  # noqa: PLR0911 - one return for each way it can end
        self, workflow_id: str, raw: _Result, user: str, channel: str
    ) -> _Result:
        move = _from_json(raw)
        if workflow_id in self.late:
            return {"outcome": "late"}
        if not await self._pairs.claimed_by(move, workflow_id):
            try:
                await self._may_decide(user, channel)
            except errors.MayNotDecideError as error:
                if error.unknown:  # Slack could not be asked
                    return {"outcome": "wait", "after": 0.0, "reason": "unavailable"}
                return {"outcome": "forbidden", "ask": list(error.ask)}
        try:
            async with self._labels.only_writer(move):
                result = await self._under_lock(move, workflow_id, user)
        except (errors.HrflowError, errors.NothingFoundError) as error:
            final = next((told for kind, told in _FINAL.items() if isinstance(error, kind)), "")
            if final:
                return await self._give_up(workflow_id, raw, user, final)
            after = error.retry_after if isinstance(error, errors.HrflowError) else None
            log.info("stage waits", reason=type(error).__name__)
            return {"outcome": "wait", "after": after or 0.0, "reason": "unavailable"}
        if result["outcome"] == "lost" and result.get("holder"):
            return await self._behind(move, result)
        return result

    async def _under_lock(self, move: StageMove, workflow_id: str, user: str) -> _Result:
        reading = await self._labels.read(move)
        label = reading.standing
        claimed: Claimed = await self._pairs.claim(move, by=user, workflow_id=workflow_id, label=label, now=self._now())
        if claimed.outcome == "recorded":
            return {"outcome": "won"}
        if claimed.outcome != "won" or claimed.at is None:
            return {"outcome": claimed.outcome, "holder": claimed.holder}
        if label.stage is move.target:  # written before a crash, or by a try whose reply was lost
            return {"outcome": "won"}
        if label.stage is not move.expected:  # somebody changed it in HrFlow after we had won
            await self._pairs.observe(move, label, workflow_id=workflow_id, now=self._now())
            return {"outcome": "outside", "holder": ""}
        await self._labels.write(move, reading, claimed.at)
        log.info("stage", to=move.target.value, undo=move.undo)
        return {"outcome": "won"}

    async def _behind(self, move: StageMove, result: _Result) -> _Result:
        """Somebody else is just deciding: wait a moment for what they decide. If they are dead, go on."""
        holder = result["holder"]
        end = asyncio.get_running_loop().time() + HOLDER_SECONDS
        while await self._pairs.claimed_by(move, holder):
            status = await self._durable.status(holder)
            if status.state != "running":
                await self._pairs.release(move, holder)
                return {"outcome": "wait", "after": 0.0, "reason": "unavailable"}
            if asyncio.get_running_loop().time() > end:
                break
            await asyncio.sleep(0.1)
        return {"outcome": "lost"}

    async def _give_up(self, workflow_id: str, raw: _Result, user: str, reason: str) -> _Result:
        move = _from_json(raw)
        if await self._pairs.claimed_by(move, workflow_id):
            await self._pairs.release(move, workflow_id, fault=reason)
        else:
            await self._pairs.fail(move, by=user, fault=reason, now=self._now())
        log.warning("stage given up", reason=reason)
        return {"outcome": "failed", "reason": reason}

    async def _record(self, workflow_id: str, raw: _Result) -> _Result:
        move = _from_json(raw)
        click = await self._clicks.get(workflow_id)
        standing, is_new = await record(self._database, self._pairs, move, workflow_id=workflow_id, click=click)
        if is_new and standing.decision is not None:
            self._recorded(move, standing.decision.by)
        return {"revision": standing.revision}

    async def _show(self, workflow_id: str, raw: _Result, user: str, result: _Result) -> bool:
        if result["outcome"] == "late":  # the person was told long ago
            self.late.discard(workflow_id)
            await self._clicks.remove(workflow_id)
            return True
        return await self._showing.outcome(workflow_id, _from_json(raw), user, result)


def as_json(move: StageMove) -> _Result:
    """A move as the arguments of a run: keys and stages."""
    return asdict(move)


def _from_json(raw: _Result) -> StageMove:
    return StageMove(**{**raw, "expected": Stage(raw["expected"]), "target": Stage(raw["target"])})
