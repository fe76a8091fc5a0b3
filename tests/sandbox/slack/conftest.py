"""Sandboxes on free ports, each with a small recording app behind it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import Sandbox, SandboxOptions
from tests.sandbox.slack.kit import MANIFEST, Recorder, Start, World
from tests.sandbox.slack.socket_kit import Client


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Start sandboxes with a recording app behind each; all are stopped after the test."""
    closers: list[Callable[[], Awaitable[object]]] = []

    async def starter(manifest: dict[str, Any] | None = None, **options: Any) -> World:
        app = Recorder()
        served = web.Application()
        served.router.add_post("/slack/events", app.handle)
        runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        closers.append(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        app.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        sandbox = Sandbox(
            SandboxOptions(**{"manifest": manifest or MANIFEST, "port": 0, "profiles": 3, "jobs": 2, **options})
        )
        await sandbox.start()
        closers.append(sandbox.stop)
        sandbox.deliver_to(app.url)
        http = aiohttp.ClientSession()
        closers.append(http.close)
        return World(sandbox, app, http)

    yield starter
    for close in reversed(closers):
        await close()


@pytest.fixture
async def world(start: Start) -> World:
    """A sandbox with a recording app."""
    return await start()


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    """A client for the world of a module that runs in Socket Mode."""
    async with AsyncExitStack() as stack:
        yield Client(world, stack)
