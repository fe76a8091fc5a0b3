"""Fixtures for every test: an environment without our settings."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    own = {"HOST", "PORT", "COMMAND_PREFIX", "LOG_FORMAT", "LOG_LEVEL"}
    for name in list(os.environ):
        if name in own or name.startswith(("SLACK_", "HRFLOW_")):
            monkeypatch.delenv(name)
