"""No value of a wrong kind, in any field of any call, makes the sandbox stumble."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.slack.api import METHODS
from bot.sandbox.slack.blockkit import Surface, check_blocks, check_view
from tests.sandbox.slack.kit import World, actions, button, field, modal, section

ODD: list[Any] = [None, "", "x", 7, -1, 1.5, True, [], ["U_ANN"], {}, {"a": 1}, "C_HIRING", "1.2.3", "[", "a,b"]
KNOWN: dict[str, Any] = {
    "channel": "C_HIRING",
    "user": "U_ANN",
    "user_id": "U_ANN",
    "users": "U_ANN",
    "text": "x",
    "ts": "TS",
    "message_ts": "TS",
    "thread_ts": "TS",
    "trigger_id": "TRIGGER",
    "view": {"type": "modal", "title": {"type": "plain_text", "text": "t"}, "blocks": []},
    "view_id": "V",
    "external_id": "e",
    "hash": "h",
    "blocks": [section()],
    "attachments": [],
    "metadata": {"event_type": "e", "event_payload": {}},
    "limit": 3,
    "cursor": "",
    "types": "im",
    "oldest": "1",
    "latest": "2",
}


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"api.test"}))
async def test_no_odd_argument_makes_a_method_stumble(world: World, method: str) -> None:
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="x")
    base = {**KNOWN, "ts": posted["ts"], "message_ts": posted["ts"], "trigger_id": await world.trigger()}
    for name in base:
        for odd in ODD:
            reply = await world.api(method, **{**base, name: odd})
            assert reply["http"] in {200, 429}, (name, odd)
            assert reply["ok"] or reply["error"], (name, odd)
        await world.post("clock", advance_s=600)


CALLS: dict[str, dict[str, Any]] = {
    "commands": {"user": "U_ANN", "channel": "C_HIRING", "text": "/record"},
    "actions": {"user": "U_ANN", "channel": "C_HIRING", "ts": "TS", "action_id": "go", "block_id": "row", "value": "1"},
    "shortcuts": {"user": "U_ANN", "callback_id": "note", "channel": "C_HIRING", "ts": "TS"},
    "options": {"user": "U_ANN", "action_id": "find", "block_id": "row", "value": "abc", "view_id": "VIEW"},
    "views/submit": {"user": "U_ANN", "view_id": "VIEW", "values": {"b": {"a": {"value": "x"}}}},
    "views/close": {"user": "U_ANN", "view_id": "VIEW"},
    "home": {"user": "U_ANN"},
}


@pytest.mark.parametrize("path", CALLS)
async def test_no_odd_value_in_any_field_makes_the_workspace_stumble(world: World, path: str) -> None:
    find = {"type": "external_select", "action_id": "find"}
    posted = await world.api(
        "chat.postMessage", channel="C_HIRING", text="x", blocks=[actions(button(), find, block_id="row")]
    )
    view = await world.open(modal(field(), actions(find, block_id="row")))
    known = {"TS": posted["ts"], "VIEW": view["id"]}
    base = {name: known.get(str(value), value) for name, value in CALLS[path].items()}
    extra = {"selected_option": None, "selected_options": None, "selected_date": None, "view_id": None}
    for name in [*base, *extra]:
        for odd in ODD:
            status, reply = await world.ask("POST", f"/workspace/{path}", {**base, name: odd})
            assert status in {200, 400, 404}, (name, odd, reply)
            assert status == 200 or reply["error"], (name, odd)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from(["section", "actions", "table"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "text",
                    "elements",
                    "element",
                    "accessory",
                    "options",
                    "option_groups",
                    "fields",
                    "rows",
                    "blocks",
                    "child_blocks",
                    "actions",
                    "label",
                    "value",
                    "block_id",
                    "action_id",
                    "initial_option",
                    "initial_options",
                    "placeholder",
                    "confirm",
                    "title",
                    "style",
                ],
            )
            | st.text(max_size=2),
            inner | st.sampled_from(["static_select", "checkboxes", "card", "container", "carousel", "plain_text"]),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(blocks=st.lists(JSON, max_size=3), surface=st.sampled_from(["message", "modal", "home"]))
def test_any_json_is_checked_without_a_crash(blocks: Any, surface: Surface) -> None:
    assert all(str(problem) for problem in check_blocks(blocks, surface))
    assert check_view({"type": "modal", "blocks": blocks}, "modal")
