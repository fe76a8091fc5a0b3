"""The figures as tables: for the terminal, and as `docs/performance.md`."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench import arena, measuring, standin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.goals import Goal
    from bench.hotpath import Cost, HotPath
    from bench.measuring import Cycle, LongRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run of the bench has found out. `runs` cycles of each made the medians; `busy` is the load before."""

    runs: int
    busy: float
    cycles: dict[str, Cycle]
    long: dict[str, LongRun]
    goals: list[Goal]
    hot_path: HotPath
    large_ms: float
    sandbox_ms: float
    reply_bytes: int


def figures(report: Report) -> list[list[str]]:
    """One row a contestant, the first row is the head."""
    head = [
        "contestant",
        "results/s",
        "CPU ms/command",
        "ack p50",
        "p95",
        "p99 ms",
        "idle MB",
        "later MB",
        "start s",
        "failures",
    ]
    rows = [head]
    for name, cycle in report.cycles.items():
        long = report.long[name]
        rows.append(
            [
                name,
                f"{cycle.per_second:.0f}",
                f"{cycle.cpu_ms:.2f}",
                f"{cycle.ack_p50:.0f}",
                f"{cycle.ack_p95:.0f}",
                f"{cycle.ack_p99:.0f}",
                f"{cycle.idle_mb:.0f}",
                f"{long.after_mb:.0f} ({long.done:,})",
                f"{cycle.start_seconds:.2f}",
                f"{cycle.failures + long.failures:.0f}",
            ]
        )
    return rows


def goals(found: Sequence[Goal]) -> list[list[str]]:
    """One row a goal, the first row is the head."""
    rows = [[goal.subject, goal.wanted, goal.found, "met" if goal.met else "not met"] for goal in found]
    return [["", "goal", "found", ""], *rows]


