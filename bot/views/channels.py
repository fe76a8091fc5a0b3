"""What a channel is about, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import blocks as kit
from bot.views import phrases
from bot.views.message import Message
from bot.views.notices import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.deciders import Deciders
    from bot.domain.people import Purpose

_SET = '{shortlist} channel job:"Data Engineer" source:Agency sets a job, {shortlist} channel clear takes it back.'
_DECIDE = "{shortlist} channel deciders:@ann says who may decide here."


def shown(purpose: Purpose, *, rename: Mapping[str, str]) -> Message:
    """What is set, and how it is changed."""
    return _message([*_facts(purpose, rename), *_how(rename)], purpose)


def saved(purpose: Purpose, *, rename: Mapping[str, str]) -> Message:
    """Said after it was set."""
    return _message(["Saved.", *_facts(purpose, rename)], purpose)


def cleared(before: Purpose, *, rename: Mapping[str, str]) -> Message:
    """Said after it was taken back."""
    if not before.job and not before.deciders:
        return sentence("Nothing was set for this channel.")
    profiles = rename.get("/profiles", "/profiles")
    return sentence(f"Cleared: {profiles} needs a job here again, and everybody who may see may decide.")


def usage(*, rename: Mapping[str, str]) -> Message:
    """How a channel is set."""
    return _message(_how(rename), None)


def _facts(purpose: Purpose, rename: Mapping[str, str]) -> list[str]:
    profiles = rename.get("/profiles", "/profiles")
    if not purpose.job:
        return [f"This channel has no job of its own: {profiles} needs one."]
    meant = phrases.renamed(str(purpose.query), rename)
    return [f"In this channel, {profiles} without a job means: {meant}"]


def _how(rename: Mapping[str, str]) -> list[str]:
    shortlist = rename.get("/shortlist", "/shortlist")
    return [_SET.format(shortlist=shortlist), _DECIDE.format(shortlist=shortlist)]


def _message(lines: list[str], purpose: Purpose | None) -> Message:
    drawn: list[kit.Block] = [kit.words(line, 1_000) for line in lines]
    text = [kit.escape_text(line, 1_000) for line in lines]
    if purpose is not None and purpose.deciders:
        who = _named(purpose.deciders)
        drawn.append(kit.section(who))
        text.append(who)
    return Message("\n".join(text), tuple(drawn))


def _named(deciders: Deciders) -> kit.Markup:
    """Those who may decide; in a private message, so nobody is notified."""
    people = [kit.mention(user) for user in deciders.users]
    groups = [kit.Markup(f"<!subteam^{group}>") for group in deciders.groups]
    channels = [kit.Markup(f"the members of <#{channel}>") for channel in deciders.channels]
    return kit.join("", ["May decide here: ", kit.join(", ", [*people, *groups, *channels])])
