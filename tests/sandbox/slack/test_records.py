"""What the workspace remembers and tells: calls, events, the page, the state on disk."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxOptions
from tests.sandbox.slack.kit import MANIFEST, Start, World, actions, button, eventually, field, home, modal, section

KEYS = {"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com", "User-Agent": "probe/1"}


async def test_calls_to_hrflow_are_recorded_with_their_wire_strings(world: World) -> None:
    query = "source_keys=%5B%22a%22%5D&limit=05&x=1&x=2"
    async with world.http.get(f"{world.sandbox.url}/hrflow/v1/profiles/scoring?{query}", headers=KEYS) as response:
        status = response.status
    [call] = (await world.ask("GET", "/workspace/calls?target=hrflow"))[1]["calls"]

    assert call["params"] == {"source_keys": '["a"]', "limit": "05", "x": ["1", "2"]}
    assert (call["method"], call["path"], call["status"]) == ("GET", "/hrflow/v1/profiles/scoring", status)
    assert (call["user_agent"], call["body"]) == ("probe/1", None)
    assert call["at"].startswith("20")
    assert isinstance(call["ms"], int)


async def test_calls_to_slack_are_recorded_with_their_arguments_and_without_the_token(world: World) -> None:
    token = world.sandbox.credentials.slack_bot_token
    base = world.sandbox.credentials.slack_api_url
    form = {"channel": "C_HIRING", "text": f"my {token}", "blocks": json.dumps([section()]), "token": token}
    async with world.http.post(base + "chat.postMessage", data=form) as response:
        assert response.status == 200
    [call] = (await world.ask("GET", "/workspace/calls?target=slack"))[1]["calls"]

    assert call["params"]["channel"] == "C_HIRING"
    assert call["params"]["blocks"] == [section()]
    assert token not in json.dumps(call)


async def test_deliveries_to_the_app_are_recorded_too(world: World) -> None:
    await world.command("/record x")
    [call] = (await world.ask("GET", "/workspace/calls?target=bot"))[1]["calls"]

    assert (call["path"], call["status"], call["body"]["command"]) == (world.app.url, 200, "/record")
    assert len((await world.ask("GET", "/workspace/calls"))[1]["calls"]) >= 1
    assert (await world.ask("GET", "/workspace/calls?target=moon"))[0] == 400


Event = tuple[int, str, dict[str, Any]]


async def events(
    world: World, until: Callable[[Event], bool], *, user: str | None = None, last_id: int | None = None
) -> list[Event]:
    """Read server-sent events up to the wanted one, that one included."""
    seen: list[Event] = []
    headers = {} if last_id is None else {"Last-Event-ID": f"{last_id}"}
    url = world.sandbox.url + "/workspace/events" + (f"?user={user}" if user else "")
    async with asyncio.timeout(5), world.http.get(url, headers=headers) as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        event: dict[str, str] = {}
        async for raw in response.content:
            name, _, value = raw.decode().rstrip("\n").partition(": ")
            if name:
                event[name] = value
            elif "id" in event:
                seen.append((int(event["id"]), event["event"], json.loads(event["data"])))
                event = {}
                if until(seen[-1]):
                    break
    return seen


def says(words: str) -> Callable[[Event], bool]:
    return lambda event: event[1] == "message_posted" and event[2]["message"]["text"] == words


async def test_every_change_that_a_page_shows_is_told_in_order(world: World) -> None:
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="one")
    await world.api("chat.update", channel="C_HIRING", ts=posted["ts"], text="two")
    await world.api("chat.delete", channel="C_HIRING", ts=posted["ts"])
    await world.open(modal())
    await world.api("views.publish", user_id="U_ANN", view=home())
    await world.ask("PATCH", "/workspace/channels/C_DATA", {"archived": True})
    kinds = ["message_posted", "message_changed", "message_deleted", "views", "home", "channel"]
    heard = await events(world, lambda event: event[1] == "channel", last_id=0)
    told = [event for event in heard if event[1] in kinds]

    assert [kind for _, kind, _ in told] == kinds
    assert [number for number, _, _ in heard] == list(range(1, len(heard) + 1))
    assert told[0][2]["message"]["text"] == "one"
    assert told[1][2]["message"]["text"] == "two"
    assert told[2][2] == {"channel": "C_HIRING", "ts": posted["ts"]}
    assert told[3][2]["stack"][0]["type"] == "modal"


async def test_a_reader_for_one_person_hears_nothing_private_of_others(world: World) -> None:
    await world.respond((await world.command())["response_url"], text="for Ann")
    await world.api("chat.postMessage", channel="C_HIRING", text="for members")
    await world.api("chat.postMessage", channel="C_DATA", text="for Eve as well")
    for user, words in (("U_BOB", ["for members", "for Eve as well"]), ("U_EVE", ["for Eve as well"])):
        heard = await events(world, says("for Eve as well"), user=user, last_id=0)
        assert [data["message"]["text"] for _, kind, data in heard if kind == "message_posted"] == words


async def test_a_reader_goes_on_after_the_last_event_it_has_seen(world: World) -> None:
    for words in ("one", "two", "three"):
        await world.api("chat.postMessage", channel="C_HIRING", text=words)
    everything = await events(world, says("three"), last_id=0)
    rest = await events(world, says("three"), last_id=everything[1][0])

    assert rest == everything[2:]
    assert (await world.ask("GET", "/workspace/events", None, **{"Last-Event-ID": "x"}))[0] == 400


async def test_a_new_reader_hears_only_what_comes(world: World) -> None:
    await world.api("chat.postMessage", channel="C_HIRING", text="before")
    async with world.http.get(world.sandbox.url + "/workspace/events?user=U_ANN") as response:
        assert (await response.content.readline()) == b":\n"
        await world.api("chat.postMessage", channel="C_HIRING", text="after")
        async with asyncio.timeout(5):
            while b"message_posted" not in (line := await response.content.readline()):
                assert b"before" not in line
            assert b"after" in await response.content.readline()


async def test_a_reader_that_was_away_too_long_is_told_to_begin_anew(world: World) -> None:
    [(_, kind, data)] = await events(world, lambda _: True, last_id=99_999_999)

    assert (kind, data) == ("reset", {})


async def test_an_open_reader_does_not_hold_up_the_stop(world: World) -> None:
    async with world.http.get(world.sandbox.url + "/workspace/events") as response:
        assert (await response.content.readline()) == b":\n"
        async with asyncio.timeout(3):
            await world.sandbox.stop()
        with pytest.raises(aiohttp.ClientError):
            await world.ask("GET", "/workspace/state")


async def test_the_page_loads_nothing_from_outside(world: World) -> None:
    async with world.http.get(world.sandbox.url) as response:
        page = await response.text()
        policy = response.headers["Content-Security-Policy"]

    assert page.startswith("<!doctype html>")
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_a_taken_port_is_an_os_error_and_leaves_nothing_behind(world: World) -> None:
    port = int(world.sandbox.url.rpartition(":")[2])
    with pytest.raises(OSError, match="address"):
        await Sandbox(SandboxOptions(manifest=MANIFEST, port=port, profiles=3, jobs=2)).start()

    assert (await world.ask("GET", "/workspace/state"))[0] == 200


async def test_with_a_folder_a_restarted_sandbox_goes_on(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    first = await start(data_dir=folder)
    posted = await first.api("chat.postMessage", channel="C_HIRING", text="one", blocks=[actions(button("old"))])
    await first.api("chat.update", channel="C_HIRING", ts=posted["ts"], text="two", blocks=[actions(button("new"))])
    await first.respond((await first.command())["response_url"], text="private")
    await first.open(modal(field(), external_id="kept"))
    await first.api("views.publish", user_id="U_BOB", view=home(section("home")))
    await first.ask("PATCH", "/workspace/channels/C_DATA", {"archived": True, "members": ["U_ANN"]})
    before = [await first.messages(), await first.views(), await first.views("U_BOB")]
    await first.sandbox.stop()
    second = await start(data_dir=folder)

    assert [await second.messages(), await second.views(), await second.views("U_BOB")] == before
    assert second.sandbox.credentials.slack_bot_token == first.sandbox.credentials.slack_bot_token
    assert (await second.press("old", posted["ts"]))["status"] == 200
    assert (await second.api("views.update", external_id="kept", view=modal()))["ok"]
    assert (await second.api("chat.postMessage", channel="C_DATA", text="x"))["error"] == "is_archived"
    assert (await second.api("chat.postMessage", channel="C_HIRING", text="x"))["ts"] > posted["ts"]


async def test_without_a_stop_the_state_is_on_disk_soon_after_a_change(start: Start, tmp_path: Path) -> None:
    world = await start(data_dir=tmp_path)
    await world.api("chat.postMessage", channel="C_HIRING", text="kept anyway")

    async def on_disk() -> bool:
        return (tmp_path / "state.json").exists()

    assert await eventually(on_disk, until=bool)
    assert "kept anyway" in (tmp_path / "state.json").read_text("utf-8")


async def test_a_state_of_another_kind_is_refused_at_start(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"version": 99}')
    sandbox = Sandbox(SandboxOptions(manifest=MANIFEST, port=0, profiles=3, jobs=2, data_dir=tmp_path))

    with pytest.raises(ValueError, match="state"):
        await sandbox.start()
