"""Digests, their deliveries, and what each place has been told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, or_, select, update

from bot.domain.deliveries import DUE, OPEN, PREPARED, SENT, SILENT, Delivery, Told
from bot.domain.digests import Digest
from bot.domain.entities import Stage
from bot.storage.tables import deliveries, digest_items, digest_notices, digests

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlalchemy.sql import Select

    from bot.storage.database import Database

ACTIVE, PAUSED, REMOVED = "active", "paused", "removed"


class Digests:
    """The tables of digests."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, digest: Digest) -> Digest:
        """Save a new digest; returns it with its number."""
        async with self._database.begin() as connection:
            done = await connection.execute(insert(digests).values(**_values(digest)).returning(digests.c.number))
            number = done.scalar_one()
        return _renumbered(digest, number)

    async def get(self, number: int) -> Digest | None:
        """The digest of that number, or None where there is none or it was removed."""
        found = await self._digests(select(digests).where(digests.c.number == number, digests.c.state != REMOVED))
        return found[0] if found else None

    async def all(self) -> list[Digest]:
        """Every digest that was not removed, by number."""
        return await self._digests(select(digests).where(digests.c.state != REMOVED).order_by(digests.c.number))

    async def known_to(self, user: str, channel: str) -> list[Digest]:
        """Those that somebody made, or that go to a channel, by number."""
        mine = or_(digests.c.maker == user, digests.c.channel == channel, digests.c.channel == user)
        wanted = select(digests).where(mine, digests.c.state != REMOVED)
        return await self._digests(wanted.order_by(digests.c.number))

    async def save(self, digest: Digest) -> None:
        """Keep what was changed about it."""
        values = _values(digest)
        async with self._database.begin() as connection:
            wanted = update(digests).where(digests.c.number == digest.number, digests.c.state != REMOVED)
            await connection.execute(wanted.values(**values))

    async def pause(self, number: int, *, until: datetime | None = None, trouble: str = "") -> bool:
        """Pause it; tells whether it ran until now."""
        async with self._database.begin() as connection:
            ran = update(digests).where(digests.c.number == number, digests.c.state == ACTIVE)
            done = await connection.execute(ran.values(state=PAUSED, paused_until=until, trouble=trouble))
            if not done.rowcount and not trouble:
                paused = update(digests).where(digests.c.number == number, digests.c.state == PAUSED)
                await connection.execute(paused.values(paused_until=until))
        return bool(done.rowcount)

    async def remove(self, number: int) -> None:
        """It delivers no more, and what it has told is forgotten."""
        async with self._database.begin() as connection:
            await connection.execute(update(digests).where(digests.c.number == number).values(state=REMOVED, query=""))
            await connection.execute(delete(digest_items).where(digest_items.c.digest == number))

    async def claim(self, slots: Sequence[tuple[Digest, datetime]], *, now: datetime) -> list[Delivery]:
        """Write down that these slots are to be delivered; returns those that nobody else had written down."""
        claimed: list[Delivery] = []
        async with self._database.begin() as connection:
            for digest, slot in slots:
                if await _reach(connection, digest.number, slot):
                    found = Delivery(
                        digest=digest.number, slot=slot, kind="slot", channel=digest.channel, created_at=now
                    )
                    claimed.append(found)
            if claimed:
                await connection.execute(insert(deliveries), [_delivery_values(each) for each in claimed])
        return claimed

    async def let_pass(self, digest: Digest, slot: datetime) -> None:
        """That slot, and those before it, are not delivered any more."""
        async with self._database.begin() as connection:
            await _reach(connection, digest.number, slot)

    async def ask(self, delivery: Delivery) -> None:
        """Write down that somebody wants it now."""
        async with self._database.begin() as connection:
            await connection.execute(insert(deliveries).values(**_delivery_values(delivery)))

    async def delivery(self, number: int, slot: datetime) -> Delivery | None:
        """That delivery, or None."""
        wanted = select(deliveries).where(deliveries.c.digest == number, deliveries.c.slot == slot)
        found = await self._deliveries(wanted)
        return found[0] if found else None

    async def open_ones(self) -> list[Delivery]:
        """Those that are not over, in the order in which they are to come."""
        wanted = select(deliveries).where(deliveries.c.state.in_(OPEN))
        return await self._deliveries(wanted.order_by(deliveries.c.slot, deliveries.c.digest))

    async def earlier_open(self, delivery: Delivery) -> Delivery | None:
        """One that has to come before this one in its channel, or None."""
        earlier = or_(
            deliveries.c.slot < delivery.slot,
            and_(deliveries.c.slot == delivery.slot, deliveries.c.digest < delivery.digest),
        )
        wanted = select(deliveries).where(
            deliveries.c.channel == delivery.channel, deliveries.c.state.in_(OPEN), earlier
        )
        found = await self._deliveries(wanted.order_by(deliveries.c.slot, deliveries.c.digest).limit(1))
        return found[0] if found else None

    async def hold(self, delivery: Delivery, holder: str, *, now: datetime, until: datetime) -> Delivery | None:
        """Take it on for a replica; returns it as it stands, or None where another one is at work or it is over."""
        free = or_(deliveries.c.holder.in_(("", holder)), deliveries.c.held_until <= now)
        wanted = _of(delivery).where(deliveries.c.state.in_(OPEN), free).returning(deliveries)
        begun = func.coalesce(deliveries.c.started_at, now)
        values = {"holder": holder, "held_until": until, "started_at": begun}
        async with self._database.begin() as connection:
            row = (await connection.execute(wanted.values(**values))).mappings().first()
        return None if row is None else _read_delivery(row)

    async def keep_hold(self, holder: str, until: datetime) -> None:
        """That replica is still at work on all that it has taken on."""
        held = update(deliveries).where(deliveries.c.holder == holder, deliveries.c.state.in_(OPEN))
        async with self._database.begin() as connection:
            await connection.execute(held.values(held_until=until))

    async def move(self, delivery: Delivery, channel: str) -> None:
        """Its digest goes to another place by now."""
        await self._change(delivery, channel=channel)

    async def prepare(self, delivery: Delivery, items: Iterable[Told], *, post_id: str) -> Delivery:
        """What it says is decided, and from now on it may have been sent."""
        kept = tuple(items)
        await self._change(delivery, state=PREPARED, post_id=post_id, items=[_item_values(one) for one in kept])
        return replace(delivery, state=PREPARED, post_id=post_id, items=kept)

    async def finish(
        self, delivery: Delivery, state: str, *, at: datetime, error: str = "", told: Iterable[Told] | None = None
    ) -> None:
        """It is over; `told` is what its place knows from now on."""
        async with self._database.begin() as connection:
            values = {"state": state, "finished_at": at, "error": error, "items": []}
            await connection.execute(_of(delivery).values(**values))
            if told is None:
                return
            here = and_(digest_items.c.digest == delivery.digest, digest_items.c.channel == delivery.channel)
            await connection.execute(delete(digest_items).where(here))
            rows = [{"digest": delivery.digest, "channel": delivery.channel, **_item_values(one)} for one in told]
            if rows:
                await connection.execute(insert(digest_items), rows)

    async def trouble(self, delivery: Delivery, error: str) -> None:
        """Note what holds it up."""
        await self._change(delivery, error=error)

    async def told(self, number: int, channel: str) -> list[Told] | None:
        """What the digest has told that place; None where it never delivered anything there."""
        items = select(digest_items).where(digest_items.c.digest == number, digest_items.c.channel == channel)
        over = select(deliveries.c.slot).where(
            deliveries.c.digest == number, deliveries.c.channel == channel, deliveries.c.state.in_((SENT, SILENT))
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(items)).mappings().all()
            if not rows and (await connection.execute(over.limit(1))).first() is None:
                return None
        return [_read_item(row) for row in rows]

    async def last_sent(self, number: int, channel: str) -> Delivery | None:
        """The last delivery that made a message there."""
        wanted = select(deliveries).where(
            deliveries.c.digest == number,
            deliveries.c.channel == channel,
            deliveries.c.state == SENT,
            deliveries.c.post_id != "",
        )
        found = await self._deliveries(wanted.order_by(deliveries.c.slot.desc()).limit(1))
        return found[0] if found else None

    async def last_ones(self) -> dict[int, Delivery]:
        """The last delivery of every digest that is over or has begun."""
        newest = select(deliveries.c.digest, func.max(deliveries.c.slot).label("slot")).group_by(deliveries.c.digest)
        last = newest.where(or_(deliveries.c.state.not_in((DUE,)), deliveries.c.error != "")).subquery()
        joined = and_(deliveries.c.digest == last.c.digest, deliveries.c.slot == last.c.slot)
        return {each.digest: each for each in await self._deliveries(select(deliveries).join(last, joined))}

    async def tell_today(self, person: str, about: str, day: str) -> bool:
        """Whether this person is to be told about that: not if they were on the same day."""
        here = and_(digest_notices.c.person == person, digest_notices.c.about == about)
        async with self._database.begin() as connection:
            held = (await connection.execute(select(digest_notices.c.day).where(here).with_for_update())).scalar()
            if held == day:
                return False
            if held is None:
                await connection.execute(insert(digest_notices).values(person=person, about=about, day=day))
            else:
                await connection.execute(update(digest_notices).where(here).values(day=day))
        return True

    async def purge(self, before: datetime) -> None:
        """Forget deliveries that were over before then."""
        old = and_(deliveries.c.finished_at < before, deliveries.c.state.not_in(OPEN))
        async with self._database.begin() as connection:
            await connection.execute(delete(deliveries).where(old))

    async def _change(self, delivery: Delivery, **values: Any) -> None:
        async with self._database.begin() as connection:
            await connection.execute(_of(delivery).values(**values))

    async def _digests(self, wanted: Select[Any]) -> list[Digest]:
        async with self._database.connect() as connection:
            return [_read(row) for row in (await connection.execute(wanted)).mappings()]

    async def _deliveries(self, wanted: Select[Any]) -> list[Delivery]:
        async with self._database.connect() as connection:
            return [_read_delivery(row) for row in (await connection.execute(wanted)).mappings()]


