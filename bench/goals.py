"""The goals of the yardstick, and whether a run meets them. Nothing fails on them: machines differ, readers judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.measuring import Cycle, LongRun


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted, what was found, and whether that is enough."""

    subject: str
    wanted: str
    found: str
    met: bool


def judged(*, bot: Cycle, afternoon: Cycle, long: LongRun, large_ms: float) -> list[Goal]:
    """All goals of the yardstick, in the order of its description."""
    faster = bot.per_second / afternoon.per_second
    cheaper = bot.cpu_ms / afternoon.cpu_ms
    sooner = bot.ack_p99 / afternoon.ack_p99
    grown = long.after_mb - long.idle_mb
    return [
        Goal("results per second", "at least 3 times afternoon", f"{faster:.2f} times", faster >= 3.0),  # noqa: PLR2004 - goal
        Goal("CPU per command", "at most 0.8 times afternoon", f"{cheaper:.2f} times", cheaper <= 0.8),  # noqa: PLR2004 - goal
        Goal("ack p99", "at most 60 ms", f"{bot.ack_p99:.0f} ms", bot.ack_p99 <= 60),  # noqa: PLR2004 - goal
        Goal("ack p99", "at most 0.1 times afternoon", f"{sooner:.2f} times", sooner <= 0.1),  # noqa: PLR2004 - goal
        Goal("memory, idle", "at most 160 MB", f"{bot.idle_mb:.0f} MB", bot.idle_mb <= 160),  # noqa: PLR2004 - goal
        Goal(
            "memory after 5,000 commands",
            "under +20 MB",
            f"{grown:+.0f} MB after {long.done:,}",
            grown < 20 and long.done >= 5_000,  # noqa: PLR2004 - goal
        ),
        Goal("start to ready", "under 2.5 s", f"{bot.start_seconds:.2f} s", bot.start_seconds < 2.5),  # noqa: PLR2004 - goal
        Goal("parse, rank, render 30 profiles", "under 5 ms", f"{large_ms:.1f} ms", large_ms < 5),  # noqa: PLR2004 - goal
    ]
