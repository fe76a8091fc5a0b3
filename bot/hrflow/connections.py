"""Connections to HrFlow: httpx's requests and responses over aiohttp's connections.

Measured, 32 requests in flight, a reply of 72 kB, CPU for each: httpx with connections of its own 1.6 ms, its client
over aiohttp's 0.66 ms, its transport asked directly 0.43 ms, aiohttp alone 0.24 ms. What the client would add (base
address, redirects, cookies, authentication, its log) is not wanted here, or is done once for all in `http`.
"""

from __future__ import annotations

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

KEEP_SECONDS = 15.0  # an idle connection is closed after that


class Connections:
    """At most `most` connections at once, found in no environment variable; no time limit: that is the caller's."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._tls = httpx.create_ssl_context(trust_env=False)
        self._kept = AiohttpTransport(client=lambda: self._session(fresh=False), verify=self._tls, trust_env=False)
        self._fresh = AiohttpTransport(client=lambda: self._session(fresh=True), verify=self._tls, trust_env=False)

    async def send(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not read yet: whoever sends must close it. Raises httpx.HTTPError.

        A GET takes a connection that is open already, and is sent once more where that turns out to be closed. Anything
        else gets a connection of its own and is sent once.
        """
        transport = self._kept if request.method == "GET" else self._fresh
        try:
            return await transport.handle_async_request(request)
        # Those that the transport has no name of httpx's for; and it stumbles over a reason phrase that is no text.
        except (aiohttp.ClientError, UnicodeError) as error:
            raise httpx.RemoteProtocolError(type(error).__name__, request=request) from None

    async def close(self) -> None:
        """Close every connection."""
        await self._kept.aclose()
        await self._fresh.aclose()

    def _session(self, *, fresh: bool) -> aiohttp.ClientSession:
        connector = (
            aiohttp.TCPConnector(limit=self._most, ssl=self._tls, force_close=True)
            if fresh
            else aiohttp.TCPConnector(limit=self._most, ssl=self._tls, keepalive_timeout=KEEP_SECONDS)
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            middlewares=(_once,) if fresh else (),
        )


async def _once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Keep aiohttp from repeating what HTTP calls idempotent: a PUT that overtakes another undoes it."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:  # those after which it would
        raise aiohttp.ClientConnectionError(type(error).__name__) from None
