"""The Home tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import modals, notices

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def show(call: Call, services: Services) -> None:
    """Say what can be done here. Slack tells of the Messages tab too: there is nothing to draw on that one."""
    if call.tab == "home":
        await call.publish(modals.home(notices.overview(services.rename)))
