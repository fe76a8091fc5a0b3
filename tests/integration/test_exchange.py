"""One exchange with HrFlow: what is repeated, what is shared, what is refused."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot import errors
from bot.hrflow import pages
from bot.hrflow.bodies import LARGEST_REPLY
from bot.hrflow.http import Exchange, fast
from bot.hrflow.pace import Pace, background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

OK = json.dumps({"code": 200, "message": "fine", "data": {}})


class Server:
    """Answers with what it is told, one reply a call; the last one stays."""

    def __init__(self) -> None:
        self.replies: list[tuple[int, str, dict[str, str]]] = [(200, OK, {})]
        self.calls: list[str] = []
        self.drop = 0
        self.compressed = False
        self.hold = asyncio.Event()
        self.hold.set()
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.calls.append(f"{request.method} {request.path}")
        await self.hold.wait()
        if self.drop:
            self.drop -= 1
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        status, text, headers = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        reply = web.Response(status=status, text=text, headers=headers, content_type="application/json")
        if self.compressed:
            reply.enable_compression()
        return reply


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    found = Server()
    app = web.Application()
    app.router.add_route("*", "/v1/{tail:.*}", found.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield found
    await runner.cleanup()


@pytest.fixture
async def exchange(server: Server) -> AsyncIterator[Exchange]:
    found = Exchange(url=server.url, api_key="k" * 20, user_email="a@example.com", timeout=2, pace=Pace(10_000))
    yield found
    await found.close()


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_a_get_is_repeated_where_nothing_can_come_of_it(server: Server, exchange: Exchange, status: int) -> None:
    server.replies = [(status, "{}", {}), (status, "{}", {"Retry-After": "1"} if status == 429 else {}), (200, OK, {})]

    assert (await exchange.get("/x", {}, fast))["code"] == 200
    assert len(server.calls) == 3


async def test_a_get_is_repeated_after_a_dropped_connection(server: Server, exchange: Exchange) -> None:
    server.drop = 1

    assert (await exchange.get("/x", {}, fast))["code"] == 200
    assert len(server.calls) == 2


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422])
async def test_a_final_answer_is_not_asked_for_again(server: Server, exchange: Exchange, status: int) -> None:
    server.replies = [(status, "{}", {})]

    with pytest.raises(errors.HrflowError):
        await exchange.get("/x", {}, fast)

    assert len(server.calls) == 1


async def test_nobody_waits_for_a_long_retry_after(server: Server, exchange: Exchange) -> None:
    server.replies = [(429, "{}", {"Retry-After": "30"})]

    with pytest.raises(errors.HrflowBusyError) as caught:
        await exchange.get("/x", {}, fast)

    assert caught.value.retry_after == 30
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", [429, 500])
async def test_a_write_is_sent_once(server: Server, exchange: Exchange, status: int) -> None:
    server.replies = [(status, "{}", {})]

    with pytest.raises(errors.HrflowError):
        await exchange.put("/x", b"{}", fast)

    assert server.calls == ["PUT /v1/x"]


async def test_a_write_whose_connection_is_lost_is_not_sent_again(server: Server, exchange: Exchange) -> None:
    """Not even where a connection was open from before, which may close by itself at any time."""
    await exchange.get("/x", {}, fast)
    server.drop = 1

    with pytest.raises(errors.HrflowUnavailableError):
        await exchange.put("/x", b"{}", fast)

    assert server.calls == ["GET /v1/x", "PUT /v1/x"]


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"a" * 100_000 + b"\r\n\r\n",
        b"",
    ],
)
async def test_what_breaks_off_or_is_no_http_is_a_failed_connection(reply: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    exchange = Exchange(url=url, api_key="k", user_email="a@example.com", timeout=5, pace=Pace(100))

    with pytest.raises(errors.HrflowUnavailableError) as caught:
        await exchange.put("/x", b"{}", fast)

    assert "the connection failed" in caught.value.detail
    await exchange.close()
    listening.close()


async def test_where_nobody_listens_the_connection_failed() -> None:
    exchange = Exchange(url="http://127.0.0.1:1", api_key="k", user_email="a@example.com", timeout=5, pace=Pace(100))

    with pytest.raises(errors.HrflowUnavailableError):
        await exchange.put("/x", b"{}", fast)

    await exchange.close()


async def test_a_compressed_reply_is_read(server: Server, exchange: Exchange) -> None:
    server.compressed = True

    assert (await exchange.get("/x", {}, fast))["code"] == 200


async def test_half_a_character_in_a_parameter_does_no_harm(server: Server, exchange: Exchange) -> None:
    await exchange.get("/x", {"name": "Zo\ud800"}, fast)

    assert server.calls == ["GET /v1/x"]


async def test_after_the_time_limit_nothing_is_repeated(server: Server) -> None:
    exchange = Exchange(url=server.url, api_key="k", user_email="a@example.com", timeout=0.1, pace=Pace(100))
    server.hold.clear()

    with pytest.raises(errors.HrflowTimeoutError):
        await exchange.get("/x", {}, fast)

    assert len(server.calls) == 1
    server.hold.set()
    await exchange.close()


async def test_the_same_question_at_the_same_time_is_asked_once(server: Server, exchange: Exchange) -> None:
    server.hold.clear()
    asked = [asyncio.create_task(exchange.get_shared("/x", {"a": "1", "b": "2"}, fast)) for _ in range(20)]
    other = asyncio.create_task(exchange.get_shared("/x", {"a": "1", "b": "3"}, fast))
    await _until(lambda: len(server.calls) == 2)
    asked[0].cancel()
    server.hold.set()

    replies = await asyncio.gather(*asked, other, return_exceptions=True)

    assert isinstance(replies[0], asyncio.CancelledError)
    assert all(isinstance(reply, dict) for reply in replies[1:])
    assert len(server.calls) == 2


async def test_a_person_does_not_wait_for_the_same_question_of_background_work(server: Server) -> None:
    exchange = Exchange(url=server.url, api_key="k", user_email="a@example.com", timeout=2, pace=Pace(10))
    for number in range(9):  # as many as background work may ask in a minute
        await exchange.get_shared("/x", {"number": str(number)}, fast)
    with background():
        waiting = asyncio.create_task(exchange.get_shared("/x", {}, fast))
    await asyncio.sleep(0)

    assert (await exchange.get_shared("/x", {}, fast))["code"] == 200
    assert not waiting.done()

    waiting.cancel()
    await exchange.close()


async def test_background_work_shares_with_background_work(server: Server, exchange: Exchange) -> None:
    with background():
        await asyncio.gather(*(exchange.get_shared("/x", {}, fast) for _ in range(5)))

    assert len(server.calls) == 1


async def test_the_same_question_later_is_asked_again(server: Server, exchange: Exchange) -> None:
    """Scores are never kept."""
    await exchange.get_shared("/x", {}, fast)
    await exchange.get_shared("/x", {}, fast)

    assert len(server.calls) == 2


async def test_a_reply_of_more_than_eight_megabytes_is_refused(server: Server, exchange: Exchange) -> None:
    server.replies = [(200, json.dumps({"code": 200, "data": "x" * LARGEST_REPLY}), {})]

    with pytest.raises(errors.HrflowMalformedError, match="larger than 8 MB"):
        await exchange.get("/x", {}, fast)


@pytest.mark.parametrize(
    "text", ['{"code":200,"data":"\\ud800"}', '{"code":200,"data":NaN}', '{"code":200,"data":1e999}']
)
async def test_odd_but_readable_json_is_read(server: Server, exchange: Exchange, text: str) -> None:
    server.replies = [(200, text, {})]

    assert (await exchange.get("/x", {}, fast))["code"] == 200


async def _until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not look():  # noqa: ASYNC110 - the other side is a server
            await asyncio.sleep(0.005)


async def test_a_large_page_is_read_elsewhere_and_comes_back_whole(server: Server, exchange: Exchange) -> None:
    """Parsing it here would hold up everybody's acks."""
    profiles = [{"profile_id": f"{at:040x}", "reference": f"r{at}", "summary": "x" * 20_000} for at in range(100)]
    scores = [[1 - at / 200, at / 200] for at in range(100)]
    reply = {"code": 200, "meta": {"total": 4_000}, "data": {"profiles": profiles, "predictions": scores}}
    server.replies = [(200, json.dumps(reply), {})]
    assert len(server.replies[0][1]) > pages.LARGE

    page = await exchange.get_shared("/profiles/scoring", {}, pages.profiles)

    assert page.total == 4_000
    assert [row.score for row in page.items] == [at / 200 for at in range(100)]
    assert page.items[3].item.reference == "r3"


async def test_large_objects_and_lists_of_boards_are_read_elsewhere_too(server: Server, exchange: Exchange) -> None:
    skills = [{"name": f"skill {at} {'x' * 100}", "value": None} for at in range(pages.MOST + 10)]
    boards = [{"key": f"{at:040x}", "name": "x" * 1_000} for at in range(700)]
    bodies = ({"data": {"key": "a" * 40, "skills": skills}}, {"data": boards, "meta": {"total": 700}})
    server.replies = [(200, json.dumps(body), {}) for body in bodies]
    assert all(len(body) > pages.LARGE for _, body, _ in server.replies)

    profile = await exchange.get("/profile/indexing", {}, pages.profile)
    found, total = await exchange.get_shared("/boards", {}, pages.containers)

    assert profile is not None
    assert len(profile.skills) == pages.MOST
    assert (len(found), total) == (700, 700)


async def test_a_large_reply_that_is_no_page_is_refused(server: Server, exchange: Exchange) -> None:
    server.replies = [(200, "[" * (pages.LARGE + 1), {})]

    with pytest.raises(errors.HrflowMalformedError):
        await exchange.get_shared("/profiles/scoring", {}, pages.profiles)
