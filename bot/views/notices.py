"""Short private messages: help, progress, and every error in plain words that say what to do."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import errors
from bot.views import actions, audience, decisions, examples, lookups, mistakes, phrases
from bot.views import blocks as kit
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.entities import Job
    from bot.views.locales import Manner

_ACCESS = {
    "guest": "Shortlist shows candidate data to full members of this workspace only, and you are here as a guest. "
    "Ask a workspace admin if you need it.",
    "external": "Shortlist shows candidate data to members of its own organisation only.",
    "deactivated": "Shortlist shows candidate data to active members of this workspace only.",
    "viewers": "Shortlist shows candidate data to certain people of this workspace only, and you are not one of them. "
    "Ask your operator if you need it.",
    "unknown": "I could not check with Slack whether you may see candidate data, so I show nothing. "
    "Please try again in a minute.",
}
_WINDOW = 100  # characters of a long line shown around the place that is wrong
_CONTEXT_BEFORE = 50
_SAID_IN_SECONDS = 90  # a longer wait is told in minutes, and more than so many minutes in hours


def sentence(text: str, drawn: str = "") -> Message:
    """A bare sentence of our own, which may hold words from outside; `drawn` is how its reader writes it."""
    return Message(kit.escape_text(text, 1_500), (kit.words(drawn or text, 2_000),))


def working() -> Message:
    """Said when an answer takes longer than a moment."""
    return sentence("Still at it: HrFlow is taking its time. The answer follows here.")


def unconfirmed_delivery() -> Message:
    """Slack did not say whether it took a message."""
    return sentence("Slack did not confirm that my answer arrived. If you do not see it, please ask once more.")


def unexpected(reference: str) -> Message:
    """Something went wrong that nobody foresaw; `reference` finds it in the log."""
    return sentence(f"Something went wrong on my side. Please try again; if it stays, tell your operator: {reference}.")


def outdated() -> Message:
    """A button that this version does not know."""
    return sentence("This is from an earlier version of Shortlist. Please ask for the list again.")


def for_error(error: errors.ShortlistError, manner: Manner = NEUTRAL) -> Message:
    """The words for an error, and for a query error its place."""
    if isinstance(error, errors.MayNotDecideError):
        return decisions.may_not_decide(error)
    if isinstance(error, errors.AccessDeniedError) and error.ask:
        asked = kit.join(", ", [kit.mention(user) for user in error.ask])
        said = kit.join(" ", [kit.Markup(in_words(error)), kit.join("", ["Those who may: ", asked, "."])])
        return Message(said, (kit.section(said),))
    if isinstance(error, errors.QueryError):
        words, marked = in_words(error), marked_line(error)
        text = "\n".join(filter(None, [kit.escape_text(words, 1_000), *map(_pre, marked)]))
        drawn = [kit.words(words, 1_500)]
        if marked:
            drawn.append(kit.section(kit.code("\n".join(marked), 1_000)))
        return Message(text, tuple(drawn))
    return sentence(in_words(error), in_words(error, manner))


def with_form(message: Message, draft_id: str) -> Message:
    """What went wrong, with a button that opens the form as it was filled in."""
    button = kit.button("Open as a form", actions.OPEN_FORM, draft_id, label="Open what I asked as a form")
    return replace(message, blocks=(*message.blocks, kit.actions([button], block_id=f"draft.{draft_id}")))


def in_words(error: errors.ShortlistError, manner: Manner = NEUTRAL) -> str:  # noqa: C901, PLR0911, PLR0912 - one sentence for each kind of error
    """The error as one person tells it to another, not escaped."""
    match error:
        case errors.QueryError():
            reason = mistakes.reason(error.mistake)
            parts = [f"{reason[:1].upper()}{reason[1:]}."]
            if error.nearest:
                parts.append(f"Did you mean {error.nearest}?")
            if example := examples.text(error.example):
                parts.append(f"Example: {example}")
            return " ".join(parts)
        case errors.SubjectMissingError():
            return f"Choose a {error.kind} here: the list is about it."
        case errors.AccessDeniedError():
            return _ACCESS.get(error.reason, _ACCESS["unknown"])
        case errors.AudienceRefusedError():
            return audience.refused(error, manner)
        case errors.NothingFoundError():
            return lookups.nothing(error)
        case errors.SeveralFoundError():
            return lookups.several(error)
        case errors.NotAcceptedError():
            return "I could not take that click just now, so nothing was changed. Please press the button again."
        case errors.HrflowError():
            return _hrflow(error, manner)
        case errors.ConfigError():
            return str(error)
        case errors.SlackDeliveryError():
            return "Slack did not take my answer. Please try once more."
        case _:
            return "That did not work. Please try again in a minute."


def help_instead(command: str) -> str:
    """Said on the command line, where somebody asks for help."""
    return f"This asks for help, not for a list: type {command} help in Slack."


def subject_missing(command: str, kind: str) -> str:
    """Said on the command line, where nothing says what the list is to be about: a `job` or a `profile`."""
    return f"The {kind} is missing. Example: {command} {examples.NAMES[kind]}"


_TOO_LARGE = (
    "HrFlow's answer is larger than 8 MB, more than I read. Please ask for fewer at once, such as limit:5; "
    "if that does not help, tell your operator."
)
_UNREADABLE = "HrFlow sent an answer that I cannot read. Please try again; if it stays, tell your operator."

_FINAL: Mapping[type[errors.HrflowError], str] = {
    errors.HrflowRefusedError: "HrFlow refuses Shortlist's API key. Please tell your operator to check HRFLOW_API_KEY.",
    errors.HrflowQuotaError: "The HrFlow quota of this account is used up. Please tell your operator; trying again "
    "will not help.",
    errors.HrflowUnwritableError: "HrFlow's record of this profile cannot be sent back unchanged, so I left it as it "
    "is. Please set the stage in HrFlow, and tell your operator.",
}


def _hrflow(error: errors.HrflowError, manner: Manner) -> str:
    match error:
        case errors.HrflowRefusedError() | errors.HrflowQuotaError() | errors.HrflowUnwritableError():
            return _FINAL[type(error)]
        case errors.HrflowBusyError():
            return _busy(error.retry_after, manner)
        case errors.HrflowMalformedError():
            return _TOO_LARGE if isinstance(error, errors.HrflowTooLargeError) else _UNREADABLE
        case errors.HrflowRejectedError():
            return f"HrFlow cannot do this request (status {error.status}). Please check what you asked for."
        case _:
            return "HrFlow does not answer just now. Please try again in a minute."


def _busy(retry_after: float | None, manner: Manner) -> str:
    if not retry_after:
        return "HrFlow has too many requests just now. Please try again in a minute."
    if (seconds := round(retry_after)) <= 1:
        return "HrFlow has too many requests just now. Please try again in a second."
    if seconds <= _SAID_IN_SECONDS:
        wait = f"{manner.number(seconds)} seconds"
    elif seconds <= _SAID_IN_SECONDS * 60:
        wait = f"{manner.number(math.ceil(seconds / 60))} minutes"
    else:
        wait = f"{manner.number(math.ceil(seconds / 3_600))} hours"
    return f"HrFlow has too many requests just now. Please try again in {wait}."


def marked_line(error: errors.QueryError) -> list[str]:
    """The command line and a line of marks under the place that is wrong; a long line is shown around that place."""
    if not error.line:
        return []
    begin = max(0, error.start - _CONTEXT_BEFORE) if len(error.line) > _WINDOW else 0
    shown = error.line[begin : begin + _WINDOW]
    marks = max(1, min(error.end, begin + _WINDOW) - error.start)
    return [shown, " " * (error.start - begin) + "^" * marks]


def _pre(line: str) -> str:
    """A line with its spaces kept, escaped for the top-level text."""
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def welcome(examples: Sequence[str]) -> Message:
    """Says hello in a channel; each example is a command line of ours that a press runs, privately."""
    hello = (
        "Hello! I am Shortlist. I rank profiles for a job and jobs for a profile, and you decide right in the message."
    )
    how = "Press one of these or type your own. Answers are private: whoever asks sees them, nobody else."
    buttons = [
        kit.button(example, f"example.{place}", example, label=f"Run {example}")
        for place, example in enumerate(examples[:5])
    ]
    drawn = (
        kit.words(hello, 300),
        kit.words(how, 300),
        kit.actions(buttons, block_id="examples"),
    )
    return Message("\n".join(map(kit.escape_text, (hello, how, *examples))), drawn)


def _title(job: Job) -> str:
    return job.title or phrases.NO_NAME
