"""A ranking as a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Job
from bot.domain.query import ProfilesQuery
from bot.views import blocks as kit
from bot.views import cards, controls, facts, items, phrases, receipts
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.posts import Post
    from bot.domain.ranking import Ranking
    from bot.views.items import Item
    from bot.views.locales import Manner

FULL_CARDS = 12  # up to so many items are full cards, more are one section each (DESIGN §5)
SHOWN_QUERY = 500
# Of the line that is to be typed again as much as fits: one that is cut would be another query.
ASKED = kit.CONTEXT


def draw(
    post: Post,
    *,
    rename: Mapping[str, str] | None = None,
    by: str = "",
    room_for: Sequence[kit.Block] = (),
) -> Message:
    """The list as a message: header, one line of context, the items; every word of it in `text` too.

    `rename` maps our command names to those of this workspace (COMMAND_PREFIX). `by` is the plain name of whoever
    shares it: a new post mentions nobody, a later drawing does. Room is left in the message for those blocks.
    """
    ranking, manner = post.ranking, items.manner_of(post)
    title = _title(ranking)
    asked = _asked(ranking, rename or {})
    lines = [kit.escape_text(title), kit.escape_text(f"{_range(ranking)} \u00b7 {asked}", ASKED)]
    drawn = [kit.header(title), kit.note(f"{_range(ranking, manner)} \u00b7 {asked}", ASKED)]
    if post.kind == "shared":
        lines.append(f"Shared by {kit.escape_text(by, 80) or kit.mention(post.viewer)}")
        drawn.append(kit.context(kit.join(" ", ["Shared by", kit.escape(by, 80) or kit.mention(post.viewer)])))
    if ranking.sorted_among is not None:
        lines.append(phrases.sorted_here(ranking.sorted_among, ranking.total))
        said = phrases.sorted_here(ranking.sorted_among, ranking.total, manner)
        drawn.append(kit.context(kit.Markup(said)))
    if not ranking.matches:
        drawn.append(kit.section(kit.Markup(_nothing(ranking, manner))))
        told, counted = _receipts(post, manner)
        below = [*counted, *controls.loosen(post), controls.row(post)]
        return Message("\n".join([*lines, _nothing(ranking), *told]), (*drawn, *below))
    listed = items.of_post(post)
    lines += [cards.words(item) for item in listed]
    if apart := _unscored(ranking):
        lines.append(apart)
    lines += filter(None, (cards.more_words(item) for item in listed))
    lines.append(facts.NOTE)
    below = [kit.context(kit.Markup(facts.NOTE))]
    if end := controls.the_end(post):
        lines.append(kit.escape_text(end, SHOWN_QUERY))
        below += [kit.note(controls.the_end(post, manner), SHOWN_QUERY), *controls.loosen(post)]
    told, counted = _receipts(post, manner)
    lines += told
    below += [*counted, controls.row(post)]
    apart = _unscored(ranking, manner)
    return Message("\n".join(lines), (*drawn, *_items(listed, apart, beside=[*drawn, *below, *room_for]), *below))


def _receipts(post: Post, manner: Manner) -> tuple[list[str], list[kit.Block]]:
    """What the filters hide, where it has been counted, as lines and as blocks."""
    if post.receipts is None:
        return [], []
    lead = f"{receipts.TITLE}:"
    drawn = receipts.blocks(post, post.receipts, "receipts", lead=lead, manner=manner)
    return [lead, *receipts.words(post.receipts)], drawn


def headline(ranking: Ranking) -> str:
    """What the list is, not escaped."""
    return _title(ranking)


def _title(ranking: Ranking) -> str:
    if isinstance(ranking.subject, Job):
        return f"Top profiles for {phrases.stated(ranking.subject.title, phrases.NO_NAME)}"
    return f"Top jobs for {phrases.stated(ranking.subject.name, phrases.NO_NAME)}"


def _asked(ranking: Ranking, rename: Mapping[str, str]) -> str:
    """The canonical query; typed again it gives the same list."""
    return phrases.renamed(str(ranking.query), rename)


def _range(ranking: Ranking, manner: Manner = NEUTRAL) -> str:
    of = "" if ranking.total is None else f" of {manner.number(ranking.total)}"
    if not ranking.matches:
        return f"0{of}"
    return f"{manner.number(ranking.matches[0].rank)}-{manner.number(ranking.matches[-1].rank)}{of}"


def _nothing(ranking: Ranking, manner: Manner = NEUTRAL) -> str:
    query = ranking.query
    none_there, none = _NONE[query.command]
    if ranking.total and query.page > 1:
        return none_there.format(page=manner.number(query.page))
    said = [none]
    if loosen := [parameter.key for parameter, _ in query.given() if parameter.key not in _SETTINGS]:
        said.append(f"Leave out one of these and try again: {', '.join(loosen)}.")
    if isinstance(query, ProfilesQuery) and query.stage in _OTHER_STAGES:
        said.append(_OTHER_STAGES[query.stage])
    return " ".join(said)


def _unscored(ranking: Ranking, manner: Manner = NEUTRAL) -> str:
    """Said above those at the end that came without a score, or "" where there are none or none was asked for."""
    without = [match for match in ranking.matches if match.score is None]
    if not without or not ranking.query.scoring:
        return ""
    return facts.unscored(len(without), of=ranking.of, fields=without[0].missing, manner=manner)


_SETTINGS = frozenset(
    {"limit", "page", "order", "sort", "scoring", "stage", "within", "worked-within", "studied-within"}
)
_OTHER_STAGES = {
    "new": "stage:any looks at decided ones too.",
    **dict.fromkeys(("yes", "later", "no"), "stage:any looks at the other stages too."),
}
_NONE = {
    "/profiles": ("There are no profiles on page {page}. Ask for an earlier page.", "No profiles match."),
    "/jobs": ("There are no jobs on page {page}. Ask for an earlier page.", "No jobs match."),
}


def _items(listed: Sequence[Item], apart: str, *, beside: list[kit.Block]) -> list[kit.Block]:
    """The items' blocks, which share 50 blocks and 10,000 characters with what stands `beside` them.

    `apart` stands above the first of those that came without a score, which are the last.

    Reasons give way first, from the end of the list.
    """
    count = len(listed)
    card = cards.full if count <= FULL_CARDS else cards.compact
    drawn = [card(item, place, count) for place, item in enumerate(listed, start=1)]
    heading = (
        [kit.section(kit.join("\n", [kit.bold(kit.Markup("Without a score")), kit.Markup(apart)]))] if apart else []
    )
    most_blocks = kit.MESSAGE_BLOCKS - len(beside) - len(heading)
    most_characters = kit.MESSAGE_CHARACTERS - kit.characters(beside) - kit.characters(heading)
    blocks, characters = sum(map(len, drawn)), sum(map(kit.characters, drawn))
    place = count
    while place and (blocks > most_blocks or characters > most_characters):
        brief = card(listed[place - 1], place, count, brief=True)
        blocks += len(brief) - len(drawn[place - 1])
        characters += kit.characters(brief) - kit.characters(drawn[place - 1])
        drawn[place - 1] = brief
        place -= 1
    blocks_of_items: list[kit.Block] = []
    for item, blocks_of_one in zip(listed, drawn, strict=True):
        if heading and item.match.score is None:
            blocks_of_items += heading
            heading = []
        blocks_of_items += blocks_of_one
    return blocks_of_items
