"""The last queries of a person: each once, the latest first, at most twenty, for thirty days, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.storage.recent import KEEP, MOST, Recent

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

NOW = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)


async def texts(recent: Recent, user: str, now: datetime = NOW) -> list[str]:
    return [each.canonical for each in await recent.recent(user, now)]


async def test_the_latest_comes_first_and_each_once(database: Database) -> None:
    recent = Recent(database)
    for minute, text in enumerate(("/profiles a", "/profiles b", "/profiles a")):
        await recent.asked("U_ANN", text, NOW + timedelta(minutes=minute))
    await recent.asked("U_BOB", "/jobs c", NOW)

    assert await texts(recent, "U_ANN") == ["/profiles a", "/profiles b"]
    assert await texts(recent, "U_BOB") == ["/jobs c"]
    assert await texts(recent, "U_EVE") == []


async def test_at_most_twenty_are_kept_and_for_thirty_days(database: Database) -> None:
    recent = Recent(database)
    for number in range(MOST + 5):
        await recent.asked("U_ANN", f"/profiles {number}", NOW + timedelta(seconds=number))

    assert await texts(recent, "U_ANN") == [f"/profiles {number}" for number in range(MOST + 4, 4, -1)]
    assert await texts(recent, "U_ANN", NOW + KEEP + timedelta(minutes=1)) == []
    await recent.asked("U_BOB", "/jobs c", NOW + KEEP + timedelta(minutes=1))
    assert await texts(recent, "U_ANN") == []  # forgotten for good


async def test_whatever_was_typed_is_kept_or_left_out_and_never_fails(database: Database) -> None:
    recent = Recent(database)
    for text in ("/profiles \ud83d", "/profiles \u0000", "/profiles " + "x" * 9_000, '/profiles "漢字 🙂"'):
        await recent.asked("U_ANN", text, NOW)

    assert sorted(await texts(recent, "U_ANN")) == ['/profiles "漢字 🙂"', "/profiles ?"]


async def test_the_same_query_asked_twice_at_once_is_kept_once(database: Database) -> None:
    recent = Recent(database)

    await asyncio.gather(*(recent.asked("U_ANN", "/profiles a", NOW) for _ in range(8)))

    assert await texts(recent, "U_ANN") == ["/profiles a"]


async def test_what_many_ask_within_a_moment_is_written_together(database: Database) -> None:
    """A transaction costs more than a whole command."""
    recent = Recent(database)
    transactions = 0
    begin = database.begin

    def counted() -> AbstractAsyncContextManager[AsyncConnection]:
        nonlocal transactions
        transactions += 1
        return begin()

    database.begin = counted  # type: ignore[method-assign, assignment]
    await asyncio.gather(*(recent.asked(f"U{user}", "/profiles a", NOW) for user in range(40)))

    assert [await texts(recent, f"U{user}") for user in (0, 39)] == [["/profiles a"]] * 2
    assert transactions == 1


async def test_one_who_reads_sees_what_was_asked_a_moment_ago(database: Database) -> None:
    recent = Recent(database)
    await recent.asked("U_ANN", "/profiles a", NOW)

    assert await texts(recent, "U_ANN") == ["/profiles a"]


async def test_what_was_asked_right_before_a_stop_is_kept(database: Database) -> None:
    recent = Recent(database)
    await recent.asked("U_ANN", "/profiles a", NOW)
    await recent.close()

    assert await texts(Recent(database), "U_ANN") == ["/profiles a"]
