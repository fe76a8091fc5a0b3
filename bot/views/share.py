"""Sharing a list: the form with its preview, and what is said afterwards.

Two fields, because a person chosen among conversations would name the direct message between two people, which no app
can post to. Choosing in one empties the other: its block id changes, and Slack keeps what was entered by id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.views import audience as refusals
from bot.views import blocks as kit
from bot.views import phrases
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.audience import Audience
    from bot.errors import AudienceRefusedError
    from bot.views.locales import Manner

CALLBACK = "share"
CHANNEL = "share.channel"  # action ids; block ids are the same with a number behind
PERSON = "share.person"
FIELDS = re.compile(r"^share\.(channel|person)$")
_TITLE = "Share this list"
_BLOCK = re.compile(r"(share\.(?:channel|person))\.(\d{1,4})")
_LEAD = "Choose a channel or a person. Before anything is posted you see here how many people will see it."
_BOTH = "Choose a channel or a person, not both."
_NEITHER = "Choose a channel or a person."


class Fields:
    """What the form holds: the chosen channel or person, and the numbers of the two fields as drawn."""

    def __init__(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        self.numbers = {CHANNEL: 0, PERSON: 0}
        self.chosen = {CHANNEL: "", PERSON: ""}
        for block, held in values.items():
            found = _BLOCK.fullmatch(block)
            element = held.get(found[1]) if found else None
            if found and isinstance(element, dict):
                self.numbers[found[1]] = int(found[2])
                value = element.get("selected_conversation") or element.get("selected_user")
                self.chosen[found[1]] = value if isinstance(value, str) else ""

    @property
    def place(self) -> str:
        """The one place that is chosen, or ""."""
        chosen = [value for value in self.chosen.values() if value]
        return chosen[0] if len(chosen) == 1 else ""

    @property
    def field(self) -> str:
        """The field that an error stands beside."""
        return PERSON if self.chosen[PERSON] else CHANNEL

    def keep_only(self, field: str) -> None:
        """The other field is drawn empty."""
        other = PERSON if field == CHANNEL else CHANNEL
        if self.chosen[other]:
            self.chosen[other] = ""
            self.numbers[other] += 1

    def block(self, field: str) -> str:
        """The block id of a field."""
        return f"{field}.{self.numbers[field]}"


def form(title: str, fields: Fields, preview: kit.Block | None = None, *, metadata: str) -> dict[str, Any]:
    """The form. `title` is that of the list, not escaped; `metadata` comes back with it: ids only."""
    blocks = [
        kit.section(kit.bold(kit.escape(title, 200))),
        _select("Channel", fields, CHANNEL),
        _select("Or a person", fields, PERSON),
        preview or kit.context(kit.Markup(_LEAD)),
    ]
    return {
        **kit.modal(_TITLE, blocks, callback_id=CALLBACK),
        "submit": kit.plain("Share", kit.VIEW_TITLE),
        "close": kit.plain("Cancel", kit.VIEW_TITLE),
        "private_metadata": metadata,
    }


def _select(label: str, fields: Fields, field: str) -> kit.Block:
    element: kit.Element = {"action_id": field, "focus_on_load": field == CHANNEL}
    if field == CHANNEL:
        element |= {
            "type": "conversations_select",
            "placeholder": kit.plain("Choose a channel", 150),
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        }
    else:
        element |= {"type": "users_select", "placeholder": kit.plain("Choose a person", 150)}
    return {
        "type": "input",
        "block_id": fields.block(field),
        "optional": True,
        "dispatch_action": True,
        "label": kit.plain(label, 2_000),
        "element": element,
    }


def seen_by(audience: Audience, manner: Manner = NEUTRAL) -> kit.Block:
    """The preview: how many people will see it, and where."""
    name = kit.escape(audience.name or "this person", 80)
    if audience.is_person:
        words = f"*{name}* will see it, in the direct message with me, and nobody else."
        return kit.section(kit.Markup(words))
    words = f"*{people(audience.people, manner)}* will see it, in *#{name}*."
    if audience.is_public:
        words += "\nIt is a public channel: every member of this workspace can join it and read what is there."
    return kit.section(kit.Markup(words))


def not_there(error: AudienceRefusedError, manner: Manner = NEUTRAL) -> kit.Block:
    """The preview where it is refused."""
    return kit.section(kit.join(" ", [kit.Markup("*Not there.*"), kit.escape(refusals.refused(error, manner), 600)]))


def problem(fields: Fields) -> dict[str, str]:
    """What is wrong with the choice itself, by block id; empty where one place is chosen."""
    if fields.place:
        return {}
    both = all(fields.chosen.values())
    return {fields.block(PERSON if both else CHANNEL): _BOTH if both else _NEITHER}


def loading() -> dict[str, Any]:
    """Shown before the form, where the list must be read again first."""
    return kit.modal(_TITLE, [kit.words("One moment\u2026")], callback_id=CALLBACK)


def checking() -> dict[str, Any]:
    """Shown while it takes longer to find out who is in there."""
    return kit.modal(_TITLE, [kit.words("Looking at who is in there\u2026")], callback_id=CALLBACK)


def outcome(message: Message) -> dict[str, Any]:
    """How it went, in place of the form."""
    return kit.modal(_TITLE, message.blocks, callback_id=CALLBACK)


def shared(audience: Audience, manner: Manner = NEUTRAL) -> Message:
    """The private confirmation."""
    if audience.is_person:
        text = f"Shared with {audience.name or 'that person'}, in their direct message with me."
        return Message(kit.escape_text(text), (kit.words(text, 300),))
    text, drawn = (
        f"Shared in #{audience.name}: {people(audience.people, how)} can see it." for how in (NEUTRAL, manner)
    )
    return Message(kit.escape_text(text), (kit.words(drawn, 300),))


def unconfirmed(audience: Audience) -> Message:
    """Slack did not say whether it took the post."""
    where = f"#{audience.name}" if not audience.is_person else f"the direct message with {audience.name}"
    text = f"Slack did not confirm that the list was posted in {where}. Please look there before you share it again."
    return Message(kit.escape_text(text), (kit.words(text, 400),))


def not_posted(audience: Audience) -> Message:
    """Slack refused the post."""
    where = f"#{audience.name}" if not audience.is_person else f"the direct message with {audience.name}"
    text = f"Slack did not take the list for {where}, so nothing was shared. Please try again in a minute."
    return Message(kit.escape_text(text), (kit.words(text, 400),))


def people(count: int, manner: Manner = NEUTRAL) -> str:
    """`1 person`, `12 people`."""
    return phrases.counted(count, "1 person", "{count} people", manner)
