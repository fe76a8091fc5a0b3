"""What became of a click, in words: for the person who pressed, where the card alone does not say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.views import actions, phrases
from bot.views import blocks as kit
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.stages import Failure, StageMove, Standing

Whom = tuple[str, str]  # the profile's name and the job's title
_WHY = {
    "refused": "HrFlow refuses Shortlist's API key. Please tell your operator to check HRFLOW_API_KEY.",
    "quota": "The HrFlow quota of this account is used up. Please tell your operator.",
    "rejected": "HrFlow does not take the change; the profile may be gone.",
    "unwritable": "HrFlow's record of this profile cannot be sent back unchanged, so I left it as it is: it holds a "
    "number that is none, or is larger than 8 MB. Please set the stage in HrFlow, and tell your operator.",
    "gone": "The job is not in HrFlow any more.",
    "unavailable": "HrFlow did not answer for more than a day.",
    "unexpected": "Something went wrong on my side. Please tell your operator.",
}

_SETTING = "{who} is just setting {name} for {title} to {stage} \u00b7 {when}, so your {wanted} was not saved."
_SET_TOO = "{who} set {name} for {title} to {stage} \u00b7 {when}, before you pressed: it is as you wanted."
_SET = (
    "{who} set {name} for {title} to {stage} \u00b7 {when}, so your {wanted} was not saved. "
    "Press {wanted} here if you still mean it."
)
_ELSEWHERE_TOO = (
    "{name} for {title} was set to {stage} in HrFlow, not by a button here, before you pressed: it is as you wanted."
)
_ELSEWHERE = (
    "{name} for {title} was set to {stage} in HrFlow, not by a button here, so your {wanted} was not saved. "
    "Press {wanted} here if you still mean it."
)


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
    wanted, as_wanted = phrases.STAGE_NAMES[move.target], standing.stage is move.target
    name, title = (kit.escape(each, 150) for each in whom)
    places = {"name": name, "title": title, "wanted": wanted}
    decision = standing.saving or standing.decision
    if decision is None:
        words, stage = (_ELSEWHERE_TOO if as_wanted else _ELSEWHERE), standing.stage
    else:
        when = kit.moment(int(decision.at.timestamp()), phrases.utc(decision.at))
        places |= {"who": kit.mention(decision.by), "when": when}
        words, stage = (_SET_TOO if as_wanted else _SET), decision.stage
    if standing.saving is not None:
        words = _SETTING
    said = phrases.filled(words, stage=kit.bold(kit.Markup(phrases.STAGE_NAMES[stage])), **places)
    if standing.saving is not None or as_wanted:
        return _message(said)
    again = replace(move, expected=standing.stage, undo=False, revision=standing.revision)
    return _message(said, [(wanted, again)])


def failed(failure: Failure, move: StageMove, whom: Whom, *, revision: int) -> Message:
    """A decision was given up, and why; it can be tried again."""
    wanted = phrases.STAGE_NAMES[failure.decision.stage]
    name, title = whom
    words = kit.escape(f"Not saved: {wanted} for {name} for {title}. {why(failure.reason)}", 900)
    again = replace(move, revision=revision)
    return _message(words, [("Try again", again)])


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
