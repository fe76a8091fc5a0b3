"""Pressing and choosing what is on messages."""

from typing import Any

import pytest

from tests.sandbox.slack.kit import World, actions, button, home, option, section, text

SELECT = {
    "type": "static_select",
    "action_id": "pick",
    "placeholder": text("Pick"),
    "options": [option("a", "Apple"), option("b", "Bread")],
}


async def post(world: World, *blocks: dict[str, Any], **more: Any) -> str:
    reply = await world.api("chat.postMessage", channel="C_HIRING", text="words", blocks=list(blocks), **more)
    assert reply["ok"], reply
    return str(reply["ts"])


async def test_a_press_on_a_posted_message_carries_the_message_and_where_it_stands(world: World) -> None:
    ts = await post(world, actions(button("go", "42", style="primary"), block_id="row"))
    reply = await world.press("go", ts)

    sent = world.app.last
    assert (reply["status"], reply["error"]) == (200, None)
    assert sent["type"] == "block_actions"
    assert sent["user"] == {"id": "U_ANN", "username": "ann", "name": "ann", "team_id": "T_SANDBOX"}
    assert (sent["team"]["id"], sent["api_app_id"]) == ("T_SANDBOX", "A_SANDBOX")
    assert sent["channel"] == {"id": "C_HIRING", "name": "hiring"}
    assert (sent["message"]["ts"], sent["message"]["text"]) == (ts, "words")
    assert sent["container"] == {
        "type": "message", "message_ts": ts, "channel_id": "C_HIRING", "is_ephemeral": False,
    }  # fmt: skip
    assert sent["trigger_id"]
    assert sent["response_url"].startswith(world.sandbox.url)
    [action] = sent["actions"]
    stamp = action.pop("action_ts")
    assert float(stamp) > float(ts)
    assert action == {
        "type": "button", "action_id": "go", "block_id": "row", "value": "42", "text": text("Go"), "style": "primary",
    }  # fmt: skip


async def test_a_press_on_a_private_message_names_it_but_does_not_enclose_it(world: World) -> None:
    await world.respond((await world.command())["response_url"], blocks=[actions(button())])
    [shown] = await world.messages()
    await world.press("go", shown["ts"])

    assert "message" not in world.app.last
    assert world.app.last["container"] == {
        "type": "message", "message_ts": shown["ts"], "channel_id": "C_HIRING", "is_ephemeral": True,
    }  # fmt: skip


async def test_elements_without_ids_get_some_that_stay_until_the_message_changes(world: World) -> None:
    ts = await post(world, section(), {"type": "actions", "elements": [{"type": "button", "text": text("Bare")}]})
    [first] = await world.messages()
    [again] = await world.messages()
    bare = first["blocks"][1]["elements"][0]

    assert first == again
    assert all(block["block_id"] for block in first["blocks"])
    assert (await world.press(bare["action_id"], ts))["status"] == 200


async def test_what_is_not_there_cannot_be_pressed(world: World) -> None:
    ts = await post(world, actions(button("go", "1"), SELECT, block_id="row"))
    await world.respond((await world.command(user="U_BOB"))["response_url"], blocks=[actions(button("theirs"))])
    theirs = (await world.messages(user="U_BOB"))[-1]["ts"]
    base = {"user": "U_ANN", "channel": "C_HIRING", "ts": ts, "action_id": "go"}
    world.app.requests.clear()
    for wrong in (
        {"action_id": "other"},
        {"block_id": "other"},
        {"value": "2"},
        {"ts": "1.000001"},
        {"ts": theirs, "action_id": "theirs"},
        {"action_id": "pick", "selected_option": {"value": "c"}},
        {"user": "U_EVE"},
        {"channel": "C_DATA"},
    ):
        status, reason = await world.refused("actions", **{**base, **wrong})
        assert (status, bool(reason)) == (404, True), wrong

    assert world.app.requests == []


