"""What can be pressed on a digest, its message or its list; and the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.digest_text import Wanted, read_order
from bot.errors import QueryError
from bot.views import actions, digest_forms, notices
from bot.views import digests as words
from commands import digest as verbs
from commands import home
from commands.digest_rights import may_change

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.digests import Digest
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.views.message import Message


async def _on(call: Call, services: Services, act: Callable[[Digest], Awaitable[Message]]) -> None:
    number = int(call.value) if call.value.isascii() and call.value.isdigit() and len(call.value) < 10 else 0  # noqa: PLR2004 - digits of a number
    digest = await services.digests.get(number)
    if digest is None:
        await call.refuse(words.unknown(number, verbs.called(services)))
    elif not await may_change(call, services, digest):
        await call.refuse(words.not_yours(digest))
    elif call.view_id:  # on Home, which says what was done and shows it
        done = await act(digest)
        await home.draw(call, services, words.about(number, done))
    else:
        await call.whisper(await act(digest))


async def pause(call: Call, services: Services) -> None:
    """Pause it."""
    await _on(call, services, lambda digest: verbs.pause(call, services, digest))


async def resume(call: Call, services: Services) -> None:
    """Resume it."""
    await _on(call, services, lambda digest: verbs.resume(call, services, digest))


async def run_now(call: Call, services: Services) -> None:
    """Deliver it at once."""
    await _on(call, services, lambda digest: verbs.run_now(call, services, digest))


async def remove(call: Call, services: Services) -> None:
    """Remove it."""
    await _on(call, services, lambda digest: verbs.remove(call, services, digest))


async def edit(call: Call, services: Services) -> None:
    """Open the form of a digest."""
    digest = await services.digests.get(int(call.value) if call.value.isdigit() else 0)
    if digest is None or not await may_change(call, services, digest):
        await call.refuse(words.not_yours(digest) if digest else words.unknown(0, verbs.called(services)))
        return
    await call.open(digest_forms.form(digest=digest, zone=words.zone_of(digest)))


async def save(call: Call, services: Services) -> None:
    """Open the form for the list that the button stands under."""
    post = await services.posts.get(actions.post_of(call.block_id))
    if post is None:
        await call.refuse(notices.outdated())
        return
    query = str(post.ranking.query)
    await call.open(digest_forms.form(query=query, channel=call.channel_id, zone=verbs.zone_of(call)))


async def submit(call: Call, services: Services) -> None:
    """Make or change what the form says; what cannot be read is marked at its field."""
    fields = digest_forms.typed(call.values)
    wanted, wrong = _read(fields, services)
    if wrong:
        await call.ack(response_action="errors", errors=wrong)
        return
    number = int(call.private_metadata) if call.private_metadata.isdigit() else 0
    digest = await services.digests.get(number) if number else None
    if number and (digest is None or not await may_change(call, services, digest)):
        await call.refuse(words.not_yours(digest) if digest else words.unknown(number, verbs.called(services)))
        return
    await call.ack()
    if digest is None:
        await call.whisper(await verbs.add(call, services, wanted))
    else:
        await call.whisper(await verbs.edit(call, services, digest, wanted))


def _read(fields: dict[str, str], services: Services) -> tuple[Wanted, dict[str, str]]:
    """What the fields say, and for each that cannot be read why not: one after the other, so that each is to blame."""
    wrong: dict[str, str] = {}
    found = Wanted()
    now = services.now()
    what, when, zone = fields[digest_forms.WHAT], fields[digest_forms.WHEN], fields[digest_forms.ZONE]
    parts = {
        digest_forms.ZONE: f"daily 09:00 profiles x tz:{zone or 'UTC'}",
        digest_forms.WHEN: f"{when} profiles x",
        digest_forms.WHAT: f"daily 09:00 {what}",
    }
    for name, text in parts.items():
        try:
            read_order("/digest", f"add {text}", zone="UTC", now=now)
        except QueryError as error:
            wrong[name] = notices.in_words(error)
    if not wrong:
        line = f"add {when} tz:{zone or 'UTC'} empty:{fields[digest_forms.EMPTY]} {what}"
        try:
            found = read_order("/digest", line, zone="UTC", now=now).wanted
        except QueryError as error:
            wrong[digest_forms.WHEN] = notices.in_words(error)
    where = fields[digest_forms.WHERE]
    return Wanted(**{name: getattr(found, name) for name in Wanted.__slots__} | {"where": where}), wrong
