"""Triggers, modals and Home tabs."""

from typing import Any

import pytest

from tests.sandbox.slack.kit import World, actions, button, field, modal, section, text


async def test_a_trigger_opens_one_modal(world: World) -> None:
    trigger = await world.trigger()
    first = await world.api("views.open", trigger_id=trigger, view=modal(section()))
    second = await world.api("views.open", trigger_id=trigger, view=modal(section()))

    assert first["ok"]
    assert second["error"] == "exchanged_trigger_id"
    assert [view["id"] for view in (await world.views())["stack"]] == [first["view"]["id"]]
    assert (await world.views("U_BOB"))["stack"] == []


async def test_a_trigger_lives_for_three_seconds(world: World) -> None:
    trigger = await world.trigger()
    await world.post("clock", advance_s=3.5)

    assert (await world.api("views.open", trigger_id=trigger, view=modal()))["error"] == "expired_trigger_id"
    assert (await world.api("views.open", trigger_id="1.2.x", view=modal()))["error"] == "invalid_trigger_id"


async def test_three_modals_can_be_stacked_and_no_fourth(world: World) -> None:
    first = await world.open(modal())
    opened = [
        await world.api("views.push", trigger_id=await world.trigger(), view=modal(callback_id=f"{n}"))
        for n in range(3)
    ]

    assert [reply.get("error") for reply in opened] == [None, None, "push_limit_reached"]
    stack = (await world.views())["stack"]
    assert [view["callback_id"] for view in stack] == ["", "0", "1"]
    assert {view["root_view_id"] for view in stack} == {first["id"]}
    assert stack[2]["previous_view_id"] == stack[1]["id"]


async def test_an_update_with_an_old_hash_is_refused(world: World) -> None:
    view = await world.open(modal())
    newer = await world.api("views.update", view_id=view["id"], hash=view["hash"], view=modal(callback_id="new"))
    older = await world.api("views.update", view_id=view["id"], hash=view["hash"], view=modal(callback_id="old"))

    assert newer["view"]["id"] == view["id"]
    assert newer["view"]["hash"] != view["hash"]
    assert older["error"] == "hash_conflict"
    assert (await world.views())["stack"][0]["callback_id"] == "new"


async def test_a_view_can_be_updated_by_its_external_id(world: World) -> None:
    await world.open(modal(external_id="mine"))
    updated = await world.api("views.update", external_id="mine", view=modal(external_id="mine", callback_id="new"))

    assert updated["ok"]
    again = await world.api("views.open", trigger_id=await world.trigger("U_BOB"), view=modal(external_id="mine"))
    assert again["error"] == "duplicate_external_id"
    assert (await world.api("views.update", external_id="other", view=modal()))["error"] == "not_found"


async def test_a_closed_view_is_not_found(world: World) -> None:
    view = await world.open(modal())
    await world.post("views/close", user="U_ANN", view_id=view["id"])

    assert (await world.api("views.update", view_id=view["id"], view=modal()))["error"] == "not_found"
    assert (await world.refused("views/submit", user="U_ANN", view_id=view["id"]))[0] == 404


async def test_a_submission_carries_what_was_entered_and_an_empty_answer_closes_the_form(world: World) -> None:
    date = {"type": "input", "block_id": "when", "label": text("When"), "optional": True,
            "element": {"type": "datepicker", "action_id": "d", "initial_date": "2026-01-02"}}  # fmt: skip
    view = await world.open(modal(field(), date, private_metadata="ref", callback_id="form"))
    reply = await world.post("views/submit", user="U_ANN", view_id=view["id"], values={"b": {"a": {"value": "typed"}}})

    sent = world.app.last
    assert (sent["type"], sent["user"]["id"]) == ("view_submission", "U_ANN")
    assert (sent["view"]["private_metadata"], sent["view"]["callback_id"]) == ("ref", "form")
    assert sent["view"]["state"]["values"] == {
        "b": {"a": {"type": "plain_text_input", "value": "typed"}},
        "when": {"d": {"type": "datepicker", "selected_date": "2026-01-02"}},
    }
    assert (reply["status"], reply["response_action"], reply["errors"]) == (200, None, None)
    assert (await world.views())["stack"] == []


async def test_errors_stand_beside_their_inputs_until_the_next_try(world: World) -> None:
    view = await world.open(modal(field()))
    world.app.body = {"response_action": "errors", "errors": {"b": "Not that"}}
    reply = await world.post("views/submit", user="U_ANN", view_id=view["id"], values={"b": {"a": {"value": "x"}}})

    assert (reply["response_action"], reply["errors"]) == ("errors", {"b": "Not that"})
    assert (await world.views())["stack"][0]["errors"] == {"b": "Not that"}
    world.app.body = ""
    await world.post("views/submit", user="U_ANN", view_id=view["id"])
    assert world.app.last["view"]["state"]["values"]["b"]["a"]["value"] == "x"
    assert (await world.views())["stack"] == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"unknown": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "dance"},
        {"text": "hello"},
        "hello",
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
    ],
)
async def test_an_answer_that_makes_no_sense_leaves_the_form_open_with_a_warning(world: World, answer: Any) -> None:
    view = await world.open(modal(field(optional=True)))
    world.app.body = answer
    reply = await world.post("views/submit", user="U_ANN", view_id=view["id"])

    assert reply["error"]
    [shown] = (await world.views())["stack"]
    assert (shown["id"], bool(shown["warning"])) == (view["id"], True)


