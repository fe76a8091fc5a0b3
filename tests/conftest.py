"""Fixtures for every test: an environment without our settings, and both databases."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from bot.storage.database import Database, migrate, read_url
from tests.helpers import postgres as throw_away

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from tests.helpers.postgres import Server

TOGETHER = ("tests/browser/", "tests/sandbox/sdk/")  # folders with sandboxes for all of their modules


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a module or a folder starts once is started by one of xdist's processes only: its tests stay together.

    The larger groups come first, and the many small tests that stand alone fill what is left.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None and (group := _shared(item)):
            item.add_marker(pytest.mark.xdist_group(group))


def _shared(item: pytest.Item) -> str:
    """The group of a test that needs something costly which others need too; empty for a test that stands alone."""
    path = item.path.relative_to(item.config.rootpath).as_posix()
    if folder := next((each for each in TOGETHER if path.startswith(each)), ""):
        return folder
    fixtures: dict[str, Sequence[Any]] = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009 - no public name
    return path if any(each[-1].scope == "module" for each in fixtures.values()) else ""


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    own = {"DATABASE_URL", "REPLICA_ID", "HOST", "PORT", "COMMAND_PREFIX", "LOG_FORMAT", "LOG_LEVEL"}
    for name in list(os.environ):
        if name in own or name.startswith(("SLACK_", "HRFLOW_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL for the whole run."""
    with throw_away.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, empty database; a test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    running: Server = request.getfixturevalue("postgres")
    with running.database() as url:
        yield url


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows: to copy it is quicker than to run the migrations for each test."""
    file = tmp_path_factory.mktemp("migrated") / "empty.db"
    migrate(read_url(f"sqlite:///{file}", folder=file.parent))
    return file


@pytest.fixture
async def database(database_url: str, migrated: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A fresh database with all tables, open."""
    if database_url.startswith("sqlite"):
        shutil.copyfile(migrated, tmp_path / "test.db")
    opened = Database(database_url, folder=tmp_path)
    await opened.open()
    yield opened
    await opened.close()
