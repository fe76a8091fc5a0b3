"""What Slack would say about what is drawn: its limits, its models, a second opinion."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import slackblocks
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.message import Message

# What Slack parses in text: entities, our own mentions and dates. Anything else with a bracket is alive by accident.
OURS = re.compile(
    r"<@[A-Z0-9_]{1,32}>"
    r"|<!date\^-?\d+\^(\{date_short_pretty\} at \{time\}\|[0-9: -]+ UTC|\{date_short\}\|[0-9]{4}-[0-9]{2}-[0-9]{2})>"
)
ENTITY = re.compile(r"&(amp|lt|gt);")


def dead(text: str) -> str:
    """`text` without our own tokens; fails where a bracket or a piece of an entity is left."""
    rest = OURS.sub("", text)
    assert "<" not in rest
    assert "&" not in ENTITY.sub("", rest)
    return rest


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    """Slack's limits (reference slack-platform §0, §3), by hand, by Slack's own models and by slackblocks."""
    json.dumps(blocks, ensure_ascii=False).encode()
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids))
    assert all(len(each) <= 255 for each in ids)
    for block in blocks:
        actions = [each["action_id"] for each in _objects(block) if "action_id" in each]
        assert len(actions) == len(set(actions))
        _check_texts(block)
        _check_elements(block)
    modelled = Block.parse_all(blocks)
    assert len(modelled) == len(blocks)
    assert [block.to_dict() for block in modelled] == blocks
    for block in blocks:
        _second_opinion(block)


def _check_texts(block: dict[str, Any]) -> None:
    limit = {"header": 150, "section": 3_000, "context": 2_000, "actions": 75}.get(block["type"], 0)
    for each in _objects(block):
        if each.get("type") in ("mrkdwn", "plain_text"):
            assert 1 <= len(each["text"]) <= limit
            assert "\r" not in each["text"]
        if each.get("type") == "mrkdwn":
            assert each["verbatim"] is True
            dead(each["text"])
        if each.get("type") == "plain_text":
            assert each["emoji"] is False


def _check_elements(block: dict[str, Any]) -> None:
    assert len(block.get("elements", [])) <= {"context": 10, "actions": 25}.get(block["type"], 0)
    for each in _objects(block):
        assert len(each.get("action_id", "")) <= 255
        if each.get("type") == "button":
            assert len(each["text"]["text"]) <= 75
            assert len(each["value"]) <= 2_000
            assert 1 <= len(each["accessibility_label"]) <= 75
        if each.get("type") == "overflow":
            assert 1 <= len(each["options"]) <= 5
            assert all(len(option["text"]["text"]) <= 75 and len(option["value"]) <= 150 for option in each["options"])


def _second_opinion(block: dict[str, Any]) -> None:
    """The same block built with slackblocks, which has limits of its own."""
    drawn: Any
    match block:
        case {"type": "header", "text": text}:
            drawn = slackblocks.HeaderBlock(_text(text))
        case {"type": "section", "text": text}:
            accessory = _element(block["accessory"]) if "accessory" in block else None
            drawn = slackblocks.SectionBlock(_text(text), accessory=accessory)
        case {"type": "context", "elements": elements}:
            drawn = slackblocks.ContextBlock([_text(each) for each in elements])
        case {"type": "actions", "elements": elements}:
            drawn = slackblocks.ActionsBlock([_element(each) for each in elements])
    assert _bare(drawn._resolve()) == _bare(block)


def _bare(value: Any) -> Any:
    """Without what slackblocks adds or leaves out by itself."""
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if name not in ("block_id", "emoji")}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _text(text: dict[str, Any]) -> slackblocks.Text:
    kind = slackblocks.TextType(text["type"])
    return slackblocks.Text(text["text"], type_=kind, verbatim=text.get("verbatim", False))


def _element(element: dict[str, Any]) -> Any:
    if element["type"] == "overflow":
        options = [slackblocks.Option(text=_text(each["text"]), value=each["value"]) for each in element["options"]]
        return slackblocks.OverflowMenu(action_id=element["action_id"], options=options)
    if element["type"] == "static_select":
        groups = [
            slackblocks.OptionGroup(
                label=_text(group["label"]),
                options=[
                    slackblocks.Option(text=_text(each["text"]), value=each["value"]) for each in group["options"]
                ],
            )
            for group in element["option_groups"]
        ]
        return slackblocks.StaticSelectMenu(
            action_id=element["action_id"], placeholder=_text(element["placeholder"]), option_groups=groups
        )
    return slackblocks.Button(
        text=_text(element["text"]),
        action_id=element["action_id"],
        value=element["value"],
        style=element.get("style"),
        accessibility_label=element["accessibility_label"],
    )


def check_message(message: Message) -> dict[str, Any]:
    """The payload of a message that Slack takes as it is: at most 50 blocks and 10,000 characters in them."""
    payload = message.payload()
    json.dumps(payload, ensure_ascii=False).encode()
    dead(payload["text"])
    assert 1 <= len(payload["text"]) <= 40_000
    assert payload["unfurl_links"] is payload["unfurl_media"] is False
    blocks = payload.get("blocks", [])
    assert len(blocks) <= 50
    assert sum(len(each["text"]) for each in _objects(blocks) if isinstance(each.get("text"), str)) <= 10_000
    check_blocks(blocks)
    return payload


def check_view(view: dict[str, Any]) -> None:
    """A modal that Slack takes as it is."""
    json.dumps(view, ensure_ascii=False).encode()
    assert len(json.dumps(view).encode()) <= 250_000
    assert len(view["blocks"]) <= 100
    for name in ("title", "close"):
        assert 1 <= len(view[name]["text"]) <= 24
    check_blocks(view["blocks"])
    assert View(**view).to_dict()["type"] == "modal"
