"""`python -m bot …` in a process of its own, forked from one that has imported everything already.

Two thirds of what a start costs is importing. A start from nothing is proved where it matters: by the tests of the
image, of the Makefile and of the command line.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "bot.__main__", "bot.app", "bot.demo", "bot.workflows.durable", "aiosqlite", "alembic.command", "dbos", "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.aiosqlite",
)  # fmt: skip


class Process:
    """A started program: as much of `subprocess.Popen` as the tests need."""

    def __init__(self, nursery: Nursery, pid: int, alive: int, stdout: IO[str] | None) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._nursery = nursery
        self._alive = alive  # the other end is the program's: it closes when the program ends, whatever ends it

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._ended(0)

    def wait(self, timeout: float) -> int:
        """The exit code, once it has ended; a signal's number below zero. Raises TimeoutExpired."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("bot", timeout)
        return code

    def kill(self) -> None:
        """Kill it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def send_signal(self, number: signal.Signals) -> None:
        """Send it that signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, timeout: float) -> int | None:
        if self.returncode is None and select.select([self._alive], [], [], timeout)[0]:
            os.close(self._alive)
            self.returncode = int(self._nursery.ask({"ended": self.pid}))
        return self.returncode

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.stdout is not None:
            self.stdout.close()
        self.wait(60)


class Nursery:
    """The process that has imported everything, and forks when asked."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        self._asking = threading.Lock()
        command = [sys.executable, "-m", "tests.helpers.warm", str(theirs.fileno())]
        self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()
        atexit.register(self._close)

    def ask(self, what: dict[str, Any], files: Sequence[int] = ()) -> str:
        """Send a request and the files that go with it; returns the answer."""
        with self._asking:
            if files:
                socket.send_fds(self._control, [b"?"], files)
            else:
                self._control.sendall(b"?")
            self._control.sendall(json.dumps(what).encode() + b"\n")
            return _line(self._control)

    def _close(self) -> None:
        self._control.close()
        self._process.wait(60)


def start(
    arguments: Sequence[str],
    *,
    env: dict[str, str],
    stderr: IO[str],
    stdout: IO[str] | None = None,
    stdin: IO[str] | None = None,
    cwd: Path = ROOT,
) -> Process:
    """`python -m bot` with those arguments in that environment; without `stdout` its output can be read."""
    read, write = (None, None) if stdout else os.pipe()
    alive, dying = os.pipe()
    with open(os.devnull, encoding="utf-8") as nothing:  # noqa: PTH123 - no path but a device
        out = write if stdout is None else stdout.fileno()
        assert out is not None
        files = [(stdin or nothing).fileno(), out, stderr.fileno(), dying]
        nursery = _nursery()
        pid = int(nursery.ask({"arguments": list(arguments), "env": env, "cwd": str(cwd)}, files))
    os.close(dying)
    if write is not None:
        os.close(write)
    return Process(nursery, pid, alive, None if read is None else os.fdopen(read, encoding="utf-8"))


def run(
    arguments: Sequence[str], *, cwd: Path, env: dict[str, str], given: str = ""
) -> subprocess.CompletedProcess[str]:
    """`python -m bot` with those arguments from its start to its end, with that on its standard input."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as stdin,
        tempfile.TemporaryFile("w+", encoding="utf-8") as stdout,
        tempfile.TemporaryFile("w+", encoding="utf-8") as stderr,
    ):
        stdin.write(given)
        stdin.seek(0)
        with start(arguments, env=env, stdin=stdin, stdout=stdout, stderr=stderr, cwd=cwd) as process:
            code = process.wait(60)
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(arguments, code, stdout.read(), stderr.read())


@cache
def _nursery() -> Nursery:
    return Nursery()


def _line(control: socket.socket) -> str:
    """One line; empty where the other side is gone."""
    found = b""
    while not found.endswith(b"\n"):
        piece = control.recv(1)
        if not piece:
            return ""
        found += piece
    return found.decode()


def _serve(control: socket.socket) -> bool:
    """Fork when asked. True in a child, which has everything as its start wants it; False when nobody asks any more."""
    while True:
        mark, files, _, _ = socket.recv_fds(control, 1, 4)
        if not mark:
            return False
        wanted = json.loads(_line(control))
        if "ended" in wanted:
            answer = os.waitstatus_to_exitcode(os.waitpid(wanted["ended"], 0)[1])
        else:
            answer = os.fork()
            if answer == 0:
                control.close()
                _become(wanted, files)
                return True
            for each in files:
                os.close(each)
        control.sendall(f"{answer}\n".encode())


def _become(wanted: dict[str, Any], files: list[int]) -> None:
    for place, each in enumerate(files[:3]):
        os.dup2(each, place)
        os.close(each)
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(wanted["cwd"])
    sys.argv = ["shortlist", *wanted["arguments"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in LOADED:
        import_module(name)
    assert threading.active_count() == 1  # a fork would lose the others
    with socket.socket(fileno=int(sys.argv[1])) as control:
        if not _serve(control):
            return
    import_module("bot.__main__").main()


if __name__ == "__main__":
    _main()