async def test_a_client_that_has_not_redrawn_can_still_press_what_it_shows(world: World) -> None:
    ts = await post(world, actions(button("yes", "rev1"), block_id="row"))
    await world.api("chat.update", channel="C_HIRING", ts=ts, text="done", blocks=[actions(button("undo", "rev2"))])

    await world.press("yes", ts, value="rev1")
    assert world.app.last["actions"][0]["value"] == "rev1"
    assert world.app.last["message"]["text"] == "done"
    await world.press("undo", ts)
    assert world.app.last["actions"][0]["value"] == "rev2"


async def test_equal_action_ids_in_different_blocks_are_told_apart_by_block_or_value(world: World) -> None:
    ts = await post(world, *(actions(button("yes", f"p{n}"), block_id=f"card{n}") for n in range(3)))
    await world.press("yes", ts, block_id="card1")
    assert world.app.last["actions"][0]["value"] == "p1"
    await world.press("yes", ts, value="p2")

    assert world.app.last["actions"][0]["block_id"] == "card2"


async def test_a_choice_is_sent_whole_and_remembered_for_the_person(world: World) -> None:
    ts = await post(world, actions(SELECT, button("go"), block_id="row"))
    await world.press("pick", ts, selected_option={"value": "b"})
    assert world.app.last["actions"][0]["selected_option"] == option("b", "Bread")
    await world.press("go", ts)
    mine = world.app.last["state"]["values"]
    await world.press("go", ts, user="U_BOB")

    assert mine == {"row": {"pick": {"type": "static_select", "selected_option": option("b", "Bread")}}}
    assert world.app.last["state"]["values"] == {"row": {"pick": {"type": "static_select", "selected_option": None}}}


@pytest.mark.parametrize(
    ("element", "asked", "sent"),
    [
        ({"type": "overflow", "options": [option("x"), option("y")]},
         {"selected_option": {"value": "y"}}, {"selected_option": option("y")}),
        ({"type": "radio_buttons", "options": [option("x")]},
         {"selected_option": {"value": "x"}}, {"selected_option": option("x")}),
        ({"type": "checkboxes", "options": [option("x"), option("y")]},
         {"selected_options": [{"value": "y"}]}, {"selected_options": [option("y")]}),
        ({"type": "datepicker"}, {"selected_date": "2026-11-30"}, {"selected_date": "2026-11-30"}),
        ({"type": "users_select"}, {"selected_user": "U_BOB"}, {"selected_user": "U_BOB"}),
        ({"type": "conversations_select"},
         {"selected_conversation": "C_DATA"}, {"selected_conversation": "C_DATA"}),
        ({"type": "multi_users_select"}, {"selected_users": ["U_BOB"]}, {"selected_users": ["U_BOB"]}),
        ({"type": "external_select", "min_query_length": 0},
         {"selected_option": option("found")}, {"selected_option": option("found")}),
    ],
)  # fmt: skip
async def test_each_kind_of_element_sends_its_own_field(
    world: World, element: dict[str, Any], asked: dict[str, Any], sent: dict[str, Any]
) -> None:
    ts = await post(world, actions({**element, "action_id": "it"}))
    await world.press("it", ts, **asked)

    action = world.app.last["actions"][0]
    assert {name: action[name] for name in sent} == sent
    assert action["type"] == element["type"]


@pytest.mark.parametrize(
    ("element", "asked"),
    [
        ({"type": "datepicker"}, {"selected_date": "tomorrow"}),
        ({"type": "users_select"}, {"selected_user": "U_NOBODY"}),
        ({"type": "users_select"}, {"selected_user": ["U_ANN"]}),
        ({"type": "checkboxes", "options": [option("x")]}, {"selected_options": "x"}),
        ({"type": "checkboxes", "options": [option("x")]}, {"selected_options": [{"value": "z"}]}),
        ({"type": "external_select"}, {"selected_option": {"value": "half"}}),
        ({"type": "overflow", "options": [option("x")]}, {}),
    ],
)
async def test_a_choice_that_does_not_fit_the_element_is_a_clear_400(
    world: World, element: dict[str, Any], asked: dict[str, Any]
) -> None:
    ts = await post(world, actions({**element, "action_id": "it"}))
    status, reason = await world.refused("actions", user="U_ANN", channel="C_HIRING", ts=ts, action_id="it", **asked)

    assert (status, bool(reason)) == (400, True)


