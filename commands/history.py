"""/shortlist history: your last queries and decisions, or what was decided about a job or a profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.domain.grammar import HelpWanted, parse
from bot.errors import NothingFoundError, QueryError
from bot.mistakes import Example, Mistake, Sample, Wrong
from bot.slack.typed import as_typed
from bot.views import actions, history, notices, outcomes
from bot.views import home as words
from commands import home, stage
from commands.answer import answer

if TYPE_CHECKING:
    from bot.domain.query import Query
    from bot.domain.stages import StageMove
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.views.message import Message

UNDO_SECONDS = 3.0  # after which a decision that is on its way is said to be so
ABOUT = 20  # decisions about a job or a profile
_PROFILE = re.compile(r"^(?:--|\u2014)?profile(?:_key)?[:=\s]", re.IGNORECASE)
_JOB = re.compile(r"^(?:--|\u2014)?job(?:_key)?[:=\s]", re.IGNORECASE)


async def show(call: Call, services: Services, text: str) -> None:
    """Answer `/shortlist history`; `text` is what stands behind it."""
    wanted = as_typed(text).strip()
    await call.ack()
    async with call.progress():
        message = await (_about(services, wanted) if wanted else mine(call, services))
    await call.whisper(message)


async def mine(call: Call, services: Services) -> Message:
    """The person's own history."""
    queries = await services.history.queries(call.user_id, history.MOST_QUERIES)
    decisions = await services.history.decisions(history.MOST_DECISIONS, by=call.user_id)
    return history.mine(queries, decisions, rename=services.rename)


async def again(call: Call, services: Services) -> None:
    """Run an earlier query; on Home the answer goes to the direct message with the bot, and Home says so."""
    asked = await services.history.query(call.user_id, call.value)
    query = parse(asked.canonical) if asked is not None else None
    if query is None or isinstance(query, HelpWanted):
        await call.refuse(notices.outdated())
        return
    async with call.progress():
        message = await answer(call, services, query)
    await call.whisper(message, once=True)
    if call.view_id:
        await home.draw(call, services, words.ANSWERED)


async def undo(call: Call, services: Services) -> None:
    """Take a decision back, as Undo on a card does; then the page it stands on is drawn again."""
    try:
        move = actions.read_move(call.value)
    except actions.UnreadableValueError:
        await call.refuse(notices.outdated())
        return
    taken = await stage.taken(call, services, move, quiet=bool(call.view_id))
    result = await services.stage_changes.result(taken, UNDO_SECONDS)
    if call.view_id:
        await home.draw(call, services, await _words(services, move, result))
        return
    await call.redraw_or_whisper(await mine(call, services))


async def _words(services: Services, move: StageMove, result: str) -> str:
    """What became of it, for Home; what went otherwise is told in a message of its own."""
    whom = await services.history.whom(move)
    return outcomes.in_words(result, move, whom)


async def _about(services: Services, text: str) -> Message:
    """What was decided about the job or the profile that the text names: a job, unless it says `profile:`."""
    if _PROFILE.search(text):
        return await _about_profile(services, _named(f"/jobs {text}"))
    named = _named(f"/profiles {text}")
    try:
        return await _about_job(services, named)
    except NothingFoundError as no_job:
        if named.board is not None or ":" in text.split('"', maxsplit=1)[0]:
            raise
        try:
            return await _about_profile(services, named)
        except NothingFoundError:
            raise no_job from None


async def _about_job(services: Services, query: Query) -> Message:
    job = await services.directory.job(query.subject, await services.directory.board_keys(()))
    return history.about(job.title, await services.history.decisions(ABOUT, job=job.key))


async def _about_profile(services: Services, query: Query) -> Message:
    found = await services.directory.profile(query.subject, await services.directory.source_keys(()))
    return history.about(found.name, await services.history.decisions(ABOUT, profile=found.key))


def _named(line: str) -> Query:
    """The one thing that is named. Raises QueryError where more is asked."""
    query = parse(line)
    if isinstance(query, HelpWanted) or not query.subject or next(query.given(), None) is not None:
        raise QueryError(Mistake(Wrong.HISTORY_TAKES), example=Example(Sample.HISTORY))
    return query
