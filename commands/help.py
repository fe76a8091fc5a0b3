"""/shortlist help: what can be done here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.text import fold
from bot.views import channels
from bot.views import help as helping

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def overview(call: Call, services: Services, words: str) -> None:
    """What can be done; a filter or `channel` behind it is explained."""
    job = services.suggestions.example()
    if fold(words) == "channel":
        await call.refuse(channels.usage(rename=services.rename))
    elif words:
        await call.refuse(helping.topic_anywhere(words.split(maxsplit=1)[0], rename=services.rename, job=job))
    else:
        await call.refuse(helping.overview(services.rename, job=job))
