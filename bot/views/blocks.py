"""Small typed builders of plain-dict blocks, the one escaping seam, and Slack's size limits.

Text from outside enters a block in two ways only: `plain(...)`, which Slack never parses, or `escape(...)`, which
returns `Markup`. A builder that takes `Markup` does not take a bare string, and the type checker sees to that.
Figures: reference slack-platform §0; rules for untrusted text: §4.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NewType

from bot.domain.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Block = dict[str, Any]
Element = dict[str, Any]
Markup = NewType("Markup", str)

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 10_000  # summed over all blocks (reference §3.4)
VIEW_BLOCKS = 100
HEADER = 150
SECTION = 3_000
CONTEXT = 2_000
BUTTON = 75
ACCESSIBILITY_LABEL = 75
BUTTON_VALUE = 2_000
OPTION_VALUE = 150
ACTIONS_ELEMENTS = 25
VIEW_TITLE = 24
ELLIPSIS = "\u2026"

_USER_ID = re.compile(r"[A-Z0-9_]{1,32}")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # the ampersand first: the others bring one
# mrkdwn has no escape for its formatting marks, so they become characters that look alike (reference §4.2, rule 2).
_LOOKALIKES = {"*": "\u2217", "_": "\uff3f", "~": "\u223c", "`": "\u02cb"}
_IN_MARKUP = _ENTITIES | _LOOKALIKES
_SPECIAL = re.compile("[" + "".join(_IN_MARKUP) + "]")


def cut(text: str, limit: int) -> str:
    """`text` on one line without control characters, at most `limit` characters; an ellipsis shows that it was cut."""
    text = tidy(text if len(text) <= limit else text[: limit * 4 + 64])
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def escape(text: str, limit: int = 200) -> Markup:
    """Text from outside as mrkdwn that shows itself and does nothing: no token, no formatting, one line.

    `limit` counts characters of the result; no entity is ever cut in half.
    """
    return Markup(_replaced(cut(text, limit), _IN_MARKUP, limit))


def escape_text(text: str, limit: int = 300) -> str:
    """The same for a message's top-level `text`, which is read aloud: formatting marks stay as they are."""
    return _replaced(cut(text, limit), _ENTITIES, limit)


def _replaced(text: str, table: dict[str, str], limit: int) -> str:
    if _SPECIAL.search(text) is None and len(text) <= limit:
        return text
    whole = text
    for char, instead in table.items():  # seven scans in C: `translate` costs ten times as much beyond ASCII
        whole = whole.replace(char, instead)
    if len(whole) <= limit:
        return whole
    pieces = [table.get(char, char) for char in text]
    size = len(whole)
    while pieces and size > limit - 1:
        size -= len(pieces.pop())
    return "".join(pieces) + ELLIPSIS


def join(separator: str, parts: Iterable[Markup | str]) -> Markup:
    """Markup from parts that are markup, or words of our own."""
    return Markup(separator.join([part for part in parts if part]))


def bold(inside: Markup) -> Markup:
    """Bold text."""
    return Markup(f"*{inside}*") if inside else inside


def mention(user_id: str) -> Markup:
    """A mention of somebody by an id that came from Slack; it notifies in new posts, not in updates."""
    return Markup(f"<@{user_id}>") if _USER_ID.fullmatch(user_id) else Markup("somebody")


def moment(unix: int, fallback: str) -> Markup:
    """A point in time, shown in the reader's zone; `fallback` names its time zone (reference §4.3)."""
    return Markup(f"<!date^{unix}^{{date_short_pretty}} at {{time}}|{fallback}>")


def day(unix: int, fallback: str) -> Markup:
    """A day as the reader's own Slack writes it."""
    return Markup(f"<!date^{unix}^{{date_short}}|{fallback}>")


def code(text: str, limit: int = 500) -> Markup:
    """Text from outside in a monospaced box, spaces and line breaks kept."""
    safe = "".join(char for char in text if char == "\n" or char.isprintable()).replace("`", "\u02cb")
    return Markup("```" + _replaced(safe[: limit - 8], _ENTITIES, limit - 8) + "```")


def plain(text: str, limit: int) -> dict[str, Any]:
    """A plain_text object: Slack parses nothing in it."""
    return {"type": "plain_text", "text": cut(text, limit) or "-", "emoji": False}


def markup(text: Markup) -> dict[str, Any]:
    """A mrkdwn object in which nothing is linked by itself."""
    return {"type": "mrkdwn", "text": text or "-", "verbatim": True}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: Markup, *, block_id: str = "", accessory: Element | None = None) -> Block:
    """A paragraph, at most 3,000 characters."""
    block: Block = {"type": "section", "text": markup(_fitting(text, SECTION))}
    if accessory is not None:
        block["accessory"] = accessory
    return _named(block, block_id)


