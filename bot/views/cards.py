"""One match as blocks: a full card with buttons, or one section with a menu; and its lines in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Stage
from bot.domain.reasons import MOST_REASONS
from bot.domain.stages import StageMove
from bot.views import actions, facts, locales, phrases
from bot.views.blocks import (
    BUTTON_VALUE,
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
from bot.views.locales import NEUTRAL
from bot.views.outcomes import why
from bot.views.phrases import SEPARATOR

if TYPE_CHECKING:
    from bot.domain.facts import Fact
    from bot.domain.posts import Post
    from bot.domain.ranking import Match
    from bot.domain.stages import Decision
    from bot.views.locales import Manner

_CHOICES = (Stage.YES, Stage.LATER, Stage.NO)
_STYLES = {Stage.YES: "primary", Stage.NO: "danger"}


def full(post: Post, match: Match, place: int, of_how_many: int, *, brief: bool = False) -> list[Block]:
    """Up to four blocks: who or what, why, who decided, and the buttons. `place` counts from 1 within the message.

    `brief` leaves out why, where the message has no room for it.
    """

    def block_id(part: str) -> str:
        return actions.block_id(post.id, post.version, place, part)

    lines = [_title(match, post.ranking.of, 80, 100), _facts(match, post, 120)]
    blocks = [section(join("\n", lines), block_id=block_id("card"))]
    if not brief and (why := _why(match, post)):
        blocks.append(context(why, block_id=block_id("why")))
    if said := _said(post, match):
        blocks.append(context(said, block_id=block_id("decision")))
    label = f"{place} of {of_how_many}, {_name(match, post.ranking.of)}"
    if _pressable(post, match):
        blocks.append(action_row(_buttons(post, match, label), block_id=block_id("actions")))
    return blocks


def compact(post: Post, match: Match, place: int, of_how_many: int, *, brief: bool = False) -> list[Block]:  # noqa: ARG001 - one signature for both cards
    """One section with a menu of the same actions, for lists of more than twelve; `brief` as above."""
    lines = [_title(match, post.ranking.of, 50, 50), _facts(match, post, 45)]
    if said := _said(post, match):
        lines.append(said)
    elif not brief and (why := _why(match, post, limit=45, most=2)):
        lines.append(why)
    options = [(text, f"{_short(move)}:{actions.write_move(move)}") for text, move in _moves(post, match)]
    if post.decision(match) is not None:
        options.append(("Note", f"note:{actions.write_move(_move(match, post, post.stage(match)))}"))
    options.append(("Details", f"details:{actions.write_move(_move(match, post, post.stage(match)))}"))
    fits = _pressable(post, match) and all(len(value) <= actions.OPTION_VALUE for _, value in options)
    drawn = section(
        join("\n", lines),
        block_id=actions.block_id(post.id, post.version, place, "card"),
        accessory=overflow(actions.MENU, options) if fits else None,
    )
    return [drawn]


def manner_of(post: Post) -> Manner:
    """How the one who sees a private list writes numbers; a copy for all to see has one form for all."""
    return locales.of(post.locale) if post.kind == "private" else NEUTRAL


def words(post: Post, match: Match) -> str:
    """The line of a match in the top-level text, escaped, in the one-line form of DESIGN §5."""
    score, stage = phrases.percent(match.score), post.stage(match).value
    if post.ranking.of == "profile":
        parts = [_name(match, "profile"), phrases.stated(match.profile.headline, phrases.NO_HEADLINE)]
    else:
        parts = [_name(match, "job"), phrases.stated(match.job.place, phrases.NO_PLACE)]
    return SEPARATOR.join([f"{match.rank}. {escape_text(parts[0], 120)}", escape_text(parts[1], 160), score, stage])


def more_words(post: Post, match: Match) -> str:
    """What else the card says, escaped, or "": its facts, and who decided when."""
    told = filter(None, (_plain_facts(match, post.ranking.of), *_plain_why(match, post.ranking.of)))
    said = [escape_text(SEPARATOR.join(told), 800)]
    if under_way := post.under_way(match):
        said.append(f"saving {_what(under_way)}\u2026 by {mention(under_way.by)}")
    elif failure := post.failure(match):
        said.append(f"not saved: {_what(failure.decision)} by {mention(failure.decision.by)}. {why(failure.reason)}")
    elif decision := post.decision(match):
        said.append(SEPARATOR.join([_what(decision), f"by {mention(decision.by)}", phrases.utc(decision.at)]))
    line = SEPARATOR.join(filter(None, said))
    return f"#{match.rank}: {line}" if line else ""


def _name(match: Match, of: str) -> str:
    return phrases.stated(match.profile.name if of == "profile" else match.job.title, phrases.NO_NAME)


def _title(match: Match, of: str, limit: int, limit_beside: int) -> Markup:
    name = bold(escape(f"{match.rank}. {_name(match, of)}", limit))
    if of == "profile":
        beside = phrases.stated(match.profile.headline, phrases.NO_HEADLINE)
    else:
        beside = phrases.stated(match.job.place, phrases.NO_PLACE)
    return join(SEPARATOR, [name, escape(beside, limit_beside)])


def _facts(match: Match, post: Post, limit: int) -> Markup:
    stage = post.stage(match)
    manner = manner_of(post)
    score = join(" ", [phrases.bar(match.score), phrases.percent(match.score, manner)])
    shown = Markup(phrases.STAGE_NAMES[stage])
    shown = shown if stage is Stage.NEW else bold(shown)
    return join(SEPARATOR, [score, escape(_plain_facts(match, post.ranking.of, manner), limit), shown])


def _plain_facts(match: Match, of: str, manner: Manner = NEUTRAL) -> str:
    """Years and place of a profile; how far away it is where a place was asked for."""
    km = match.reasons.km
    distance = "" if km is None else facts.away(km, manner)
    if of != "profile":
        return distance
    years = phrases.years(match.profile.experience_years) or phrases.NO_YEARS
    place = phrases.stated(match.profile.place, phrases.NO_PLACE)
    return SEPARATOR.join([years, f"{place}, {distance}" if distance else place])


def _reasons(match: Match) -> list[Fact]:
    """The reasons; the distance to a place that was asked for stands beside the place already."""
    return [each for each in match.reasons.facts if each.kind != "distance" or match.reasons.km is None]


def _plain_why(match: Match, of: str) -> list[str]:
    found = [facts.fact(each, of=of) for each in _reasons(match)]
    if match.reasons.gap is not None:
        found.append(f"gap: {facts.gap(match.reasons.gap, of=of)}")
    if match.missing and of == "profile":
        found.append(f"missing for scoring: {facts.missing(match.missing)}")
    return found


def _why(match: Match, post: Post, *, limit: int = 200, most: int = MOST_REASONS) -> Markup:
    """Up to `most` reasons, then the gap, then what is missing for scoring; each of at most `limit` characters."""
    of, manner = post.ranking.of, manner_of(post)
    pieces = [facts.fact_markup(each, of=of, limit=limit, manner=manner) for each in _reasons(match)[:most]]
    if match.reasons.gap is not None:
        gap = escape(facts.gap(match.reasons.gap, of=of, manner=manner), limit)
        pieces.append(join(" ", [bold(Markup("Gap:")), gap]))
    if match.missing and of == "profile":
        pieces.append(join(" ", [bold(Markup("Missing for scoring:")), Markup(facts.missing(match.missing))]))
    return join(SEPARATOR, pieces)


def _said(post: Post, match: Match) -> Markup:
    """What became of the last press: on its way, given up and why, or who decided when. Empty where nobody pressed."""
    if under_way := post.under_way(match):
        saving = join(" ", [Markup("Saving"), bold(Markup(_what(under_way))) + "\u2026"])
        return join(SEPARATOR, [saving, join(" ", ["by", mention(under_way.by)])])
    if failure := post.failure(match):
        lost = failure.decision
        not_saved = join(" ", [bold(Markup("Not saved:")), Markup(_what(lost)), "by", mention(lost.by)])
        return join(SEPARATOR, [not_saved, Markup(why(failure.reason))])
    decision = post.decision(match)
    return Markup("") if decision is None else _decided(decision)


def _decided(decision: Decision) -> Markup:
    """`Yes · by @who · <time>`; the way back reads "New again"."""
    when = moment(int(decision.at.timestamp()), phrases.utc(decision.at))
    return join(SEPARATOR, [bold(Markup(_what(decision))), join(" ", ["by", mention(decision.by)]), when])


def _what(decision: Decision) -> str:
    return f"{phrases.STAGE_NAMES[decision.stage]} again" if decision.undo else phrases.STAGE_NAMES[decision.stage]


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
        revision=post.revision(match),
    )


def _moves(post: Post, match: Match) -> list[tuple[str, StageMove]]:
    """What can be pressed now.

    Nothing while a decision is on its way; the same again where it was given up; Undo after a decision, else (also
    after an undo) every stage but the present one.
    """
    if post.under_way(match) is not None:
        return []
    stage, decision = post.stage(match), post.decision(match)
    if failure := post.failure(match):
        return [("Try again", _move(match, post, failure.decision.stage, undo=failure.decision.undo))]
    if decision is not None and not decision.undo:
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
    if post.decision(match) is not None:
        row.append(button("Note", actions.NOTE, value, label=f"Note: {label}"))
    return [*row, button("Details", actions.DETAILS, value, label=f"Details: {label}")]


def _pressable(post: Post, match: Match) -> bool:
    """Every key that a press needs is known and fits; only buttons that work are shown (DESIGN §5)."""
    move = _move(match, post, Stage.NEW)
    known = move.profile_key and move.source_key and move.job_key and move.board_key
    return bool(known) and len(actions.write_move(move)) <= BUTTON_VALUE


def _short(move: StageMove) -> str:
    return "undo" if move.undo else move.target.value
