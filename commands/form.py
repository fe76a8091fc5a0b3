"""The form: opened by an empty command, a shortcut or Refine; filled in, sent, and never lost on the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.domain import fields
from bot.domain.forms import Draft, Form, of_query
from bot.domain.grammar import glean
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.errors import LookupFailedError, ShortlistError, SlackDeliveryError, SubjectMissingError
from bot.views import actions, forms, notices
from commands.answer import answer, now_of
from commands.keeping import keep

if TYPE_CHECKING:
    from bot.domain.query import Query
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.views.message import Message

log = structlog.get_logger(__name__)
SENDING = 1.4  # seconds in which an answer or an error still finds the form open; Slack waits for three
_WARM = ("job", "source", "board")


async def show(call: Call, services: Services, form: Form) -> None:
    """Open the form: at once, then filled."""
    services.suggestions.warm(_WARM)
    view_id = await call.open(forms.loading(form.query_type))
    try:
        await call.update(view_id, _drawn(services, call, form))
    except SlackDeliveryError as error:
        if error.code != "not_found":  # closed before it was filled: that is the person's good right
            raise
        log.info("form closed early")


async def find_profiles(call: Call, services: Services) -> None:
    """The shortcut to an empty form about profiles."""
    await show(call, services, Form(query_type=ProfilesQuery))


async def find_jobs(call: Call, services: Services) -> None:
    """The shortcut to an empty form about jobs."""
    await show(call, services, Form(query_type=JobsQuery))


async def refine(call: Call, services: Services) -> None:
    """Open the form that shows the query of the list on which the button stands."""
    post = await services.posts.get(actions.post_of(call.block_id))
    if post is None:
        await call.refuse(notices.outdated())
        return
    await show(call, services, of_query(post.ranking.query))


def mistaken(call: Call, query_type: type[ProfilesQuery | JobsQuery], typed: str) -> Form:
    """The form for a command line that has mistakes: what could be read is filled in, and each mistake is named."""
    found = glean(query_type, call.command or query_type.command, typed)
    notes = tuple(notices.in_words(error, call.manner) for _, error in found.errors)
    return Form(query_type=query_type, contents=fields.gleaned(query_type, found), notes=notes)


async def reopen(call: Call, services: Services) -> None:
    """Open a form that is remembered: one that failed, or a command line with mistakes in it."""
    draft = services.drafts.get(call.value)
    if draft is None or draft.viewer != call.user_id:
        await call.refuse(notices.outdated())
        return
    await show(call, services, draft.form)


async def more(call: Call, services: Services) -> None:
    """Show the rarer fields too; what is filled in stays."""
    form = replace(_read(call, services), everything=True)
    await call.update(call.view_id, _drawn(services, call, form), hash=call.view_hash)


async def offer(call: Call, services: Services) -> None:
    """What a type-ahead field may become."""
    kind = call.action_id.partition(".")[2]
    await call.ack(options=forms.options(await services.suggestions.offer(kind, call.typed)))


async def submit(call: Call, services: Services) -> None:
    """Answer the form as if its query had been typed. Mistakes stand beside their fields, and the form stays."""
    form = _read(call, services)
    try:
        query = await _query(call, form, services)
    except fields.FieldErrors as wrong:
        reasons = {key: notices.in_words(error, call.manner) for key, error in wrong.errors.items()}
        await call.ack(response_action="errors", errors=forms.errors(reasons))
        return
    work = asyncio.create_task(answer(call, services, query))
    await asyncio.wait({work}, timeout=SENDING)
    if work.done():
        await _sent(call, services, form, query, work)
        return
    await call.ack()  # the form closes; if it comes to nothing it can be opened again as it was
    try:
        async with call.progress(after=0.1):
            message = await work
    except ShortlistError as error:
        draft_id = remember(services, call, replace(form, notes=(notices.in_words(error, call.manner),)))
        message = notices.with_form(notices.for_error(error, call.manner), draft_id)
    await call.whisper(message, once=True)
    await _afterwards(call, services, query)


async def _sent(call: Call, services: Services, form: Form, query: Query, work: asyncio.Task[Message]) -> None:
    """The answer came while the form was open: it closes, or stays and says why."""
    try:
        message = work.result()
    except LookupFailedError as error:
        where = _field_of(error, query)
        await call.ack(response_action="errors", errors=forms.errors({where: notices.in_words(error, call.manner)}))
    except ShortlistError as error:
        view = _drawn(services, call, replace(form, notes=(notices.in_words(error, call.manner),)))
        await call.ack(response_action="update", view=view)
    else:
        await call.ack()
        await call.whisper(message, once=True)
        await _afterwards(call, services, query)


async def _afterwards(call: Call, services: Services, query: Query) -> None:
    """Keep the query where the form says under which name."""
    if name := forms.name_to_save(call.values):
        await keep(call, services, name, query, for_channel=False)


async def _query(call: Call, form: Form, services: Services) -> Query:
    query = fields.gathered(form.query_type, form.contents, now=now_of(call, services))
    if not query.subject:
        raise fields.FieldErrors({form.subject_key: SubjectMissingError(form.subject_key)})
    if query.subject in form.labels:  # picked, so it is a key
        return replace(query, subject=await services.suggestions.name_for(form.subject_key, query.subject))
    return query


def _field_of(error: LookupFailedError, query: Query) -> str:
    """The key of the field whose words lead nowhere."""
    if error.kind in query.parameters:
        return error.kind
    places = [key for key in ("near", "worked-near", "studied-near") if key in query.parameters]
    named = {key: getattr(getattr(query, key.replace("-", "_")), "text", None) for key in places}
    return next((key for key, words in named.items() if words == error.words), next(iter(query.parameters)))


def _read(call: Call, services: Services) -> Form:
    """What the fields hold now. The draft is asked for the words that the view does not carry."""
    draft = services.drafts.get(call.private_metadata)
    before = draft.form if draft is not None and draft.viewer == call.user_id else None
    return forms.read(call.callback_id, call.values, before)


def _drawn(services: Services, call: Call, form: Form) -> dict[str, object]:
    return forms.draw(form, draft_id=remember(services, call, form))


def remember(services: Services, call: Call, form: Form) -> str:
    """Keep a form on our side; returns the id of its draft, which alone travels."""
    draft_id = services.drafts.new_id()
    services.drafts.put(draft_id, Draft(viewer=call.user_id, form=form))
    return draft_id
