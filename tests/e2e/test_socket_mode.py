"""In Socket Mode every conversation goes as over HTTP, and what happens to connections loses nothing that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_lists import *  # noqa: F403 - every conversation once more, over the sandbox of this module
from tests.e2e.test_stages import *  # noqa: F403 - the same
from tests.helpers.workspace import Workspace, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with sandbox(["--mode", "socket"], tmp_path_factory.mktemp("socket") / "log.jsonl") as workspace:
        yield workspace
