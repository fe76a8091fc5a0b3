"""One item as blocks: a full card with buttons, or one section with a menu; and its lines in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Stage
from bot.domain.reasons import MOST_REASONS
from bot.views import actions, phrases
from bot.views.blocks import (
    ACCESSIBILITY_LABEL,
    Block,
    Element,
    Markup,
    bold,
    context,
    cut,
    escape,
    escape_text,
    join,
    labelled,
    mention,
    moment,
    overflow,
    section,
)
from bot.views.blocks import actions as action_row
from bot.views.outcomes import why
from bot.views.phrases import SEPARATOR

if TYPE_CHECKING:
    from bot.domain.stages import Decision
    from bot.views.items import Item

_STYLES = {Stage.YES: "primary", Stage.NO: "danger"}


def full(item: Item, place: int, of_how_many: int, *, brief: bool = False) -> list[Block]:
    """Up to four blocks: who or what, why, who decided, and the buttons. `place` counts from 1 within the message.

    `brief` leaves out why, where the message has no room for it.
    """
    post = item.post

    def block_id(part: str) -> str:
        return actions.block_id(post.id, post.version, place, part)

    lines = [_title(item, 80, 100), _facts(item, 120)]
    blocks = [section(join("\n", lines), block_id=block_id("card"))]
    if not brief and (why := item.why_markup(limit=200, most=MOST_REASONS)):
        blocks.append(context(why, block_id=block_id("why")))
    if said := _said(item):
        blocks.append(context(said, block_id=block_id("decision")))
    if item.pressable:
        row = _buttons(item, f"{place} of {of_how_many}, {cut(item.name, ACCESSIBILITY_LABEL)}")
        blocks.append(action_row(row, block_id=block_id("actions")))
    return blocks


def compact(item: Item, place: int, of_how_many: int, *, brief: bool = False) -> list[Block]:  # noqa: ARG001 - one signature for both cards
    """One section with a menu of the same actions, for lists of more than twelve; `brief` as above."""
    post = item.post
    lines = [_title(item, 50, 50), _facts(item, 45)]
    if said := _said(item):
        lines.append(said)
    elif not brief and (why := item.why_markup(limit=45, most=2)):
        lines.append(why)
    options = [(text, f"{_short(stage, undo)}:{value}") for text, value, stage, undo in item.moves()]
    if item.decision is not None:
        options.append(("Note", f"note:{item.value}"))
    options.append(("Details", f"details:{item.value}"))
    fits = item.pressable and all(len(value) <= actions.OPTION_VALUE for _, value in options)
    drawn = section(
        join("\n", lines),
        block_id=actions.block_id(post.id, post.version, place, "card"),
        accessory=overflow(actions.MENU, options) if fits else None,
    )
    return [drawn]


def words(item: Item) -> str:
    """The line of an item in the top-level text, escaped, in the one-line form of DESIGN §5."""
    match = item.match
    name, beside = escape_text(item.name, 120), escape_text(item.beside, 160)
    return f"{match.rank}. {name}{SEPARATOR}{beside}{SEPARATOR}{phrases.percent(match.score)}{SEPARATOR}{item.stage}"


def more_words(item: Item) -> str:
    """What else the card says, escaped, or "": its facts, and who decided when."""
    told = item.why()
    if facts := item.facts():
        told.insert(0, facts)
    said = [escape_text(SEPARATOR.join(told), 800)]
    if item.under_way is not None:
        said.append(f"saving {_what(item.under_way)}\u2026 by {mention(item.under_way.by)}")
    elif (failure := item.failure) is not None:
        said.append(f"not saved: {_what(failure.decision)} by {mention(failure.decision.by)}. {why(failure.reason)}")
    elif (decision := item.decision) is not None:
        said.append(SEPARATOR.join([_what(decision), f"by {mention(decision.by)}", phrases.utc(decision.at)]))
    line = SEPARATOR.join(filter(None, said))
    return f"#{item.match.rank}: {line}" if line else ""


def _title(item: Item, limit: int, limit_beside: int) -> Markup:
    name = bold(escape(f"{item.match.rank}. {item.name}", limit))
    return join(SEPARATOR, [name, escape(item.beside, limit_beside)])


def _facts(item: Item, limit: int) -> Markup:
    score = join(" ", [phrases.bar(item.match.score), phrases.percent(item.match.score, item.manner)])
    shown = Markup(phrases.STAGE_NAMES[item.stage])
    shown = shown if item.stage is Stage.NEW else bold(shown)
    return join(SEPARATOR, [score, escape(item.facts(item.manner), limit), shown])


def _said(item: Item) -> Markup:
    """What became of the last press: on its way, given up and why, or who decided when. Empty where nobody pressed."""
    if (under_way := item.under_way) is not None:
        saving = join(" ", [Markup("Saving"), bold(Markup(_what(under_way))) + "\u2026"])
        return join(SEPARATOR, [saving, join(" ", ["by", mention(under_way.by)])])
    if (failure := item.failure) is not None:
        lost = failure.decision
        not_saved = join(" ", [bold(Markup("Not saved:")), Markup(_what(lost)), "by", mention(lost.by)])
        return join(SEPARATOR, [not_saved, Markup(why(failure.reason))])
    return Markup("") if item.decision is None else _decided(item.decision)


def _decided(decision: Decision) -> Markup:
    """`Yes · by @who · <time>`; the way back reads "New again"."""
    when = moment(int(decision.at.timestamp()), phrases.utc(decision.at))
    return join(SEPARATOR, [bold(Markup(_what(decision))), join(" ", ["by", mention(decision.by)]), when])


def _what(decision: Decision) -> str:
    return f"{phrases.STAGE_NAMES[decision.stage]} again" if decision.undo else phrases.STAGE_NAMES[decision.stage]


def _buttons(item: Item, label: str) -> list[Element]:
    row = []
    for text, value, stage, undo in item.moves():
        style = "" if undo else _STYLES.get(stage, "")
        row.append(labelled(text, actions.stage_action(stage, undo=undo), value, label, style=style))
    if item.decision is not None:
        row.append(labelled("Note", actions.NOTE, item.value, label))
    row.append(labelled("Details", actions.DETAILS, item.value, label))
    return row


def _short(stage: Stage, undo: bool) -> str:
    return "undo" if undo else f"{stage}"
