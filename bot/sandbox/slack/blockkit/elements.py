"""Where the interactive elements of blocks are, what they are called and what a person has chosen in them."""

import secrets
from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]

# The field that carries a person's choice in `actions[]` and in `state.values` (slack-platform §2.2).
CHOICE_FIELD = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
LIST_FIELDS = frozenset(
    {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"},
)
# Pressed at once and without a state of their own.
PRESSED = frozenset({"button", "icon_button", "feedback_buttons", "workflow_button", "overflow"})
INTERACTIVE = PRESSED | CHOICE_FIELD.keys()
EXTERNAL = frozenset({"external_select", "multi_external_select"})


def blocks_within(blocks: list[Block]) -> Iterator[Block]:
    """Yield every block, those inside containers and carousels after their parent."""
    for block in blocks:
        yield block
        children = block.get("child_blocks" if block.get("type") == "container" else "elements")
        if block.get("type") in {"container", "carousel"} and isinstance(children, list):
            yield from blocks_within(children)


def elements_of(block: Block) -> Iterator[Element]:
    """Yield the interactive elements that stand directly in one block."""
    candidates: list[Any] = [block.get("accessory"), block.get("element")]
    if block.get("type") != "carousel":
        for key in ("elements", "actions"):
            listed = block.get(key)
            if isinstance(listed, list):
                candidates += listed
    for candidate in candidates:
        if isinstance(candidate, dict) and candidate.get("type") in INTERACTIVE:
            yield candidate


def pairs(blocks: list[Block]) -> Iterator[tuple[Block, Element]]:
    """Yield every interactive element with the block that it stands in."""
    for block in blocks_within(blocks):
        for element in elements_of(block):
            yield block, element


def with_ids(blocks: list[Block]) -> list[Block]:
    """Return the blocks with an id for every block and interactive element, as Slack stores them.

    What was given is not changed. A markdown block loses the id that it came with (slack-platform §3.1).
    """
    return [_identified(block) for block in blocks]


def _identified(block: Block) -> Block:
    stored = dict(block)
    if block.get("type") == "markdown" or not block.get("block_id"):
        stored["block_id"] = secrets.token_urlsafe(4)
    nested = {"container": "child_blocks", "carousel": "elements"}.get(block["type"])
    if nested is not None:
        stored[nested] = with_ids(block[nested])
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            stored[key] = _actionable(block[key])
    for key in ("elements", "actions"):
        if key != nested and isinstance(block.get(key), list):
            stored[key] = [_actionable(element) for element in block[key]]
    return stored


def _actionable(element: Element) -> Element:
    if element.get("type") not in INTERACTIVE or element.get("action_id"):
        return element
    return {**element, "action_id": secrets.token_urlsafe(4)}


def initial_choice(element: Element, conversation: str | None) -> Any:
    """Return what is chosen before a person has touched the element: its value, or None or an empty list."""
    field = CHOICE_FIELD[element["type"]]
    name = "initial_value" if field in {"value", "rich_text_value"} else field.replace("selected_", "initial_")
    chosen = element.get(name)
    if chosen is None and element.get("default_to_current_conversation") and conversation is not None:
        chosen = [conversation] if field in LIST_FIELDS else conversation
    if chosen is None and field in LIST_FIELDS:
        return []
    return chosen


def state_values(
    blocks: list[Block],
    chosen: dict[tuple[str, str], Any],
    conversation: str | None = None,
) -> dict[str, dict[str, Any]]:
    """Return `state.values`: every stateful element by block_id and action_id, with what `chosen` holds for it."""
    values: dict[str, dict[str, Any]] = {}
    for block, element in pairs(blocks):
        kind = element["type"]
        if kind in PRESSED:
            continue
        key = (block["block_id"], element["action_id"])
        choice = chosen[key] if key in chosen else initial_choice(element, conversation)
        values.setdefault(key[0], {})[key[1]] = {"type": kind, CHOICE_FIELD[kind]: choice}
    return values


def static_options(element: Element) -> list[dict[str, Any]]:
    """Return the options written into an element, those of its groups included."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group.get("options") or []
    return options
