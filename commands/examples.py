"""Examples that can be pressed: the command line in the button is run for whoever presses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import of_query
from bot.domain.grammar import HelpWanted, parse
from bot.views import help as helping
from commands import form
from commands.answer import answer

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call


async def run(call: Call, services: Services) -> None:
    """Answer the example as if it had been typed, in a message of its own: the examples stay for others."""
    asked = parse(call.value)
    if isinstance(asked, HelpWanted):
        await call.whisper(helping.overview(services.rename))
        return
    if not asked.subject:
        await form.show(call, services, of_query(asked))
        return
    async with call.progress():
        message = await answer(call, services, asked)
    await call.whisper(message, once=True)
