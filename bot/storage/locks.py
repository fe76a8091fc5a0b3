"""Locks between processes that die with the process: advisory ones in PostgreSQL, in files beside SQLite.

Beside SQLite there is one small file. Each lock is one byte of it, far beyond its end; the system gives it up when the
process ends, however it ends. Within one process these do not exclude each other: that is for asyncio's locks.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

POLL_SECONDS = 0.05
_BYTES = 2**40


class Locks:
    """Named locks over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: int | None = None
        self._held: dict[str, AsyncConnection] = {}

    async def close(self) -> None:
        """Give up all locks."""
        for name in list(self._held):
            await self.release(name)
        if self._file is not None:
            os.close(self._file)
            self._file = None

    async def take(self, name: str) -> bool:
        """Hold that lock until `release` or the end of the process, if no other process holds it."""
        if self._database.dialect == "sqlite":
            try:
                fcntl.lockf(self._opened(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _number(name) % _BYTES)
            except OSError:
                return False
            return True
        connection = await self._database.detached()
        try:
            taken = await connection.execute(text("SELECT pg_try_advisory_lock(:name)"), {"name": _number(name)})
            has_it = bool(taken.scalar())
            await connection.commit()  # the lock stays with the session; a transaction left open would hold up others
            if has_it:
                self._held[name] = connection
                return True
        except BaseException:
            await connection.invalidate()
            await connection.close()
            raise
        await connection.close()
        return False

    async def holds(self, name: str) -> bool:
        """Whether the lock that was taken is still ours: in PostgreSQL it goes with its connection."""
        if self._database.dialect == "sqlite":
            return self._file is not None
        connection = self._held.get(name)
        if connection is None:
            return False
        try:
            await connection.execute(text("SELECT 1"))
            await connection.commit()
        except (SQLAlchemyError, OSError):
            self._held.pop(name, None)
            await connection.invalidate()
            await connection.close()
            return False
        return True

    async def release(self, name: str) -> None:
        """Let others have it."""
        if self._database.dialect == "sqlite":
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _number(name) % _BYTES)
            return
        connection = self._held.pop(name, None)
        if connection is None:
            return
        try:
            await connection.execute(text("SELECT pg_advisory_unlock(:name)"), {"name": _number(name)})
            await connection.commit()
        except (SQLAlchemyError, OSError):
            await connection.invalidate()
        finally:
            await connection.close()

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[None]:
        """Wait for that lock, then hold it."""
        while not await self.take(name):  # noqa: ASYNC110 - another process lets go, which no event tells
            await asyncio.sleep(POLL_SECONDS)
        try:
            yield
        finally:
            await self.release(name)

    def _opened(self) -> int:
        if self._file is None:
            path = Path(f"{self._database.url.database}-locks")
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file


def _number(name: str) -> int:
    """A number of 63 bits for a name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1
