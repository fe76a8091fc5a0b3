"""What is stored of a list is all that it takes to draw it again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.posts import Entry
from bot.storage.posts import StoredPost, packed, unpacked

ENTRY = Entry(rank=4, profile_key="p", source_key="s", job_key="j", board_key="b", score=0.5, stage="later")


def test_a_list_that_was_packed_is_unpacked_as_it_was() -> None:
    stored = StoredPost(
        id="0123456789abcdef",
        kind="private",
        viewer="U_ANN",
        channel="",
        asked_at=datetime(2026, 11, 22, 15, 4, tzinfo=UTC),
        query="/profiles dev",
        of="profile",
        subject=("j", "b"),
        shown=((ENTRY, replace(ENTRY, rank=5, score=None)), (replace(ENTRY, rank=6),)),
        page=1,
        total=98,
        sorted_among=30,
        locale="fr-FR",
    )

    assert unpacked({"id": stored.id, **json.loads(json.dumps(packed(stored)))}) == stored