def _of(delivery: Delivery) -> Any:
    return update(deliveries).where(deliveries.c.digest == delivery.digest, deliveries.c.slot == delivery.slot)


async def _reach(connection: AsyncConnection, number: int, slot: datetime) -> bool:
    """Move on to that slot; a pause that has ended is over with it."""
    runs = or_(digests.c.state == ACTIVE, and_(digests.c.state == PAUSED, digests.c.paused_until <= slot))
    wanted = update(digests).where(digests.c.number == number, digests.c.reached < slot, runs)
    done = await connection.execute(wanted.values(reached=slot, state=ACTIVE, paused_until=None, trouble=""))
    return bool(done.rowcount)


def _values(digest: Digest) -> dict[str, Any]:
    return {
        "maker": digest.maker,
        "channel": digest.channel,
        "channel_name": digest.channel_name,
        "schedule": digest.schedule,
        "query": digest.query,
        "say_empty": digest.say_empty,
        "state": ACTIVE if digest.active else PAUSED,
        "paused_until": digest.paused_until,
        "trouble": digest.trouble,
        "reached": digest.reached,
        "created_at": digest.created_at,
    }


def _read(row: RowMapping) -> Digest:
    names = ("number", "maker", "channel", "channel_name", "schedule", "query", "say_empty")
    times = ("paused_until", "trouble", "reached", "created_at")
    return Digest(**{name: row[name] for name in names + times}, active=row["state"] == ACTIVE)


def _renumbered(digest: Digest, number: int) -> Digest:
    return replace(digest, number=number)


def _delivery_values(delivery: Delivery) -> dict[str, Any]:
    names = ("digest", "slot", "kind", "channel", "state", "post_id", "by", "error", "holder", "created_at")
    return {name: getattr(delivery, name) for name in names} | {"items": []}


def _read_delivery(row: RowMapping) -> Delivery:
    names = ("digest", "slot", "kind", "channel", "state", "post_id", "by", "error", "holder", "held_until")
    times = ("created_at", "started_at", "finished_at")
    return Delivery(**{name: row[name] for name in names + times}, items=tuple(map(_read_item, row["items"])))


def _item_values(told: Told) -> dict[str, Any]:
    names = ("profile_key", "source_key", "job_key", "board_key", "rank")
    return {name: getattr(told, name) for name in names} | {"stage": told.stage.value}


def _read_item(row: Any) -> Told:
    names = ("profile_key", "source_key", "job_key", "board_key", "rank")
    return Told(**{name: row[name] for name in names}, stage=Stage(row["stage"]))
