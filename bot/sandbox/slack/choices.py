"""Which element a person means, and what the person chooses in it."""

import re
from typing import Any

from bot.sandbox.slack.blockkit.check import Check
from bot.sandbox.slack.blockkit.elements import (
    CHOICE_FIELD,
    EXTERNAL,
    LIST_FIELDS,
    Block,
    Element,
    pairs,
    static_options,
)
from bot.sandbox.slack.blockkit.option_rules import option
from bot.sandbox.slack.errors import Refused
from bot.sandbox.slack.store import Store

_SHAPES = {
    "selected_date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "selected_time": re.compile(r"\d{2}:\d{2}"),
    "selected_date_time": re.compile(r"\d{10}"),
}
_NAMED = {
    "selected_user": "users",
    "selected_users": "users",
    "selected_conversation": "channels",
    "selected_conversations": "channels",
    "selected_channel": "channels",
    "selected_channels": "channels",
}


def find(versions: list[list[Block]], asked: dict[str, Any], user: str) -> tuple[Block, Element]:
    """Return the named element, in the newest version that has it.

    `action_id` is needed, `block_id` and `value` narrow the choice. Raises Refused 404 when no version has it.
    """
    action_id, block_id = asked.get("action_id"), asked.get("block_id")
    if not isinstance(action_id, str) or not action_id:
        raise Refused(400, "action_id must be a text")
    for blocks in reversed(versions):
        for block, element in pairs(blocks):
            if element["action_id"] != action_id or block_id not in (None, "", block["block_id"]):
                continue
            if _offers(element, asked) and user in (element.get("visible_to_user_ids") or [user]):
                return block, element
    place = f" in block {block_id!r}" if block_id else ""
    value = _asked_value(asked)
    offer = f" that offers {value!r}" if value is not None else ""
    raise Refused(404, f"Nothing here has the action_id {action_id!r}{place}{offer}")


def _asked_value(asked: dict[str, Any]) -> object:
    chosen = asked.get("selected_option")
    if isinstance(chosen, dict):
        return chosen.get("value")
    return chosen if chosen is not None else asked.get("value")


def _offers(element: Element, asked: dict[str, Any]) -> bool:
    """Tell whether an element can send the value that was asked for."""
    wanted = _asked_value(asked)
    if wanted is None:
        return True
    kind = element["type"]
    if kind in {"button", "icon_button", "workflow_button"}:
        return bool(element.get("value") == wanted)
    if kind == "feedback_buttons":
        return wanted in [element[name].get("value") for name in ("positive_button", "negative_button")]
    if kind in {"overflow", "static_select", "radio_buttons"}:
        return any(choice.get("value") == wanted for choice in static_options(element))
    return True


def action(store: Store, block: Block, element: Element, asked: dict[str, Any], action_ts: str) -> dict[str, Any]:
    """Return the entry of `actions[]`. Raises Refused 400 when what is chosen does not fit the element."""
    kind = element["type"]
    entry: dict[str, Any] = {"type": kind, "action_id": element["action_id"], "block_id": block["block_id"]}
    for name in ("text", "value", "style", "placeholder", "accessibility_label"):
        if name in element:
            entry[name] = element[name]
    if kind == "overflow":
        entry["selected_option"] = _static(element, _given(asked, "selected_option"))
    elif kind == "feedback_buttons":
        names = ("positive_button", "negative_button")
        wanted = _asked_value(asked)
        pressed = next((element[n] for n in names if element[n].get("value") == wanted), element[names[0]])
        entry |= {"text": pressed["text"], "value": pressed["value"]}
    elif kind in CHOICE_FIELD:
        entry[CHOICE_FIELD[kind]] = choose(store, element, asked)
    return entry | {"action_ts": action_ts}


def choose(store: Store, element: Element, asked: dict[str, Any]) -> Any:
    """Return a person's choice in a stateful element, as `state.values` holds it.

    Raises Refused 400 when it does not fit the element.
    """
    kind = element["type"]
    field = CHOICE_FIELD[kind]
    raw = _given(asked, field)
    if field in LIST_FIELDS:
        if not isinstance(raw, list):
            raise Refused(400, f"{kind} takes a list in {field}")
        if len(raw) > element.get("max_selected_items", len(raw)):
            raise Refused(400, f"{kind} takes at most {element['max_selected_items']}")
        return [_single(store, element, field, item) for item in raw]
    # An emptied text field holds null, as one that was never touched.
    return None if raw is None or raw == "" else _single(store, element, field, raw)


def _given(asked: dict[str, Any], field: str) -> Any:
    """Return what was given in an element's own field, else in `value`."""
    given = asked.get(field)
    return asked.get("value") if given is None else given


def _single(store: Store, element: Element, field: str, raw: Any) -> Any:
    kind = element["type"]
    if field in {"selected_option", "selected_options"}:
        return _external(raw) if kind in EXTERNAL else _static(element, raw)
    if field in _NAMED:
        known: Any = store.users if _NAMED[field] == "users" else store.channels
        if not isinstance(raw, str) or raw not in known:
            raise Refused(400, f"{raw!r} is not among the {_NAMED[field]}")
        return raw
    if field in _SHAPES:
        if not _SHAPES[field].fullmatch(str(raw)):
            raise Refused(400, f"{raw!r} is no {field}")
        return int(raw) if field == "selected_date_time" else raw
    if field == "value" and not isinstance(raw, str):
        raise Refused(400, f"{kind} takes a text in value")
    return raw


def _static(element: Element, raw: Any) -> dict[str, Any]:
    wanted = raw.get("value") if isinstance(raw, dict) else raw
    for choice in static_options(element):
        if choice.get("value") == wanted:
            return choice
    raise Refused(400, f"{element['action_id']} has no option {wanted!r}")


def _external(raw: Any) -> dict[str, Any]:
    check = Check("modal")
    option(check, raw, "/selected_option")
    if check.problems or not isinstance(raw, dict):
        raise Refused(400, "A type-ahead choice is a whole option: text and value")
    return raw
