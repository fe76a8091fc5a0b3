"""The WebSockets of Socket Mode: tickets, greetings, heartbeats and the reasons to close (slack-platform §6.4)."""

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.team import APP_ID

PATH = "/slack/socket/"
CONNECTIONS = 10
TICKET_SECONDS = 30.0
PING_SECONDS = 5.0
# A connection from which nothing was heard for so long, not even an answer to a ping, is closed.
SILENCE_SECONDS = 30.0
# What `hello` announces; the sandbox closes a connection only when it is asked to.
CONNECTION_SECONDS = 3_600
# Slack warns about ten seconds before it closes; an app that was asked to refresh gets as long to finish.
NOTICE_SECONDS = 10.0
CLOSE_SECONDS = 1.0
DISCONNECT_REASONS = ("warning", "refresh_requested", "link_disabled")
TOO_MANY = "too_many_websockets"
HOST = "sandbox"


@dataclass(slots=True, eq=False)
class Connection:
    """One open WebSocket; `leaving` is why it will be closed, `muted` one out of which nothing comes any more."""

    id: str
    socket: web.WebSocketResponse
    abort: Callable[[], None]
    since: str
    heard: float
    greeted: bool = False
    delivered: int = 0
    leaving: str | None = None
    muted: bool = False

    def seen(self) -> dict[str, Any]:
        """Return what `GET /workspace/sockets` shows."""
        return {
            "id": self.id,
            "since": self.since,
            "delivered": self.delivered,
            "leaving": self.leaving,
            "muted": self.muted,
        }

    async def send(self, frame: dict[str, Any]) -> None:
        """Send one text frame; to a muted connection it is lost. Raises ConnectionError when it is closed."""
        if not self.muted:
            await self.socket.send_str(json.dumps(frame, ensure_ascii=False))


@dataclass(slots=True)
class Sockets:
    """All connections of the app; `on_text` gets every text frame, `base_url` is the sandbox's own HTTP address.

    While `enabled` is false, Socket Mode is off for the app, as if somebody had switched it off in its settings.
    """

    clock: Clock
    on_text: Callable[[str], None]
    base_url: str = ""
    enabled: bool = True
    _tickets: dict[str, float] = field(default_factory=dict)
    _connections: list[Connection] = field(default_factory=list)
    _turn: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def address(self) -> str:
        """Return a new address that one client may connect to once, within 30 s."""
        now = self.clock.now()
        self._tickets = {ticket: until for ticket, until in self._tickets.items() if until > now}
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = now + TICKET_SECONDS
        return f"ws{self.base_url.removeprefix('http')}{PATH}?ticket={ticket}&app_id={APP_ID}"

    def next(self) -> Connection | None:
        """Return the connection whose turn it is: one that stays, if there is any, else one that is about to go."""
        greeted = [connection for connection in self._connections if connection.greeted]
        candidates = [connection for connection in greeted if connection.leaving is None] or greeted
        if not candidates:
            return None
        self._turn += 1
        return candidates[self._turn % len(candidates)]

    def seen(self) -> list[dict[str, Any]]:
        """Return all greeted connections, oldest first."""
        return [connection.seen() for connection in self._connections if connection.greeted]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /slack/socket/?ticket=…`: greet and read until the connection ends; 403 without a live ticket."""
        socket = web.WebSocketResponse(autoping=False, timeout=CLOSE_SECONDS)
        if not socket.can_prepare(request).ok:
            raise web.HTTPBadRequest(text="This address is for WebSockets")
        if self._tickets.pop(request.query.get("ticket", ""), 0.0) <= self.clock.now():
            raise web.HTTPForbidden(text="The ticket is unknown, used or too old")
        await socket.prepare(request)
        transport = request.transport
        connection = Connection(
            id=secrets.token_hex(4),
            socket=socket,
            abort=transport.abort if transport is not None else lambda: None,
            since=datetime.now(UTC).isoformat(timespec="milliseconds"),
            heard=time.monotonic(),
        )
        if not self.enabled or len(self._connections) >= CONNECTIONS:
            await connection.send(_disconnect(TOO_MANY if self.enabled else "link_disabled"))
            await socket.close()
            return socket
        self._connections.append(connection)
        beat = self._spawn(self._beat(connection))
        try:
            await connection.send(_hello(len(self._connections)))
            connection.greeted = True
            await self._read(connection)
        except ConnectionError:
            return socket
        finally:
            beat.cancel()
            self._connections.remove(connection)
        return socket

    async def disconnect(self, reason: str, seconds: float) -> None:
        """Tell all connections to go, and close them after `seconds`.

        After a `warning` they are told once more, `refresh_requested`, at that moment. `link_disabled` switches Socket
        Mode off: no new connections until `enabled` is set again.
        """
        if reason == "link_disabled":
            self.enabled = False
        for connection in [each for each in self._connections if each.leaving != reason]:
            connection.leaving = reason
            await self._tell(connection, reason)
            self._spawn(self._close_after(connection, reason, seconds))

    def drop(self) -> None:
        """Lose all connections without a word, as a broken network does."""
        for connection in self._connections:
            connection.abort()

    def mute(self) -> None:
        """Send nothing any more over the connections that are open now, answers to pings included."""
        for connection in self._connections:
            connection.muted = True

    async def close(self) -> None:
        """Close all connections."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *(each.socket.close() for each in self._connections), return_exceptions=True)

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            connection.heard = time.monotonic()
            if message.type is WSMsgType.TEXT:
                self.on_text(message.data)
            elif message.type is WSMsgType.PING and not connection.muted:
                await connection.socket.pong(message.data)

    async def _beat(self, connection: Connection) -> None:
        while time.monotonic() - connection.heard < SILENCE_SECONDS:
            await asyncio.sleep(PING_SECONDS)
            try:
                if not connection.muted:
                    await connection.socket.ping(f"Ping from {HOST}".encode())
            except ConnectionError:
                return
        connection.abort()

    async def _tell(self, connection: Connection, reason: str) -> None:
        try:
            await connection.send(_disconnect(reason))
        except ConnectionError:
            return

    async def _close_after(self, connection: Connection, reason: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        connection.greeted = False
        if reason == "warning":
            await self._tell(connection, "refresh_requested")
        await connection.socket.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _hello(connections: int) -> dict[str, Any]:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": APP_ID},
        "debug_info": {
            "host": HOST,
            "started": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3],
            "build_number": 1,
            "approximate_connection_time": CONNECTION_SECONDS,
        },
    }


def _disconnect(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
