"""Socket Mode as an app without any SDK sees it: addresses, hello, envelopes and acks."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import WSMsgType

from tests.sandbox.slack.kit import Start, World, actions, button, field, modal, option, section, text
from tests.sandbox.slack.socket_kit import LINE, Client, address, answered, heard, opened, until_open


@pytest.fixture
async def world(start: Start) -> World:
    return await start(mode="socket")


async def test_an_address_is_on_the_same_port_and_greets_with_the_apps_id(world: World) -> None:
    url = await address(world)
    assert url.startswith(world.sandbox.url.replace("http://", "ws://") + "/slack/socket/?ticket=")
    assert url.endswith("&app_id=A_SANDBOX")
    async with world.http.ws_connect(url) as socket:
        hello = await heard(socket)

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": "A_SANDBOX"}
    assert hello["debug_info"]["approximate_connection_time"] > 0


async def test_only_the_app_level_token_in_the_header_of_a_post_opens(world: World) -> None:
    url = world.sandbox.credentials.slack_api_url + "apps.connections.open"
    token = world.sandbox.credentials.slack_app_token
    assert (await opened(world, "xapp-wrong"))["error"] == "invalid_auth"
    assert (await opened(world, world.sandbox.credentials.slack_bot_token))["error"] == "not_allowed_token_type"
    async with world.http.post(url, data={"token": token}) as reply:
        assert (await reply.json())["error"] == "not_authed"
    async with world.http.get(url, headers={"Authorization": f"Bearer {token}"}) as reply:
        assert (await reply.json())["error"] == "insecure_request"


async def test_over_http_no_socket_opens(start: Start) -> None:
    world = await start()

    assert (await opened(world))["error"] == "socket_mode_not_enabled"
    assert (await world.ask("GET", "/workspace/sockets"))[1]["mode"] == "http"
    assert (await world.refused("sockets", drop=True))[0] == 400


async def test_a_ticket_works_once_and_not_for_long(world: World, client: Client) -> None:
    used = await address(world)
    await client.stack.enter_async_context(world.http.ws_connect(used))
    old = await address(world)
    await world.post("clock", advance_s=31)
    for url in (used, old, old.partition("?")[0]):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await world.http.ws_connect(url)
        assert refusal.value.status == 403
    async with world.http.get(await _plain(world)) as reply:
        assert reply.status == 400


async def _plain(world: World) -> str:
    return (await address(world)).replace("ws://", "http://")


async def test_a_command_comes_as_an_envelope_and_its_ack_is_a_200(world: World, client: Client) -> None:
    envelope, reply = await answered(await client.connect(), "commands", LINE, world)

    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    payload = envelope["payload"]
    assert (payload["command"], payload["text"], payload["user_id"]) == ("/record", "it", "U_ANN")
    assert payload["trigger_id"]
    assert (reply["status"], reply["error"]) == (200, None)
    assert await world.messages() == []
    [call] = (await world.ask("GET", "/workspace/calls?target=bot"))[1]["calls"]
    assert (call["method"], call["path"], call["status"], call["body"]) == ("SOCKET", "slash_commands", 200, payload)


@pytest.mark.parametrize(
    ("payload", "shown", "ephemeral"),
    [
        ("only text", ["only text"], [True]),
        ({"text": "for one"}, ["for one"], [True]),
        ({"text": "for all", "response_type": "in_channel"}, ["/record it", "for all"], [False, False]),
        ({}, [], []),
    ],
)
async def test_the_payload_of_a_commands_ack_is_shown_as_a_body_would_be(
    world: World, client: Client, payload: Any, shown: list[str], ephemeral: list[bool]
) -> None:
    await answered(await client.connect(), "commands", LINE, world, payload)

    messages = await world.messages()
    assert [message["text"] for message in messages] == shown
    assert [message["ephemeral"] for message in messages] == ephemeral


async def test_presses_forms_and_type_ahead_come_as_interactive_envelopes(world: World, client: Client) -> None:
    socket = await client.connect()
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="x", blocks=[actions(button())])
    press = {"user": "U_ANN", "channel": "C_HIRING", "ts": posted["ts"], "action_id": "go"}
    envelope, reply = await answered(socket, "actions", press, world)
    assert (envelope["type"], envelope["payload"]["type"]) == ("interactive", "block_actions")
    assert reply["status"] == 200

    place = {"type": "external_select", "action_id": "place", "min_query_length": 0}
    form = modal(field(), {"type": "input", "block_id": "p", "label": text("Where"), "optional": True,
                           "element": place})  # fmt: skip
    opened = (await world.api("views.open", trigger_id=envelope["payload"]["trigger_id"], view=form))["view"]
    asked = {"user": "U_ANN", "view_id": opened["id"], "action_id": "place", "value": ""}
    envelope, reply = await answered(socket, "options", asked, world, {"options": [option("here")]})
    assert envelope["payload"]["type"] == "block_suggestion"
    assert reply["options"] == [option("here")]

    submit = {"user": "U_ANN", "view_id": opened["id"], "values": {"b": {"a": {"value": "words"}}}}
    errors = {"response_action": "errors", "errors": {"b": "Other words"}}
    envelope, reply = await answered(socket, "views/submit", submit, world, errors)
    assert envelope["payload"]["type"] == "view_submission"
    assert (reply["response_action"], reply["errors"]) == ("errors", {"b": "Other words"})
    _, reply = await answered(socket, "views/submit", submit, world)
    assert reply["status"] == 200
    assert (await world.views())["stack"] == []


async def test_a_late_or_missing_ack_is_a_timeout_and_a_late_one_changes_nothing(world: World, client: Client) -> None:
    socket = await client.connect()
    deed = asyncio.create_task(world.post("commands", **LINE))
    envelope = await heard(socket)
    reply = await deed
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "too late"}})
    await answered(socket, "commands", LINE, world)

    assert (reply["status"], reply["error"]) == (0, "operation_timeout")
    assert reply["ack_ms"] >= 2_900
    [shown] = await world.messages()
    assert shown["text"] == '/record failed with the error "operation_timeout"'


async def test_without_a_connection_a_command_fails_at_once(world: World, client: Client) -> None:
    assert (await world.post("commands", **LINE))["error"] == "dispatch_failed"
    await (await client.connect()).close()
    await until_open(world, 0)
    reply = await world.post("commands", **LINE)

    assert (reply["status"], reply["error"]) == (0, "dispatch_failed")
    assert [m["text"] for m in await world.messages()] == ['/record failed with the error "dispatch_failed"'] * 2


async def test_frames_without_meaning_are_ignored(world: World, client: Client) -> None:
    socket = await client.connect()
    for frame in ("", "{", "[1]", "null", '"x"', "{}", '{"envelope_id": 7}', '{"envelope_id": "unknown"}'):
        await socket.send_str(frame)
    await socket.send_bytes(b"\xff\x00")

    assert (await answered(socket, "commands", LINE, world))[1]["status"] == 200


async def test_pings_are_answered(client: Client) -> None:
    socket = await client.connect(autoping=False)
    await socket.ping(b"are you there")
    async with asyncio.timeout(5):
        while (message := await socket.receive()).type is not WSMsgType.PONG:
            assert message.type is WSMsgType.PING

    assert message.data == b"are you there"


async def test_a_message_in_the_ack_that_slack_refuses_is_a_failed_command(world: World, client: Client) -> None:
    payload = {"blocks": [section("x" * 3_001)]}
    _, reply = await answered(await client.connect(), "commands", LINE, world, payload)

    assert (reply["status"], reply["error"]) == (200, "invalid_blocks")


async def test_an_event_that_was_not_acked_is_sent_again_with_its_attempt(world: World, client: Client) -> None:
    socket = await client.connect()
    deed = asyncio.create_task(world.post("home", user="U_ANN"))
    first = await heard(socket)
    assert (await deed)["error"] == "operation_timeout"
    again = await heard(socket)
    await socket.send_json({"envelope_id": again["envelope_id"]})

    assert (first["type"], first["accepts_response_payload"]) == ("events_api", False)
    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert again["payload"]["event_id"] == first["payload"]["event_id"]
    assert first["payload"]["event"]["type"] == "app_home_opened"
