"""A message: its blocks, and the same in words for those who hear it or see no blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.views.blocks import Block


@dataclass(frozen=True, slots=True)
class Message:
    """`text` carries every word of the message, escaped for Slack; `blocks` may be empty for a bare sentence."""

    text: str
    blocks: tuple[Block, ...] = field(default=())

    def payload(self) -> dict[str, Any]:
        """What every way of sending has in common: nothing is unfurled (reference slack-platform §4.2, rule 6)."""
        body: dict[str, Any] = {"text": self.text, "unfurl_links": False, "unfurl_media": False}
        if self.blocks:
            body["blocks"] = list(self.blocks)
        return body
