"""/jobs: the top jobs for a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.query import JobsQuery
from commands.ask import command

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def rank(call: Call, services: Services) -> None:
    """Answer `/jobs <profile> [filters]`."""
    await command(call, services, JobsQuery)
