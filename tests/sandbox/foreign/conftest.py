"""Foreign apps: each is installed in a sandbox of its own, reached over HTTP and in Socket Mode in turn."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from socketserver import ThreadingMixIn
from typing import Any, Literal
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import aiohttp
import pytest
from aiohttp import web
from slack_bolt import App
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import BotCredentials, Sandbox, SandboxOptions
from tests.sandbox.foreign.kit import InstallAsync, InstallSync
from tests.sandbox.slack.kit import Recorder, World

Mode = Literal["http", "socket"]
PATH = "/bolt"


@pytest.fixture(params=["http", "socket"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """How the workspace reaches the app."""
    found: Mode = request.param
    return found


@pytest.fixture
async def installed(mode: Mode) -> AsyncIterator[Callable[[dict[str, Any]], Awaitable[World]]]:
    """Start a sandbox with an app's manifest."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(manifest: dict[str, Any]) -> World:
            sandbox = Sandbox(SandboxOptions(manifest=manifest, port=0, profiles=3, jobs=2, mode=mode))
            await sandbox.start()
            stack.push_async_callback(sandbox.stop)
            return World(sandbox, Recorder(), await stack.enter_async_context(aiohttp.ClientSession()))

        yield start


@pytest.fixture
async def install(mode: Mode, installed: Callable[[dict[str, Any]], Awaitable[World]]) -> AsyncIterator[InstallAsync]:
    """Run an asynchronous app against a workspace that has it installed."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(manifest: dict[str, Any], build: Callable[[AsyncApp], object]) -> World:
            world = await installed(manifest)
            credentials = world.sandbox.credentials
            client = AsyncWebClient(token=credentials.slack_bot_token, base_url=credentials.slack_api_url)
            app = AsyncApp(client=client, signing_secret=credentials.slack_signing_secret, logger=_quiet())
            build(app)
            if mode == "socket":
                handler = AsyncSocketModeHandler(app, credentials.slack_app_token, web_client=client)
                await handler.connect_async()  # type: ignore[no-untyped-call]  # the library does not annotate it
                stack.push_async_callback(handler.close_async)
                return world
            runner = web.AppRunner(app.server(path=PATH).web_app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            world.sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}")
            return world

        yield start


@pytest.fixture
async def install_sync(
    mode: Mode, installed: Callable[[dict[str, Any]], Awaitable[World]]
) -> AsyncIterator[InstallSync]:
    """Run a threaded app against a workspace that has it installed."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(manifest: dict[str, Any], build: Callable[[App], object]) -> World:
            world = await installed(manifest)
            credentials = world.sandbox.credentials
            app = await asyncio.to_thread(_threaded_app, credentials)
            build(app)
            if mode == "socket":
                handler = SocketModeHandler(app, credentials.slack_app_token)
                await asyncio.to_thread(handler.connect)
                stack.push_async_callback(_close, handler, world)
                return world
            server = make_server("127.0.0.1", 0, SlackRequestHandler(app, PATH), _Threads, _Silent)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            stack.callback(server.server_close)
            stack.push_async_callback(asyncio.to_thread, thread.join)
            stack.push_async_callback(asyncio.to_thread, server.shutdown)
            world.sandbox.deliver_to(f"http://127.0.0.1:{server.server_port}{PATH}")
            return world

        yield start


def _threaded_app(credentials: BotCredentials) -> App:
    client = WebClient(token=credentials.slack_bot_token, base_url=credentials.slack_api_url)
    return App(client=client, signing_secret=credentials.slack_signing_secret, logger=_quiet())


def _quietly(handler: SocketModeHandler) -> None:
    """Close it; the client's reading thread may let go of the same socket first, which its own close trips over."""
    with contextlib.suppress(AttributeError):
        handler.close()  # type: ignore[no-untyped-call]  # the library does not annotate it


async def _close(handler: SocketModeHandler, world: World) -> None:
    closing = asyncio.create_task(asyncio.to_thread(_quietly, handler))
    # The client sees that it is closed when the next frame comes.
    await world.post("sockets", disconnect="link_disabled")
    await closing


def _quiet() -> logging.Logger:
    logger = logging.getLogger("foreign")
    logger.setLevel(logging.CRITICAL)
    return logger


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""
