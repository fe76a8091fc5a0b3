"""The clients of Slack's own SDK come back after Slack has renewed or lost their connection."""

from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.async_app import AsyncApp

from tests.sandbox.foreign.kit import InstallAsync, InstallSync, manifest
from tests.sandbox.slack.kit import World, eventually

MANIFEST = manifest("Echo", commands=("/echo",))
pytestmark = pytest.mark.parametrize("mode", ["socket"], indirect=True)


def build_async(app: AsyncApp) -> None:
    @app.command("/echo")
    async def echo(ack: Any, command: dict[str, Any]) -> None:
        await ack(command["text"])


def build(app: App) -> None:
    @app.command("/echo")
    def echo(ack: Any, command: dict[str, Any]) -> None:
        ack(command["text"])


async def connections(world: World) -> list[str]:
    return [connection["id"] for connection in (await world.ask("GET", "/workspace/sockets"))[1]["connections"]]


async def renewed(world: World) -> None:
    """Ask the app to refresh, wait until the old connection is closed, and talk to it again.

    The threaded client listens to the new connection only once the old one has fallen silent or is closed.
    """
    before = await eventually(lambda: connections(world), until=lambda ids: len(ids) == 1)
    await world.post("sockets", disconnect="refresh_requested", after_ms=300)
    await eventually(lambda: connections(world), until=lambda ids: bool(ids) and before[0] not in ids, seconds=15)
    reply = await world.post("commands", user="U_ANN", channel="C_HIRING", text="/echo again")

    assert (reply["status"], reply["error"]) == (200, None)
    assert [message["text"] for message in await world.messages()] == ["again"]


async def test_the_asynchronous_client_comes_back(install: InstallAsync) -> None:
    await renewed(await install(MANIFEST, build_async))


async def test_the_threaded_client_comes_back(install_sync: InstallSync) -> None:
    await renewed(await install_sync(MANIFEST, build))
