"""Last queries, each to run again, and last decisions, each with its Undo: in a private message and on Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.ledger import Kind
from bot.views import actions, phrases
from bot.views import blocks as kit
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.history import Asked, Past

MOST_QUERIES = 8
MOST_DECISIONS = 8
QUERIES = "Your last queries"
DECISIONS = "Your last decisions"
_NO_QUERIES = "You have not asked anything yet."
_NO_DECISIONS = "You have not decided anything yet."
_UNREADABLE = "name not readable now"
_SHOWN_QUERY = 300
_NOTE = 300


def mine(queries: Sequence[Asked], decisions: Sequence[Past], *, rename: Mapping[str, str]) -> Message:
    """What one person asked and decided. `rename` maps our command names to those of this workspace."""
    lines = [
        QUERIES,
        *([as_typed(each, rename) for each in queries] or [_NO_QUERIES]),
        DECISIONS,
        *([words(each) for each in decisions] or [_NO_DECISIONS]),
    ]
    drawn = [*queries_drawn(queries, rename=rename), *decisions_drawn(decisions)]
    return Message("\n".join(kit.escape_text(line, 500) for line in lines), tuple(drawn))


def about(subject: str, decisions: Sequence[Past]) -> Message:
    """What was decided about a job or a profile; `subject` is its name, not escaped."""
    title = f"Decisions about {subject}"
    if not decisions:
        text = f"Nothing was decided in Slack about {subject} so far."
        return Message(kit.escape_text(text), (kit.words(text, 400),))
    lines = [title, *(words(each, by=True) for each in decisions)]
    drawn = [kit.header(title), *(_decision(each, place, by=True) for place, each in enumerate(decisions))]
    return Message("\n".join(kit.escape_text(line, 900) for line in lines), tuple(drawn))


def queries_drawn(queries: Sequence[Asked], *, rename: Mapping[str, str]) -> list[kit.Block]:
    """The headline and one line a query, with a button that runs it."""
    drawn = [kit.header(QUERIES)]
    for place, each in enumerate(queries):
        text = as_typed(each, rename)
        run = kit.button("Run", actions.again(place), each.token, label=f"Run {text}")
        drawn.append(kit.section(kit.code(kit.cut(text, _SHOWN_QUERY)), accessory=run, block_id=f"asked.{each.token}"))
    return drawn if queries else [*drawn, kit.words(_NO_QUERIES)]


def decisions_drawn(decisions: Sequence[Past]) -> list[kit.Block]:
    """The headline and one line a decision, with its Undo where it is the last word."""
    drawn = [kit.header(DECISIONS), *(_decision(each, place) for place, each in enumerate(decisions))]
    return drawn if decisions else [*drawn, kit.words(_NO_DECISIONS)]


def as_typed(asked: Asked, rename: Mapping[str, str]) -> str:
    """The query as it can be typed in this workspace, not escaped."""
    command, _, rest = asked.canonical.partition(" ")
    return f"{rename.get(command, command)} {rest}".rstrip()


def words(past: Past, *, by: bool = False) -> str:
    """A decision in words, not escaped: `Yes · First Last · Data Engineer · 2026-11-22 15:04 UTC`."""
    parts = [_what(past), *_whom(past), *([f"by {past.by}"] if by else []), phrases.utc(past.entry.at), *_why(past)]
    return phrases.SEPARATOR.join(parts)


def _decision(past: Past, place: int, *, by: bool = False) -> kit.Block:
    entry = past.entry
    name, title = (kit.escape(each, 100) for each in _whom(past))
    what = kit.bold(kit.Markup(_what(past)))
    when = kit.moment(int(entry.at.timestamp()), phrases.utc(entry.at))
    small = [
        *([kit.escape(f"by {past.by}", 100)] if by else []),
        when,
        *(kit.escape(each, _NOTE) for each in _why(past)),
    ]
    text = kit.join("\n", [kit.join(phrases.SEPARATOR, [what, name, title]), kit.join(phrases.SEPARATOR, small)])
    block_id = f"past.{place}.{entry.revision}.{int(entry.at.timestamp())}"
    if past.back is None:
        return kit.section(text, block_id=block_id)
    label = f"Undo {_what(past)}: {', '.join(_whom(past))}"
    undo = kit.button("Undo", actions.PAST_UNDO, actions.write_move(past.back), label=label)
    return kit.section(text, accessory=undo, block_id=block_id)


def _what(past: Past) -> str:
    if past.entry.kind is Kind.ERASURE:
        return "Note erased"
    stage = phrases.STAGE_NAMES[past.entry.after] if past.entry.after else ""
    if past.entry.kind is Kind.NOTE:
        return f"Note on {stage}"
    return f"{stage} again" if past.entry.kind is Kind.UNDO else stage


def _whom(past: Past) -> tuple[str, str]:
    profile = _UNREADABLE if past.profile is None else phrases.stated(past.profile, phrases.NO_NAME)
    job = _UNREADABLE if past.job is None else phrases.stated(past.job, phrases.NO_NAME)
    return profile, job


def _why(past: Past) -> list[str]:
    reason = past.entry.reason.replace("_", " ")
    return [each for each in (reason, past.entry.note) if kit.cut(each, 1)]
