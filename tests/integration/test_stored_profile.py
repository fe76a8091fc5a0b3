"""A stage is written into the profile as HrFlow has it."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot import errors
from bot.domain.entities import Job, Stage
from bot.hrflow import pages
from bot.hrflow.bodies import LARGEST_REPLY
from bot.hrflow.client import HrflowClient
from bot.hrflow.http import Exchange
from bot.hrflow.pace import Pace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.domain.entities import Label


LONG = "long " * (pages.LARGE // 4)


@asynccontextmanager
async def storing(data: str, sent: list[bytes]) -> AsyncIterator[HrflowClient]:
    """A client whose other side has that profile; `sent` are the bodies that it was sent, empty ones of a GET too."""

    async def answer(request: web.Request) -> web.Response:
        sent.append(await request.read())
        return web.Response(text=f'{{"code":200,"data":{data}}}', content_type="application/json")

    app = web.Application(client_max_size=LARGEST_REPLY)
    app.router.add_route("*", "/v1/profile/indexing", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    exchange = Exchange(url=url, api_key="k", user_email="a@example.com", timeout=20, pace=Pace(100))
    async with HrflowClient(exchange) as client:
        yield client
    await runner.cleanup()


async def set_to_yes(client: HrflowClient) -> tuple[Label, ...]:
    """What the profile's labels were."""
    job, at = Job(key="j", board_key="b", reference="r"), datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    stored, labels = await client.stored_profile("s", "p", "j")
    await client.set_label("s", "p", stored, job=job, target=Stage.YES, at=at)
    return labels


@pytest.mark.parametrize("text", ["short", LONG])
async def test_a_profile_goes_back_as_it_came_but_for_one_label(text: str) -> None:
    """A large one is read and written elsewhere: that would hold up everybody's acks."""
    other = '{"job_key":"other","stage":"interview","date_stage":1600000000123,"rating":0.6000000000000001,"x":[1e3]}'
    numbers = '"n":123456789012345678901234567890,"f":48.123456789012345,"s":"\\ud800\\u00e9","none":null'
    data = f'{{"key":"p","source_key":"s","text":"{text}",{numbers},"labels":[{other}]}}'
    sent: list[bytes] = []
    async with storing(data, sent) as client:
        assert await set_to_yes(client) == ()

    put, came = json.loads(sent[-1]), json.loads(data)
    assert {**put, "labels": None} == {**came, "labels": None}
    assert repr((put["n"], put["f"], put["labels"][0])) == repr((came["n"], came["f"], came["labels"][0]))
    assert [label["stage"] for label in put["labels"]] == ["interview", "yes"]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
@pytest.mark.parametrize("text", ["short", LONG])
async def test_a_profile_with_a_number_that_is_none_is_left_alone(text: str, number: str) -> None:
    """As JSON it could go back only as another number."""
    sent: list[bytes] = []
    async with storing(f'{{"key":"p","source_key":"s","text":"{text}","n":[{number}],"labels":[]}}', sent) as client:
        with pytest.raises(errors.HrflowUnwritableError):
            await set_to_yes(client)

    assert sent == [b""]
