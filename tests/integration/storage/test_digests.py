"""Digests and their deliveries, on both databases: who may deliver what, and what a place has been told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.deliveries import FAILED, NOW, SENT, SILENT, Delivery, Told
from bot.domain.digests import Digest
from bot.domain.entities import Stage
from bot.storage.digests import Digests

if TYPE_CHECKING:
    from bot.storage.database import Database

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLAIN = Digest(
    maker="U_ANN",
    channel="C_HIRING",
    channel_name="hiring",
    schedule="daily 09:00 Europe/Paris",
    query='/profiles "Data Engineer"',
    reached=AT - timedelta(hours=2),
    created_at=AT,
)
TOLD = Told(profile_key="p" * 40, source_key="s" * 40, job_key="j" * 40, board_key="b" * 40, rank=1, stage=Stage.NEW)


async def test_digests_are_numbered_from_one_and_no_number_comes_twice(database: Database) -> None:
    digests = Digests(database)
    first, second = await digests.add(PLAIN), await digests.add(replace(PLAIN, channel="C_DATA", maker="U_BOB"))
    await digests.remove(second.number)
    third = await digests.add(PLAIN)

    assert (first.number, second.number, third.number) == (1, 2, 3)
    assert await digests.get(1) == first
    assert await digests.get(2) is None
    assert [each.number for each in await digests.all()] == [1, 3]
    assert [each.number for each in await digests.known_to("U_ANN", "C_ELSE")] == [1, 3]
    assert await digests.known_to("U_BOB", "C_ELSE") == []


async def test_one_of_those_who_claim_a_slot_together_has_it(database: Database) -> None:
    digests = Digests(database)
    made = [await digests.add(PLAIN) for _ in range(3)]
    slots = [(digest, AT) for digest in made]

    claims = await asyncio.gather(*(digests.claim(slots, now=AT) for _ in range(4)))

    assert sorted(each.digest for claim in claims for each in claim) == [1, 2, 3]
    assert [each.order for each in await digests.open_ones()] == [(AT, 1), (AT, 2), (AT, 3)]
    assert await digests.claim([(made[0], AT - MINUTE)], now=AT) == []


async def test_a_paused_digest_has_no_slot_until_its_pause_is_over(database: Database) -> None:
    digests = Digests(database)
    digest = await digests.add(PLAIN)
    assert await digests.pause(digest.number, until=AT)
    assert not await digests.pause(digest.number, trouble="archived")

    assert await digests.claim([(digest, AT - MINUTE)], now=AT) == []
    [claimed] = await digests.claim([(digest, AT)], now=AT)

    assert claimed.slot == AT
    found = await digests.get(digest.number)
    assert found is not None
    assert (found.active, found.paused_until) == (True, None)


async def test_a_delivery_is_held_by_one_until_it_is_silent_for_too_long(database: Database) -> None:
    digests = Digests(database)
    [claimed] = await digests.claim([(await digests.add(PLAIN), AT)], now=AT)

    assert await digests.hold(claimed, "a", now=AT, until=AT + MINUTE)
    assert await digests.hold(claimed, "b", now=AT, until=AT + MINUTE) is None
    assert await digests.hold(claimed, "a", now=AT, until=AT + MINUTE)
    await digests.keep_hold("a", AT + 2 * MINUTE)
    assert await digests.hold(claimed, "b", now=AT + MINUTE, until=AT + 3 * MINUTE) is None
    taken = await digests.hold(claimed, "b", now=AT + 2 * MINUTE, until=AT + 3 * MINUTE)
    assert taken is not None
    assert taken.started_at == AT
    await digests.finish(taken, FAILED, at=AT, error="query")
    assert await digests.hold(claimed, "b", now=AT + 2 * MINUTE, until=AT + 3 * MINUTE) is None


async def test_a_channel_waits_for_what_comes_before(database: Database) -> None:
    digests = Digests(database)
    made = [await digests.add(PLAIN), await digests.add(PLAIN), await digests.add(replace(PLAIN, channel="C_DATA"))]
    await digests.claim([(digest, AT) for digest in made], now=AT)
    [first, second, elsewhere] = await digests.open_ones()

    assert await digests.earlier_open(first) is None
    assert await digests.earlier_open(second) == first
    assert await digests.earlier_open(elsewhere) is None
    await digests.finish(first, SILENT, at=AT, told=())
    assert await digests.earlier_open(second) is None


async def test_a_place_knows_what_it_was_told_last_and_another_place_nothing(database: Database) -> None:
    digests = Digests(database)
    digest = await digests.add(PLAIN)
    [claimed] = await digests.claim([(digest, AT)], now=AT)
    prepared = await digests.prepare(claimed, [TOLD], post_id="0" * 16)
    assert await digests.told(digest.number, "C_HIRING") is None
    await digests.finish(prepared, SENT, at=AT, told=prepared.items)

    assert await digests.told(digest.number, "C_HIRING") == [TOLD]
    assert await digests.told(digest.number, "C_DATA") is None
    last = await digests.last_sent(digest.number, "C_HIRING")
    assert last is not None
    assert last.post_id == "0" * 16
    again = Delivery(digest=digest.number, slot=AT + MINUTE, kind=NOW, channel="C_HIRING", created_at=AT)
    await digests.ask(again)
    await digests.finish(again, SILENT, at=AT, told=())
    assert await digests.told(digest.number, "C_HIRING") == []
    assert (await digests.last_ones())[digest.number].slot == AT + MINUTE


async def test_somebody_is_told_of_a_trouble_once_a_day(database: Database) -> None:
    digests = Digests(database)

    assert await digests.tell_today("U_ANN", "quota", "2026-11-24")
    assert not await digests.tell_today("U_ANN", "quota", "2026-11-24")
    assert await digests.tell_today("U_BOB", "quota", "2026-11-24")
    assert await digests.tell_today("U_ANN", "quota", "2026-11-25")