def exactly(lines: Iterable[str], limit: int = 300) -> Block:
    """Lines from outside to be copied, character by character: no look-alikes; each at most `limit` characters."""
    text = "\n".join(cut(line, limit) for line in lines)
    return {"type": "section", "text": {"type": "plain_text", "text": text[:SECTION] or "-", "emoji": False}}


def lines(text: str) -> Block:
    """Lines from outside that are tidy already and fit, in which Slack parses nothing."""
    return {"type": "section", "text": {"type": "plain_text", "text": text[:SECTION] or "-", "emoji": False}}


def note(text: str, limit: int) -> Block:
    """Small print from outside to be copied: no look-alikes, one line."""
    return {"type": "context", "elements": [plain(text, limit)]}


def words(text: str, limit: int = SECTION) -> Block:
    """A paragraph in which Slack parses nothing: for our own sentences, which may hold words from outside."""
    return {"type": "section", "text": plain(text, limit)}


def context(*texts: Markup, block_id: str = "") -> Block:
    """Small print, at most ten pieces."""
    return _named({"type": "context", "elements": [markup(_fitting(text, CONTEXT)) for text in texts[:10]]}, block_id)


def actions(elements: Sequence[Element], *, block_id: str) -> Block:
    """A row of buttons."""
    return _named({"type": "actions", "elements": list(elements[:ACTIONS_ELEMENTS])}, block_id)


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(text: str, action_id: str, value: str, *, label: str = "", style: str = "") -> Element:
    """A button; `label` is what a screen reader says, so that ten buttons of one name can be told apart."""
    element: Element = {"type": "button", "text": plain(text, BUTTON), "action_id": action_id, "value": value}
    if label:
        element["accessibility_label"] = cut(label, ACCESSIBILITY_LABEL)
    if style:
        element["style"] = style
    return element


def labelled(word: str, action_id: str, value: str, about: str, *, style: str = "") -> Element:
    """A button with a word of ours; `about`, which is tidy, is what a screen reader says after it."""
    said = f"{word}: {about}"
    element: Element = {
        "type": "button",
        "text": {"type": "plain_text", "text": word, "emoji": False},
        "action_id": action_id,
        "value": value,
        "accessibility_label": said if len(said) <= ACCESSIBILITY_LABEL else cut(said, ACCESSIBILITY_LABEL),
    }
    if style:
        element["style"] = style
    return element


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Element:
    """A menu of (word of ours, value), one to five."""
    listed = [
        {"text": {"type": "plain_text", "text": word, "emoji": False}, "value": value} for word, value in options[:5]
    ]
    return {"type": "overflow", "action_id": action_id, "options": listed}


def menu(placeholder: str, action_id: str, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Element:
    """A menu of groups, each of (text, value); empty groups are left out."""
    listed = [
        {
            "label": plain(label, BUTTON),
            "options": [{"text": plain(text, BUTTON), "value": value} for text, value in options],
        }
        for label, options in groups
        if options
    ]
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, BUTTON),
        "option_groups": listed,
    }


def modal(title: str, blocks: Sequence[Block], *, callback_id: str) -> dict[str, Any]:
    """A modal without inputs."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, VIEW_TITLE),
        "close": plain("Close", VIEW_TITLE),
        "blocks": list(blocks[:VIEW_BLOCKS]),
    }


def characters(blocks: Iterable[Block]) -> int:
    """The text of all blocks together, as the message limit counts it."""
    found = 0
    for block in blocks:
        kind = block.get("type")
        if kind in _SIMPLE:  # two in three are: buttons, and pieces of small print
            text = block["text"]
            found += len(text if kind == "mrkdwn" else text["text"])
            continue
        for name, value in block.items():
            if name == "text":
                found += len(value) if isinstance(value, str) else len(value["text"])
            elif isinstance(value, dict):
                if value.get("type") == "overflow":  # each item of a long list has one
                    found += sum([len(option["text"]["text"]) for option in value["options"]])
                else:
                    found += characters((value,))
            elif isinstance(value, list):
                found += characters([each for each in value if isinstance(each, dict)])
    return found


_SIMPLE = frozenset({"button", "mrkdwn"})  # their text is all that they show


def _fitting(text: Markup, limit: int) -> Markup:
    """Our own texts are built to fit; this is the last line of defence, and it cuts at a gap, outside any token."""
    if len(text) <= limit:
        return text
    shorter = text[: limit - 2]
    shorter = shorter[: max(shorter.rfind(" "), shorter.rfind("\n"), 0)]
    if shorter.count("<") > shorter.count(">"):
        shorter = shorter[: shorter.rfind("<")]
    return Markup(shorter + " " + ELLIPSIS)


def _named(block: Block, block_id: str) -> Block:
    if block_id:
        block["block_id"] = block_id
    return block