async def test_a_button_for_some_people_is_not_there_for_others(world: World) -> None:
    ts = await post(world, actions(button("go", visible_to_user_ids=["U_BOB"])))

    assert (await world.press("go", ts, user="U_BOB"))["status"] == 200
    assert (await world.refused("actions", user="U_ANN", channel="C_HIRING", ts=ts, action_id="go"))[0] == 404


async def test_an_input_in_a_message_keeps_its_text_to_itself_until_it_may_speak(world: World) -> None:
    quiet = {"type": "input", "label": text("L"), "element": {"type": "plain_text_input", "action_id": "quiet"}}
    loud = {**quiet, "dispatch_action": True, "element": {"type": "plain_text_input", "action_id": "loud"}}
    ts = await post(world, quiet, loud)
    world.app.requests.clear()

    assert (await world.press("quiet", ts, value="typed"))["delivered"] is False
    assert world.app.requests == []
    await world.press("loud", ts, value="said")
    assert world.app.last["actions"][0]["value"] == "said"
    entered = [each for block in world.app.last["state"]["values"].values() for each in block.values()]
    assert sorted(each["value"] for each in entered) == ["said", "typed"]


async def test_home_can_be_pressed_too_without_a_response_url(world: World) -> None:
    await world.api("views.publish", user_id="U_ANN", view=home(actions(button("go", "h"))))
    view_id = (await world.views())["home"]["id"]
    await world.post("actions", user="U_ANN", view_id=view_id, action_id="go")

    sent = world.app.last
    assert sent["view"]["type"] == "home"
    assert sent["container"] == {"type": "view", "view_id": view_id}
    assert sent["trigger_id"]
    assert not {"response_url", "channel", "message"} & sent.keys()
    assert (await world.refused("actions", user="U_BOB", view_id=view_id, action_id="go"))[0] == 404


async def test_a_person_of_the_partner_organisation_presses_as_one_of_theirs(world: World) -> None:
    posted = await world.api("chat.postMessage", channel="C_PARTNER", text="x", blocks=[actions(button())])
    await world.press("go", posted["ts"], user="U_PAT", channel="C_PARTNER")

    assert world.app.last["user"]["team_id"] == "T_PARTNER"
    assert world.app.last["team"]["id"] == "T_SANDBOX"


NOTHING_ELSE: dict[str, Any] = {
    "block_id": None, "value": None, "selected_option": None, "selected_options": None, "selected_date": None,
    "selected_conversation": None, "view_id": None,
}  # fmt: skip


async def test_fields_that_are_null_count_as_absent(world: World) -> None:
    ts = await post(world, actions(button("go", "1"), SELECT, block_id="row"))
    await world.press("go", ts, **NOTHING_ELSE)
    assert world.app.last["actions"][0]["value"] == "1"
    await world.press("pick", ts, **{**NOTHING_ELSE, "value": "a"})

    assert world.app.last["actions"][0]["selected_option"] == option("a", "Apple")


async def test_a_press_that_the_app_refuses_leaves_a_mark_until_the_next_redraw(world: World) -> None:
    ts = await post(world, actions(button("go")))
    world.app.status = 404
    reply = await world.press("go", ts)
    assert (reply["status"], reply["error"]) == (404, "dispatch_failed")
    assert (await world.messages())[0]["warning"] == "dispatch_failed"
    await world.api("chat.update", channel="C_HIRING", ts=ts, text="new")

    assert "warning" not in (await world.messages())[0]
