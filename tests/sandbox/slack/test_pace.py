"""Rate limits: the posting pace, the workspace's cap, the tiers of methods."""

import pytest

from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.errors import RateLimitedError
from bot.sandbox.slack.pace import RESPONSE_BURST, Pace
from tests.sandbox.slack.kit import World


async def test_a_burst_in_one_channel_must_wait_while_other_channels_go_on(world: World) -> None:
    replies = [await world.api("chat.postMessage", channel="C_HIRING", text=f"{n}") for n in range(13)]
    waiting = [reply for reply in replies if reply["http"] == 429]

    assert [reply["http"] for reply in replies[:10]] == [200] * 10
    assert waiting
    assert (waiting[0]["ok"], waiting[0]["error"]) == (False, "ratelimited")
    assert waiting[0]["headers"]["Retry-After"] == "1"
    assert (await world.api("chat.postMessage", channel="C_DATA", text="x"))["ok"]
    assert len(await world.messages()) == len(replies) - len(waiting)

    await world.post("clock", advance_s=1)
    assert (await world.api("chat.postMessage", channel="C_HIRING", text="again"))["ok"]


async def test_the_workspace_has_a_cap_of_posts_a_minute(world: World) -> None:
    assert (await world.post("config", pace=3))["pace"] == 3
    channels = ["C_HIRING", "C_DATA", "C_PARTNER", "D_ANN"]
    replies = [await world.api("chat.postMessage", channel=channel, text="x") for channel in channels]

    assert [reply["http"] for reply in replies] == [200, 200, 200, 429]
    assert 50 <= int(replies[3]["headers"]["Retry-After"]) <= 60
    await world.post("clock", advance_s=60)
    assert (await world.api("chat.postMessage", channel="D_ANN", text="x"))["ok"]


async def test_private_answers_and_refused_posts_do_not_count_against_the_cap(world: World) -> None:
    await world.post("config", pace=1)
    await world.respond((await world.command())["response_url"], text="x")
    await world.api("chat.postMessage", channel="C_HIRING", blocks=[{"type": "nonsense"}])

    assert (await world.api("chat.postMessage", channel="C_HIRING", text="x"))["ok"]


async def test_a_method_of_tier_2_has_a_generous_burst_and_an_end(world: World) -> None:
    replies = [await world.api("users.list") for _ in range(110)]

    assert {reply["http"] for reply in replies[:100]} == {200}
    assert replies[-1]["http"] == 429
    assert 1 <= int(replies[-1]["headers"]["Retry-After"]) <= 3
    assert (await world.api("users.info", user="U_ANN"))["ok"]


def answer_many(pace: Pace) -> None:
    for _ in range(100):
        pace.respond("C_HIRING")


def test_answers_through_response_urls_have_a_pace_of_their_own_per_channel() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(RESPONSE_BURST):
        pace.respond("C_HIRING")
    with pytest.raises(RateLimitedError) as refused:
        answer_many(pace)

    assert refused.value.seconds == 1
    pace.respond("C_DATA")
    clock.advance(1)
    pace.respond("C_HIRING")
