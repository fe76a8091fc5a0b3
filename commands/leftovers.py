"""What this version does not know: acknowledged and explained, so that no click ends in a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import notices

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def explain(call: Call, services: Services) -> None:  # noqa: ARG001 - one signature for all handlers
    """Say that the button, form or shortcut is from an earlier version."""
    await call.refuse(notices.outdated())


async def ignore(call: Call, services: Services) -> None:  # noqa: ARG001 - one signature for all handlers
    """Nothing to do and nothing to say: a modal was closed, or a field asks for what nobody offers."""
    await call.ack()
