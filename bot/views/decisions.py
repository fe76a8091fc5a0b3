"""Words and forms around a decision: its reason, notes on it, what was decided before, and who may decide at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.ledger import LONGEST_NOTE, Kind, clean_note
from bot.views import actions, phrases
from bot.views import blocks as kit
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.ledger import LedgerEntry
    from bot.errors import MayNotDecideError

REASON = "reason"  # callback ids
NOTE = "note"
_CODE, _TEXT = "code", "text"  # block ids and action ids of the fields
MOST_SHOWN = 12
_NOTE_SHOWN = 600


def ask_reason(codes: Sequence[str], *, required: bool, metadata: str) -> dict[str, Any]:
    """The form behind **No**: a code to choose, and room for a note. `metadata` comes back with it: keys only."""
    lead = "Choosing a reason is needed here." if required else "A reason helps later; it is not needed."
    code = {
        "type": "static_select",
        "action_id": _CODE,
        "placeholder": kit.plain("Choose a reason", 150),
        "options": [{"text": kit.plain(code_words(code), 75), "value": code} for code in codes],
    }
    return {
        "type": "modal",
        "callback_id": REASON,
        "private_metadata": metadata,
        "title": kit.plain("Why No?", kit.VIEW_TITLE),
        "submit": kit.plain("Decide: No", kit.VIEW_TITLE),
        "close": kit.plain("Cancel", kit.VIEW_TITLE),
        "blocks": [
            kit.section(kit.Markup(f"{lead} Nothing is decided until you press the button.")),
            _input(_CODE, "Reason", code, optional=not required),
            _note_field("Note", optional=True),
            _privacy(),
        ],
    }


def ask_note(*, metadata: str) -> dict[str, Any]:
    """The form for a note on a decision."""
    return {
        "type": "modal",
        "callback_id": NOTE,
        "private_metadata": metadata,
        "title": kit.plain("Note on this decision", kit.VIEW_TITLE),
        "submit": kit.plain("Keep the note", kit.VIEW_TITLE),
        "close": kit.plain("Cancel", kit.VIEW_TITLE),
        "blocks": [_note_field("Note", optional=False), _privacy()],
    }


def read_reason(values: Mapping[str, Mapping[str, Any]]) -> str:
    """The code that was chosen, or ""."""
    chosen = values.get(_CODE, {}).get(_CODE, {}).get("selected_option")
    value = chosen.get("value") if isinstance(chosen, dict) else None
    return value if isinstance(value, str) else ""


def read_note(values: Mapping[str, Mapping[str, Any]]) -> str:
    """The note that was written, cleaned, or ""."""
    value = values.get(_TEXT, {}).get(_TEXT, {}).get("value")
    return clean_note(value) if isinstance(value, str) else ""


def reason_needed() -> dict[str, str]:
    """What is said at the field where the reason is missing."""
    return {_CODE: "Please choose a reason: here a No needs one."}


def note_needed() -> dict[str, str]:
    """What is said at the field where there is no text."""
    return {_TEXT: "Please write something, or cancel."}


def noted() -> Message:
    """Said when a note is kept."""
    words = "Your note is kept. Details shows it, and so does the ledger; it is not sent to HrFlow."
    return Message(words, (kit.words(words),))


def nothing_to_note() -> Message:
    """Said where a note is asked for and nobody has decided anything."""
    words = "Nobody has decided about this in Slack yet, so there is nothing to note. Decide first."
    return Message(words, (kit.words(words),))


def may_not_decide(error: MayNotDecideError) -> Message:
    """A private refusal that says whom to ask."""
    if error.unknown:
        words = (
            "I could not check with Slack who may decide here, so nothing was changed. Please try again in a minute."
        )
        return Message(words, (kit.words(words),))
    lead = "You may look, but deciding is for certain people here, so nothing was changed."
    if not error.ask:
        words = f"{lead} Please ask your operator who they are."
        return Message(words, (kit.words(words),))
    asked = kit.join(", ", [kit.mention(user) for user in error.ask])
    said = phrases.filled("{lead} You can ask {asked}.", lead=lead, asked=asked)
    return Message(said, (kit.section(said),))


def code_words(code: str) -> str:
    """A code as people read it: `not-available` is "Not available"."""
    words = code.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def past(entries: Sequence[LedgerEntry], value: str = "") -> list[kit.Block]:
    """What was decided about a pair and noted on it, newest first: who, what, when, why. Empty where there is none.

    `value` names the pair for the button that adds a note; without it there is none.
    """
    told = [entry for entry in entries if entry.kind is not Kind.ERASURE]
    if not told:
        return []
    blocks = [kit.section(kit.bold(kit.Markup("Decisions")))]
    blocks += [kit.context(*_told(entry)) for entry in told[:MOST_SHOWN]]
    if len(told) > MOST_SHOWN:
        blocks.append(kit.context(kit.Markup(f"and {len(told) - MOST_SHOWN} earlier")))
    if value:
        blocks.append(kit.actions([kit.button("Add a note", actions.NOTE, value, label="Add a note")], block_id="past"))
    return blocks


def past_words(entry: LedgerEntry) -> str:
    """The same of one entry on one line, not escaped and without who and when: `No · Skills · "a note"`."""
    note = f'"{entry.note}"' if entry.note else "note erased" if entry.erased else ""
    reason = code_words(entry.reason) if entry.reason else ""
    return phrases.SEPARATOR.join(filter(None, [_what(entry), reason, note]))


def _told(entry: LedgerEntry) -> list[kit.Markup]:
    when = kit.moment(int(entry.at.timestamp()), phrases.utc(entry.at))
    reason = kit.escape(code_words(entry.reason), 100) if entry.reason else ""
    head = kit.join(
        phrases.SEPARATOR,
        [kit.bold(kit.Markup(_what(entry))), reason, kit.join(" ", ["by", kit.mention(entry.by)]), when],
    )
    note = entry.note or ("note erased" if entry.erased else "")
    return [head, kit.escape(note, _NOTE_SHOWN)] if note else [head]


def _what(entry: LedgerEntry) -> str:
    stage = phrases.STAGE_NAMES[entry.after] if entry.after else ""
    match entry.kind:
        case Kind.UNDO:
            return f"{stage} again"
        case Kind.NOTE:
            return f"Note on {stage}" if stage else "Note"
        case _:
            return stage


def _note_field(label: str, *, optional: bool) -> kit.Block:
    text = {"type": "plain_text_input", "action_id": _TEXT, "multiline": True, "max_length": LONGEST_NOTE}
    return _input(_TEXT, label, text, optional=optional)


def _input(block_id: str, label: str, element: kit.Element, *, optional: bool) -> kit.Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": kit.plain(label, 2_000),
        "element": element,
        "optional": optional,
    }


def _privacy() -> kit.Block:
    return kit.context(
        kit.Markup("Kept in Shortlist's ledger only. Write what you would say to the candidate, who may ask to see it.")
    )
