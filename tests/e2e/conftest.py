"""One sandbox for all conversations of a test run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.workspace import Workspace, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with sandbox([], tmp_path_factory.mktemp("sandbox") / "log.jsonl") as workspace:
        yield workspace


@pytest.fixture
def workspace(_running: Workspace) -> Iterator[Workspace]:
    """The shared sandbox, without faults before and after."""
    _running.http.delete("/workspace/faults")
    yield _running
    _running.http.delete("/workspace/faults")
