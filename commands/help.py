"""/shortlist: what can be done here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import notices
from commands import history

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def show(call: Call, services: Services) -> None:
    """Answer `/shortlist`: history, else help, whatever stands behind it."""
    word, _, rest = call.text.strip().partition(" ")
    if word.casefold() == "history":
        await history.show(call, services, rest)
        return
    await call.refuse(notices.overview(services.rename))
