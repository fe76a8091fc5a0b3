"""Saved queries: kept under a name for oneself or for a channel, listed, run and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain import asides, fields
from bot.domain.forms import of_query
from bot.domain.grammar import HelpWanted, parse, read
from bot.domain.people import LONGEST_NAME
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.text import fold, nearest, tidy
from bot.domain.words import scan
from bot.errors import NothingFoundError, QueryError
from bot.mistakes import Example, Mistake, Sample, Wrong
from bot.views import actions, notices, saved
from commands import form
from commands.answer import answer
from commands.keeping import keep

if TYPE_CHECKING:
    from bot.domain.people import Saved
    from bot.domain.query import Query
    from bot.services import Services
    from bot.slack.calls import Call

_CHANNEL = frozenset({"channel", "here"})


async def save(call: Call, services: Services, words: str) -> None:
    """`NAME [for:channel] /profiles …`; without a query, the last one that this person asked."""
    owner_words, words = asides.taken("for", words)
    name, query = _named(words, services)
    if query is None:
        recent = await services.history.queries(call.user_id, 1)
        if not recent:
            raise QueryError(Mistake(Wrong.NOTHING_TO_SAVE), example=Example(Sample.SAVE))
        query = read_canonical(recent[0].canonical)
    await call.ack()
    for_channel = owner_words is not None and fold(owner_words) in _CHANNEL
    await keep(call, services, name, query, for_channel=for_channel)


async def ask_name(call: Call, services: Services) -> None:
    """Ask under which name the query of the list is to be kept."""
    post = await services.posts.get(actions.post_of(call.block_id))
    if post is None:
        await call.refuse(notices.outdated())
        return
    query = post.ranking.query
    await call.open(saved.ask_name(query, form.remember(services, call, of_query(query)), rename=services.rename))


async def submit(call: Call, services: Services) -> None:
    """Keep it under the name that was given."""
    draft = services.drafts.get(call.private_metadata)
    if draft is None or draft.viewer != call.user_id:
        await call.refuse(notices.outdated())
        return
    name, for_channel = saved.read(call.values)
    if not name:
        await call.ack(response_action="errors", errors=saved.name_needed())
        return
    query = fields.gathered(draft.form.query_type, draft.form.contents)
    await call.ack()
    await keep(call, services, name, query, for_channel=for_channel and bool(call.channel_id))


async def run(call: Call, services: Services, words: str) -> None:
    """`/shortlist saved` lists them; `/shortlist saved remove NAME` removes one."""
    word, _, rest = words.partition(" ")
    if fold(word) in {"remove", "delete", "forget"}:
        await call.ack()
        found = await find(call, services, _unquoted(rest))
        await services.people.forget(found)
        await call.whisper(saved.removed(found))
        return
    listed = await services.people.saved(_owners(call))
    await call.refuse(saved.listed(listed, user=call.user_id, rename=services.rename))


async def press(call: Call, services: Services) -> None:
    """Run a saved query from the list of them."""
    found = await _by_id(call, services)
    if found is None:
        await call.whisper(notices.outdated())
        return
    query = read_canonical(found.query)
    async with call.progress():
        message = await answer(call, services, query)
    await call.whisper(message, once=True)


async def remove(call: Call, services: Services) -> None:
    """Remove a saved query, and draw the list without it."""
    found = await _by_id(call, services)
    if found is not None:
        await services.people.forget(found)
    listed = await services.people.saved(_owners(call))
    await call.redraw_or_whisper(saved.listed(listed, user=call.user_id, rename=services.rename))


async def find(call: Call, services: Services, name: str) -> Saved:
    """The query that this person or this channel has saved under that name. Raises NothingFoundError."""
    listed = await services.people.saved(_owners(call))
    found = next((each for each in listed if fold(each.name) == fold(name)), None)
    if found is None:
        close = nearest(name, [each.name for each in listed], count=3, cutoff=0.3)
        raise NothingFoundError("saved", name or "?", close or [each.name for each in listed[:3]])
    return found


async def base(
    call: Call, services: Services, query_type: type[ProfilesQuery | JobsQuery], name: str
) -> ProfilesQuery | JobsQuery:
    """The saved query as what a command line goes on from. Raises NothingFoundError or QueryError."""
    query = read_canonical((await find(call, services, name)).query)
    if not isinstance(query, query_type):
        raise QueryError(
            Mistake(Wrong.OTHER_COMMAND, said=name, key=query.command),
            example=Example(Sample.SAVED, query.command, name),
        )
    return query


def read_canonical(text: str) -> Query:
    """A query that was kept as canonical text."""
    query = parse(text)
    if isinstance(query, HelpWanted):
        raise QueryError(Mistake(Wrong.NO_QUERY), line=text)
    return query


def _named(words: str, services: Services) -> tuple[str, Query | None]:
    """The name, and the query behind it if there is one."""
    line = f"/shortlist save {words}"
    names = {services.rename.get(each.command, each.command): each for each in (ProfilesQuery, JobsQuery)}
    cut = scan(words)
    place = next((place for place, word in enumerate(cut) if word.bare and word.text.startswith("/")), len(cut))
    name = tidy(" ".join(word.text for word in cut[:place]))
    if not name or len(name) > LONGEST_NAME:
        start = len(line) - len(words)
        mistake = Mistake(Wrong.NAME_NEEDED, high=LONGEST_NAME)
        raise QueryError(mistake, line=line, start=start, end=len(line), example=Example(Sample.SAVE))
    if place == len(cut):
        return name, None
    command, begin = cut[place].text, cut[place].end
    query_type = names.get(command.casefold())
    query = read(query_type, command, words[begin:]) if query_type else parse(words[cut[place].start :])
    if isinstance(query, HelpWanted) or not query.subject:
        raise QueryError(Mistake(Wrong.QUERY_MISSING), example=Example(Sample.SAVE))
    return name, query


def _unquoted(words: str) -> str:
    return tidy(" ".join(word.text for word in scan(words)))


def _owners(call: Call) -> list[str]:
    """Whose queries somebody sees: their own first, then those of the channel they are in."""
    return list(dict.fromkeys(filter(None, [call.user_id, call.channel_id])))


async def _by_id(call: Call, services: Services) -> Saved | None:
    listed = await services.people.saved(_owners(call))
    return next((each for each in listed if str(each.id) == call.value), None)
