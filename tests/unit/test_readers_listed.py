"""Of a profile in a list only what lists show is read."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.hrflow import pages
from bot.hrflow.readers import read_listed_profile, read_page, read_profile
from bot.hrflow.wire import reply_object
from tests.unit.test_readers_shapes import payload


def test_a_listed_profile_is_the_whole_one_without_what_no_list_shows() -> None:
    whole = read_page(reply_object(payload("profiles_scoring_seed")), "profiles", read_profile, None)
    for each, raw in zip(whole.items, json.loads(payload("profiles_scoring_seed"))["data"]["profiles"], strict=True):
        listed = read_listed_profile(raw)

        assert listed == replace(
            each.item,
            email="",
            phone="",
            summary="",
            experiences=tuple(replace(stay, description="", place="") for stay in each.item.experiences[:1]),
            educations=(),
            tasks=(),
            interests=(),
            tags=(),
            links=(),
        )


async def test_a_profile_without_a_score_is_read_whole() -> None:
    """People are told what it lacks to be scored."""
    reply = json.loads(payload("profiles_scoring_seed"))
    scored = await pages.profiles(json.dumps(reply).encode())
    reply["data"]["predictions"] = []
    unscored = await pages.profiles(json.dumps(reply).encode())

    assert scored.items[0].item.summary == ""
    assert unscored.items[0].item.summary
