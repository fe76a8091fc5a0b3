"""What a profile lacks for HrFlow to score it.

HrFlow scores only profiles that state an experience with its company, an education, a skill, a task and a summary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.entities import Profile


def missing_for_scoring(profile: Profile) -> tuple[str, ...]:
    """The fields that it takes to be scored and that the profile does not state, among `FIELDS`, in that order.

    Objects of the seed's generation have no tasks of their own: there, as where they are left out, an experience that
    is described states what was done in it.
    """
    stays = profile.experiences
    stated = (
        any(stay.organisation for stay in stays),
        any(stay.title or stay.organisation for stay in profile.educations),
        bool(profile.skills),
        bool(profile.tasks) or any(stay.description for stay in stays),
        bool(profile.summary),
    )
    return tuple(name for name, has in zip(FIELDS, stated, strict=True) if not has)


FIELDS = ("company", "education", "skill", "task", "summary")
