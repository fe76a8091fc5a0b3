"""Programs under measurement: started, watched through /proc, stopped. Linux only."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
    from collections.abc import AsyncIterator, Mapping, Sequence

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 30.0
STOP_SECONDS = 25.0
_POLL = 0.005
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """An app that answers `/profiles`; `says_ready` where GET /readyz tells, else any HTTP answer counts."""

    name: str
    arguments: tuple[str, ...]
    results: bool = True
    says_ready: bool = False


FLOOR = Contestant(name="floor", arguments=("-m", "bench.contestants.floor"), results=False)
AFTERNOON = Contestant(name="afternoon", arguments=("-m", "bench.contestants.afternoon"))
BOT = Contestant(name="bot", arguments=("-m", "bot", "run"), says_ready=True)
PROFILED = Contestant(name="profiled bot", arguments=("-m", "bench.profiled"), says_ready=True)


@dataclass(frozen=True, slots=True)
class Running:
    """A contestant that answers; `started_in` seconds from the start of the process until it did."""

    pid: int
    port: int
    started_in: float

    @property
    def url(self) -> str:
        """The request address."""
        return f"http://{HOST}:{self.port}/slack/events"

    def cpu_seconds(self) -> float:
        """User and system time of the process and all its threads so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mb(self) -> float:
        """Resident set in MB of 1,000,000 bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        kibibytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(kibibytes) * 1024 / 1e6

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)


class StartError(RuntimeError):
    """A program did not get ready; says what it wrote last."""


@asynccontextmanager
async def started(contestant: Contestant, environment: Mapping[str, str], folder: Path) -> AsyncIterator[Running]:
    """Run a contestant in `folder` with these variables and no others. Raises StartError."""
    port = _free_port()
    log = folder / f"{contestant.name.replace(' ', '-')}.log"
    given = {**environment, **clean_environment(), "HOST": HOST, "PORT": str(port)}
    with log.open("wb") as written:
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *contestant.arguments, cwd=folder, env=given, stdout=written, stderr=written
        )
        try:
            while not await _answers(port, contestant):
                if process.returncode is not None or time.perf_counter() - begun > READY_SECONDS:
                    raise StartError(f"{contestant.name} did not start: {log.read_text(encoding='utf-8')[-2000:]}")
                await asyncio.sleep(_POLL)
            yield Running(process.pid, port, time.perf_counter() - begun)
        finally:
            await stop(process)


async def stop(process: asyncio.subprocess.Process) -> None:
    """Ask it to end; after a while, end it."""
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


def clean_environment() -> dict[str, str]:
    """What every process of ours gets: the way to its code, and nothing of the operator's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT)}


async def _answers(port: int, contestant: Contestant) -> bool:
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    try:
        writer.write(f"GET /readyz HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        words = (await reader.readline()).split()
    except OSError:
        return False
    finally:
        writer.close()
    return len(words) > 1 and (not contestant.says_ready or int(words[1]) == HTTPStatus.OK)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


async def helper(arguments: Sequence[str], *, standard_input: bytes | None = None) -> asyncio.subprocess.Process:
    """A process of the bench itself, its standard output piped; given its standard input, if any, at once."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env=clean_environment(),
        limit=64 * 1024 * 1024,
        stdin=asyncio.subprocess.PIPE if standard_input is not None else asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    if standard_input is not None and process.stdin is not None:
        process.stdin.write(standard_input)
        await process.stdin.drain()
        process.stdin.close()
    return process
