"""What each filter hides, as a message of its own and as part of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import actions, phrases
from bot.views import blocks as kit
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from bot.domain.posts import Post
    from bot.domain.receipts import Receipt, Receipts
    from bot.views.blocks import Block
    from bot.views.locales import Manner

TITLE = "What the filters hide"
MOST_SHOWN = 20  # there are fewer filters, and Slack takes a few more buttons in a row
APART = "apart"  # ends the block id of the buttons of a message beside the list
_FILTER = 120  # characters of one filter
_FILTERS = 1_700  # of all of them: with their numbers they fit one section


def draw(post: Post, found: Receipts, *, manner: Manner = NEUTRAL) -> Message:
    """The message that follows a list."""
    drawn = (kit.section(kit.bold(kit.Markup(TITLE))), *blocks(post, found, APART, manner=manner))
    return Message("\n".join([TITLE, *words(found)]), drawn)


def words(found: Receipts) -> list[str]:
    """One line a filter, escaped: `skills:python hides 14 (best: rank 3, 91 %)`."""
    return [*(kit.escape_text(line, 300) for line in _lines(found)), *_together(found)]


def blocks(post: Post, found: Receipts, part: str, *, lead: str = "", manner: Manner = NEUTRAL) -> list[Block]:
    """The same as blocks below `lead`, with a button a filter that takes it out; `part` ends their block id."""
    counted = [*(kit.cut(line, 300) for line in _lines(found, manner)), *_together(found, manner)]
    lines = [lead, *counted] if lead else counted
    buttons = [
        kit.button(f"Without {each.filter.key}", f"loosen.{place}", each.filter.field, label=_label(each))
        for place, each in enumerate(found.each[:MOST_SHOWN])
    ]
    drawn = [kit.lines("\n".join(lines))]
    if buttons:
        drawn.append(kit.actions(buttons, block_id=actions.block_id(post.id, post.version, 0, part)))
    return drawn


def _lines(found: Receipts, manner: Manner = NEUTRAL) -> list[str]:
    shown = found.each[:MOST_SHOWN]
    room = min(_FILTER, _FILTERS // max(1, len(shown)))
    return [_line(each, room, manner) for each in shown]


def _line(each: Receipt, room: int, manner: Manner) -> str:
    said, best = f"{kit.cut(each.filter.text, room)} hides {manner.number(each.hides)}", each.best
    if best is None:
        return said
    return f"{said} (best: rank {manner.number(best.rank)}, {phrases.percent(best.score, manner)})"


def _label(each: Receipt) -> str:
    return f"Ask again without {each.filter.text}"


def _together(found: Receipts, manner: Manner = NEUTRAL) -> list[str]:
    """Said where there are several filters: what each hides does not add up."""
    if found.together is None:
        return []
    return [f"together they hide {manner.number(found.together)}"]


def uncounted() -> Message:
    """Nothing could be counted."""
    words = "I could not count what the filters hide just now. Please try again in a minute."
    return Message(words, (kit.words(words),))
