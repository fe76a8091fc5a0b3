"""Socket Mode: a connection that we open to Slack, so that no public address is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

if TYPE_CHECKING:
    from slack_bolt.app.async_app import AsyncApp


class SocketConnection:
    """One connection under our own control (reference slack-platform §6.4: `start_async` would sleep for ever)."""

    def __init__(self, app: AsyncApp, *, app_token: str, api_url: str) -> None:
        self._app = app
        self._app_token = app_token
        self._api_url = api_url
        self._handler: AsyncSocketModeHandler | None = None

    async def start(self) -> None:
        """Connect."""
        client = AsyncWebClient(base_url=self._api_url)
        self._handler = AsyncSocketModeHandler(self._app, self._app_token, web_client=client)
        await self._handler.connect_async()  # type: ignore[no-untyped-call]  # the library does not annotate it

    async def stop(self) -> None:
        """Disconnect."""
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]  # the library does not annotate it
