"""Examples that can be pressed: the command line in the button is run for whoever presses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.grammar import HelpWanted, parse
from bot.views import notices
from commands.answer import answer

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def run(call: Call, services: Services) -> None:
    """Answer the example as if it had been typed, in a message of its own: the examples stay for others."""
    asked = parse(call.value)
    if isinstance(asked, HelpWanted) or not asked.subject:
        await call.whisper(notices.overview(services.rename))
        return
    async with call.progress():
        message = await answer(call, services, asked)
    await call.whisper(message, once=True)
