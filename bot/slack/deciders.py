"""Who may decide where (issue 6 §5): checked at the click, and again before anything is written.

Two rules narrow it, and both must allow it: the setting DECIDERS everywhere, and what a channel says for clicks in it.
Where Slack cannot be asked nobody decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.deciders import Deciders
from bot.errors import MayNotDecideError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.slack.members import Members


async def nothing_narrower(channel_id: str) -> Deciders:  # noqa: ARG001 - the signature of a channel's rule
    """The rule of a channel that has none."""
    return Deciders()


class DeciderCheck:
    """Decides about those who want to decide. `members` knows groups and channels, `rule` what a channel says."""

    def __init__(
        self,
        everywhere: Deciders,
        *,
        members: Members,
        rule: Callable[[str], Awaitable[Deciders]] = nothing_narrower,
    ) -> None:
        self._everywhere = everywhere
        self._members = members
        self._rule = rule

    async def check(self, user_id: str, channel_id: str) -> None:
        """Return where that person may decide in that channel ("": outside any). Raises MayNotDecideError."""
        for deciders in (self._everywhere, await self._rule(channel_id) if channel_id else Deciders()):
            if not deciders:
                continue
            among = await self._members.among(user_id, deciders)
            if not among:
                raise MayNotDecideError(self._members.some(deciders, but=user_id), unknown=among is None)
