"""/profiles and /jobs: read what was typed, and answer it, or open the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain import asides
from bot.domain.forms import of_query
from bot.domain.grammar import HelpWanted, read
from bot.errors import QueryError
from bot.slack.typed import as_typed
from bot.views import help as helping
from bot.views import notices
from commands import form, saved
from commands.answer import answer, now_of

if TYPE_CHECKING:
    from bot.domain.query import JobsQuery, ProfilesQuery, Query
    from bot.services import Services
    from bot.slack.calls import Call


async def command(call: Call, services: Services, query_type: type[ProfilesQuery | JobsQuery]) -> None:
    """Read what was typed, ack, answer. A query that cannot be read is refused by the ack itself.

    Where nothing says what the list is to be about, the form opens with what was said.
    """
    typed = as_typed(call.text)
    try:
        asked = await _read(call, services, query_type, typed)
    except QueryError as error:
        draft_id = form.remember(services, call, form.mistaken(call, query_type, typed))
        await call.refuse(notices.with_form(notices.for_error(error), draft_id))
        return
    if isinstance(asked, HelpWanted):
        job = services.suggestions.example()
        await call.refuse(helping.usage(query_type, asked.topic, rename=services.rename, job=job))
        return
    await call.ack()
    if not asked.subject:  # what the channel is about; a command line of its own needs no look into the database
        asked = (await services.channels.purpose(call.channel_id)).applied(asked)
    if not asked.subject or not typed.strip():
        await form.show(call, services, of_query(asked))
        return
    async with call.progress():
        message = await answer(call, services, asked)
    await call.whisper(message, once=True)


async def _read(
    call: Call, services: Services, query_type: type[ProfilesQuery | JobsQuery], typed: str
) -> Query | HelpWanted:
    """The query that was typed; with `saved:NAME` it goes on from the saved one."""
    name, rest = asides.taken("saved", typed)
    if name is None:
        return read(query_type, call.command or query_type.command, typed, now=now_of(call, services))
    await call.ack()
    base = await saved.base(call, services, query_type, name)
    return read(query_type, call.command or query_type.command, rest, now=now_of(call, services), base=base)
