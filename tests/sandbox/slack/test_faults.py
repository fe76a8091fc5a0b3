"""Faults on demand, in every form, for both servers."""

import time
from typing import Any

import aiohttp
import pytest

from tests.sandbox.slack.kit import World

KEYS = {"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com"}


async def boards(world: World) -> tuple[int, str, Any]:
    async with world.http.get(world.sandbox.url + "/hrflow/v1/boards", headers=KEYS) as response:
        return response.status, await response.text(), response.headers


async def arm(world: World, **fault: Any) -> None:
    await world.post("faults", **fault)


async def test_a_fault_answers_once_and_is_used_up(world: World) -> None:
    await arm(world, target="hrflow", match="GET /hrflow/v1/boards", status=402, body={"code": 402, "message": "pay"})
    first, second = await boards(world), await boards(world)

    assert (first[0], first[1]) == (402, '{"code": 402, "message": "pay"}')
    assert first[2]["Content-Type"] == "application/json"
    assert second[0] == 200
    assert (await world.ask("GET", "/workspace/faults"))[1] == {"faults": []}


async def test_a_raw_body_goes_out_as_it_is(world: World) -> None:
    await arm(world, target="hrflow", status=200, body='{"code": 200, "data"')

    assert (await boards(world))[1] == '{"code": 200, "data"'


async def test_times_counts_down_and_retry_after_is_sent(world: World) -> None:
    await arm(world, target="hrflow", match="/boards", status=429, retry_after=7, times=2)
    replies = [await boards(world) for _ in range(3)]

    assert [reply[0] for reply in replies] == [429, 429, 200]
    assert replies[0][2]["Retry-After"] == "7"


async def test_only_what_matches_is_hit(world: World) -> None:
    await arm(world, target="hrflow", match="/profiles/scoring", status=500)
    await arm(world, target="slack", match="chat.update", status=500)

    assert (await boards(world))[0] == 200
    assert (await world.api("auth.test"))["ok"]
    assert len((await world.ask("GET", "/workspace/faults"))[1]["faults"]) == 2
    assert (await world.ask("DELETE", "/workspace/faults"))[1] == {"faults": []}


async def test_status_0_drops_the_connection_before_acting(world: World) -> None:
    await arm(world, target="slack", match="chat.postMessage", status=0)
    with pytest.raises(aiohttp.ClientError):
        await world.api("chat.postMessage", channel="C_HIRING", text="x")

    assert await world.messages() == []
    calls = (await world.ask("GET", "/workspace/calls?target=slack"))[1]["calls"]
    assert calls[-1]["status"] == 0
    assert (await world.api("chat.postMessage", channel="C_HIRING", text="x"))["ok"]


@pytest.mark.parametrize("status", [None, 0, 503])
async def test_after_acts_and_then_loses_the_reply(world: World, status: int | None) -> None:
    await arm(world, target="slack", match="chat.postMessage", status=status, after=True)
    if status:
        base, token = world.sandbox.credentials.slack_api_url, world.sandbox.credentials.slack_bot_token
        form = {"channel": "C_HIRING", "text": "x", "token": token}
        async with world.http.post(base + "chat.postMessage", data=form) as response:
            assert response.status == status
    else:
        with pytest.raises(aiohttp.ClientError):
            await world.api("chat.postMessage", channel="C_HIRING", text="x")

    assert [shown["text"] for shown in await world.messages()] == ["x"]


async def test_a_delay_alone_crawls_and_then_acts(world: World) -> None:
    await arm(world, target="slack", match="chat.postMessage", delay_ms=300)
    started = time.monotonic()
    reply = await world.api("chat.postMessage", channel="C_HIRING", text="x")

    assert time.monotonic() - started >= 0.3
    assert reply["ok"]


async def test_faults_of_slack_include_response_urls_and_never_the_workspace(world: World) -> None:
    url = (await world.command())["response_url"]
    await arm(world, target="slack", status=500, times=2)

    assert await world.messages() == []
    assert (await world.respond(url, text="x"))[0] == 500
    assert (await world.api("auth.test"))["http"] == 500
    assert await world.respond(url, text="x") == (200, "ok")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"target": "github", "status": 500},
        {"target": "slack"},
        {"target": "slack", "status": 99},
        {"target": "slack", "status": "500"},
        {"target": "slack", "status": True},
        {"target": "slack", "status": 500, "times": 0},
        {"target": "slack", "delay_ms": -1},
        {"target": "slack", "status": 500, "match": 5},
        {"target": "slack", "status": 500, "after": "yes"},
        {"target": ["slack"], "status": 500},
        {"target": "slack", "status": 500, "delay": 5},
    ],
)
async def test_a_fault_that_makes_no_sense_is_a_clear_400(world: World, wrong: dict[str, Any]) -> None:
    status, reason = await world.refused("faults", **wrong)

    assert (status, bool(reason)) == (400, True)
    assert (await world.ask("GET", "/workspace/faults"))[1] == {"faults": []}


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("config", {"put": "patch"}),
        ("config", {"put": ["merge"]}),
        ("config", {"lag_ms": -1}),
        ("config", {"strict": "yes"}),
        ("config", {"pace": 0}),
        ("config", {"speed": 1}),
        ("clock", {}),
        ("clock", {"advance_s": -5}),
        ("clock", {"advance_s": "5"}),
        ("clock", {"advance_s": True}),
    ],
)
async def test_a_setting_that_makes_no_sense_is_a_clear_400(world: World, path: str, wrong: dict[str, Any]) -> None:
    status, reason = await world.refused(path, **wrong)

    assert (status, bool(reason)) == (400, True)


async def test_settings_reach_the_hrflow_side_and_are_told_whole(world: World) -> None:
    before = (await world.ask("GET", "/workspace/config"))[1]
    after = await world.post("config", put="merge", lag_ms=5, strict=False)

    assert after == {**before, "put": "merge", "lag_ms": 5, "strict": False}
    assert (await world.post("config", strict=None))["strict"] is None
