"""The arena: the stand-in that all contestants share, and the load that is put on one of them."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bench import processes
from bench.load import Outcome, Plan

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from bench.processes import Contestant, Running

USERS = 50
_UNPACED = "1000000"  # the yardsticks know no pace either, and none of ours is to be measured here


@dataclass(frozen=True, slots=True, kw_only=True)
class Arena:
    """Addresses and keys for the contestants, what to type, and recorded objects for the figures inside a process."""

    environment: Mapping[str, str]
    queries: list[tuple[str, list[str]]]
    job: dict[str, Any]
    board_key: str
    large: bytes
    sandbox_ms: float
    reply_bytes: int
    folder: Path

    async def load(
        self, running: Running, contestant: Contestant, *, commands: int, in_flight: int, seconds: float = 30.0
    ) -> Outcome:
        """Put that many commands on it, or as many as `seconds` allow."""
        plan = Plan(
            url=running.url,
            signing_secret=self.environment["SLACK_SIGNING_SECRET"],
            queries=self.queries,
            commands=commands,
            users=USERS,
            in_flight=in_flight,
            seconds=seconds,
            results=contestant.results,
        )
        process = await processes.helper(("-m", "bench.load"), standard_input=json.dumps(asdict(plan)).encode())
        try:
            output, _ = await process.communicate()
        finally:
            await processes.stop(process)
        return Outcome(**json.loads(output))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Arena]:
    """Start the stand-in, which records first; `folder` is where contestants run and keep what they keep."""
    process = await processes.helper(("-m", "bench.standin"))
    try:
        if process.stdout is None:
            raise RuntimeError("the stand-in has no standard output")
        line = await process.stdout.readline()
        if not line:
            raise processes.StartError("the stand-in did not start")
        told = json.loads(line)
        yield Arena(
            environment={
                **told["environment"],
                "HRFLOW_PACE": _UNPACED,
                "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
            },
            queries=[(each["text"], each["names"]) for each in told["queries"]],
            job=told["job"],
            board_key=told["board_key"],
            large=told["large"].encode(),
            sandbox_ms=told["sandbox_ms"],
            reply_bytes=told["reply_bytes"],
            folder=folder,
        )
    finally:
        await processes.stop(process)
