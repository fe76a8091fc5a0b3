"""The one server of the sandbox: HrFlow, Slack, the workspace calls and the page on one port."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import aiohttp
from aiohttp import web

from bot.sandbox import page
from bot.sandbox.faults import Faults, middleware
from bot.sandbox.hrflow import HrflowSide
from bot.sandbox.journal import Journal
from bot.sandbox.keeping import Keeper
from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.delivery import Delivery, HttpDelivery
from bot.sandbox.slack.feed import Feed
from bot.sandbox.slack.manifest import AppManifest
from bot.sandbox.slack.side import SlackSide, secret
from bot.sandbox.slack.snapshot import dump, load
from bot.sandbox.slack.socket_delivery import SocketDelivery
from bot.sandbox.workspace.control import Control
from bot.sandbox.workspace.people import People
from bot.sandbox.workspace.sockets import SocketControl
from bot.sandbox.workspace.stream import Stream

BODY_BYTES = 8 * 1024 * 1024
# Filters travel in the request line, where a long list of keywords takes more than aiohttp's 8 kB.
LINE_BYTES = 64 * 1024
API_KEY = "ask_sandbox"
USER_EMAIL = "sandbox@example.com"
AGENT_KEY = "a" * 40
# Requests under way get this long at stop; a fault may let one crawl for much longer.
SHUTDOWN_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class SandboxOptions:
    """What a sandbox is started with (DESIGN §2); `port` 0 lets the system choose, `data_dir` None keeps nothing."""

    manifest: Mapping[str, Any]
    port: int = 3000
    host: str = "127.0.0.1"
    profiles: int = 300
    jobs: int = 12
    channels: int = 0
    seed: int = 7
    data_dir: Path | None = None
    dialect: Literal["seed", "current"] = "seed"
    mode: Literal["http", "socket"] = "http"


@dataclass(frozen=True, slots=True)
class BotCredentials:
    """What a bot needs to talk to the sandbox."""

    slack_bot_token: str
    slack_signing_secret: str
    slack_app_token: str
    slack_api_url: str
    hrflow_api_key: str
    hrflow_user_email: str
    hrflow_agent_key: str
    hrflow_api_url: str


class Sandbox:
    """A local HrFlow and a local Slack workspace with one app installed.

    `url` and `credentials` are there after `start`. Raises ManifestError for a manifest of the wrong shape.
    """

    url: str
    credentials: BotCredentials

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options
        self._manifest = AppManifest.parse(options.manifest)
        self._signing_secret = secret(options.seed, "signing", 32)
        self._started = False
        self._http: HttpDelivery | None = None
        self._deliver_url: str | None = None

    async def start(self) -> None:
        """Bind the port and answer. Raises OSError when the port is taken."""
        options = self._options
        feed = Feed()
        journal = Journal(feed)
        faults = Faults()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
        )
        self._started = True
        clock = Clock()
        sockets = None
        delivery: Delivery
        if options.mode == "socket":
            delivery = SocketDelivery(clock, journal)
            sockets = delivery.sockets
        else:
            delivery = self._http = HttpDelivery(self._session, self._signing_secret, journal)
            delivery.url = self._deliver_url
        self._slack = SlackSide(
            self._manifest,
            channels=options.channels,
            seed=options.seed,
            clock=clock,
            feed=feed,
            delivery=delivery,
            sockets=sockets,
        )
        world = self._slack.world
        hrflow = HrflowSide(
            profiles=options.profiles,
            jobs=options.jobs,
            seed=options.seed,
            dialect=options.dialect,
            api_key=API_KEY,
            user_email=USER_EMAIL,
            agent_key=AGENT_KEY,
        )

        def continued(state: dict[str, Any]) -> None:
            load(world, state["slack"])
            hrflow.load(state["hrflow"])

        self._keeper = Keeper(
            options.data_dir,
            dump=lambda: {"slack": dump(world), "hrflow": hrflow.dump()},
            load=continued,
        )
        world.store.on_change = world.views.on_change = journal.on_write = self._keeper.changed
        self._stream = Stream(feed, world.store)
        app = web.Application(client_max_size=BODY_BYTES, middlewares=[middleware(faults, journal)])
        app.add_routes(self._slack.routes())
        app.add_routes(People(world).routes())
        app.add_routes(Control(world, faults, journal, hrflow.config).routes())
        app.add_routes(SocketControl(world.sockets).routes())
        app.add_routes(self._stream.routes())
        app.add_routes(page.routes(self._manifest.app_name))
        app.add_subapp("/hrflow/v1", hrflow.app())
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=False,
            shutdown_timeout=SHUTDOWN_SECONDS,
            max_line_size=LINE_BYTES,
            max_field_size=LINE_BYTES,
        )
        try:
            await self._keeper.start()
            await self._runner.setup()
            await web.TCPSite(self._runner, options.host, options.port).start()
        except BaseException:
            await self._release()
            raise
        self.url = f"http://{options.host}:{self._runner.addresses[0][1]}"
        world.response_urls.base_url = self.url
        if world.sockets is not None:
            world.sockets.base_url = self.url
        self.credentials = BotCredentials(
            slack_bot_token=world.bot_token,
            slack_signing_secret=self._signing_secret,
            slack_app_token=world.app_token,
            slack_api_url=f"{self.url}/slack/api/",
            hrflow_api_key=API_KEY,
            hrflow_user_email=USER_EMAIL,
            hrflow_agent_key=AGENT_KEY,
            hrflow_api_url=f"{self.url}/hrflow/v1",
        )

    def deliver_to(self, url: str) -> None:
        """Send commands, interactions and events to the app's full request address from now on; HTTP mode only."""
        self._deliver_url = url
        if self._http is not None:
            self._http.url = url

    async def stop(self) -> None:
        """Write what is to be kept, close all connections and free the port; nothing happens before `start`."""
        if not self._started:
            return
        self._stream.close()
        await self._release()
        await self._keeper.stop()

    async def _release(self) -> None:
        await self._slack.close()
        await self._runner.cleanup()
        await self._session.close()
