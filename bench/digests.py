"""The digests of a Monday morning: 1,080 of them due in one minute, over 60 channels, while people go on asking.

Alone: `python -m bench.digests`.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from bench.document import plain
from bench.processes import BOT, ROOT, helper, started, stop
from bot.domain.digests import Digest
from bot.storage.database import Database
from bot.storage.digests import Digests

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DIGESTS, CHANNELS = 1_080, 60
PACE = "1200"
LATENCY_MS = 200
MOST_SECONDS = 200.0  # after which what has not come counts as missing
ASK_EVERY = 0.5  # seconds between two commands of people


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What was found: `seconds` from readiness until the last came, how many came, whether each channel's in order."""

    seconds: float
    delivered: int
    in_order: bool
    closest: float
    ack_p99: float
    asked: int
    grown_mb: float
    per_minute: int


async def morning(folder: Path) -> Morning:
    """Let them all be due, and watch."""
    async with _sandbox(folder) as (url, environment):
        database = f"sqlite:///{folder / 'digests.db'}"
        due = _this_minute(datetime.now(UTC))
        order = await _made(database, due)
        settings = {**environment, "HRFLOW_PACE": PACE, "DATABASE_URL": database}
        async with started(BOT, settings, folder) as running, aiohttp.ClientSession(base_url=url) as web:
            await _post(web, "/workspace/faults", target="hrflow", match="", delay_ms=LATENCY_MS, times=10**6)
            before, begun = running.memory_mb(), time.time()
            people = asyncio.create_task(_people(web))
            try:
                sent = await _watched(web, begun)
            finally:
                people.cancel()
            acks = await asyncio.gather(people, return_exceptions=True)
            return _judged(sent, order, begun, acks[0], grown_mb=running.memory_mb() - before)


def _this_minute(now: datetime) -> datetime:
    """The minute that has begun: a bot that starts within it delivers at once, and nobody waits for the next."""
    return now.replace(second=0, microsecond=0)


def _judged(
    sent: dict[str, list[tuple[float, int]]],
    order: dict[str, list[int]],
    begun: float,
    acks: Any,
    *,
    grown_mb: float,
) -> Morning:
    times = sorted(at for channel in sent.values() for at, _ in channel)
    gaps = [later - earlier for channel in sent.values() for (earlier, _), (later, _) in pairwise(channel)]
    waited = sorted(acks if isinstance(acks, list) else [])
    busiest = max((sum(begin <= at < begin + 60 for at in times) for begin in times[::20]), default=0)
    return Morning(
        seconds=(times[-1] if times else 0.0) - begun,
        delivered=len(times),
        in_order=all([number for _, number in sent.get(channel, [])] == wanted for channel, wanted in order.items()),
        closest=min(gaps, default=0.0),
        ack_p99=statistics.quantiles(waited, n=100)[98] if len(waited) > 1 else 0.0,
        asked=len(waited),
        grown_mb=grown_mb,
        per_minute=busiest,
    )


async def _made(url: str, due: datetime) -> dict[str, list[int]]:
    """Write them into the database; returns for each channel the numbers in the order in which they are to come."""
    database = Database(url, folder=Path())
    await database.open()
    digests, order = Digests(database), dict[str, list[int]]()
    try:
        for place in range(DIGESTS):
            channel = f"C_{place % CHANNELS + 1:03}"
            made = await digests.add(
                Digest(
                    maker="U_ANN",
                    channel=channel,
                    channel_name=f"channel-{place % CHANNELS + 1:03}",
                    schedule=f'cron:"{due.minute} {due.hour} * * *" UTC',
                    query=_query(place),
                    reached=due - timedelta(hours=1),
                    created_at=due - timedelta(hours=1),
                )
            )
            order.setdefault(channel, []).append(made.number)
    finally:
        await database.close()
    return order


_JOBS = ("Data Engineer", "Backend Developer", "Frontend Developer")


def _query(place: int) -> str:
    """Each asks something else, so that no two share a call."""
    return f'/profiles "{_JOBS[place % 3]}" limit:{place % 5 + 1} years:..{20 + place // 15}'


async def _people(web: aiohttp.ClientSession) -> list[float]:
    """Ask now and then, as people do; returns how long each ack took, in milliseconds."""
    acks: list[float] = []
    try:
        while True:
            reply = await _post(
                web, "/workspace/commands", user="U_BOB", channel="C_HIRING", text='/profiles "Data Engineer" limit:3'
            )
            acks.append(float(reply["ack_ms"]))
            await asyncio.sleep(ASK_EVERY)
    except asyncio.CancelledError:
        return acks


