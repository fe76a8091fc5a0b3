"""Where the time goes: the costliest functions of the bot while it answers a cycle, by cProfile."""

from __future__ import annotations

import asyncio
import pstats
import re
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.measuring import COMMANDS, IN_FLIGHT, WARM_UP
from bench.processes import PROFILED, started
from bench.profiled import PROFILE_FILE

if TYPE_CHECKING:
    from bench.arena import Arena

MOST = 10
WRITE_SECONDS = 15.0
_LIBRARY = re.compile(r".*/site-packages/|.*/lib/python[\d.]+/")
_OURS = re.compile(r".*/(?=(?:bot|commands)/)")
_FRAME = re.compile(r"[{<](?:built-in )?(?:method )?'?([^'>}]+?)'?(?: of '([^']+)' objects)?[}>]")
_WAITING = "select.epoll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A function: calls (a coroutine counts each time it is resumed), own and cumulative ms, all for one command."""

    name: str
    calls: float
    own: float
    cumulative: float


@dataclass(frozen=True, slots=True)
class HotPath:
    """The ten with the highest own time, whoever wrote them; and the ten of ours with the highest cumulative time."""

    own: tuple[Cost, ...]
    ours: tuple[Cost, ...]


async def measure(arena: Arena) -> HotPath:
    """Profile one cycle. Raises TimeoutError where the figures are not written."""
    async with started(PROFILED, arena.environment, arena.folder) as running:
        await arena.load(running, PROFILED, commands=WARM_UP, in_flight=IN_FLIGHT)
        running.tell(signal.SIGUSR1)
        outcome = await arena.load(running, PROFILED, commands=COMMANDS, in_flight=IN_FLIGHT)
        running.tell(signal.SIGUSR2)
        written = arena.folder / PROFILE_FILE
        async with asyncio.timeout(WRITE_SECONDS):
            while not written.exists():  # noqa: ASYNC110 - another process writes it: there is nothing to wait on
                await asyncio.sleep(0.05)
    commands = max(len(outcome.acks), 1)
    found: Any = pstats.Stats(str(written))
    costs = [
        (
            function,
            Cost(
                name=_name(*function),
                calls=calls / commands,
                own=own * 1000 / commands,
                cumulative=cumulative * 1000 / commands,
            ),
        )
        for function, (_, calls, own, cumulative, _) in found.stats.items()
        if _WAITING not in function[2]
    ]
    ours = [cost for (file, *_), cost in costs if _OURS.match(file) and not _LIBRARY.match(file)]
    return HotPath(
        own=tuple(sorted((cost for _, cost in costs), key=lambda cost: -cost.own)[:MOST]),
        ours=tuple(sorted(ours, key=lambda cost: -cost.cumulative)[:MOST]),
    )


def _name(file: str, _: int, function: str) -> str:
    """Without the folders of this machine: `bot/views/cards.py full`, `httpx/_client.py send`, `orjson.loads`."""
    if file == "~":
        built_in = _FRAME.fullmatch(function)
        if built_in is None:
            return function.strip("{}<> ")
        return f"{built_in[2]}.{built_in[1]}" if built_in[2] else built_in[1]
    path = _LIBRARY.sub("", file) if _LIBRARY.match(file) else _OURS.sub("", file)
    return f"{path.rsplit('/', 3)[-1] if path.startswith('/') else path} {function}"
