"""/shortlist channel: the job that /profiles means in a channel, and who may decide there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import asides
from bot.domain.deciders import Deciders, UnknownDeciderError
from bot.domain.grammar import read
from bot.domain.people import Purpose
from bot.domain.query import ProfilesQuery
from bot.domain.text import fold
from bot.errors import QueryError
from bot.mistakes import Example, Mistake, Sample, Wrong
from bot.views import channels

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call

_ALLOWED = {"source", "board"}


async def run(call: Call, services: Services, words: str) -> None:
    """Show what is set for this channel, set it, or clear it."""
    held = await services.channels.purpose(call.channel_id)
    if not words:
        await call.refuse(channels.shown(held, rename=services.rename))
        return
    await call.ack()
    if fold(words) == "help":
        await call.refuse(channels.usage(rename=services.rename))
        return
    await services.deciders.check(call.user_id, call.channel_id)  # whoever may decide there may say so
    if fold(words) == "clear":
        await services.channels.put(Purpose(channel=call.channel_id), at=services.now())
        await call.whisper(channels.cleared(held, rename=services.rename))
        return
    wanted = replace(await _read(services, held, words), by=call.user_id)
    await services.channels.put(wanted, at=services.now())
    await call.whisper(channels.saved(wanted, rename=services.rename))


async def _read(services: Services, held: Purpose, words: str) -> Purpose:
    """What is to be set; what is not named stays. Every name is looked up first, so that it leads somewhere."""
    typed, rest = asides.taken("deciders", words)
    if typed is None:
        typed, rest = asides.taken("decide", words)
    deciders = held.deciders
    if typed is not None:
        try:
            deciders = Deciders.read(typed)
        except UnknownDeciderError as error:
            raise QueryError(Mistake(Wrong.NO_MENTION, said=error.word)) from None
    if not rest:
        return replace(held, deciders=deciders)
    query = read(ProfilesQuery, "/shortlist channel", rest)
    if not isinstance(query, ProfilesQuery):
        raise QueryError(Mistake(Wrong.JOB_MISSING), example=Example(Sample.CHANNEL))
    others = [parameter.key for parameter, _ in query.given() if parameter.key not in _ALLOWED]
    if others:
        raise QueryError(Mistake(Wrong.NOT_FOR_CHANNELS, key=others[0]), example=Example(Sample.CHANNEL))
    job = query.subject or held.job
    if not job:
        raise QueryError(Mistake(Wrong.JOB_MISSING), example=Example(Sample.CHANNEL))
    boards, _ = await asyncio.gather(
        services.directory.board_keys((query.board,) if query.board else ()),
        services.directory.source_keys(query.source),
    )
    await services.directory.job(job, boards)
    return Purpose(
        channel=held.channel,
        job=job,
        source=query.source or (held.source if not query.subject else ()),
        board=query.board or (held.board if not query.subject else ""),
        deciders=deciders,
    )
