"""Block Kit limits: at the limit a payload is taken, one above it is refused with a pointer to the place."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from tests.sandbox.slack.kit import World, actions, button, field, home, modal, option, section, text

Blocks = list[dict[str, Any]]


def named(count: int, make: Callable[[str], dict[str, Any]] = option) -> list[dict[str, Any]]:
    return [make(f"{n}") for n in range(count)]


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "options": named(1), **more}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://img.example/x.png", "alt_text": "x", **more}


def confirm(**more: Any) -> dict[str, Any]:
    dialog = {"title": text("t"), "text": text("t"), "confirm": text("y"), "deny": text("n"), **more}
    return actions(button(confirm=dialog))


def markdown(length: int) -> dict[str, Any]:
    return {"type": "markdown", "text": "x" * length}


def group(label: str = "g", count: int = 1) -> dict[str, Any]:
    return {"label": text(label), "options": named(count)}


# What is measured: the highest allowed figure, and blocks that have that many of it.
MESSAGE_LIMITS: dict[str, tuple[int, Callable[[int], Blocks]]] = {
    "blocks": (50, lambda n: [{"type": "divider"}] * n),
    "section text": (3_000, lambda n: [section("x" * n)]),
    "section fields": (10, lambda n: [{"type": "section", "fields": [text("f")] * n}]),
    "section field": (2_000, lambda n: [{"type": "section", "fields": [text("x" * n)]}]),
    "header": (150, lambda n: [{"type": "header", "text": text("x" * n)}]),
    "context elements": (10, lambda n: [{"type": "context", "elements": [text("c")] * n}]),
    "actions elements": (25, lambda n: [actions(*(button(f"{i}") for i in range(n)))]),
    "block_id": (255, lambda n: [section(block_id="x" * n)]),
    "action_id": (255, lambda n: [actions(button("x" * n))]),
    "button text": (75, lambda n: [actions(button(text=text("x" * n)))]),
    "button value": (2_000, lambda n: [actions(button(value="x" * n))]),
    "button url": (3_000, lambda n: [actions(button(url="x" * n))]),
    "button accessibility_label": (75, lambda n: [actions(button(accessibility_label="x" * n))]),
    "button visible_to_user_ids": (10, lambda n: [actions(button(visible_to_user_ids=["U"] * n))]),
    "confirm title": (100, lambda n: [confirm(title=text("x" * n))]),
    "confirm text": (300, lambda n: [confirm(text=text("x" * n))]),
    "confirm button": (30, lambda n: [confirm(confirm=text("x" * n))]),
    "confirm deny": (30, lambda n: [confirm(deny=text("x" * n))]),
    "option text": (75, lambda n: [actions(select(options=[option("v", "x" * n)]))]),
    "option value": (150, lambda n: [actions(select(options=[option("x" * n, "o")]))]),
    "option description": (75, lambda n: [actions(select(options=[{**option("v"), "description": text("x" * n)}]))]),
    "select options": (100, lambda n: [actions(select(options=named(n)))]),
    "select groups": (
        100,
        lambda n: [actions({"type": "static_select", "action_id": "s", "option_groups": [group()] * n})],
    ),
    "group options": (
        100,
        lambda n: [actions({"type": "static_select", "action_id": "s", "option_groups": [group(count=n)]})],
    ),
    "group label": (
        75,
        lambda n: [actions({"type": "static_select", "action_id": "s", "option_groups": [group("x" * n)]})],
    ),
    "placeholder": (150, lambda n: [actions(select(placeholder=text("x" * n)))]),
    "overflow options": (5, lambda n: [section(accessory={"type": "overflow", "action_id": "o", "options": named(n)})]),
    "checkbox options": (10, lambda n: [actions({"type": "checkboxes", "action_id": "c", "options": named(n)})]),
    "radio options": (10, lambda n: [actions({"type": "radio_buttons", "action_id": "r", "options": named(n)})]),
    "image url": (3_000, lambda n: [image(image_url="x" * n)]),
    "image alt_text": (2_000, lambda n: [image(alt_text="x" * n)]),
    "image title": (2_000, lambda n: [image(title=text("x" * n))]),
    "input label": (2_000, lambda n: [field(label=text("x" * n))]),
    "input hint": (2_000, lambda n: [field(hint=text("x" * n))]),
    "markdown of all blocks": (12_000, lambda n: [markdown(6_000), markdown(n - 6_000)]),
    "card title": (150, lambda n: [{"type": "card", "title": text("x" * n)}]),
    "card subtitle": (150, lambda n: [{"type": "card", "title": text("t"), "subtitle": text("x" * n)}]),
    "card body": (200, lambda n: [{"type": "card", "body": text("x" * n, "mrkdwn")}]),
    "card buttons": (3, lambda n: [{"type": "card", "actions": [button(f"{i}") for i in range(n)]}]),
    "carousel cards": (10, lambda n: [{"type": "carousel", "elements": [{"type": "card", "title": text("t")}] * n}]),
    "container blocks": (
        10,
        lambda n: [{"type": "container", "title": text("t"), "child_blocks": [{"type": "divider"}] * n}],
    ),
    "container title": (
        150,
        lambda n: [{"type": "container", "title": text("x" * n), "child_blocks": [{"type": "divider"}]}],
    ),
    "table rows": (100, lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "c"}]] * n}]),
    "table columns": (20, lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "c"}] * n]}]),
    "data_table rows": (
        101,
        lambda n: [{"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "c"}]] * n}],
    ),
    "plan tasks": (
        50,
        lambda n: [{"type": "plan", "title": "p", "tasks": [{"task_id": "1", "title": "t", "status": "pending"}] * n}],
    ),
    "context_actions elements": (
        5,
        lambda n: [
            {
                "type": "context_actions",
                "elements": [button(f"{i}", type="icon_button", icon="trash") for i in range(n)],
            }
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("measured", MESSAGE_LIMITS)
async def test_a_message_is_taken_at_the_limit_and_refused_above(world: World, measured: str) -> None:
    limit, make = MESSAGE_LIMITS[measured]
    taken = await world.api("blocks.validate", blocks=make(limit))
    refused = await world.api("chat.postMessage", channel="C_HIRING", text="x", blocks=make(limit + 1))

    assert taken["ok"], taken
    assert refused["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks" in refused["response_metadata"]["messages"][0]
    assert await world.messages() == []


VIEW_LIMITS: dict[str, tuple[int, Callable[[int], dict[str, Any]]]] = {
    "blocks of a modal": (100, lambda n: modal(*[{"type": "divider"}] * n)),
    "title": (24, lambda n: modal(title=text("x" * n))),
    "submit": (24, lambda n: modal(submit=text("x" * n))),
    "close": (24, lambda n: modal(close=text("x" * n))),
    "private_metadata": (3_000, lambda n: modal(private_metadata="x" * n)),
    "callback_id": (255, lambda n: modal(callback_id="x" * n)),
    "external_id": (255, lambda n: modal(external_id="x" * n)),
    "alert": (200, lambda n: modal({"type": "alert", "text": text("x" * n)})),
    "text field": (
        3_000,
        lambda n: modal(field(element={"type": "plain_text_input", "action_id": "a", "max_length": n})),
    ),
    "blocks of Home": (100, lambda n: home(*[{"type": "divider"}] * n)),
}


@pytest.mark.parametrize("measured", VIEW_LIMITS)
async def test_a_view_is_taken_at_the_limit_and_refused_above(world: World, measured: str) -> None:
    limit, make = VIEW_LIMITS[measured]
    is_home = make(1)["type"] == "home"
    replies = []
    for figure in (limit, limit + 1):
        if is_home:
            replies.append(await world.api("views.publish", user_id="U_ANN", view=make(figure)))
        else:
            replies.append(await world.api("views.open", trigger_id=await world.trigger(), view=make(figure)))

    assert replies[0]["ok"], replies[0]
    assert replies[1]["error"] == "invalid_arguments"
    assert "[json-pointer:/view" in replies[1]["response_metadata"]["messages"][0]


WRONG_MESSAGES: dict[str, Blocks] = {
    "an unknown block": [{"type": "poll"}],
    "a block that is no object": cast("Blocks", ["section"]),
    "a block without a type": [{"text": text("x")}],
    "a section without text or fields": [{"type": "section"}],
    "an empty text": [section("")],
    "a header in mrkdwn": [{"type": "header", "text": text("x", "mrkdwn")}],
    "a button text in mrkdwn": [actions(button(text=text("x", "mrkdwn")))],
    "a style that is none": [actions(button(style="default"))],
    "a block_id used twice": [section(block_id="b"), section(block_id="b")],
    "an action_id used twice in a block": [actions(button("a"), button("a"))],
    "a button without text": [actions({"type": "button", "action_id": "a"})],
    "an image without alt_text": [{"type": "image", "image_url": "https://img.example/x.png"}],
    "an image from nowhere": [{"type": "image", "alt_text": "x"}],
    "an empty actions block": [actions()],
    "a select without options": [actions({"type": "static_select", "action_id": "s", "options": []})],
    "options and groups at once": [actions(select(option_groups=[group()]))],
    "an initial option that is no option": [actions(select(initial_option=option("other")))],
    "a text field in an actions block": [actions({"type": "plain_text_input", "action_id": "a"})],
    "a button in an input block": [field(element=button())],
    "a number field in a message": [field(element={"type": "number_input", "is_decimal_allowed": True})],
    "a rich text field in a message": [field(element={"type": "rich_text_input"})],
    "an alert in a message": [{"type": "alert", "text": text("x")}],
    "a date that is none": [actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-13-01"})],
    "verbatim in plain text": [{"type": "header", "text": {**text("x"), "verbatim": True}}],
    "a card with nothing in it": [{"type": "card"}],
    "a container within a container": [
        {"type": "container", "title": text("t"), "child_blocks": [{"type": "container", "title": text("t")}]}
    ],
    "table rows of unequal length": [
        {"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "c"}] * n for n in (1, 2)]}
    ],
}


@pytest.mark.parametrize("what", WRONG_MESSAGES)
async def test_a_message_is_refused_for(world: World, what: str) -> None:
    reply = await world.api("chat.postMessage", channel="C_HIRING", text="x", blocks=WRONG_MESSAGES[what])

    assert reply["error"] == "invalid_blocks"
    assert reply["response_metadata"]["messages"]


WRONG_VIEWS: dict[str, dict[str, Any]] = {
    "no title": {"type": "modal", "blocks": []},
    "no blocks": {"type": "modal", "title": text("t")},
    "inputs without submit": {"type": "modal", "title": text("t"), "blocks": [field()]},
    "a type that is none": modal(type="window"),
    "the type of a Home": home(),
    "a title in mrkdwn": modal(title=text("t", "mrkdwn")),
    "a markdown block": modal({"type": "markdown", "text": "x"}),
    "a card": modal({"type": "card", "title": text("t")}),
    "two elements that want the focus": modal(
        field("b1", element={"type": "plain_text_input", "focus_on_load": True}),
        field("b2", element={"type": "plain_text_input", "focus_on_load": True}),
    ),
}


@pytest.mark.parametrize("what", WRONG_VIEWS)
async def test_a_modal_is_refused_for(world: World, what: str) -> None:
    reply = await world.api("views.open", trigger_id=await world.trigger(), view=WRONG_VIEWS[what])

    assert reply["error"] == "invalid_arguments"
    assert reply["response_metadata"]["messages"]


async def test_the_texts_of_a_post_may_have_13000_characters_in_all(world: World) -> None:
    full = [section("x" * 2_600) for _ in range(5)]
    above = [*full, section("y")]

    assert (await world.api("chat.postMessage", channel="C_HIRING", text="x", blocks=full))["ok"]
    for method, more in (("chat.postMessage", {}), ("chat.postEphemeral", {"user": "U_ANN"})):
        reply = await world.api(method, channel="C_HIRING", text="x", blocks=above, **more)
        assert reply["error"] == "msg_blocks_too_long"
    assert await world.respond((await world.command())["response_url"], blocks=above) == (200, "ok")


async def test_long_texts_are_cut_in_posts_and_refused_in_updates(world: World) -> None:
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="x" * 40_001)
    assert len((await world.messages())[0]["text"]) == 40_000
    taken = await world.api("chat.update", channel="C_HIRING", ts=posted["ts"], text="x" * 4_000)
    refused = await world.api("chat.update", channel="C_HIRING", ts=posted["ts"], text="x" * 4_001)

    assert taken["ok"]
    assert refused["error"] == "msg_too_long"


async def test_a_view_has_at_most_250_kilobytes(world: World) -> None:
    heavy = modal(*(section("ä" * 3_000) for _ in range(42)))
    reply = await world.api("views.open", trigger_id=await world.trigger(), view=heavy)

    assert reply["error"] == "view_too_large"
