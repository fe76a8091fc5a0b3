"""One match as blocks: a full card with buttons, or one section with a menu; and its lines in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Stage
from bot.domain.stages import StageMove
from bot.views import actions, phrases
from bot.views.blocks import (
    Block,
    Element,
    Markup,
    bold,
    button,
    context,
    escape,
    escape_text,
    join,
    mention,
    moment,
    overflow,
    section,
)
from bot.views.blocks import actions as action_row
from bot.views.phrases import SEPARATOR

if TYPE_CHECKING:
    from bot.domain.posts import Post
    from bot.domain.ranking import Match
    from bot.domain.stages import Decision

_CHOICES = (Stage.YES, Stage.LATER, Stage.NO)
_STYLES = {Stage.YES: "primary", Stage.NO: "danger"}


def full(post: Post, match: Match, place: int, of_how_many: int) -> list[Block]:
    """Two or three blocks: who or what, why, and the buttons. `place` counts from 1 within the message."""

    def block_id(part: str) -> str:
        return actions.block_id(post.id, post.version, place, part)

    lines = [_title(match, post.ranking.of, 80), *_facts(match, post)]
    blocks = [section(join("\n", lines), block_id=block_id("card"))]
    if why := _why(match, post.ranking.of):
        blocks.append(context(why, block_id=block_id("why")))
    decision = post.decision(match)
    if decision is not None:
        blocks.append(context(_decided(decision), block_id=block_id("decision")))
    label = f"{place} of {of_how_many}, {_name(match, post.ranking.of)}"
    blocks.append(action_row(_buttons(post, match, label), block_id=block_id("actions")))
    return blocks


def compact(post: Post, match: Match, place: int) -> Block:
    """One section with a menu of the same actions, for lists of more than twelve."""
    lines = [_title(match, post.ranking.of, 60), *_facts(match, post)]
    decision = post.decision(match)
    if decision is not None:
        lines.append(_decided(decision))
    elif why := _why(match, post.ranking.of, limit=110):
        lines.append(why)
    options = [(text, f"{_short(move)}:{actions.write_move(move)}") for text, move in _moves(post, match)]
    options.append(("Details", f"details:{actions.write_move(_move(match, post, post.stage(match)))}"))
    fits = all(len(value) <= actions.OPTION_VALUE for _, value in options)
    return section(
        join("\n", lines),
        block_id=actions.block_id(post.id, post.version, place, "card"),
        accessory=overflow(actions.MENU, options) if fits else None,
    )


def words(post: Post, match: Match) -> list[str]:
    """The lines of a match in the top-level text, escaped: the one-line form of DESIGN §5, then its facts."""
    score, stage = phrases.percent(match.score), post.stage(match).value
    if post.ranking.of == "profile":
        parts = [_name(match, "profile"), match.profile.headline or phrases.NO_HEADLINE]
    else:
        parts = [_name(match, "job"), match.job.place or phrases.NO_PLACE]
    line = SEPARATOR.join([f"{match.rank}. {escape_text(parts[0], 120)}", escape_text(parts[1], 160), score, stage])
    more = [
        escape_text(text)
        for text in (_plain_facts(match, post.ranking.of), *_plain_why(match, post.ranking.of))
        if text
    ]
    return [line, *(["    " + SEPARATOR.join(more)] if more else [])]


def _name(match: Match, of: str) -> str:
    return match.profile.name or phrases.NO_NAME if of == "profile" else match.job.title or phrases.NO_NAME


def _title(match: Match, of: str, limit: int) -> Markup:
    name = bold(escape(f"{match.rank}. {_name(match, of)}", limit))
    beside = match.profile.headline or phrases.NO_HEADLINE if of == "profile" else match.job.place or phrases.NO_PLACE
    return join(SEPARATOR, [name, escape(beside, limit + 20)])


def _facts(match: Match, post: Post) -> list[Markup]:
    stage = post.stage(match)
    score = join(" ", [phrases.bar(match.score), phrases.percent(match.score)])
    shown = "" if stage is Stage.NEW else bold(Markup(phrases.STAGE_NAMES[stage]))
    return [join(SEPARATOR, [score, escape(_plain_facts(match, post.ranking.of), 120), shown])]


def _plain_facts(match: Match, of: str) -> str:
    if of == "profile":
        return SEPARATOR.join(filter(None, [phrases.years(match.profile.experience_years), match.profile.place]))
    return ""


def _plain_why(match: Match, of: str) -> list[str]:
    found = [phrases.fact(each, of=of) for each in match.reasons.facts]
    if match.reasons.gap is not None:
        found.append(phrases.gap(match.reasons.gap, of=of))
    return found


def _why(match: Match, of: str, limit: int = 400) -> Markup:
    return escape(SEPARATOR.join(_plain_why(match, of)), limit)


def _decided(decision: Decision) -> Markup:
    """`Yes · by @who · <time>`; the way back to "new" reads "New again"."""
    what = "New again" if decision.stage is Stage.NEW else phrases.STAGE_NAMES[decision.stage]
    when = moment(int(decision.at.timestamp()), phrases.utc(decision.at))
    return join(SEPARATOR, [bold(Markup(what)), join(" ", ["by", mention(decision.by)]), when])


def _move(match: Match, post: Post, target: Stage, *, undo: bool = False) -> StageMove:
    profile, job = match.profile, match.job
    return StageMove(
        profile_key=profile.key,
        source_key=profile.source_key,
        job_key=job.key,
        board_key=job.board_key,
        expected=post.stage(match),
        target=target,
        undo=undo,
    )


def _moves(post: Post, match: Match) -> list[tuple[str, StageMove]]:
    """What can be pressed now: Undo after a decision, else every stage but the present one."""
    stage, decision = post.stage(match), post.decision(match)
    if decision is not None and decision.stage is not Stage.NEW:
        return [("Undo", _move(match, post, decision.before, undo=True))]
    return [(phrases.STAGE_NAMES[each], _move(match, post, each)) for each in _CHOICES if each is not stage]


def _buttons(post: Post, match: Match, label: str) -> list[Element]:
    row = [
        button(
            text,
            actions.stage_action(move),
            actions.write_move(move),
            label=f"{text}: {label}",
            style="" if move.undo else _STYLES.get(move.target, ""),
        )
        for text, move in _moves(post, match)
    ]
    value = actions.write_move(_move(match, post, post.stage(match)))
    return [*row, button("Details", actions.DETAILS, value, label=f"Details: {label}")]


def _short(move: StageMove) -> str:
    return "undo" if move.undo else move.target.value
