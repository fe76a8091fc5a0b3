"""In Socket Mode every conversation goes as over HTTP, and what happens to connections loses nothing that is typed."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import manifest
from bot.errors import ConfigError
from bot.sandbox import Sandbox, SandboxOptions
from bot.slack.socket import SocketConnection
from tests.e2e.test_lists import *  # noqa: F403 - every conversation once more, over the sandbox of this module
from tests.e2e.test_stages import *  # noqa: F403 - the same
from tests.helpers import warm
from tests.helpers.workspace import Workspace, bot, sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with sandbox(["--mode", "socket"], tmp_path_factory.mktemp("socket") / "log.jsonl") as workspace:
        yield workspace


def test_the_bot_is_greeted_before_the_sandbox_says_ready(tmp_path: Path) -> None:
    """What is typed first is answered."""
    with sandbox(["--mode", "socket"], tmp_path / "log.jsonl") as fresh:
        assert fresh.type("/shortlist help")["status"] == 200
        assert len(fresh.sockets()) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_nothing_typed_while_slack_renews_the_connection_is_lost(workspace: Workspace, reason: str) -> None:
    workspace.advance(600)
    [before] = workspace.sockets()
    # A handshake as slow as one over a real network leaves room for whoever closes before opening.
    workspace.fault("slack", "GET /slack/socket/", delay_ms=150)
    workspace.sockets(disconnect=reason, after_ms=600)
    outcomes = []

    def renewed() -> bool:
        outcomes.append(workspace.type("/shortlist help"))
        return [each["id"] for each in workspace.sockets() if each["leaving"] is None] not in ([], [before["id"]])

    workspace.until(renewed)
    with ThreadPoolExecutor(4) as pool:
        outcomes += pool.map(lambda _: workspace.type("/shortlist help"), range(8))
    workspace.until(lambda: before["id"] not in [each["id"] for each in workspace.sockets()])

    assert {outcome["status"] for outcome in outcomes} == {200}


def test_a_broken_connection_is_replaced_by_itself(workspace: Workspace) -> None:
    workspace.advance(600)
    [before] = workspace.sockets()
    workspace.sockets(drop=True)

    workspace.until(lambda: (now := workspace.sockets()) and now[0]["id"] != before["id"])
    assert workspace.ask("/shortlist help")["ephemeral"]


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, dict[str, str]]]:
    """A sandbox without a bot, and the settings that it has written for one."""
    folder = tmp_path_factory.mktemp("apart")
    arguments = ["--mode", "socket", "--no-bot", "--write-env", str(folder / "bot.env")]
    with sandbox(arguments, folder / "log.jsonl") as workspace:
        lines = (folder / "bot.env").read_text("utf-8").splitlines()
        yield workspace, dict(line.split("=", 1) for line in lines)


def test_a_bot_of_its_own_process_needs_only_the_written_settings(
    apart: tuple[Workspace, dict[str, str]], tmp_path: Path
) -> None:
    """In Socket Mode they hold the app-level token and no signing secret; no address is given anywhere."""
    workspace, settings = apart
    assert "SLACK_SIGNING_SECRET" not in settings
    assert workspace.type("/shortlist help")["error"] == "dispatch_failed"
    with bot(settings, tmp_path / "log.jsonl") as process:
        workspace.until(workspace.sockets)
        after = workspace.last_ts()
        assert workspace.type("/shortlist help")["status"] == 200
        workspace.until(lambda: workspace.messages(after=after))
        process.send_signal(signal.SIGTERM)

        assert process.wait(60) == 0
    assert workspace.sockets() == []


def test_readiness_follows_the_connection(apart: tuple[Workspace, dict[str, str]], tmp_path: Path) -> None:
    workspace, settings = apart
    workspace.advance(600)
    with bot(settings, tmp_path / "log.jsonl") as process:
        said = workspace.until(lambda: re.search(r'"port":\s*(\d+)', (tmp_path / "log.jsonl").read_text("utf-8")))
        readyz = f"http://127.0.0.1:{said[1]}/readyz"

        def answers(status: int) -> None:
            workspace.until(lambda: httpx.get(readyz, trust_env=False).status_code == status)

        answers(200)
        workspace.sockets(disconnect="link_disabled")
        answers(503)
        workspace.sockets(enabled=True)
        answers(200)
        process.send_signal(signal.SIGTERM)

        assert process.wait(60) == 0


def test_a_refused_app_token_is_one_sentence_and_exit_code_2(
    apart: tuple[Workspace, dict[str, str]], tmp_path: Path
) -> None:
    with bot({**apart[1], "SLACK_APP_TOKEN": "xapp-wrong"}, tmp_path / "log.jsonl") as process:
        assert process.wait(60) == 2

    said = (tmp_path / "log.jsonl").read_text("utf-8")
    assert "Slack refuses SLACK_APP_TOKEN (invalid_auth)" in said
    assert "xapp-wrong" not in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--mode", "pigeon"], "--mode is http or socket."),
        (["--mode", "socket", "--no-bot", "--bot-url", "http://127.0.0.1:1/"], "--bot-url goes with --mode http"),
    ],
)
def test_an_option_that_makes_no_sense_is_one_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    ended = warm.run(["sandbox", "--port", "0", *arguments], cwd=tmp_path, env={"COLUMNS": "200"})

    assert ended.returncode == 2
    assert sentence in ended.stderr


class Line:
    """One connection in this process, with a command that answers when it is let."""

    def __init__(self, there: Sandbox, http: aiohttp.ClientSession, **how: Any) -> None:
        self._there = there
        self._http = http
        credentials = there.credentials
        app = AsyncApp(
            client=AsyncWebClient(token=credentials.slack_bot_token, base_url=credentials.slack_api_url),
            signing_secret="unused in this mode",
        )
        app.command("/shortlist")(self._answer)
        self.reached = asyncio.Event()
        self.let = asyncio.Event()
        self.let.set()
        self.connection = SocketConnection(
            app, app_token=credentials.slack_app_token, api_url=credentials.slack_api_url, **how
        )

    async def _answer(self, ack: Any) -> None:
        self.reached.set()
        await self.let.wait()
        await ack()

    async def do(self, path: str, **body: Any) -> dict[str, Any]:
        async with self._http.post(f"{self._there.url}/workspace/{path}", json=body) as reply:
            assert reply.status == 200, await reply.text()
            return dict(await reply.json())

    async def open_connections(self) -> list[dict[str, Any]]:
        async with self._http.get(f"{self._there.url}/workspace/sockets") as reply:
            return list((await reply.json())["connections"])

    async def type(self) -> dict[str, Any]:
        return await self.do("commands", user="U_ANN", channel="C_HIRING", text="/shortlist help")

    async def until(self, look: Callable[[], bool]) -> None:
        end = time.monotonic() + 10
        while not look():
            assert time.monotonic() < end, "it never came to be"
            await asyncio.sleep(0.01)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A connection that notices silence and gives up hope sooner than in earnest."""
    there = Sandbox(SandboxOptions(manifest=manifest.read(), port=0, profiles=3, jobs=2, mode="socket"))
    await there.start()
    async with aiohttp.ClientSession() as http:
        line = Line(there, http, heartbeat=0.4, patience=0.8)
        await line.connection.start()
        yield line
        await line.connection.stop()
    await there.stop()


