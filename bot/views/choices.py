"""Several things have that name: one button each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import blocks as kit
from bot.views import lookups, phrases
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from bot.domain.choices import Choice
    from bot.views.locales import Manner


def draw(choice: Choice, manner: Manner = NEUTRAL) -> Message:
    """The hits as buttons; every name in the text too, one a line."""
    more = choice.total - len(choice.hits)
    lead = f"{lookups.which(choice.kind, kit.cut(choice.words, 80))}. Which one?"
    names = [(phrases.stated(name, phrases.NO_NAME), hint) for _, name, hint in choice.hits]
    labels = [f"{name}, {hint}" if hint else name for name, hint in names]
    lines = [lead, *(f"{place}. {label}" for place, label in enumerate(labels, start=1))]
    buttons = [
        kit.button(label, f"choose.{place}", f"{choice.id}:{place}", label=f"Choose {label}")
        for place, label in enumerate(labels)
    ]
    drawn = [kit.words(lead, 300), kit.actions(buttons, block_id=f"choose.{choice.id}")]
    if more > 0:
        text, tail = (f"and {how.number(more)} more: add a word to narrow it down." for how in (NEUTRAL, manner))
        lines.append(text)
        drawn.append(kit.context(kit.escape(tail)))
    return Message("\n".join(kit.escape_text(line) for line in lines), tuple(drawn))
