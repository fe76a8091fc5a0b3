"""Home tabs, type-ahead and shortcuts."""

from typing import Any

import pytest

from tests.sandbox.slack.kit import World, actions, button, home, modal, option, section, text


async def test_home_is_what_was_published_last(world: World) -> None:
    assert (await world.views())["home"] is None
    first = await world.api("views.publish", user_id="U_ANN", view=home(section("one")))
    stale = await world.api("views.publish", user_id="U_ANN", hash="0.old", view=home(section("two")))
    await world.api("views.publish", user_id="U_ANN", hash=first["view"]["hash"], view=home(section("three")))

    assert stale["error"] == "hash_conflict"
    shown = (await world.views())["home"]
    assert shown["blocks"][0]["text"]["text"] == "three"
    assert (await world.views("U_BOB"))["home"] is None
    assert (await world.api("views.publish", user_id="U_NOBODY", view=home()))["error"] == "user_not_found"


async def test_opening_home_tells_a_subscribed_app(world: World) -> None:
    reply = await world.post("home", user="U_BOB")

    assert reply["status"] == 200
    sent = world.app.last
    assert (sent["type"], sent["event"]["type"]) == ("event_callback", "app_home_opened")
    assert (sent["event"]["user"], sent["event"]["tab"], sent["event"]["channel"]) == ("U_BOB", "home", "D_BOB")
    assert sent["event_id"].startswith("Ev")
    assert world.app.requests[-1][0]["Content-Type"] == "application/json"


async def test_a_failed_event_is_sent_again_at_once_with_its_number_and_reason(world: World) -> None:
    world.app.status = 500
    reply = await world.post("home", user="U_BOB")
    assert (reply["status"], reply["error"]) == (500, "dispatch_failed")
    calls: list[dict[str, Any]] = []
    while len(calls) < 2:
        calls = (await world.ask("GET", "/workspace/calls?target=bot"))[1]["calls"]

    first, second = (request[0] for request in world.app.requests[:2])
    assert "X-Slack-Retry-Num" not in first
    assert (second["X-Slack-Retry-Num"], second["X-Slack-Retry-Reason"]) == ("1", "http_error")
    assert calls[0]["body"]["event_id"] == calls[1]["body"]["event_id"]


EXTERNAL = {"type": "external_select", "action_id": "find", "min_query_length": 1}


async def ask_options(world: World, view_id: str, value: str, **more: Any) -> dict[str, Any]:
    return await world.post("options", user="U_ANN", view_id=view_id, action_id="find", value=value, **more)


async def test_type_ahead_asks_the_app_and_shows_its_options(world: World) -> None:
    view = await world.open(modal(actions(EXTERNAL, block_id="row")))
    world.app.body = {"options": [option("1", "One")]}
    reply = await ask_options(world, view["id"], "on", block_id="row")

    assert (reply["status"], reply["options"]) == (200, [option("1", "One")])
    sent = world.app.last
    assert (sent["type"], sent["action_id"], sent["block_id"], sent["value"]) == (
        "block_suggestion", "find", "row", "on",
    )  # fmt: skip
    assert sent["view"]["id"] == view["id"]
    assert not {"trigger_id", "response_url"} & sent.keys()


async def test_type_ahead_groups_are_given_flat_as_well(world: World) -> None:
    view = await world.open(modal(actions(EXTERNAL)))
    group = {"label": text("G"), "options": [option("1"), option("2")]}
    world.app.body = {"option_groups": [group]}

    reply = await ask_options(world, view["id"], "x")
    assert (reply["options"], reply["option_groups"]) == ([option("1"), option("2")], [group])


@pytest.mark.parametrize(
    "answer",
    ["", {"options": [option("v" * 151)]}, {"options": [option(f"{n}") for n in range(101)]}, {"choices": []}],
)
async def test_type_ahead_answers_outside_the_limits_show_nothing(world: World, answer: Any) -> None:
    view = await world.open(modal(actions(EXTERNAL)))
    world.app.body = answer
    reply = await ask_options(world, view["id"], "x")

    assert (reply["options"], bool(reply["error"])) == ([], True)


async def test_type_ahead_waits_for_enough_letters_and_needs_a_select_of_its_kind(world: World) -> None:
    posted = await world.api(
        "chat.postMessage", channel="C_HIRING", text="x",
        blocks=[actions({"type": "external_select", "action_id": "find"}, button("go"))],
    )  # fmt: skip
    where = {"user": "U_ANN", "channel": "C_HIRING", "ts": posted["ts"]}
    world.app.body = {"options": []}

    assert (await world.post("options", action_id="find", value="ab", **where))["delivered"] is False
    assert (await world.post("options", action_id="find", value="abc", **where))["options"] == []
    assert world.app.last["container"]["message_ts"] == posted["ts"]
    assert (await world.refused("options", action_id="go", value="abc", **where))[0] == 400


async def test_shortcuts_carry_their_callback_and_their_message(world: World) -> None:
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="about this")
    await world.post("shortcuts", user="U_ANN", callback_id="new")
    assert (world.app.last["type"], world.app.last["callback_id"]) == ("shortcut", "new")
    assert "response_url" not in world.app.last
    assert (await world.api("views.open", trigger_id=world.app.last["trigger_id"], view=modal()))["ok"]

    await world.post("shortcuts", user="U_ANN", callback_id="note", channel="C_HIRING", ts=posted["ts"])
    assert (world.app.last["type"], world.app.last["message"]["text"]) == ("message_action", "about this")
    assert await world.respond(world.app.last["response_url"], text="noted") == (200, "ok")
    for wrong in ({"callback_id": "nope"}, {"callback_id": "note", "channel": "C_HIRING", "ts": "1.0"}):
        assert (await world.refused("shortcuts", user="U_ANN", **wrong))[0] == 404
