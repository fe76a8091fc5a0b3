"""Help: from the same declarations that read what is typed, with examples that a press runs, privately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.text import nearest
from bot.domain.words import quote
from bot.views import blocks as kit
from bot.views import examples, filters, phrases
from bot.views.message import Message
from bot.views.notices import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.domain.declaring import Parameter

SOME_JOB = "Data Engineer"  # where no job of this account is known yet
# The words behind /shortlist; `commands/shortlist.py` has a handler for each.
WORDS: Mapping[str, str] = {
    "help": "what Shortlist can do",
    "channel": "the job that {profiles} means in this channel, and who may decide here",
    "save": "keeps a query, or your last one, under a name: save NAME {profiles} …; for:channel for the channel",
    "saved": "what is saved, to run or to remove",
    "history": "your last queries and decisions; history job:TITLE or profile:NAME is what was decided about it",
    "status": "how each digest went and when it comes next; whether HrFlow and Slack answer",
}
_USAGE: Mapping[type[ProfilesQuery | JobsQuery], tuple[str, str]] = {
    ProfilesQuery: ("profiles", "job"),
    JobsQuery: ("jobs", "profile"),
}


def overview(rename: Mapping[str, str], *, job: str = "") -> Message:
    """What Shortlist can do. `rename` maps our command names to those of this workspace, `job` is a title to try."""
    profiles, jobs = rename.get("/profiles", "/profiles"), rename.get("/jobs", "/jobs")
    shortlist = rename.get("/shortlist", "/shortlist")
    lines = (
        f"Shortlist ranks with HrFlow. {profiles} shows the top profiles for a job, {jobs} the top jobs for a profile.",
        "Type a title or a name behind it, and filters; alone, each opens a form.",
        "Yes, Later and No set the stage in HrFlow; Undo takes it back. What you see here, only you see.",
        f"{profiles} help and {jobs} help list every filter; {profiles} help skills explains one.",
    )
    words = [f"{shortlist} {word}: {meaning.format(profiles=profiles)}" for word, meaning in WORDS.items()]
    examples = [f"/profiles {quote(job or SOME_JOB)}", "/profiles", "/jobs"]
    drawn = (
        *(kit.words(line, 400) for line in lines),
        kit.section(kit.code("\n".join(words), 2_000)),
        _pressable(examples, rename),
    )
    return Message("\n".join([*map(kit.escape_text, lines), *map(_pre, words)]), drawn)


def usage(
    query_type: type[ProfilesQuery | JobsQuery], topic: str = "", *, rename: Mapping[str, str], job: str = ""
) -> Message:
    """Help for a command, or for one of its filters."""
    if topic:
        return _topic(query_type, topic, rename, job)
    command = rename.get(query_type.command, query_type.command)
    what, to = _USAGE[query_type]
    lead = f"The top {what} for a {to}, each with its score, reasons and stage buttons. {command} alone opens a form."
    subject = quote(job or SOME_JOB, force=True) if query_type is ProfilesQuery else examples.NAMES["profile"]
    typed = [f"{command} {subject}", f"{command} {subject} skills:python,sql limit:5", f"{command} saved:NAME"]
    described = [
        f"{each.key}: {filters.meaning(query_type, each)}, e.g. {filters.example(query_type, each)}"
        for each in query_type.parameters.values()
    ]
    described.append("saved: goes on from a query that was saved under that name, e.g. saved:NAME")
    pressed = [query_type.command]
    if query_type is ProfilesQuery:
        pressed = [f"/profiles {subject}", f"/profiles {subject} skills:python,sql limit:5", *pressed]
    drawn = [kit.words(lead, 300), kit.section(kit.code("\n".join(typed))), _pressable(pressed, rename)]
    drawn += [kit.section(kit.code("\n".join(part), 2_900)) for part in _parts(described, 2_800)]
    lines = [lead, "Examples:", *typed, "Filters:", *described]
    return Message("\n".join(map(_pre, lines)), tuple(drawn))


def topic_anywhere(topic: str, *, rename: Mapping[str, str], job: str = "") -> Message:
    """Help for a filter, whichever command has it."""
    wanted = topic.strip(":-").casefold()
    has = [kind for kind in _USAGE if any(wanted in each.names for each in kind.parameters.values())]
    return _topic(has[0] if has else ProfilesQuery, topic, rename, job)


def unknown_word(word: str, close: str, words: Iterable[str], *, rename: Mapping[str, str]) -> Message:
    """A word behind /shortlist that means nothing."""
    shortlist = rename.get("/shortlist", "/shortlist")
    hint = f" Did you mean {shortlist} {close}?" if close else ""
    return sentence(f"{shortlist} knows no {kit.cut(word, 60)}.{hint} It knows: {', '.join(words)}.")


def _topic(query_type: type[ProfilesQuery | JobsQuery], topic: str, rename: Mapping[str, str], job: str) -> Message:
    parameters = query_type.parameters
    wanted = topic.strip(":-").casefold()
    for parameter in parameters.values():
        if wanted in parameter.names:
            return _explained(query_type, parameter, rename, job)
    close = nearest(wanted, parameters, cutoff=0.4)
    hint = f" Did you mean {close[0]}?" if close else ""
    return sentence(f"There is no filter {kit.cut(topic, 60)}.{hint} These exist: {', '.join(parameters)}.")


def _explained(
    query_type: type[ProfilesQuery | JobsQuery], parameter: Parameter, rename: Mapping[str, str], job: str
) -> Message:
    names = ", ".join(f"{name}:" for name in parameter.names)
    meaning = filters.meaning(query_type, parameter)
    typed = filters.example(query_type, parameter)
    said = sentence(f"{parameter.key}: {meaning}. Example: {typed}. Also typed as: {names}")
    if query_type is not ProfilesQuery or parameter.field == "subject":
        return said
    place = f" {parameter.key.replace('within', 'near')}:Paris" if parameter.key.endswith("within") else ""
    example = f"/profiles {quote(job or SOME_JOB)} {typed}{place}"
    return Message(said.text, (*said.blocks, _pressable([example], rename)))


def _pressable(examples: Sequence[str], rename: Mapping[str, str]) -> kit.Block:
    buttons = [
        kit.button(shown, f"example.{place}", example, label=f"Run {shown}")
        for place, example in enumerate(examples[:5])
        if (shown := phrases.renamed(example, rename))
    ]
    return kit.actions(buttons, block_id="examples")


def _parts(lines: Iterable[str], limit: int) -> list[list[str]]:
    """The lines in as many parts as are needed to stay below `limit` characters each."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if parts[-1] and sum(map(len, parts[-1])) + len(parts[-1]) + len(line) > limit:
            parts.append([])
        parts[-1].append(line)
    return parts


def _pre(line: str) -> str:
    """A line with its spaces kept, escaped for the top-level text."""
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
