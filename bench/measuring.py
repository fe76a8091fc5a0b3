"""What is measured of one contestant: a cycle, the long run; and the medians of several cycles."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from bench.processes import started

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.arena import Arena
    from bench.processes import Contestant

COMMANDS = 500
IN_FLIGHT = 32
WARM_UP = 100
LONG_COMMANDS = 5_000
LONG_SECONDS = 45.0
LONG_SECONDS_OF_OTHERS = 10.0  # what they hold later is no goal
SETTLING_SECONDS = 2.0  # after readiness; by then the bot has loaded what nobody waits for


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One full cycle. Commands without the right result count as failures, never as results."""

    per_second: float
    cpu_ms: float
    ack_p50: float
    ack_p95: float
    ack_p99: float
    idle_mb: float
    start_seconds: float
    failures: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LongRun:
    """Memory in MB before the first command and after the last of `done`; `per_second` on the way."""

    done: int
    per_second: float
    idle_mb: float
    after_mb: float
    failures: int


async def cycle(arena: Arena, contestant: Contestant) -> Cycle:
    """A fresh process that has settled, a warm-up, 500 commands."""
    async with started(contestant, arena.environment, arena.folder) as running:
        await _settled(contestant)
        idle = running.memory_mb()
        await arena.load(running, contestant, commands=WARM_UP, in_flight=IN_FLIGHT)
        before = running.cpu_seconds()
        outcome = await arena.load(running, contestant, commands=COMMANDS, in_flight=IN_FLIGHT)
        spent = running.cpu_seconds() - before
    return Cycle(
        per_second=outcome.done / outcome.wall,
        cpu_ms=spent * 1000 / max(outcome.done, 1),
        ack_p50=percentile(outcome.acks, 50),
        ack_p95=percentile(outcome.acks, 95),
        ack_p99=percentile(outcome.acks, 99),
        idle_mb=idle,
        start_seconds=running.started_in,
        failures=sum(outcome.failures.values()),
    )


async def long_run(arena: Arena, contestant: Contestant) -> LongRun:
    """A fresh process, then 5,000 commands, or as many as the time allows."""
    async with started(contestant, arena.environment, arena.folder) as running:
        await _settled(contestant)
        idle = running.memory_mb()
        outcome = await arena.load(
            running,
            contestant,
            commands=LONG_COMMANDS,
            in_flight=IN_FLIGHT,
            seconds=LONG_SECONDS if contestant.says_ready else LONG_SECONDS_OF_OTHERS,
        )
        return LongRun(
            done=outcome.done,
            per_second=outcome.done / outcome.wall,
            idle_mb=idle,
            after_mb=running.memory_mb(),
            failures=sum(outcome.failures.values()),
        )


async def _settled(contestant: Contestant) -> None:
    """The others load everything before they answer."""
    if contestant.says_ready:
        await asyncio.sleep(SETTLING_SECONDS)


def median(cycles: Sequence[Cycle]) -> Cycle:
    """The median of each figure by itself; failures are added up."""
    middle = {
        each.name: statistics.median(getattr(one, each.name) for one in cycles)
        for each in fields(Cycle)
        if each.name != "failures"
    }
    return Cycle(**middle, failures=sum(one.failures for one in cycles))


def percentile(values: Sequence[float], rank: int) -> float:
    """The smallest value that at least `rank` per cent of all values do not exceed; 0.0 of nothing."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * rank // 100) - 1] if ordered else 0.0
