"""The Slack side as one part of the server: the Web API and the response_urls on their paths."""

import asyncio
import hashlib
import json

from aiohttp import web

from bot.sandbox.slack import api
from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.errors import RateLimitedError, ResponseUrlError
from bot.sandbox.slack.feed import Feed
from bot.sandbox.slack.manifest import AppManifest
from bot.sandbox.slack.pace import Pace
from bot.sandbox.slack.response_urls import PATH, ResponseUrls
from bot.sandbox.slack.sockets import PATH as SOCKET_PATH
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.slack.store import Store
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.views import Views
from bot.sandbox.slack.world import World


def secret(seed: int, purpose: str, length: int) -> str:
    """Return a stand-in for a secret: the same for the same seed, so that a restarted sandbox knows its bot."""
    return hashlib.sha256(f"sandbox {purpose} {seed}".encode()).hexdigest()[:length]


class SlackSide:
    """One workspace with one app installed, and its HTTP routes."""

    def __init__(
        self,
        manifest: AppManifest,
        *,
        channels: int,
        seed: int,
        clock: Clock,
        feed: Feed,
        delivery: Delivery,
        sockets: Sockets | None,
    ) -> None:
        store = Store(clock, feed, bot_name=manifest.bot_name, extra_channels=channels)
        pace = Pace(clock)
        self.world = World(
            manifest=manifest,
            bot_token=f"xoxb-sandbox-{secret(seed, 'bot', 24)}",
            app_token=f"xapp-sandbox-{secret(seed, 'app', 24)}",
            clock=clock,
            feed=feed,
            store=store,
            views=Views(clock, feed),
            triggers=Triggers(clock),
            pace=pace,
            response_urls=ResponseUrls(store, pace, clock),
            delivery=delivery,
            sockets=sockets,
        )

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, with their full paths on the port."""
        sockets = self.world.sockets
        return [
            *([web.get(SOCKET_PATH, sockets.serve, allow_head=False)] if sockets is not None else []),
            web.get("/slack/api/{method}", self._api, allow_head=False),
            web.post("/slack/api/{method}", self._api),
            web.post(PATH + "{token}", self._respond),
        ]

    async def close(self) -> None:
        """Close all connections and end what still runs in the background."""
        if self.world.sockets is not None:
            await self.world.sockets.close()
        tasks = list(self.world.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _api(self, request: web.Request) -> web.Response:
        return await api.web_api(self.world, request)

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            self.world.response_urls.respond(request.match_info["token"], await _posted(request))
        except ResponseUrlError as refusal:
            return web.Response(status=refusal.status, text=refusal.text)
        except RateLimitedError as limit:
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(limit.seconds)}
            )
        return web.Response(text="ok")


async def _posted(request: web.Request) -> object:
    """Return the JSON of a post: the body, or the form field `payload`."""
    raw = await request.text()
    if request.content_type == "application/x-www-form-urlencoded":
        form = await request.post()
        raw = str(form.get("payload", ""))
    try:
        sent: object = json.loads(raw)
    except ValueError:
        return None
    return sent
