"""How the workspace delivers to an app, and what people see when the app does not answer well."""

import asyncio
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.sandbox.slack.kit import Start, World, actions, button, section


async def test_every_delivery_carries_a_signature_that_slacks_own_verifier_accepts(world: World) -> None:
    await world.command()
    form, signed = world.app.requests[-1][1], world.app.requests[-1][0]
    verifier = SignatureVerifier(world.sandbox.credentials.slack_signing_secret)

    assert verifier.is_valid_request(form, signed)
    assert not verifier.is_valid_request(form + b"&x=1", signed)


async def test_a_command_arrives_as_the_form_that_slack_sends(world: World) -> None:
    form = await world.command("/record “Data Engineer” — near:Lyon")

    assert form["command"] == "/record"
    assert form["text"] == "“Data Engineer” — near:Lyon"
    assert (form["user_id"], form["channel_id"], form["channel_name"]) == ("U_ANN", "C_HIRING", "hiring")
    assert (form["team_id"], form["api_app_id"]) == ("T_SANDBOX", "A_SANDBOX")
    assert form["trigger_id"]
    assert "/slack/response_url/" in form["response_url"]
    assert world.app.requests[-1][0]["Content-Type"] == "application/x-www-form-urlencoded"
    assert world.app.requests[-1][0]["User-Agent"].startswith("Slackbot")


@pytest.mark.parametrize(
    ("line", "text"),
    [("/record", ""), ("/record ", ""), ("/record  a  b ", " a  b "), ("/record &amp; <b>\n2", "&amp; <b>\n2")],
)
async def test_the_text_of_a_command_is_what_follows_the_first_space_unchanged(
    world: World, line: str, text: str
) -> None:
    assert (await world.command(line))["text"] == text


async def test_an_empty_ack_shows_nothing(world: World) -> None:
    reply = await world.post("commands", user="U_ANN", channel="C_HIRING", text="/record")

    assert reply["status"] == 200
    assert reply["error"] is None
    assert isinstance(reply["ack_ms"], int)
    assert await world.messages() == []


@pytest.mark.parametrize("body", ["only text", {"text": "only text"}, {"text": "only text", "blocks": []}])
async def test_a_message_in_the_ack_of_a_command_is_private(world: World, body: Any) -> None:
    world.app.body = body
    await world.command()

    [shown] = await world.messages()
    assert (shown["text"], shown["ephemeral"], shown["user"]) == ("only text", True, "U_BOT")
    assert await world.messages(user="U_BOB") == []


async def test_an_ack_for_the_channel_shows_the_typed_line_as_well(world: World) -> None:
    world.app.body = {"text": "seen by all", "response_type": "in_channel", "blocks": [section("seen by all")]}
    await world.command("/record loudly")

    typed, shown = await world.messages(user="U_BOB")
    assert (typed["user"], typed["text"], typed["ephemeral"]) == ("U_ANN", "/record loudly", False)
    assert (shown["text"], shown["ephemeral"]) == ("seen by all", False)


@pytest.mark.parametrize("status", [404, 500, 302, 201])
async def test_a_command_answered_with_anything_but_200_tells_the_person_so_privately(
    world: World, status: int
) -> None:
    world.app.status, world.app.body = status, "should not be seen"
    reply = await world.post("commands", user="U_ANN", channel="C_HIRING", text="/record x")

    assert (reply["status"], reply["error"]) == (status, "dispatch_failed")
    [shown] = await world.messages()
    assert shown["text"] == '/record failed with the error "dispatch_failed"'
    assert (shown["user"], shown["ephemeral"]) == ("USLACKBOT", True)
    assert await world.messages(user="U_BOB") == []


async def test_an_app_that_cannot_be_reached_has_failed(world: World) -> None:
    world.sandbox.deliver_to("http://127.0.0.1:1/slack/events")
    reply = await world.post("commands", user="U_ANN", channel="C_HIRING", text="/record x")

    assert (reply["status"], reply["error"]) == (0, "dispatch_failed")


async def test_what_is_late_is_shown_where_it_was_done(start: Start) -> None:
    """After 3 s a command leaves Slackbot's line, a button a mark on its message, a form an error in the view."""
    world = await start()
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="x", blocks=[actions(button())])
    view = await world.open({"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [],
                             "submit": {"type": "plain_text", "text": "Send"}})  # fmt: skip
    world.app.hold = asyncio.Event()
    command, press, submit = await asyncio.gather(
        world.post("commands", user="U_BOB", channel="C_DATA", text="/record x"),
        world.press("go", posted["ts"]),
        world.post("views/submit", user="U_ANN", view_id=view["id"]),
    )
    world.app.hold.set()

    for reply in (command, press, submit):
        assert (reply["status"], reply["error"]) == (0, "operation_timeout")
        assert reply["ack_ms"] >= 2_900
    [line] = await world.messages("C_DATA", "U_BOB")
    assert line["text"] == '/record failed with the error "operation_timeout"'
    [message] = await world.messages()
    assert message["warning"] == "operation_timeout"
    assert "warning" not in (await world.messages(user="U_BOB"))[0]
    assert (await world.views())["stack"][0]["warning"] == "operation_timeout"

    await world.press("go", posted["ts"])
    assert "warning" not in (await world.messages())[0]


async def test_only_what_a_person_can_type_is_delivered(world: World) -> None:
    refusals = [
        await world.refused("commands", user="U_ANN", channel="C_HIRING", text="/unknown x"),
        await world.refused("commands", user="U_ANN", channel="C_HIRING", text="record"),
        await world.refused("commands", user="U_NOBODY", channel="C_HIRING", text="/record"),
        await world.refused("commands", user="U_EVE", channel="C_HIRING", text="/record"),
        await world.refused("commands", user="U_ANN", channel="C_NOWHERE", text="/record"),
        await world.refused("commands", user="U_ANN", channel="D_BOB", text="/record"),
        await world.refused("commands", user="U_ANN", channel="C_HIRING"),
        await world.refused("commands", user=["U_ANN"], channel={"id": 1}, text=7),
    ]

    assert {status for status, _ in refusals} == {400, 404}
    assert all(reason for _, reason in refusals)
    assert world.app.requests == []


async def test_a_command_works_where_the_bot_is_not(world: World) -> None:
    form = await world.command(channel="C_PRIVATE")

    assert form["channel_name"] == "privategroup"
    assert (await world.respond(form["response_url"], text="here"))[0] == 200
    assert [shown["text"] for shown in await world.messages("C_PRIVATE")] == ["here"]
    assert (await world.command(channel="D_ANN"))["channel_name"] == "directmessage"


async def test_a_body_that_is_no_json_object_is_a_clear_400(world: World) -> None:
    for raw in ("[1]", "{", "null", '"x"'):
        async with world.http.post(world.sandbox.url + "/workspace/commands", data=raw) as response:
            assert response.status == 400
            assert (await response.json())["error"]


async def test_another_sites_page_may_not_drive_the_workspace(world: World) -> None:
    status, reply = await world.ask("POST", "/workspace/clock", {"advance_s": 1}, Origin="http://evil.example")

    assert (status, bool(reply["error"])) == (403, True)
    assert (await world.ask("POST", "/workspace/clock", {"advance_s": 1}, Origin=world.sandbox.url))[0] == 200
