"""Post: what one message shows, so that it can be drawn again when something about it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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


def pair(match: Match) -> Pair:
    """The pair that a match is about."""
    return match.profile.key, match.job.key
