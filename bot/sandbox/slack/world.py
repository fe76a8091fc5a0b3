"""Everything that makes up the workspace, in one record that the calls of apps and of people share."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.feed import Feed
from bot.sandbox.slack.manifest import AppManifest
from bot.sandbox.slack.pace import Pace
from bot.sandbox.slack.response_urls import ResponseUrls
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.slack.store import Store
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.views import Views


@dataclass(frozen=True, slots=True)
class World:
    """The parts of one workspace with one app installed; `sockets` is None over HTTP, `tasks` are retries."""

    manifest: AppManifest
    bot_token: str
    app_token: str
    clock: Clock
    feed: Feed
    store: Store
    views: Views
    triggers: Triggers
    pace: Pace
    response_urls: ResponseUrls
    delivery: Delivery
    sockets: Sockets | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something in the background until it ends or the sandbox stops."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