async def _watched(web: aiohttp.ClientSession, begun: float) -> dict[str, list[tuple[float, int]]]:
    """What has come in each channel, and when, once everything has or the time is over."""
    end = begun + MOST_SECONDS
    while time.time() < end:
        await asyncio.sleep(3)
        counted = 0
        for place in (1, CHANNELS // 2, CHANNELS):  # a look at three is enough to know when to look at all
            counted += len(await _seen(web, f"C_{place:03}"))
        if counted >= 3 * (DIGESTS // CHANNELS):
            every = {f"C_{place:03}": await _seen(web, f"C_{place:03}") for place in range(1, CHANNELS + 1)}
            if sum(map(len, every.values())) >= DIGESTS:
                return every
    return {f"C_{place:03}": await _seen(web, f"C_{place:03}") for place in range(1, CHANNELS + 1)}


async def _seen(web: aiohttp.ClientSession, channel: str) -> list[tuple[float, int]]:
    async with web.get(f"/workspace/channels/{channel}/messages", params={"user": "U_ANN"}) as reply:
        messages = (await reply.json())["messages"]
    found = []
    for message in messages:
        _, mark, rest = message["text"].partition("Digest #")
        if mark:
            found.append((float(message["ts"]), int(rest.split(" ")[0])))
    return found


async def _post(web: aiohttp.ClientSession, path: str, **body: Any) -> dict[str, Any]:
    async with web.post(path, json=body) as reply:
        found: dict[str, Any] = await reply.json()
        return found


@asynccontextmanager
async def _sandbox(folder: Path) -> AsyncIterator[tuple[str, dict[str, str]]]:
    written = folder / "env"
    arguments = (
        "sandbox",
        "--no-bot",
        "--mode",
        "socket",
        "--port",
        "0",
        "--channels",
        str(CHANNELS),
        "--write-env",
        str(written),
    )
    process = await helper(("-m", "bot", *arguments))
    try:
        line = (await process.stdout.readline()).decode() if process.stdout else ""
        environment = dict(each.split("=", 1) for each in written.read_text(encoding="utf-8").splitlines())
        yield line.removeprefix("ready ").strip(), environment
    finally:
        await stop(process)


def rows(found: Morning) -> list[list[str]]:
    """The figures as a table, the first row is the head."""
    every = found.delivered == DIGESTS
    return [
        ["", "goal", "found", ""],
        ["delivered", f"{DIGESTS:,}", f"{found.delivered:,}", _met(every)],
        ["seconds until the last", "at most 150", f"{found.seconds:.0f}", _met(every and found.seconds <= 150)],  # noqa: PLR2004 - goal
        ["in order in each channel", "yes", "yes" if found.in_order else "no", _met(found.in_order)],
        ["closest two in a channel", "at least 1 s", f"{found.closest:.2f} s", _met(found.closest >= 1.0)],
        ["most posts in a minute", "at most 600", f"{found.per_minute}", _met(found.per_minute <= 600)],  # noqa: PLR2004 - goal
        ["ack p99 meanwhile", "at most 100 ms", f"{found.ack_p99:.0f} ms of {found.asked}", _met(found.ack_p99 <= 100)],  # noqa: PLR2004 - goal
        ["memory", "under +100 MB", f"{found.grown_mb:+.0f} MB", _met(found.grown_mb < 100)],  # noqa: PLR2004 - goal
    ]


def _met(yes: bool) -> str:
    return "met" if yes else "not met"


def section(found: Morning) -> str:
    """The part of `docs/performance.md` about it."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows(found)]
    return "\n".join([TITLE, "", _METHOD, "", head, "|---|---|---|---|", *body]) + "\n"


TITLE = "## A morning of digests"
_METHOD = f"""\
{DIGESTS:,} digests are due in the minute in which the bot starts, {DIGESTS // CHANNELS} in each of {CHANNELS}
channels, no two with the same query. HrFlow answers {LATENCY_MS} ms late, `HRFLOW_PACE` is {PACE}, the sandbox allows
600 posts in any minute. Meanwhile somebody types a command every {ASK_EVERY} s. The sandbox itself runs on the same
machine."""


def main() -> None:
    """`python -m bench.digests`: print the table, put it at the end of `docs/performance.md`."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(morning(Path(folder)))
    document = ROOT / "docs" / "performance.md"
    kept = document.read_text(encoding="utf-8").partition(TITLE)[0].rstrip() if document.exists() else "# Performance"
    document.write_text(f"{kept}\n\n{section(found)}", encoding="utf-8")
    print(plain(rows(found)))


if __name__ == "__main__":
    main()
