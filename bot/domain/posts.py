"""Post: what one message shows, so that it can be drawn again when something about it changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.domain.entities import Job, Profile, Stay

if TYPE_CHECKING:
    from bot.domain.entities import Stage
    from bot.domain.ranking import Match, Ranking
    from bot.domain.stages import Decision

Pair = tuple[str, str]  # profile key, job key


@dataclass(slots=True)
class Post:
    """A list somebody was shown. `viewer` is the Slack user who asked; `version` counts the drawings.

    Stages belong to the pair (profile, job), not to the message (DESIGN §1): `stages` and `decisions` hold what is
    known since the list was made.
    """

    id: str
    viewer: str
    ranking: Ranking
    version: int = 0
    stages: dict[Pair, Stage] = field(default_factory=dict)
    decisions: dict[Pair, Decision] = field(default_factory=dict)

    def stage(self, match: Match) -> Stage:
        """The stage as it is known now."""
        return self.stages.get(pair(match), match.stage)

    def decision(self, match: Match) -> Decision | None:
        """Who decided about it since the list was made, if anybody."""
        return self.decisions.get(pair(match))

    def decided(self, of: Pair, decision: Decision) -> None:
        """Take note of a decision."""
        self.stages[of] = decision.stage
        self.decisions[of] = decision

    def observed(self, of: Pair, stage: Stage) -> None:
        """Take note of a stage that was set elsewhere: by whom is not known."""
        if self.stages.get(of) != stage:
            self.decisions.pop(of, None)
        self.stages[of] = stage


def brief(ranking: Ranking) -> Ranking:
    """The ranking with only what a drawing shows of each item, for a post: those are kept for hours by the thousand.

    A whole profile takes ten times the memory, and holds an e-mail and a telephone number that no list needs.
    """
    if ranking.of == "profile":
        matches = [replace(match, profile=_brief_profile(match.profile)) for match in ranking.matches]
    else:
        matches = [replace(match, job=_brief_job(match.job)) for match in ranking.matches]
    return replace(ranking, matches=tuple(matches))


def _brief_profile(profile: Profile) -> Profile:
    current = profile.experiences[:1]
    return Profile(
        key=profile.key,
        source_key=profile.source_key,
        name=profile.name,
        place=profile.place,
        experience_years=profile.experience_years,
        experiences=tuple(Stay(title=stay.title, organisation=stay.organisation) for stay in current),
    )


def _brief_job(job: Job) -> Job:
    return Job(key=job.key, board_key=job.board_key, title=job.title, place=job.place)


def pair(match: Match) -> Pair:
    """The pair that a match is about."""
    return match.profile.key, match.job.key
