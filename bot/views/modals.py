"""A message as a modal or as a Home tab: for what has to be said where no message can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.views import blocks as kit

if TYPE_CHECKING:
    from bot.views.message import Message

NOTICE = "notice"


def notice(message: Message) -> dict[str, Any]:
    """A message on a modal of its own, which holds no field and is only to be closed."""
    return kit.modal("Shortlist", message.blocks, callback_id=NOTICE)


def home(message: Message) -> dict[str, Any]:
    """A message on the Home tab."""
    return {"type": "home", "callback_id": NOTICE, "blocks": list(message.blocks[: kit.VIEW_BLOCKS])}
