"""Post: what one message shows, so that it can be drawn again when something about it changes."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from bot.domain.entities import Job, Profile, Stay
from bot.domain.light import dataclass
from bot.domain.ranking import Match
from bot.domain.stages import Standing, settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.domain.deliveries import Slip
    from bot.domain.entities import Stage
    from bot.domain.ranking import Ranking
    from bot.domain.receipts import Receipts
    from bot.domain.stages import Decision, Failure

Pair = tuple[str, str]  # profile key, job key


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that is kept of an item where a list is stored: keys, rank, score (0..1, None: not scored), no names.

    `stage` is the one that it was listed with.
    """

    rank: int
    profile_key: str
    source_key: str
    job_key: str
    board_key: str
    score: float | None
    stage: str = ""


@dataclass(slots=True)
class Post:
    """A list somebody was shown. `viewer` is the Slack user who asked; `version` counts the drawings.

    `kind` is `private`, `shared` or `digest`; the latter two are posted for all to see, at `channel` and `ts`. `shown`
    are the pages that it has shown, in order, and `page` is which of them it shows now: the one in `ranking`.
    `asked_at` is what relative dates of the query count from; `slip` makes it the message of a digest. `locale` is
    Slack's name of the viewer's language.

    Stages belong to the pair (profile, job), not to the message (DESIGN §1): `standings` hold what is known of each
    pair since the list was made, `saving` what was pressed on it and is not decided yet.
    `contents` are pages shown before, by their first rank; `receipts` what its filters hide, once that is known, and
    until then `offers_receipts` tells to offer them. These are in memory only.
    """

    id: str
    viewer: str
    ranking: Ranking
    version: int = 0
    kind: str = "private"
    channel: str = ""
    ts: str = ""
    shown: tuple[tuple[Entry, ...], ...] = ()
    page: int = 0
    asked_at: datetime | None = None
    slip: Slip | None = None
    locale: str = ""
    standings: dict[Pair, Standing] = field(default_factory=dict)
    saving: dict[Pair, Decision] = field(default_factory=dict)
    contents: dict[int, tuple[Match, ...]] = field(default_factory=dict)
    receipts: Receipts | None = None
    offers_receipts: bool = False

    def stage(self, match: Match) -> Stage:
        """The stage as it is known now."""
        standing = self.standings.get(pair(match))
        return match.stage if standing is None else standing.stage

    def decision(self, match: Match) -> Decision | None:
        """Who decided about it, if anybody did in Slack."""
        standing = self.standings.get(pair(match))
        return None if standing is None else standing.decision

    def under_way(self, match: Match) -> Decision | None:
        """What somebody has decided about it that is not in HrFlow yet."""
        standing = self.standings.get(pair(match))
        saving = None if standing is None else standing.saving
        return saving or self.saving.get(pair(match))

    def failure(self, match: Match) -> Failure | None:
        """The last decision about it, where that was given up."""
        standing = self.standings.get(pair(match))
        return None if standing is None else standing.failure

    def revision(self, match: Match) -> int:
        """How many times the pair has moved, as far as it is known."""
        standing = self.standings.get(pair(match))
        return 0 if standing is None else standing.revision

    def pairs(self) -> list[Pair]:
        """The pairs on the page that it shows."""
        return [pair(match) for match in self.ranking.matches]

    def overlay(self, standings: Mapping[Pair, Standing]) -> None:
        """Take note of what our own records say; where HrFlow's label is newer, that counts."""
        for match in self.ranking.matches:
            known = standings.get(pair(match))
            if known is not None:
                self.standings[pair(match)] = settled(match.profile.label_for(match.job), known)

    def decided(self, of: Pair, decision: Decision) -> None:
        """Take note of a decision made just now."""
        known = self.standings.get(of)
        revision = 1 if known is None else known.revision + 1
        self.standings[of] = Standing(stage=decision.stage, revision=revision, decision=decision, at=decision.at)

    def learned(self, of: Pair, standing: Standing) -> None:
        """Take note of how a pair stands, read from HrFlow itself."""
        self.standings[of] = standing


def entries(ranking: Ranking) -> tuple[Entry, ...]:
    """What is kept of the items of a ranking."""
    return tuple(
        Entry(
            rank=match.rank,
            profile_key=match.profile.key,
            source_key=match.profile.source_key,
            job_key=match.job.key,
            board_key=match.job.board_key,
            score=match.score,
            stage=match.stage.value,
        )
        for match in ranking.matches
    )


def pairs_of(shown: Iterable[Entry]) -> list[Pair]:
    """The pairs that entries are about."""
    return [(entry.profile_key, entry.job_key) for entry in shown]


def brief(ranking: Ranking) -> Ranking:
    """The ranking with only what a drawing shows of each item, for a post: those are kept for hours by the thousand.

    A whole profile takes ten times the memory, and holds an e-mail and a telephone number that no list needs.
    """
    profiles = ranking.of == "profile"
    matches = tuple(
        Match(  # `replace` takes four times as long
            rank=match.rank,
            profile=_brief_profile(match.profile, match.job) if profiles else match.profile,
            job=match.job if profiles else _brief_job(match.job),
            score=match.score,
            stage=match.stage,
            reasons=match.reasons,
            missing=match.missing,
        )
        for match in ranking.matches
    )
    return replace(ranking, matches=matches)


def _brief_profile(profile: Profile, job: Job) -> Profile:
    current = profile.experiences[:1]
    label = profile.label_for(job)
    return Profile(
        key=profile.key,
        source_key=profile.source_key,
        name=profile.name,
        place=profile.place,
        experience_years=profile.experience_years,
        experiences=tuple(Stay(title=stay.title, organisation=stay.organisation) for stay in current),
        labels=() if label is None else (label,),
    )


def _brief_job(job: Job) -> Job:
    # With its reference: older labels name their job by it alone.
    return Job(key=job.key, board_key=job.board_key, reference=job.reference, title=job.title, place=job.place)


def pair(match: Match) -> Pair:
    """The pair that a match is about."""
    return match.profile.key, match.job.key
