"""A message without mentions: in a new one they would notify people, in an update they do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.views import blocks as kit
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_MENTION = re.compile(r"<@([A-Z0-9_]+)>")


def without_mentions(message: Message, names: Mapping[str, str]) -> Message:
    """The same with the plain names of those people; "somebody" for whom none is known.

    Text from outside cannot hold a mention: it is escaped.
    """

    def named(found: re.Match[str]) -> str:
        return str(kit.escape(names.get(found[1]) or "somebody", 80))

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return _MENTION.sub(named, value)
        if isinstance(value, dict):
            return {key: plain(held) for key, held in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(held) for held in value]
        return value

    return Message(plain(message.text), tuple(plain(list(message.blocks))))
