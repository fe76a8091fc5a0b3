"""One match of a post and what is said of it, found out and put into words once: for its card and for its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.entities import Stage
from bot.domain.posts import pair
from bot.views import actions, facts, locales, phrases
from bot.views.blocks import BUTTON_VALUE, Markup, bold, escape, join
from bot.views.locales import NEUTRAL
from bot.views.phrases import SEPARATOR

if TYPE_CHECKING:
    from bot.domain.facts import Fact
    from bot.domain.posts import Post
    from bot.domain.ranking import Match
    from bot.domain.stages import Decision, Failure
    from bot.views.locales import Manner

_CHOICES = [(stage, phrases.STAGE_NAMES[stage]) for stage in (Stage.YES, Stage.LATER, Stage.NO)]


class Item:
    """What a card, its buttons and the lines about it say. Texts are not escaped, unless they are `Markup`.

    `name` and `beside` are the title's two parts. `stage`, `decision`, `under_way` and `failure` are as the post knows
    them. `pressable` tells whether every key that a press needs is known and fits: only buttons that work are shown.
    """

    __slots__ = (
        "_gap",
        "_packed",
        "_reasons",
        "_said",
        "_stated",
        "beside",
        "decision",
        "failure",
        "manner",
        "match",
        "name",
        "of",
        "post",
        "pressable",
        "revision",
        "stage",
        "under_way",
        "value",
    )

    def __init__(self, post: Post, match: Match, manner: Manner) -> None:
        profile, job = match.profile, match.job
        self.post, self.match, self.manner, self.of = post, match, manner, post.ranking.of
        if self.of == "profile":
            self.name = phrases.stated(profile.name, phrases.NO_NAME)
            self.beside = phrases.stated(profile.headline, phrases.NO_HEADLINE)
        else:
            self.name = phrases.stated(job.title, phrases.NO_NAME)
            self.beside = phrases.stated(job.place, phrases.NO_PLACE)
        standing = post.standings.get(pair(match))
        self.stage: Stage = match.stage if standing is None else standing.stage
        self.revision = 0 if standing is None else standing.revision
        self.decision: Decision | None = None if standing is None else standing.decision
        self.failure: Failure | None = None if standing is None else standing.failure
        self.under_way: Decision | None = post.under_way(match)
        self._packed = actions.packed(profile.key, profile.source_key, job.key, job.board_key)
        self.value = self._value(self.stage)
        known = profile.key and profile.source_key and job.key and job.board_key
        self.pressable = bool(known) and len(self.value) <= BUTTON_VALUE
        # The distance to a place that was asked for stands beside the place already.
        given = match.reasons.facts
        self._reasons: tuple[Fact, ...] = (
            given if match.reasons.km is None else tuple(each for each in given if each.kind != "distance")
        )
        self._said: list[str] | None = None
        self._gap = self._stated = ""

    def moves(self) -> list[tuple[str, str, Stage, bool]]:
        """What can be pressed now: its word, its value, the stage it leads to, whether it is the way back.

        Nothing while a decision is on its way; the same again where it was given up; Undo after a decision, else (also
        after an undo) every stage but the present one.
        """
        if self.under_way is not None:
            return []
        if self.failure is not None:
            lost = self.failure.decision
            return [("Try again", self._value(lost.stage, undo=lost.undo), lost.stage, lost.undo)]
        decision = self.decision
        if decision is not None and not decision.undo:
            return [("Undo", self._value(decision.before, undo=True), decision.before, True)]
        return [(word, self._value(each), each, False) for each, word in _CHOICES if each is not self.stage]

    def facts(self, manner: Manner = NEUTRAL) -> str:
        """Years and place of a profile; how far away it is where a place was asked for."""
        km = self.match.reasons.km
        distance = "" if km is None else facts.away(km, manner)
        if self.of != "profile":
            return distance
        if not self._stated:
            profile = self.match.profile
            years = phrases.years(profile.experience_years) or phrases.NO_YEARS
            self._stated = f"{years}{SEPARATOR}{phrases.stated(profile.place, phrases.NO_PLACE)}"
        return f"{self._stated}, {distance}" if distance else self._stated

    def why(self) -> list[str]:
        """The reasons, then the gap, then what is missing for scoring."""
        match = self.match
        found = self._reasons_said()
        if match.reasons.gap is not None:
            found.append(f"gap: {self._gap_said()}")
        if match.missing and self.of == "profile":
            found.append(f"missing for scoring: {facts.missing(match.missing)}")
        return found

    def why_markup(self, *, limit: int, most: int) -> Markup:
        """The same for a block: at most `most` reasons, each piece of at most `limit` characters."""
        match, of, manner = self.match, self.of, self.manner
        said = zip(self._reasons[:most], self._reasons_said(), strict=False)
        pieces = [facts.fact_markup(each, words, of=of, limit=limit, manner=manner) for each, words in said]
        if (gap := match.reasons.gap) is not None:
            words = facts.gap(gap, of=of, manner=manner) if gap.kind in facts.AS_READ else self._gap_said()
            pieces.append(join(" ", [bold(Markup("Gap:")), escape(words, limit)]))
        if match.missing and of == "profile":
            pieces.append(join(" ", [bold(Markup("Missing for scoring:")), Markup(facts.missing(match.missing))]))
        return join(SEPARATOR, pieces)

    def _reasons_said(self) -> list[str]:
        if self._said is None:
            self._said = [facts.fact(each, of=self.of) for each in self._reasons]
        return [*self._said]

    def _gap_said(self) -> str:
        if not self._gap:
            gap = self.match.reasons.gap
            self._gap = "" if gap is None else facts.gap(gap, of=self.of)
        return self._gap

    def _value(self, target: Stage, *, undo: bool = False) -> str:
        return actions.write(self._packed, self.stage, target, undo=undo, revision=self.revision)


def of_post(post: Post) -> list[Item]:
    """The items of the page that a post shows, in order."""
    # Whoever sees a private list reads numbers in their own way; a copy for all to see has one form for all.
    manner = manner_of(post)
    return [Item(post, match, manner) for match in post.ranking.matches]


def manner_of(post: Post) -> Manner:
    """How numbers are written for whoever sees the post."""
    return locales.of(post.locale) if post.kind == "private" else NEUTRAL
