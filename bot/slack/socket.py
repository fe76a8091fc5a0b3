"""Socket Mode: WebSockets that we open to Slack, so that no public address is needed.

The SDK's own client closes a connection before it opens the next one (reference slack-platform §6.4), and what is typed
in between is lost. Here the next one has said hello before the old one goes, an ack returns the way its envelope came,
and a connection over which nothing comes any more is replaced.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError, SlackDeliveryError
from bot.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_bolt.app.async_app import AsyncApp
    from slack_bolt.response import BoltResponse

log = structlog.get_logger(__name__)
HEARTBEAT = 10.0  # seconds without any frame before we ping; half of it more without an answer, and the line is dead
HELLO = 10.0  # seconds to open a connection and be greeted
START = 15.0  # seconds for the first connection
PATIENCE = 120.0  # seconds without any connection before a supervisor should try a fresh process
LINGER = 30.0  # seconds that a connection is still read after Slack has told us to leave it; Slack closes it sooner
ACK = 3.0  # seconds that Slack waits for an ack, and so the time that answers get when we stop
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0  # seconds between tries to connect, doubled each time
SHORTEST_WAIT = 0.05  # seconds before another connection where the last one did not last, doubled each time
SETTLED = 30.0  # seconds that a connection must have lasted for the next one to be opened without waiting
_TEMPORARY = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


@dataclass(slots=True, eq=False)
class _Link:
    """One WebSocket: `settled` once Slack has said hello or no, `going` once it is closed, silent or to be left."""

    socket: aiohttp.ClientWebSocketResponse
    greeted: bool = False
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    going: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def live(self) -> bool:
        return self.greeted and not self.socket.closed

    def end(self) -> None:
        """Somebody has to open another one."""
        self.going.set()
        self.settled.set()

    async def leave(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.socket.close()


class SocketConnection:
    """Our line to Slack. `live` tells whether Slack can reach us now; `lost` returns when it could not for too long."""

    def __init__(
        self,
        app: AsyncApp,
        *,
        app_token: str,
        api_url: str,
        turns: Turns | None = None,
        heartbeat: float = HEARTBEAT,
        patience: float = PATIENCE,
    ) -> None:
        self._app = app
        self._turns = turns or Turns()
        self._app_token = app_token
        self._api_url = api_url
        self._heartbeat = heartbeat
        self._patience = patience
        self._links: set[_Link] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._answers: set[asyncio.Task[None]] = set()
        self._lost = asyncio.Event()

    @property
    def live(self) -> bool:
        """Whether at least one connection is open and greeted."""
        return any(link.live for link in self._links)

    async def lost(self) -> None:
        """Return once there has been no connection for `patience` seconds; we go on trying all the same."""
        await self._lost.wait()

    async def start(self) -> None:
        """Connect and wait for Slack's hello. Raises ConfigError when Slack refuses us or cannot be reached."""
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=HELLO)
        self._http = aiohttp.ClientSession(timeout=timeout, trust_env=False)
        self._web = AsyncWebClient(base_url=self._api_url, timeout=int(HELLO), session=self._http, retry_handlers=[])
        try:
            link = await self._first()
        except BaseException:
            await self.stop()
            raise
        self._spawn(self._keep(link), self._tasks)

    async def stop(self) -> None:
        """Answer what is under way, then disconnect."""
        deadline = time.monotonic() + ACK
        while self._answers and (left := deadline - time.monotonic()) > 0:
            await asyncio.wait(self._answers, timeout=left)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *(link.socket.close() for link in self._links), return_exceptions=True)
        await self._http.close()

    async def _first(self) -> _Link:
        deadline = time.monotonic() + START
        wait = FIRST_WAIT
        while True:
            try:
                return await self._open()
            except SlackDeliveryError as error:
                if error.sure and error.code not in _TEMPORARY:
                    raise ConfigError(
                        f"Slack refuses SLACK_APP_TOKEN ({error.code}): it needs the scope connections:write, "
                        "and Socket Mode must be on for the app."
                    ) from None
                if time.monotonic() + wait > deadline:
                    raise ConfigError(f"Slack opens no socket at SLACK_API_URL ({error.code}).") from None
                log.warning("no socket yet", code=error.code)
            await asyncio.sleep(wait)
            wait *= 2

    async def _keep(self, link: _Link) -> None:
        """Replace each connection as soon as it is to be left; the old one is read until Slack closes it."""
        wait = 0.0
        while True:
            opened = time.monotonic()
            await link.going.wait()
            if time.monotonic() - opened > SETTLED:
                wait = 0.0
            await asyncio.sleep(wait)
            wait = min(max(SHORTEST_WAIT, 2 * wait), LONGEST_WAIT)
            link = await self._next()

    async def _next(self) -> _Link:
        wait, last_live = FIRST_WAIT, time.monotonic()
        while True:
            try:
                return await self._open()
            except SlackDeliveryError as error:
                pause = max(error.retry_after or 0.0, wait * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
                log.warning("no socket", code=error.code, again_in=round(pause, 1))
            if self.live:
                last_live = time.monotonic()
            left = self._patience - (time.monotonic() - last_live)
            if left <= pause:
                await asyncio.sleep(max(0.0, left))
                if not self.live and not self._lost.is_set():
                    log.error("socket lost", seconds=round(self._patience))
                    self._lost.set()
                pause = max(0.0, pause - left)
            await asyncio.sleep(pause)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _open(self) -> _Link:
        """Return a greeted connection. Raises SlackDeliveryError; it is `sure` where Slack has said no."""
        link = None
        try:
            async with asyncio.timeout(HELLO):
                opened = await self._web.apps_connections_open(app_token=self._app_token)
                socket = await self._http.ws_connect(
                    str(opened["url"]),
                    heartbeat=self._heartbeat,
                    proxy=self._web.proxy,
                    timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
                )
                link = _Link(socket)
                self._spawn(self._read(link), self._tasks)
                await link.settled.wait()
        except SlackApiError as error:
            raise _refusal(error) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise SlackDeliveryError(type(error).__name__, sure=False) from None
        finally:
            if link is not None and not link.greeted:
                self._spawn(link.leave(0.0), self._tasks)
        if not link.greeted:
            raise SlackDeliveryError("no_hello", sure=False)
        return link

    async def _read(self, link: _Link) -> None:
        self._links.add(link)
        try:
            async for message in link.socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(link, message.data)
        finally:
            self._links.discard(link)
            link.end()
            log.info("socket closed", code=link.socket.close_code)
            await link.socket.close()

    def _take(self, link: _Link, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            return
        if said.get("type") == "hello":
            link.greeted = True
            link.settled.set()
            log.info("socket open")
        elif said.get("type") == "disconnect":
            log.info("socket to be left", reason=str(said.get("reason", ""))[:40])
            link.end()
            self._spawn(link.leave(LINGER), self._tasks)
        elif isinstance(said.get("envelope_id"), str):
            self._spawn(self._answer(link, said), self._answers)

    async def _answer(self, link: _Link, envelope: dict[str, Any]) -> None:
        """Let Bolt handle an envelope and ack it; where Bolt has no 200 there is no ack, and Slack shows a failure."""
        attempt, reason = envelope.get("retry_attempt"), envelope.get("retry_reason")
        headers: dict[str, str | Sequence[str]] = {}
        if attempt:
            headers = {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": str(reason)}
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=envelope.get("payload") or {}, headers=headers)
        except (ValueError, AttributeError, TypeError):  # no payload of Slack's: Bolt expects an object
            log.warning("unreadable payload")
            return
        with self._turns.unacked():
            response = await self._app.async_dispatch(request)
        if response.status != 200:  # noqa: PLR2004 - the HTTP status that Bolt speaks in every mode
            log.warning("not acknowledged", status=response.status)
            return
        frame = json.dumps({"envelope_id": envelope["envelope_id"]} | _payload(response))
        # Where the connection has been closed since, an ack over another one is the best that there is.
        for each in (link, *(other for other in self._links if other.live)):
            try:
                await each.socket.send_str(frame)
            except (ConnectionError, RuntimeError):
                continue
            return
        log.warning("ack undeliverable")

    def _spawn(self, work: Any, tasks: set[asyncio.Task[None]]) -> None:
        task = asyncio.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def _payload(response: BoltResponse) -> dict[str, Any]:
    """What an HTTP body would have said, as the payload of an ack."""
    if not response.body:
        return {}
    kind = (response.headers.get("content-type") or [""])[0]
    return {"payload": json.loads(response.body) if kind.startswith("application/json") else {"text": response.body}}


def _refusal(error: SlackApiError) -> SlackDeliveryError:
    response: Any = error.response
    status = getattr(response, "status_code", 200)
    code = response.get("error") if hasattr(response, "get") else None
    if status == 429:  # noqa: PLR2004 - as HTTP says it
        retry_after = str(response.headers.get("Retry-After", ""))
        return SlackDeliveryError("ratelimited", retry_after=float(retry_after) if retry_after.isdigit() else 1.0)
    return SlackDeliveryError(code if isinstance(code, str) else f"http_{status}", sure=isinstance(code, str))
