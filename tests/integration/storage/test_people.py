"""Saved queries, and what channels are about, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.domain.deciders import Deciders
from bot.domain.people import Purpose
from bot.storage.channels import Channels
from bot.storage.people import People

if TYPE_CHECKING:
    from bot.storage.database import Database

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def test_a_saved_query_is_found_by_its_name_whatever_its_case_and_replaced_by_another(database: Database) -> None:
    people = People(database)
    await people.save("U1", "Data team", "/profiles x", by="U1", at=AT)
    await people.save("U1", "DATA TEAM", "/profiles y", by="U1", at=AT)
    await people.save("C1", "data team", "/profiles z", by="U2", at=AT)

    mine = await people.saved_as(["U1", "C1"], "data team")
    other = await people.saved_as(["U9", "C1"], "Data Team")

    assert mine is not None
    assert other is not None
    assert (mine.name, mine.query) == ("DATA TEAM", "/profiles y")
    assert other.query == "/profiles z"
    await people.forget(mine)
    assert [each.query for each in await people.saved(["U1", "C1"])] == ["/profiles z"]


async def test_nobody_saves_without_end(database: Database) -> None:
    people = People(database)
    for number in range(100):
        assert await people.save("U1", f"name {number}", "/profiles x", by="U1", at=AT)

    assert not await people.save("U1", "one more", "/profiles x", by="U1", at=AT)
    assert await people.save("U1", "name 5", "/profiles y", by="U1", at=AT)


async def test_what_a_channel_is_about_is_kept_and_cleared(database: Database) -> None:
    channels = Channels(database)
    wanted = Purpose(
        channel="C1",
        job="Data Engineer",
        source=("Agency", "Referrals"),
        board="Tech",
        deciders=Deciders(("U1",), ("S1",), ("C2",)),
        by="U1",
    )
    await channels.put(wanted, at=AT)
    await channels.put(wanted, at=AT)

    assert await channels.purpose("C1") == wanted
    assert await channels.purpose("C2") == Purpose(channel="C2")
    await channels.put(Purpose(channel="C1"), at=AT)
    assert await channels.purpose("C1") == Purpose(channel="C1")
