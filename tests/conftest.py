"""Fixtures for every test: an environment without our settings, and both databases."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.storage.database import Database
from tests.helpers import postgres as throw_away

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.helpers.postgres import Server


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


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A fresh database with all tables, open."""
    opened = Database(database_url, folder=tmp_path)
    await opened.open()
    yield opened
    await opened.close()
