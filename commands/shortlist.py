"""/shortlist and the words behind it: one line of a table for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.text import fold, nearest
from bot.slack.typed import as_typed
from bot.views import help as helping
from commands import channel, help, history, saved, status  # noqa: A004 - a feature's own name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.services import Services
    from bot.slack.calls import Call

    Handler = Callable[[Call, Services, str], Awaitable[None]]

# The word → its handler, which gets what stands behind the word. `views/help.py` has a line for each.
WORDS: Mapping[str, Handler] = {
    "help": help.overview,
    "channel": channel.run,
    "save": saved.save,
    "saved": saved.run,
    "history": history.show,
    "status": status.show,
}


async def run(call: Call, services: Services) -> None:
    """Carry out what stands behind `/shortlist`; nothing there means help."""
    word, _, rest = as_typed(call.text).strip().partition(" ")
    handler = WORDS.get(fold(word)) if word else help.overview
    if handler is None:
        close = nearest(word, WORDS, cutoff=0.4)
        await call.refuse(helping.unknown_word(word, close[0] if close else "", WORDS, rename=services.rename))
        return
    await handler(call, services, rest.strip())
