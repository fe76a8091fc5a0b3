"""How Slack reaches us: signed HTTP requests, or a socket that we open. And the two health checks.

HTTP: one path takes signed POSTs, everything else is 404. The signature is checked over the raw bytes before anything
is parsed, and a failed one leaves nothing in the log but the fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.app.async_app import AsyncApp

    from bot.turns import Turns

log = structlog.get_logger(__name__)
PATH = "/slack/events"
LARGEST_REQUEST = 1024 * 1024  # bytes; Slack's payloads stay well below


class HttpServer:
    """The bot's port. `app` and `signing_secret` are None in Socket Mode, where only the health checks are served."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        ready: Callable[[], bool],
        turns: Turns,
        app: AsyncApp | None = None,
        signing_secret: str = "",
    ) -> None:
        self._host = host
        self._port = port
        self._ready = ready
        self._turns = turns
        self._app = app
        self._verifier = SignatureVerifier(signing_secret) if app is not None else None
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listen; returns the port (the system's choice where it was 0). Raises OSError where it is taken."""
        server = web.Application(client_max_size=LARGEST_REQUEST)
        server.router.add_get("/healthz", self._health, allow_head=False)
        server.router.add_get("/readyz", self._readiness, allow_head=False)
        if self._app is not None:
            server.router.add_post(PATH, self._slack)
        self._runner = web.AppRunner(server, access_log=None, handle_signals=False)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        address: tuple[str, int] = self._runner.addresses[0]
        return address[1]

    async def stop(self) -> None:
        """Take no more requests; those under way are answered."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _health(self, _: web.Request) -> web.Response:
        """The event loop turns."""
        return web.Response(text="ok")

    async def _readiness(self, _: web.Request) -> web.Response:
        """Everything that a command needs has been opened, and we are not stopping."""
        return web.Response(text="ready") if self._ready() else web.Response(status=503, text="not ready")

    async def _slack(self, request: web.Request) -> web.Response:
        with self._turns.unacked():
            return await self._answered(request)

    async def _answered(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self._signed(body, request):
            log.warning("signature refused")
            return web.Response(status=401, text="invalid signature")
        try:
            bolt_request = AsyncBoltRequest(
                body=body.decode(), query=request.query_string, headers=dict(request.headers.items())
            )
        except (ValueError, AttributeError, TypeError):  # signed, and yet no payload: Bolt expects an object in it
            return web.Response(status=400, text="unreadable payload")
        if self._app is None:
            raise web.HTTPNotFound
        return await to_aiohttp_response(await self._app.async_dispatch(bolt_request))

    def _signed(self, body: bytes, request: web.Request) -> bool:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if self._verifier is None or not timestamp.isascii() or not timestamp.isdigit() or not signature.isascii():
            return False
        try:
            return self._verifier.is_valid(body=body, timestamp=timestamp, signature=signature)
        except (ValueError, OverflowError):  # the body is not text, or the number is beyond all numbers
            return False
