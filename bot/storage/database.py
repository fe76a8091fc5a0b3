"""The engine: SQLite in a file by default, PostgreSQL by address; brought up to date when it opens."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.engine import Engine
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

log = structlog.get_logger(__name__)
FILE = "shortlist.db"
HEAD = "0003_digests"  # the newest migration: where the database has it, Alembic need not even be loaded
BUSY_MILLISECONDS = 10_000
CACHE_KB = 256  # of pages, for each of up to fifteen connections; the system keeps the file in memory anyway
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_BY_HAND = "shortlist_write"


class Database:
    """Connections to one database. `url` as in DATABASE_URL; empty means a file in `folder`.

    On SQLite, writers of one process stand in line here instead of polling the file; those of other processes are
    waited for up to ten seconds.
    """

    def __init__(self, url: str, *, folder: Path) -> None:
        self.url = read_url(url, folder=folder)
        self.dialect = self.url.get_backend_name()
        self._engine: AsyncEngine | None = None
        self._writing = asyncio.Lock()

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database; it is made when it opens."""
        return Path(str(self.url.database)) if self.dialect == "sqlite" else None

    async def open(self) -> None:
        """Connect, and run the migrations that are missing. Raises ConfigError: one sentence for what is wrong."""
        self._engine = self._create()
        try:
            if await self._revision() != HEAD:
                await asyncio.to_thread(migrate, self.url)
        except (SQLAlchemyError, OSError) as error:
            await self.close()
            raise ConfigError(f"DATABASE_URL: the database cannot be opened ({_why(error)}).") from None
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close every connection."""
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that writes; committed at the end, rolled back by an exception."""
        if self.dialect != "sqlite":
            async with self._opened().begin() as connection:
                yield connection
            return
        async with self._writing, self._opened().connect() as plain:
            connection = await plain.execution_options(**{_BY_HAND: True})
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading."""
        async with self._opened().connect() as connection:
            yield connection

    async def detached(self) -> AsyncConnection:
        """A connection of the caller's own, to be closed by them."""
        return await self._opened().connect()

    def beside(self, name: str) -> tuple[str, Engine | None]:
        """A second store for a library that blocks: an address, and the engine where we know better how to open it.

        In PostgreSQL it is the same database; beside SQLite it is a file of its own.
        """
        if self.dialect != "sqlite":
            return self.url.render_as_string(hide_password=False), None
        file = Path(self.url.database or FILE)
        url = URL.create("sqlite", database=str(file.with_name(f"{file.stem}-{name}{file.suffix}")))
        engine = create_engine(url)
        event.listen(engine, "connect", _prepare_beside)
        return url.render_as_string(), engine

    def _opened(self) -> AsyncEngine:
        if self._engine is None:
            raise RuntimeError("Database.open() comes first")
        return self._engine

    def _create(self) -> AsyncEngine:
        if self.dialect != "sqlite":
            return create_async_engine(self.url, pool_pre_ping=True, pool_size=5, max_overflow=25)
        engine = create_async_engine(self.url)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine

    async def _revision(self) -> str:
        """The migration that the database has, "" where it has none yet."""
        try:
            async with self._opened().connect() as connection:
                found = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
        except SQLAlchemyError:  # no such table, or no connection: opening it for the migrations tells
            return ""
        return str(found or "")


def read_url(url: str, *, folder: Path) -> URL:
    """The address with our driver in it. Raises ConfigError, which quotes nothing: it may hold a password."""
    if not url:
        return URL.create("sqlite+aiosqlite", database=str(folder / FILE))
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigError(
            "DATABASE_URL is wrong: it must look like sqlite:///file.db or postgresql://user@host/name."
        ) from None
    driver = _DRIVERS.get(read.drivername)
    if driver is None:
        raise ConfigError("DATABASE_URL is wrong: it must begin with sqlite:// or postgresql://.")
    if driver.startswith("sqlite") and read.database in (None, "", ":memory:"):
        raise ConfigError("DATABASE_URL is wrong: it must name a file, such as sqlite:///shortlist.db.")
    return read.set(drivername=driver)


def migrate(url: URL) -> None:
    """Run the migrations that are missing; several processes at once take turns. Blocks."""
    from bot.storage.migrations import upgrade  # noqa: PLC0415 - Alembic is slow to load and rarely needed

    upgrade(url)
    log.info("database migrated", to=HEAD)


def _prepare(connection: Any, _: object) -> None:
    # Transactions are begun by `_begin`: the driver would begin them too late to keep writers apart.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")  # whoever kills us loses nothing; see docs/operating.md for power cuts
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA cache_size=-{CACHE_KB}")
    cursor.close()


def _prepare_beside(connection: Any, _: object) -> None:
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "PRAGMA synchronous=NORMAL"
    )  # whoever kills us loses nothing; see docs/operating.md for power cuts
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get(_BY_HAND, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _why(error: Exception) -> str:
    """The kind of error only: its text may quote the address."""
    origin = getattr(error, "orig", None)
    return type(origin or error).__name__