async def test_a_connection_that_has_gone_silent_is_replaced(line: Line) -> None:
    """It stays open, and nothing comes out of it any more, not even an answer to a ping."""
    [silent] = (await line.do("sockets", mute=True))["connections"]
    end = time.monotonic() + 10
    while silent["id"] in [each["id"] for each in await line.open_connections()] or not line.connection.live:
        assert time.monotonic() < end, "it never was"

    assert (await line.type())["status"] == 200


async def test_while_nothing_can_be_opened_it_is_not_live_and_too_long_is_lost(line: Line) -> None:
    lost = asyncio.create_task(line.connection.lost())
    await line.do("sockets", disconnect="link_disabled")
    await line.until(lambda: not line.connection.live)
    assert not lost.done()
    await asyncio.wait_for(lost, 10)

    await line.do("sockets", enabled=True)
    await line.until(lambda: line.connection.live)
    assert (await line.type())["status"] == 200


async def test_what_is_under_way_is_answered_before_the_line_is_closed(line: Line) -> None:
    line.let.clear()
    typed = asyncio.create_task(line.type())
    await line.reached.wait()
    stopping = asyncio.create_task(line.connection.stop())
    await asyncio.sleep(0)
    line.let.set()
    await stopping

    assert (await typed)["status"] == 200
    assert (await line.type())["error"] == "dispatch_failed"


async def test_a_slack_that_refuses_is_a_clear_error_at_start(line: Line) -> None:
    await line.do("sockets", disconnect="link_disabled")
    another = Line(line._there, line._http)

    with pytest.raises(ConfigError, match="socket_mode_not_enabled"):
        await another.connection.start()


async def test_a_failure_of_slack_at_start_is_waited_for(line: Line) -> None:
    await line.do("faults", target="slack", match="apps.connections.open", status=500, times=1)
    await line.do("faults", target="slack", match="/slack/socket/", status=0, times=1)
    another = Line(line._there, line._http)
    await another.connection.start()

    assert another.connection.live
    await another.connection.stop()
