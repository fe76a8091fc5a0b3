"""/profiles: the top profiles for a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.query import ProfilesQuery
from commands.ask import command

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def rank(call: Call, services: Services) -> None:
    """Answer `/profiles <job> [filters]`."""
    await command(call, services, ProfilesQuery)
