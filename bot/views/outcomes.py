"""What became of a click, in words: for the person who pressed, where the card alone does not say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.views import actions, phrases
from bot.views import blocks as kit
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.stages import Decision, Failure, StageMove, Standing

Whom = tuple[str, str]  # the profile's name and the job's title
_WHY = {
    "refused": "HrFlow refuses Shortlist's API key. Please tell your operator to check HRFLOW_API_KEY.",
    "quota": "The HrFlow quota of this account is used up. Please tell your operator.",
    "rejected": "HrFlow does not take the change; the profile may be gone.",
    "gone": "The job is not in HrFlow any more.",
    "unavailable": "HrFlow did not answer for more than a day.",
    "unexpected": "Something went wrong on my side. Please tell your operator.",
}


def why(reason: str) -> str:
    """Why a decision was given up, as a sentence."""
    return _WHY.get(reason, _WHY["unexpected"])


def in_words(result: str, move: StageMove, whom: Whom) -> str:
    """How a click ended, as a sentence; `result` is "" while it is under way. Not escaped."""
    wanted, (name, title) = phrases.STAGE_NAMES[move.target], whom
    match result:
        case "won":
            return f"Saved: {name} is {wanted} for {title}."
        case "":
            return f"Saving: {name} becomes {wanted} for {title}."
        case _:
            return f"Not saved: {name} did not become {wanted} for {title}. I have told you why in a message."


def saved(standing: Standing, move: StageMove, whom: Whom) -> Message:
    """The decision is saved; said where its card cannot be drawn again, with the way back."""
    decision = standing.decision
    words = kit.escape(f"Saved: {whom[0]} is {phrases.STAGE_NAMES[standing.stage]} for {whom[1]}.", 600)
    if decision is None or decision.stage is decision.before:
        return _message(words)
    back = replace(move, expected=standing.stage, target=decision.before, undo=True, revision=standing.revision)
    return _message(words, [("Undo", back)])


def conflict(standing: Standing, move: StageMove, whom: Whom) -> Message:
    """Somebody else was faster, or HrFlow says otherwise: who, what, when, and the button to decide again knowingly."""
    wanted = phrases.STAGE_NAMES[move.target]
    about = kit.escape(" for ".join(whom), 300)
    if standing.saving is not None:
        told = kit.join(" ", [_by(standing.saving, "is just setting"), about, kit.Markup("to"), _to(standing.saving)])
        return _message(kit.join(" ", [told, kit.Markup(f"so your {wanted} was not saved.")]))
    if standing.decision is not None:
        told = kit.join(" ", [_by(standing.decision, "set"), about, kit.Markup("to"), _to(standing.decision)])
    else:
        now = kit.bold(kit.Markup(phrases.STAGE_NAMES[standing.stage]))
        told = kit.join(" ", [about, kit.Markup("was set to"), now, kit.Markup("in HrFlow, not by a button here,")])
    if standing.stage is move.target:
        return _message(kit.join(" ", [told, kit.Markup("before you pressed: it is as you wanted.")]))
    again = replace(move, expected=standing.stage, undo=False, revision=standing.revision)
    after = kit.Markup(f"so your {wanted} was not saved. Press {wanted} here if you still mean it.")
    return _message(kit.join(" ", [told, after]), [(wanted, again)])


def failed(failure: Failure, move: StageMove, whom: Whom, *, revision: int) -> Message:
    """A decision was given up, and why; it can be tried again."""
    wanted = phrases.STAGE_NAMES[failure.decision.stage]
    words = kit.escape(f"Not saved: {wanted} for {' for '.join(whom)}. {why(failure.reason)}", 900)
    again = replace(move, revision=revision)
    return _message(words, [("Try again", again)])


def _by(decision: Decision, verb: str) -> kit.Markup:
    return kit.join(" ", [kit.mention(decision.by), kit.Markup(verb)])


def _to(decision: Decision) -> kit.Markup:
    when = kit.moment(int(decision.at.timestamp()), phrases.utc(decision.at))
    return kit.join(" ", [kit.bold(kit.Markup(phrases.STAGE_NAMES[decision.stage])), kit.Markup("\u00b7"), when + ","])


def _message(words: kit.Markup, buttons: Sequence[tuple[str, StageMove]] = ()) -> Message:
    blocks = [kit.section(words)]
    usable = [(text, move) for text, move in buttons if len(actions.write_move(move)) <= kit.BUTTON_VALUE]
    if usable:
        row = [
            kit.button(
                text,
                actions.stage_action(move.target, undo=move.undo),
                actions.write_move(move),
                label=f"{text}: {words}"[:75],
            )
            for text, move in usable
        ]
        blocks.append(kit.actions(row, block_id=f"outcome.{usable[0][1].revision}"))
    return Message(str(words), tuple(blocks))
