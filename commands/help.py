"""/shortlist: what can be done here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import notices

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def show(call: Call, services: Services) -> None:
    """Answer `/shortlist`, whatever stands behind it."""
    await call.refuse(notices.overview(services.rename))
