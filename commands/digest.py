"""/digest: make, list, show, change, pause, resume, remove digests, or run one now."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.domain.digest_text import read_order
from bot.domain.digests import Digest
from bot.domain.schedules import Schedule
from bot.errors import AccessDeniedError, QueryError
from bot.mistakes import Mistake, Wrong
from bot.slack.typed import as_typed
from bot.views import digest_forms
from bot.views import digests as words
from commands.digest_rights import may_change

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.domain.digest_text import Order, Wanted
    from bot.services import Services
    from bot.slack.calls import Call
    from bot.views.message import Message

NAME = "/digest"
SLOTS_SHOWN = 3
PATIENCE = 8.0  # seconds that somebody waits for a digest they want now


async def run(call: Call, services: Services) -> None:
    """Carry out what was typed. What cannot be read is refused by the ack itself."""
    order = read_order(call.command or NAME, as_typed(call.text), zone=zone_of(call), now=_now(call, services))
    if order.verb == "" or (order.verb == "add" and order.wanted.query is None):
        await call.ack()
        await call.open(digest_forms.form(channel=call.channel_id, zone=zone_of(call)))
        return
    if order.verb == "help":
        await call.refuse(words.help_text(called(services)))
        return
    await call.ack()
    async with call.progress():
        message = await _carry_out(call, services, order)
    if message is not None:
        await call.whisper(message)


async def _carry_out(call: Call, services: Services, order: Order) -> Message | None:
    if order.verb == "add":
        return await add(call, services, order.wanted)
    if order.verb == "list":
        return await _list(call, services, everywhere=order.everywhere)
    digest = await services.digests.get(order.number)
    if digest is None:
        return words.unknown(order.number, called(services))
    if not await may_change(call, services, digest):
        return words.not_yours(digest)
    if order.verb == "pause":
        return await pause(call, services, digest, order.until)
    return await VERBS[order.verb](call, services, digest)


async def _edit(call: Call, services: Services, digest: Digest) -> Message | None:
    """Change what is typed behind its number, in the zone of the digest; with nothing there, the form opens."""
    zone = words.zone_of(digest)
    if not call.text.split()[2:]:
        await call.open(digest_forms.form(digest=digest, zone=zone))
        return None
    order = read_order(call.command or NAME, as_typed(call.text), zone=zone, now=_now(call, services))
    return await edit(call, services, digest, order.wanted)


async def add(call: Call, services: Services, wanted: Wanted) -> Message:
    """Make a digest. Raises whatever is wrong with its place or its query."""
    if wanted.schedule is None or wanted.query is None:
        raise QueryError(Mistake(Wrong.WHEN_OR_WHAT_MISSING))
    channel, name = await place(call, services, wanted.where or call.channel_id)
    now = services.now()
    await services.matching.rank(wanted.query, now=_now(call, services))
    digest = Digest(
        maker=call.user_id,
        channel=channel,
        channel_name=name,
        schedule=str(wanted.schedule),
        query=str(wanted.query),
        say_empty=bool(wanted.say_empty),
        reached=now,
        created_at=now,
    )
    digest = await services.digests.add(digest)
    services.scheduler.look_again()
    return words.card(digest, words.ON, slots(digest, now), manner=call.manner)


async def edit(call: Call, services: Services, digest: Digest, wanted: Wanted) -> Message:
    """Change what was named and leave the rest; what was due before is not made up for."""
    now = services.now()
    schedule = wanted.schedule
    if schedule is None and wanted.zone is not None:
        schedule = Schedule(digest.when().rule, wanted.zone)
    if wanted.where:
        channel, name = await place(call, services, wanted.where)
        digest = replace(digest, channel=channel, channel_name=name)
    if wanted.query is not None:
        await services.matching.rank(wanted.query, now=_now(call, services))
        digest = replace(digest, query=str(wanted.query))
    if schedule is not None:
        digest = replace(digest, schedule=str(schedule), reached=now)
    if wanted.say_empty is not None:
        digest = replace(digest, say_empty=wanted.say_empty)
    await services.digests.save(digest)
    services.scheduler.look_again()
    return words.card(digest, words.CHANGED, slots(digest, now), manner=call.manner)


async def pause(call: Call, services: Services, digest: Digest, until: datetime | None = None) -> Message:
    """Stop delivering, until a day or until somebody resumes it."""
    await services.digests.pause(digest.number, until=until)
    services.scheduler.look_again()
    paused = replace(digest, active=False, paused_until=until, trouble="")
    coming = slots(paused, services.now()) if until is not None else ()
    return words.card(paused, words.PAUSED, coming, manner=call.manner)


async def resume(call: Call, services: Services, digest: Digest) -> Message:
    """Go on from now; what was missed meanwhile is not made up for."""
    await services.audience.of(digest.channel, younger_than=0)
    now = services.now()
    digest = replace(digest, active=True, paused_until=None, trouble="", reached=now)
    await services.digests.save(digest)
    services.scheduler.look_again()
    return words.card(digest, words.ON_AGAIN, slots(digest, now), manner=call.manner)


async def remove(call: Call, services: Services, digest: Digest) -> Message:
    """Remove it for good."""
    await services.digests.remove(digest.number)
    services.scheduler.look_again()
    return words.removed(digest, call.manner)


async def run_now(call: Call, services: Services, digest: Digest) -> Message:
    """Deliver it at once."""
    done = await services.scheduler.run_now(digest, call.user_id, patience=PATIENCE)
    return words.ran(done, digest)


async def show(call: Call, services: Services, digest: Digest) -> Message:
    """Say what it is and when it comes next."""
    return words.card(digest, words.about(digest.number), slots(digest, services.now()), manner=call.manner)


VERBS: dict[str, Callable[[Call, Services, Digest], Awaitable[Message | None]]] = {
    "show": show,
    "edit": _edit,
    "resume": resume,
    "remove": remove,
    "now": run_now,
}


async def _list(call: Call, services: Services, *, everywhere: bool) -> Message:
    if everywhere and await services.roster.is_admin(call.user_id):
        found = await services.digests.all()
    else:
        found = await services.digests.known_to(call.user_id, call.channel_id)
    return words.listing(found, called(services), manner=call.manner)


async def place(call: Call, services: Services, where: str) -> tuple[str, str]:
    """The id and name of a place as typed. Raises AudienceRefusedError where nothing may be posted there."""
    if where.startswith("#"):
        found = await services.roster.channel_named(where[1:])
        if not found:
            raise QueryError(Mistake(Wrong.NO_SUCH_CHANNEL, said=where))
        where = found
    elif where == "@me":
        where = call.user_id
    elif where.startswith("@"):
        raise QueryError(Mistake(Wrong.NOBODY_KNOWN, said=where))
    audience = await services.audience.of(where, younger_than=0)
    if not audience.is_person and not audience.is_public and not await _inside(call, services, audience.channel):
        raise AccessDeniedError("unknown")
    return audience.channel, "" if audience.is_person else audience.name


async def _inside(call: Call, services: Services, channel: str) -> bool:
    return channel == call.channel_id or call.user_id in await services.roster.all_members(channel)


def slots(digest: Digest, now: datetime) -> list[datetime]:
    """The next three."""
    first = digest.next_slot(now)
    return [] if first is None else list(islice(digest.when().slots(first), SLOTS_SHOWN))


def called(services: Services) -> str:
    """What the command is called in this workspace."""
    return services.rename.get(NAME, NAME)


def zone_of(call: Call) -> str:
    """The name of that person's time zone."""
    return str(getattr(call.viewer.zone, "key", "UTC")) if call.viewer is not None else "UTC"


def _now(call: Call, services: Services) -> datetime:
    now = services.now()
    return now.astimezone(call.viewer.zone) if call.viewer is not None else now
