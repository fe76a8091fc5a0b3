"""Keeping a query under a name, from a command or a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import saved

if TYPE_CHECKING:
    from bot.domain.query import Query
    from bot.services import Services
    from bot.slack.calls import Call


async def keep(call: Call, services: Services, name: str, query: Query, *, for_channel: bool) -> None:
    """Keep the query and say so."""
    owner = call.channel_id if for_channel else call.user_id
    kept = await services.people.save(owner, name, str(query), by=call.user_id, at=services.now())
    if kept:
        await call.whisper(saved.kept(name, query, for_channel=for_channel, rename=services.rename))
    else:
        await call.whisper(saved.too_many())
