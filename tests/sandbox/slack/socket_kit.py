"""What the tests of Socket Mode share: a bare WebSocket client, and acks by hand."""

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.sandbox.slack.kit import World, eventually

LINE = {"user": "U_ANN", "channel": "C_HIRING", "text": "/record it"}


@dataclass
class Client:
    """A bare WebSocket client."""

    world: World
    stack: AsyncExitStack

    async def connect(self, **options: Any) -> ClientWebSocketResponse:
        """Connect and take the hello."""
        socket: ClientWebSocketResponse = await self.stack.enter_async_context(
            self.world.http.ws_connect(await address(self.world), **options)
        )
        assert (await heard(socket))["type"] == "hello"
        return socket


async def opened(world: World, token: str | None = None) -> dict[str, Any]:
    return await world.api("apps.connections.open", token=token or world.sandbox.credentials.slack_app_token)


async def address(world: World) -> str:
    reply = await opened(world)
    assert reply["ok"], reply
    return str(reply["url"])


async def heard(socket: ClientWebSocketResponse) -> dict[str, Any]:
    """Take the next text frame."""
    async with asyncio.timeout(5):
        while (message := await socket.receive()).type is not WSMsgType.TEXT:
            assert message.type in {WSMsgType.PING, WSMsgType.PONG}, message
    return dict(json.loads(message.data))


async def answered(
    socket: ClientWebSocketResponse, path: str, body: dict[str, Any], world: World, payload: Any = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Do something as a person and ack it; return the envelope and the reply of the `/workspace` call."""
    deed = asyncio.create_task(world.post(path, **body))
    envelope = await heard(socket)
    await socket.send_json({"envelope_id": envelope["envelope_id"]} | ({} if payload is None else {"payload": payload}))
    return envelope, await deed


async def connections(world: World) -> list[dict[str, Any]]:
    return list((await world.ask("GET", "/workspace/sockets"))[1]["connections"])


async def until_open(world: World, count: int) -> None:
    await eventually(lambda: connections(world), until=lambda seen: len(seen) == count)
