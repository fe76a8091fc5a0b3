"""Private lists in the database: the latest version stays, and none for longer than twelve hours, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.storage.posts import KEEP_PRIVATE, StoredPost, StoredPosts
from bot.storage.tables import posts

if TYPE_CHECKING:
    from bot.storage.database import Database

NOW = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
SHOWN = StoredPost(
    id="0123456789abcdef",
    kind="private",
    viewer="U_ANN",
    channel="",
    asked_at=NOW,
    query="/profiles dev",
    of="profile",
    subject=("j", "b"),
    shown=(),
    total=98,
)


async def test_what_is_saved_late_does_not_undo_what_another_process_has_saved_since(database: Database) -> None:
    stored = StoredPosts(database, now=lambda: NOW)
    turned = replace(SHOWN, version=1, page=1)
    await stored.keep([SHOWN])
    await stored.keep([turned])
    await stored.keep([replace(SHOWN, total=99)])

    assert await stored.get(SHOWN.id) == turned


async def test_a_private_list_is_forgotten_after_twelve_hours_and_a_shared_one_is_not(database: Database) -> None:
    now = NOW
    stored = StoredPosts(database, now=lambda: now)
    shared = replace(SHOWN, id="f" * 16, kind="shared", channel="C_HIRING")
    await stored.keep([SHOWN])
    await stored.add(shared)
    now += KEEP_PRIVATE + timedelta(seconds=1)

    assert await stored.get(SHOWN.id) is None
    assert await stored.purge() == 1
    assert await stored.get(shared.id) == shared
    async with database.connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(posts))).scalar() == 1
