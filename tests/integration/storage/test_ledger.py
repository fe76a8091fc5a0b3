"""The ledger on both databases: one writer at a time, nothing lost, and every tampering named."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.entities import Stage
from bot.domain.ledger import Kind, LedgerEntry, Seen
from bot.domain.ledger_chain import Anchor, Bad, Head
from bot.storage.database import Database
from bot.storage.ledger import Ledger, append
from bot.storage.tables import ledger as table
from bot.storage.tables import ledger_head as head_table

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SEEN = Seen(rank=3, score=0.914, command="/profiles", filters={"skills": ("python",)}, sort="score", order="desc")
DECISION = LedgerEntry(
    kind=Kind.DECISION,
    at=AT,
    by="U_ANN",
    profile_key="a" * 40,
    job_key="b" * 40,
    board_key="c" * 40,
    source_key="d" * 40,
    before=Stage.NEW,
    after=Stage.YES,
    revision=1,
    seen=SEEN,
    channel="C_HIRING",
    message_ts="1764000000.000100",
    workflow_id="stage/b/a/0/U_ANN/yes",
)


def entry(number: int, **other: Any) -> LedgerEntry:
    kind = Kind.NOTE if number % 4 == 3 else Kind.DECISION
    changed: dict[str, Any] = {
        "at": AT + timedelta(minutes=number),
        "kind": kind,
        "by": f"U_{number % 3}",
        "profile_key": f"{number % 5:040x}",
        "revision": number + 1,
        "note": f"the {number}th note" if kind is Kind.NOTE else "",
    }
    return replace(DECISION, **(changed | other))


async def filled(database: Database, rows: int = 20) -> Ledger:
    ledger = Ledger(database)
    for number in range(rows):
        await ledger.add(entry(number))
    return ledger


async def test_what_is_added_comes_back_newest_first(database: Database) -> None:
    ledger = await filled(database, 6)

    found = await ledger.decisions()

    assert [each.entry for each in found] == [entry(number) for number in reversed(range(6))]
    assert [each.seq for each in found] == [6, 5, 4, 3, 2, 1]
    assert [each.entry async for each in ledger.export()] == [entry(number) for number in range(6)]
    assert await ledger.verify() == (Head(6, found[0].hash), None)


async def test_history_is_found_by_person_job_profile_and_time(database: Database) -> None:
    ledger = await filled(database)
    await ledger.add(entry(20, job_key="e" * 40))

    async def seqs(**wanted: Any) -> list[int]:
        return [each.seq for each in await ledger.decisions(**wanted)]

    assert await seqs(by="U_1", limit=2) == [20, 17]
    assert await seqs(job="e" * 40) == [21]
    assert await seqs(profile=f"{4:040x}", by="U_0") == [10]
    assert await seqs(since=AT + timedelta(minutes=19)) == [21, 20]
    assert await seqs(until=AT + timedelta(minutes=2)) == [2, 1]
    assert [each.seq async for each in ledger.export(by="U_2", until=AT + timedelta(minutes=6))] == [3, 6]


async def test_a_revision_is_won_once_and_a_loser_leaves_nothing(database: Database) -> None:
    ledger = Ledger(database)
    await ledger.add(DECISION)

    with pytest.raises(IntegrityError):
        await ledger.add(replace(DECISION, by="U_BOB", after=Stage.NO))

    assert [each.entry.by for each in await ledger.decisions()] == ["U_ANN"]
    assert (await ledger.verify())[1] is None


async def test_what_is_rolled_back_leaves_no_gap(database: Database) -> None:
    ledger = await filled(database, 2)

    async def fails() -> None:
        async with database.begin() as connection:
            await append(connection, entry(2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    await ledger.add(entry(2))

    assert [each.seq for each in await ledger.decisions()] == [3, 2, 1]
    assert (await ledger.verify())[1] is None


async def test_many_writers_of_two_processes_make_one_chain(database_url: str, tmp_path: Path) -> None:
    two = [Database(database_url, folder=tmp_path) for _ in range(2)]
    for each in two:
        await each.open()

    await asyncio.gather(*(Ledger(two[number % 2]).add(entry(number)) for number in range(40)))

    head, bad = await Ledger(two[0]).verify()
    assert (head.count, bad) == (40, None)
    for each in two:
        await each.close()


async def test_the_check_works_beside_writers(database: Database) -> None:
    ledger = await filled(database, 5)
    added = 0

    async def write() -> None:
        nonlocal added
        for number in range(5, 45):
            await ledger.add(entry(number))
            added += 1

    writing = asyncio.create_task(write())
    found = []
    while not writing.done():
        found.append(await ledger.verify())
        await asyncio.sleep(0)
    await writing

    assert [bad for _, bad in found if bad is not None] == []
    assert (await ledger.verify())[0].count == 45


async def test_a_note_is_erased_and_the_chain_holds(database: Database) -> None:
    ledger = await filled(database)

    erased = await ledger.erase_notes(by="operator", at=AT, profile=f"{3:040x}")

    assert erased == 1
    noted = [each for each in await ledger.decisions() if each.entry.kind is Kind.NOTE]
    assert [each.seq for each in noted if each.entry.erased] == [4]
    assert all(each.entry.note for each in noted if each.seq != 4)
    latest = (await ledger.decisions(limit=1))[0].entry
    assert (latest.kind, latest.by, latest.about) == (Kind.ERASURE, "operator", (4,))
    assert (await ledger.verify())[1] is None
    assert await ledger.erase_notes(by="operator", at=AT, author="U_1") == 2
    assert (await ledger.verify())[1] is None


GARBAGE: dict[str, list[Any]] = {
    "at": [datetime(2026, 1, 1, tzinfo=UTC)],
    "user": ["U_FORGER", ""],
    "kind": ["undo", "forged"],
    "profile_key": ["f" * 40],
    "job_key": ["f" * 40],
    "revision": [4_711, None],
    "entry": ["{}", "", "[1]", '{"v":1}'],
    "note": ["forged", None],
    "salt": ["0" * 32, None],
    "hash": ["0" * 64, ""],
}


@pytest.mark.parametrize("name", GARBAGE)
async def test_every_altered_column_is_named(database: Database, name: str) -> None:
    ledger = await filled(database, 8)
    for seq in (1, 4, 8):
        for value in GARBAGE[name]:
            row = table.c.seq == seq
            async with database.begin() as connection:
                before = (await connection.execute(select(table).where(row))).mappings().one()
                await connection.execute(update(table).where(row).values({name: value}))
            changed = before[name] != value

            assert (await ledger.verify())[1] == (Bad(seq, "altered") if changed else None)

            async with database.begin() as connection:
                await connection.execute(update(table).where(row).values(dict(before)))
    assert (await ledger.verify())[1] is None


async def test_dropped_moved_and_added_rows_are_named(database: Database) -> None:
    ledger = await filled(database, 12)
    head = await ledger.head()
    chance = random.Random(7)  # noqa: S311 - the same places in every run
    async with database.connect() as connection:
        whole = [dict(row) for row in (await connection.execute(select(table).order_by(table.c.seq))).mappings()]

    async def with_rows(rows: list[dict[str, Any]]) -> Bad | None:
        async with database.begin() as connection:
            await connection.execute(delete(table))
            if rows:
                await connection.execute(insert(table), rows)
        return (await ledger.verify())[1]

    for at in [0, 11, *(chance.randrange(12) for _ in range(20))]:
        assert await with_rows([*whole[:at], *whole[at + 1 :]]) == Bad(at + 1, "missing")
        other = chance.choice([place for place in range(12) if place != at])
        moved = [dict(row) for row in whole]
        moved[at]["seq"], moved[other]["seq"] = whole[other]["seq"], whole[at]["seq"]
        assert await with_rows(moved) == Bad(min(at, other) + 1, "misplaced")
        again = {**whole[at], "seq": 13, "revision": None}
        assert await with_rows([*whole, again]) == Bad(13, "misplaced")
    assert await with_rows([]) == Bad(1, "missing")
    assert await with_rows(whole) is None
    assert await ledger.head() == head


async def test_a_lost_or_altered_head_is_named_and_an_anchor_finds_a_rewritten_ledger(database: Database) -> None:
    ledger = await filled(database, 6)
    noted = Anchor.read(str(await ledger.head()))
    assert (await ledger.verify(noted))[1] is None
    async with database.begin() as connection:
        await connection.execute(update(head_table).values(hash="0" * 64))
    assert (await ledger.verify())[1] == Bad(6, "head")

    async with database.begin() as connection:
        await connection.execute(delete(table))
        await connection.execute(update(head_table).values(count=0, hash="0" * 64))
    for number in range(6):
        await ledger.add(entry(number, by="U_FORGER"))

    assert (await ledger.verify())[1] is None
    assert (await ledger.verify(noted))[1] == Bad(6, "anchor")
    async with database.begin() as connection:
        await connection.execute(delete(head_table))
    assert (await ledger.verify())[1] == Bad(6, "head")
