"""A long content on the pages of one modal: what belongs together stays together, no page exceeds the limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.views import actions
from bot.views import blocks as kit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.views.blocks import Block

PAGE_BLOCKS = 90  # of the hundred that a view may hold
PAGE_BYTES = 150_000  # of the texts as JSON; a whole view may take 250 KB

Chunk = list["Block"]


def pages(chunks: Iterable[Chunk]) -> list[list[Block]]:
    """The chunks in their order, as few pages as it takes; at least one page."""
    found: list[list[Block]] = [[]]
    taken = 0
    for chunk in chunks:
        size = len(json.dumps(chunk))
        page = found[-1]
        if page and (len(page) + len(chunk) > PAGE_BLOCKS or taken + size > PAGE_BYTES):
            found.append([])
            taken = 0
        found[-1].extend(chunk)
        taken += size
    return found


def view(title: str, found: Sequence[list[Block]], number: int, value: str, *, callback_id: str) -> dict[str, object]:
    """The page of that number, from 0, with the buttons to its neighbours; they carry `number:value`."""
    number = max(0, min(number, len(found) - 1))
    blocks = list(found[number])
    if len(found) > 1:
        where = f"Page {number + 1} of {len(found)}"
        buttons = [
            kit.button(text, action, f"{to}:{value}", label=f"{text}: {where}")
            for text, action, to in (
                ("Previous", actions.PREVIOUS_PART, number - 1),
                ("Next", actions.NEXT_PART, number + 1),
            )
            if 0 <= to < len(found)
        ]
        blocks += [kit.context(kit.Markup(where)), kit.actions(buttons, block_id=f"part.{number}")]
    return kit.modal(title, blocks, callback_id=callback_id)
