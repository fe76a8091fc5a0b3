"""Whoever dies in the middle of digests: each comes once, and in order.

Slots that were missed a few minutes ago are due at once, so no test waits for a clock.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.digests import Digest
from bot.storage.database import Database
from bot.storage.digests import Digests
from tests.helpers.workspace import Workspace, bot, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANNELS = ("C_001", "C_002")
EACH = 7  # digests in a channel
KILLS = 6


async def missed(url: str, folder: Path) -> dict[str, list[int]]:
    """Digests whose slot was a few minutes ago; returns their numbers by channel, in order."""
    database = Database(url, folder=folder)
    await database.open()
    now = datetime.now(UTC)
    numbers: dict[str, list[int]] = {}
    for place in range(EACH * len(CHANNELS)):
        channel = CHANNELS[place % len(CHANNELS)]
        slot = now - timedelta(minutes=5)
        digest = Digest(
            maker="U_ANN",
            channel=channel,
            channel_name=channel,
            schedule=f'cron:"{slot.minute} {slot.hour} * * *" UTC',
            query=f'/profiles "Data Engineer" limit:{place % 3 + 1}',
            reached=now - timedelta(hours=1),
            created_at=now - timedelta(hours=1),
        )
        numbers.setdefault(channel, []).append((await Digests(database).add(digest)).number)
    await database.close()
    return numbers


def delivered(workspace: Workspace, channel: str) -> list[int]:
    """The numbers of the digests that have come there, oldest first."""
    texts = [each["text"] for each in workspace.messages(channel=channel)]
    return [int(text.partition("Digest #")[2].split(" ")[0]) for text in texts if "Digest #" in text]


def more(workspace: Workspace, before: int) -> int:
    """How many have come in all, once there are more than before."""
    count = sum(len(delivered(workspace, channel)) for channel in CHANNELS)
    return count if count > before else 0


@contextmanager
def replicas(settings: dict[str, str], names: tuple[str, ...], folder: Path) -> Iterator[Replicas]:
    """`shortlist run` under each of those names, killed at the end."""
    running = Replicas(settings, folder)
    try:
        for name in names:
            running.start(name)
        yield running
    finally:
        for name in list(running.processes):
            running.kill(name)


class Replicas:
    """Processes of the bot by their REPLICA_ID."""

    def __init__(self, settings: dict[str, str], folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._started = 0
        self.processes: dict[str, ExitStack] = {}

    def start(self, name: str) -> None:
        self._started += 1
        self.processes[name] = running = ExitStack()
        running.enter_context(bot({**self._settings, "REPLICA_ID": name}, self._folder / f"{name}-{self._started}.log"))

    def kill(self, name: str) -> None:
        self.processes.pop(name).close()  # killed, not asked


def test_killed_at_any_moment_each_digest_comes_once_and_in_order(database_url: str, tmp_path: Path) -> None:
    """One process on SQLite, two on PostgreSQL; at the end one of the two stays dead, and the other finishes."""
    names = ("a", "b") if database_url.startswith("postgresql") else ("a",)
    settings_file = tmp_path / "env"
    arguments = ["--mode", "socket", "--no-bot", "--channels", "2", "--write-env", str(settings_file)]
    with sandbox(arguments, tmp_path / "sandbox.log") as workspace:
        settings = dict(line.split("=", 1) for line in settings_file.read_text(encoding="utf-8").splitlines())
        expected = asyncio.run(missed(database_url, tmp_path))
        chance = random.Random(7)  # noqa: S311 - the same moments in every run
        with replicas({**settings, "DATABASE_URL": database_url}, names, tmp_path) as running:
            count = 0
            for _ in range(KILLS):
                count = workspace.until(lambda before=count: more(workspace, before), patience=90)  # type: ignore[misc]
                if count == EACH * len(CHANNELS):
                    break
                time.sleep(chance.uniform(0, 0.6))  # a moment that is no better than another
                name = chance.choice(names)
                running.kill(name)
                workspace.advance(60)  # Slack opens one socket a minute, and a few more at the beginning
                running.start(name)
            if len(names) > 1:
                running.kill("a")
            workspace.until(
                lambda: all(len(delivered(workspace, each)) >= len(expected[each]) for each in CHANNELS), patience=90
            )

        assert {channel: delivered(workspace, channel) for channel in CHANNELS} == expected
