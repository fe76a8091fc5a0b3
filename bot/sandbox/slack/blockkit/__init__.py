"""Block Kit as Slack checks it: every limit of slack-platform §0 and §3, written independently of any SDK."""

import json
from collections.abc import Callable
from typing import Any

from bot.sandbox.slack.blockkit import block_rules, newer_rules
from bot.sandbox.slack.blockkit.check import PLAIN, Check, Json, Problem, Surface
from bot.sandbox.slack.blockkit.element_rules import ID
from bot.sandbox.slack.blockkit.placement import ALL_SURFACES, element

__all__ = [
    "MESSAGE_TEXT_SUM",
    "VIEW_BYTES",
    "Problem",
    "Surface",
    "check_blocks",
    "check_view",
    "text_sum",
    "view_bytes",
]

BLOCKS_PER_SURFACE: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
# Slack documents no figure; rejections were reported from 11,341 to 13,300 characters (slack-platform §3.4). The
# sandbox refuses what was always refused: a payload that passes here can still be too long on a stricter day.
MESSAGE_TEXT_SUM = 13_000
VIEW_BYTES = 250_000
CHILD_BLOCKS = 10
CARDS = 10
PRIVATE_METADATA = 3_000
VIEW_TITLE = 24
NOT_NESTED = ("container", "carousel")

_MESSAGE: frozenset[Surface] = frozenset({"message"})
_MESSAGE_HOME: frozenset[Surface] = frozenset({"message", "home"})


def carousel(check: Check, block: Json, at: str) -> None:
    """Check 1 to 10 cards."""
    for item_at, value in check.items(block, "elements", at, CARDS):
        if not isinstance(value, dict) or value.get("type") != "card":
            check.fail(f"{item_at}/type", "must be one of: card")
        else:
            _block(check, value, item_at)


def container(check: Check, block: Json, at: str) -> None:
    """Check a title of 150 (or a rich text), 1 to 10 child blocks, the width and the collapse flags."""
    if (block.get("title") is None) == (block.get("rich_text_title") is None):
        check.fail(at, "must have exactly one of title, rich_text_title")
    check.text(block, "title", at, newer_rules.TITLE, kinds=PLAIN)
    check.text(block, "subtitle", at, newer_rules.TITLE)
    check.one_of(block, "width", at, ("narrow", "standard", "wide", "full"))
    for name in ("is_collapsible", "default_collapsed", "has_header_divider"):
        check.boolean(block, name, at)
    if block.get("icon") is not None:
        element(check, block["icon"], f"{at}/icon", "container")
    for item_at, value in check.items(block, "child_blocks", at, CHILD_BLOCKS):
        if isinstance(value, dict) and value.get("type") in NOT_NESTED:
            check.fail(f"{item_at}/type", f"unsupported type: {value['type']}")
        else:
            _block(check, value, item_at)


BLOCKS: dict[str, tuple[Callable[[Check, Json, str], None], frozenset[Surface]]] = {
    "section": (block_rules.section, ALL_SURFACES),
    "header": (block_rules.header, ALL_SURFACES),
    "divider": (block_rules.divider, ALL_SURFACES),
    "image": (block_rules.image_block, ALL_SURFACES),
    "context": (block_rules.context, ALL_SURFACES),
    "actions": (block_rules.actions, ALL_SURFACES),
    "input": (block_rules.input_block, ALL_SURFACES),
    "rich_text": (block_rules.rich_text, ALL_SURFACES),
    "video": (block_rules.video, ALL_SURFACES),
    "markdown": (newer_rules.markdown, _MESSAGE),
    "table": (newer_rules.table, _MESSAGE),
    "data_table": (newer_rules.data_table, _MESSAGE),
    "data_visualization": (newer_rules.data_visualization, _MESSAGE_HOME),
    "card": (newer_rules.card, _MESSAGE_HOME),
    "carousel": (carousel, _MESSAGE_HOME),
    "alert": (newer_rules.alert, frozenset({"modal"})),
    "container": (container, _MESSAGE_HOME),
    "plan": (newer_rules.plan, _MESSAGE),
    "task_card": (newer_rules.task_card, _MESSAGE),
    "context_actions": (newer_rules.context_actions, _MESSAGE),
    "auth_provider": (newer_rules.auth_provider, ALL_SURFACES),
}


def _block(check: Check, value: object, at: str) -> None:
    if not isinstance(value, dict):
        check.fail(at, "must be a valid object")
        return
    kind = value.get("type")
    rule, surfaces = BLOCKS.get(kind, (None, ALL_SURFACES)) if isinstance(kind, str) else (None, ALL_SURFACES)
    if rule is None:
        check.fail(f"{at}/type", f"unsupported type: {kind}")
    elif check.surface not in surfaces:
        check.fail(f"{at}/type", f"{kind} is not supported in a {check.surface}")
    else:
        check.string(value, "block_id", at, ID)
        check.unique(value.get("block_id"), check.block_ids, at, "block_id")
        rule(check, value, at)


def check_blocks(blocks: object, surface: Surface, at: str = "/blocks") -> list[Problem]:
    """Return every violation in a list of blocks, with pointers that start at `at`."""
    check = Check(surface)
    _blocks(check, blocks, at)
    return check.problems


def _blocks(check: Check, blocks: object, at: str) -> None:
    parent, _, name = at.rpartition("/")
    owner = {name: blocks}
    markdown = 0
    for item_at, block in check.items(owner, name, parent, BLOCKS_PER_SURFACE[check.surface], minimum=0):
        _block(check, block, item_at)
        if isinstance(block, dict) and block.get("type") == "markdown":
            markdown += len(str(block.get("text", "")))
    if markdown > newer_rules.MARKDOWN:
        check.fail(at, f"must be less than {newer_rules.MARKDOWN + 1} characters of markdown in all")


def check_view(view: object, surface: Surface, at: str = "/view") -> list[Problem]:
    """Return every violation in a view that is to be a modal or a Home tab."""
    check = Check(surface)
    if not isinstance(view, dict):
        check.fail(at, "must be a valid object")
        return check.problems
    check.one_of(view, "type", at, [surface], required=True)
    check.string(view, "private_metadata", at, PRIVATE_METADATA)
    check.string(view, "callback_id", at, ID)
    check.string(view, "external_id", at, ID)
    if surface == "modal":
        check.text(view, "title", at, VIEW_TITLE, kinds=PLAIN, required=True)
        check.text(view, "submit", at, VIEW_TITLE, kinds=PLAIN)
        check.text(view, "close", at, VIEW_TITLE, kinds=PLAIN)
        check.boolean(view, "clear_on_close", at)
        check.boolean(view, "notify_on_close", at)
    _blocks(check, view.get("blocks"), f"{at}/blocks")
    blocks = view.get("blocks")
    if surface == "modal" and view.get("submit") is None and isinstance(blocks, list):
        for block in blocks:
            if isinstance(block, dict) and block.get("type") == "input":
                check.fail(at, "missing required field: submit")
                break
    return check.problems


def text_sum(value: object) -> int:
    """Return the characters of all texts in blocks: every `text` that is a string, at any depth."""
    if isinstance(value, list):
        return sum(text_sum(item) for item in value)
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(text_sum(item) for item in value.values() if isinstance(item, (dict, list)))
    return 0


def view_bytes(view: dict[str, Any]) -> int:
    """Return the size of a view as JSON in UTF-8."""
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