async def test_an_answer_can_update_push_and_clear(world: World) -> None:
    view = await world.open(modal())
    world.app.body = {"response_action": "update", "view": modal(callback_id="updated")}
    await world.post("views/submit", user="U_ANN", view_id=view["id"])
    [shown] = (await world.views())["stack"]
    assert shown["callback_id"] == "updated"

    world.app.body = {"response_action": "push", "view": modal(callback_id="pushed")}
    await world.post("views/submit", user="U_ANN", view_id=shown["id"])
    stack = (await world.views())["stack"]
    assert [each["callback_id"] for each in stack] == ["updated", "pushed"]
    covered = await world.refused("views/submit", user="U_ANN", view_id=stack[0]["id"])
    assert covered[0] == 400

    world.app.body = {"response_action": "clear"}
    await world.post("views/submit", user="U_ANN", view_id=stack[1]["id"])
    assert (await world.views())["stack"] == []


async def test_a_client_holds_an_incomplete_form_back(world: World) -> None:
    short = field("short", "a", optional=True)
    short["element"] = {**short["element"], "min_length": 3, "max_length": 5}
    view = await world.open(modal(field(), short))
    world.app.requests.clear()
    for values, errors in (
        ({}, {"b"}),
        ({"b": {"a": {"value": ""}}, "short": {"a": {"value": "ab"}}}, {"b", "short"}),
        ({"b": {"a": {"value": "x"}}, "short": {"a": {"value": "abcdef"}}}, {"short"}),
    ):
        status, reply = await world.ask(
            "POST", "/workspace/views/submit", {"user": "U_ANN", "view_id": view["id"], "values": values}
        )
        assert (status, set(reply["errors"])) == (400, errors)
    assert (await world.refused("views/submit", user="U_ANN", view_id=view["id"], values={"x": {"y": {}}}))[0] == 400
    assert (await world.refused("views/submit", user="U_ANN", view_id=view["id"], values={"b": 7}))[0] == 400

    assert world.app.requests == []


async def test_only_a_view_that_wants_to_know_reports_its_closing(world: World) -> None:
    quiet = await world.open(modal())
    assert (await world.post("views/close", user="U_ANN", view_id=quiet["id"]))["delivered"] is False
    told = await world.open(modal(notify_on_close=True))
    await world.post("views/close", user="U_ANN", view_id=told["id"])

    assert (world.app.last["type"], world.app.last["view"]["id"]) == ("view_closed", told["id"])
    assert world.app.last["is_cleared"] is False
    assert (await world.views())["stack"] == []


async def test_the_x_closes_all_and_reports_the_root(world: World) -> None:
    root = await world.open(modal(notify_on_close=True))
    pushed = await world.api("views.push", trigger_id=await world.trigger(), view=modal())
    await world.post("views/close", user="U_ANN", view_id=pushed["view"]["id"], clear=True)

    assert (world.app.last["view"]["id"], world.app.last["is_cleared"]) == (root["id"], True)
    assert (await world.views())["stack"] == []


async def test_inputs_keep_their_content_over_an_update_only_with_both_ids(world: World) -> None:
    view = await world.open(modal(field("b1"), field("b2"), actions(button())))
    typed = {"b1": {"a": {"value": "one"}}, "b2": {"a": {"value": "two"}}}
    await world.post("actions", user="U_ANN", view_id=view["id"], action_id="go", values=typed)
    assert world.app.last["view"]["state"]["values"]["b1"]["a"]["value"] == "one"
    await world.api("views.update", view_id=view["id"], view=modal(field("b1"), field("b2", "renamed")))

    values = (await world.views())["stack"][0]["state"]["values"]
    assert values["b1"]["a"]["value"] == "one"
    assert values["b2"]["renamed"]["value"] is None


async def test_a_form_can_ask_for_an_address_to_answer_where_the_person_chose(world: World) -> None:
    chosen = {"type": "input", "block_id": "where", "label": text("Where"), "element": {
        "type": "conversations_select", "action_id": "c", "response_url_enabled": True,
        "default_to_current_conversation": True}}  # fmt: skip
    view = await world.open(modal(chosen))
    await world.post("views/submit", user="U_ANN", view_id=view["id"])

    [where] = world.app.last["response_urls"]
    assert (where["block_id"], where["action_id"], where["channel_id"]) == ("where", "c", "C_HIRING")
    assert await world.respond(where["response_url"], text="done", response_type="in_channel") == (200, "ok")
    assert [shown["text"] for shown in await world.messages(user="U_BOB")] == ["done"]
