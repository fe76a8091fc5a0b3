"""One set of tables and migrations for SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, insert, select

from bot.errors import ConfigError
from bot.storage import tables
from bot.storage.database import FILE, HEAD, Database, read_url
from bot.storage.migrations import config, upgrade
from tests.helpers import warm
from tests.test_project import run

if TYPE_CHECKING:
    from pathlib import Path

POST = {"id": "n", "kind": "shared", "channel": "C", "version": 0, "content": {}}


def test_the_migrations_follow_each_other_in_one_line_to_the_newest() -> None:
    scripts = ScriptDirectory.from_config(config())

    assert scripts.get_heads() == [HEAD]
    assert [len(script.nextrev) for script in scripts.walk_revisions()] == [0, 1, 1]


async def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    url = database.url.set(drivername="sqlite" if database.dialect == "sqlite" else "postgresql+psycopg")
    engine = create_engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), tables.metadata)
    engine.dispose()

    assert differences == []


async def test_processes_that_start_together_migrate_once(database_url: str, tmp_path: Path) -> None:
    databases = [Database(database_url, folder=tmp_path) for _ in range(4)]

    await asyncio.gather(*(database.open() for database in databases))

    async with databases[3].connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(tables.pairs))).scalar() == 0
    await asyncio.gather(*(database.close() for database in databases))


async def test_a_database_from_an_earlier_version_is_brought_up_to_date(database_url: str, tmp_path: Path) -> None:
    upgrade(read_url(database_url, folder=tmp_path), "0001_core")
    database = Database(database_url, folder=tmp_path)

    await database.open()
    await database.close()

    again = Database(database_url, folder=tmp_path)
    await again.open()
    assert await again._revision() == HEAD
    await again.close()


async def test_moments_keep_their_instant_whatever_their_zone(database: Database) -> None:
    at = datetime(2026, 3, 29, 1, 30, 15, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    async with database.begin() as connection:
        await connection.execute(insert(tables.replicas).values(id="1", started_at=at, seen_at=at))
    async with database.connect() as connection:
        found = (await connection.execute(select(tables.replicas.c.seen_at))).scalar_one()

    assert found == at
    assert found.tzinfo == UTC


async def test_what_fails_half_way_leaves_nothing(database: Database) -> None:
    at = datetime.now(UTC)

    async def half() -> None:
        async with database.begin() as connection:
            await connection.execute(insert(tables.replicas).values(id="1", started_at=at, seen_at=at))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half()

    async with database.connect() as connection:
        assert (await connection.execute(select(tables.replicas.c.id))).all() == []


async def test_writers_at_once_all_get_their_turn(database_url: str, tmp_path: Path) -> None:
    """Two processes' worth of connections: what each reads before it writes is what is there when it writes."""
    two = [Database(database_url, folder=tmp_path) for _ in range(2)]
    await two[0].open()
    await two[1].open()
    at = datetime.now(UTC)
    async with two[0].begin() as connection:
        await connection.execute(insert(tables.posts).values(**POST, viewer="0", created_at=at, asked_at=at))

    async def count_up(database: Database) -> None:
        async with database.begin() as connection:
            row = select(tables.posts.c.viewer).where(tables.posts.c.id == "n").with_for_update()
            held = int((await connection.execute(row)).scalar_one())
            await connection.execute(tables.posts.update().values(viewer=str(held + 1)))

    await asyncio.gather(*(count_up(two[place % 2]) for place in range(40)))

    async with two[0].connect() as connection:
        assert (await connection.execute(select(tables.posts.c.viewer))).scalar_one() == "40"
    await asyncio.gather(*(database.close() for database in two))


@pytest.mark.parametrize(
    "url", ["sqlite:///a.db", "sqlite+aiosqlite:///a.db", "postgresql://u@h/n", "postgresql+psycopg://u@h/n", ""]
)
def test_every_usual_form_of_an_address_is_understood(url: str, tmp_path: Path) -> None:
    found = read_url(url, folder=tmp_path)

    assert found.drivername in {"sqlite+aiosqlite", "postgresql+psycopg"}
    if not url:
        assert found.database == str(tmp_path / FILE)


@pytest.mark.parametrize("url", ["sqlite://", "mysql://u:secret@h/n", "secret", "postgresql://u:secret@h:port/n"])
def test_an_address_that_cannot_be_used_is_refused_without_being_repeated(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        read_url(url, folder=tmp_path)

    assert "DATABASE_URL" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("url", ["postgresql://u:secret@127.0.0.1:9/n", "sqlite:////nowhere/at/secret/all.db"])
def test_a_database_that_cannot_be_opened_ends_in_one_sentence(url: str, tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "bot", "migrate", cwd=tmp_path, DATABASE_URL=url)

    assert done.returncode == 2
    assert done.stderr.startswith("DATABASE_URL: the database cannot be opened")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


def test_migrate_makes_the_default_file_and_can_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        done = warm.run(["migrate"], cwd=tmp_path, env={})

        assert (done.returncode, done.stdout, done.stderr) == (0, "The database is up to date.\n", "")
    assert (tmp_path / FILE).exists()