def plain(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns, for the terminal."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def markdown(report: Report) -> str:
    """The whole document."""
    parts = [
        "# Performance",
        _INTRODUCTION.format(machine=_machine(), runs=report.runs, busy=report.busy),
        "## Goals",
        _table(goals(report.goals)),
        "## Contestants",
        _CONTESTANTS,
        _table(figures(report)),
        "`later MB`: resident memory after the long run, and how many commands that was.",
        "## How it is measured",
        _method(report),
        "## Inside one process",
        _INSIDE.format(count=standin.LARGE, milliseconds=report.large_ms),
        "## Where the time goes",
        _PROFILE,
        "The ten functions with the highest own time, whoever wrote them:",
        _table(_costs(report.hot_path.own)),
        "The ten of our own with the highest cumulative time:",
        _table(_costs(report.hot_path.ours)),
        "## What the figures say",
        _READING,
    ]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """\
Written by `make bench`; do not edit. {machine}; medians of {runs} runs; load average of the machine before: {busy:.1f}
(well above 0.5 means that others were at work, and that rates and times are theirs too). The figures belong to this
machine. What can be compared elsewhere are the ratios: the contestants took turns within the same minutes."""

_INSIDE = """\
From a typed line and the bytes of a reply with {count} profiles to the bytes of the message (parse, rank, render):
{milliseconds:.1f} ms, the median of many rounds."""

_PROFILE = """\
One cycle of the bot under cProfile, which makes everything two to three times as slow: the shares count, not the sums.
A coroutine counts as one call each time it is resumed. Waiting for the network is left out."""

_CONTESTANTS = """\
- *floor*: a Bolt `AsyncApp` on aiohttp that only acks. It asks nothing and posts nothing.
- *afternoon*: what a capable person writes in an afternoon: a Bolt sync `App` behind the ASGI adapter on uvicorn with
  their defaults, the official SDK (`hrflow` 4.3.0), sections and buttons by hand, `respond()`. It keeps the keys of
  boards, sources and jobs, so that a command costs one call to HrFlow.
- *bot*: `shortlist run` as it is shipped, logging included. Only `HRFLOW_PACE`, which holds it back, is raised."""

_READING = """\
Measured by hand beside the bench, on two processors that others used too; the shares move as the bot changes.

- *afternoon* is bound by its acks: the adapter runs Bolt's sync dispatch on the event loop, where it waits for the
  listener in steps of 10 ms, so it takes fewer than a hundred commands a second whatever the processor does; and once
  ten listeners are busy, an ack waits for one of them.
- *bot* is bound by one processor. What it does beyond *afternoon* for the same list: it understands both generations
  of replies, compares skills, languages and distance for the reasons, checks and escapes every text, measures the
  message against Slack's limits, writes all of it a second time as text, looks up how each pair stands in its own
  database, checks who is asking, and logs.
- Acks of *bot* go first. A closed loop of 32 keeps the processor busy all the time, and dozens of replies arrive
  together; each is read in 1 to 2 ms and drawn in as many. These steps take their turn, one at a time, after the acks
  of what has come (`bot/turns.py`): p99 was 127 ms before, see the table above for now. Bolt's own runner
  looks for the ack every 10 ms; our listeners end with it instead, which brought a single ack from 12 ms to 2.
- httpx was the largest block of CPU, 28 %. Alone, with 32 requests in flight, a GET of such a reply cost 1.6 ms with
  httpx's own connections and 0.43 ms over aiohttp's, which is how the bot asks now (`bot/hrflow/connections.py`).
- Of a profile that has a score only what the list shows is read, which takes 0.4 ms for ten instead of 0.9 (with
  parsing the JSON 0.6 instead of 1.1).
- One SELECT through SQLAlchemy's asyncio costs 1.3 ms of CPU, whether it asks for ten pairs or a hundred. Those asked
  for at the same time therefore share one: with eight at once 0.2 ms each.
- Python's garbage collector took 15 % (2.8 ms without it, 3.4 ms with it for reading, ranking and drawing one list) and
  held everybody up while it went through all modules. It now leaves alone what is there when the bot is ready, and
  looks through the young objects every 20,000 instead of every 700 (`bot/collecting.py`).
- Where the processor's time went in the end, by samples of the running bot: drawing 15 %, reading the reply 16 %, rank
  and reasons 8 %, asking HrFlow 11 %, posting the answer 6 %, taking the command through aiohttp and Bolt 8 %, reading
  the line 3 %, the database 8 %, the event loop and small things the rest. No block is left that is worth more than
  a few per cent: three times *afternoon*'s rate would take half of all of it away, or a second process.
- One process, measured while the load generator rested on the other processor, takes 6.2 ms of CPU for a command
  (0.8 times *afternoon*'s 8.0 at that minute); while both processors are busy, as in the table, the same work takes up
  to 11 ms in one batch of a hundred and under 6 in another. What the two processors share is what differs.
- By hand, with nobody else on the machine: 184 to 200 results a second at 5.0 to 5.5 ms of CPU, beside *afternoon*'s 76
  to 88 at 4 to 7.8 ms, which is 2.2 to 2.6 times its rate. 5.5 ms on one processor cannot be more than 182 a second,
  and 0.8 times *afternoon*'s CPU, were it met throughout, would be 2.2 times its rate: three times asks for a second
  processor, and on two the load generator and the stand-in need that one.
- Tried and left out, for no gain in alternating rounds: uvloop; msgspec with only the fields that are needed (0.16 ms
  a reply instead of 0.22). Classes that a list makes by the hundred are frozen for the type checker alone, which took
  reading, ranking and drawing ten profiles from 1.8 to 1.6 ms.
- The workflow library is loaded before the bot is ready, which takes a quarter of a second: loaded later, as it was, it
  kept acks waiting for as long in the first seconds.
- Memory: a remembered list takes 19 kB and there are at most 250 of them. The rest of the growth comes with the number
  of commands at once, not with their count: 7 MB after the first hundred, 8 MB until the lists that are remembered are
  all there, 1 MB for the second half of the 5,000; with 64 in flight instead of 32 it is 20 MB in all. Arenas of the
  allocator that threads share, and 256 kB of pages instead of 2 MB for each connection to the database, made it 3 to
  5 MB less (`bot/collecting.py`)."""


def _method(report: Report) -> str:
    return f"""\
One cycle: {measuring.COMMANDS} signed `/profiles … limit:{standin.LIMIT}`, each another query, from {arena.USERS}
users, {measuring.IN_FLIGHT} in flight (from the sending until the result is posted; for *floor* until the ack), after
a fresh start and {measuring.WARM_UP} commands of warm-up. A result counts when its list has arrived at the
response_url; every list is compared with the recorded reply: the ten names, in the order of their scores. Anything
else is a failure.

Each contestant is a process of its own, and so are the load generator and the API stand-in, which are the same for
all. The stand-in first records the sandbox's true reply to each query over HTTP, {report.reply_bytes / 1000:.0f} kB
with ten profiles each, and then serves those bytes {standin.LATENCY * 1000:.0f} ms after the question; what is not
recorded it passes on to the sandbox. The sandbox itself does not stand in the hot path: it filters, scores and sorts
for {report.sandbox_ms:.1f} ms a reply, which on two processors would take from the contestants what is to be measured.

CPU is user and system time of the contestant's process; memory its resident set, idle means
{measuring.SETTLING_SECONDS:.0f} s after it was ready; an ack counts from sending to the HTTP answer, as the
load generator sees it; a start counts from the start of the process until `/readyz` says so (for
the others, until the port answers). The long run is one for each contestant: {measuring.LONG_COMMANDS:,} commands,
{measuring.IN_FLIGHT} in flight, or as many as {measuring.LONG_SECONDS:.0f} s allow (the yardsticks
{measuring.LONG_SECONDS_OF_OTHERS:.0f} s)."""


def _costs(costs: Sequence[Cost]) -> list[list[str]]:
    rows = [[f"`{each.name}`", f"{each.calls:.1f}", f"{each.own:.2f}", f"{each.cumulative:.2f}"] for each in costs]
    return [["function", "calls/command", "own ms/command", "cumulative ms/command"], *rows]


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


def _machine() -> str:
    return f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
