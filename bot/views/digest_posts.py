"""The message of a digest: a list that says which digest it is of and what else has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Job
from bot.views import actions, cards, phrases
from bot.views import blocks as kit
from bot.views.items import Item
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.deliveries import Note, Slip
    from bot.domain.posts import Post
    from bot.domain.ranking import Match, Ranking

REPEAT = "Slack did not confirm the first message of this digest, so this one may repeat it."
MOST_NOTES = 12
_DECIDED = "Decided: {name} \u00b7 {stage} \u00b7 by {who}"
_SET_ELSEWHERE = "Decided: {name} \u00b7 {stage} \u00b7 set outside Slack"
_TOP = {"profile": "Top profiles for {of}", "job": "Top jobs for {of}"}
_NEW = {
    "profile": ("1 new profile for {of}", "{count} new profiles for {of}"),
    "job": ("1 new job for {of}", "{count} new jobs for {of}"),
}


def beside(post: Post) -> list[kit.Block]:
    """What stands under the cards of a digest; it needs its room in the message."""
    slip = post.slip
    if slip is None or post.kind != "digest" or not (post.ranking.matches or slip.notes):
        return []
    drawn = []
    if lines := _notes(slip, post.ranking):
        drawn.append(kit.section(kit.join("\n", lines)))
    buttons = [
        kit.button("Run now", actions.DIGEST_NOW, str(slip.number), label=f"Run digest {slip.number} now"),
        kit.button("Pause digest", actions.DIGEST_PAUSE, str(slip.number), label=f"Pause digest {slip.number}"),
    ]
    drawn.append(kit.actions(buttons, block_id=f"digest.{slip.number}"))
    return drawn


def dress(post: Post, message: Message) -> Message:
    """The list of a post that belongs to a digest as the digest's message."""
    slip = post.slip
    if slip is None or post.kind != "digest":
        return message
    title = headline(slip, post.ranking)
    source = f"Digest #{slip.number} \u00b7 {slip.schedule} \u00b7 {_query(post.ranking)}"
    said = [REPEAT] if slip.repeat else []
    notes = _notes(slip, post.ranking)
    if not post.ranking.matches and not notes:
        line = phrases.SEPARATOR.join([title, source, *said])
        return Message(kit.escape_text(line, 900), (kit.context(kit.escape(line, 900)),))
    opening = [kit.header(title), kit.note(phrases.SEPARATOR.join([source, *said]), 600)]
    # The list's own title and context give way to these, and so does all of it where there is no new item.
    rest = list(message.blocks[2:]) if post.ranking.matches else []
    words = message.text.split("\n")[2:] if post.ranking.matches else []
    text = [*map(kit.escape_text, [title, source, *said]), *words, *notes]
    return Message("\n".join(text), (*opening, *rest, *beside(post)))


def headline(slip: Slip, ranking: Ranking) -> str:
    """What it has to say in one line, not escaped."""
    kind, of = _what(ranking)
    if slip.first:
        return _TOP[kind].format(of=of)
    if ranking.matches:
        return _new(len(ranking.matches), kind, of)
    return f"What has changed for {of}" if slip.notes else f"Nothing new for {of}"


def _new(count: int, kind: str, of: str) -> str:
    return phrases.counted(count, *_NEW[kind], of=of)


def changes(slip: Slip, ranking: Ranking, new: Sequence[Match], post: Post) -> Message:
    """What a message was brought up to date with, for its thread: lines without buttons."""
    kind, of = _what(ranking)
    title = _new(len(new), kind, of) if new else f"What has changed for {of}"
    lines = [kit.escape_text(title), *(cards.words(Item(post, match, NEUTRAL)) for match in new)]
    notes = _notes(slip, ranking)
    drawn = [kit.section(kit.bold(kit.escape(title, 300)))]
    drawn += [kit.section(kit.escape(_unescaped(line), 600)) for line in lines[1:]]
    drawn += [kit.section(note) for note in notes]
    return Message("\n".join([*lines, *notes]), tuple(drawn[: kit.MESSAGE_BLOCKS]))


def _what(ranking: Ranking) -> tuple[str, str]:
    """What is listed, and the name of what it is about."""
    subject = ranking.subject
    if isinstance(subject, Job):
        return "profile", phrases.stated(subject.title, phrases.NO_NAME)
    return "job", phrases.stated(subject.name, phrases.NO_NAME)


def _query(ranking: Ranking) -> str:
    return str(ranking.query).removeprefix("/")


def _notes(slip: Slip, ranking: Ranking) -> list[kit.Markup]:
    """One line for each thing that happened to what was told before."""
    limit = ranking.query.limit
    lines = [_note(note, limit) for note in slip.notes[:MOST_NOTES]]
    if (more := len(slip.notes) - MOST_NOTES) > 0:
        lines.append(kit.Markup(phrases.more(more)))
    return lines


def _note(note: Note, limit: int) -> kit.Markup:
    name = kit.escape(phrases.stated(note.name, phrases.NO_NAME), 120)
    if note.kind == "decided":
        words = _DECIDED if note.by else _SET_ELSEWHERE
        return phrases.filled(words, name=name, stage=phrases.STAGE_NAMES[note.stage], who=kit.mention(note.by))
    return phrases.filled("No longer in the top {limit}: {name}", limit=str(limit), name=name)


def _unescaped(line: str) -> str:
    return line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
