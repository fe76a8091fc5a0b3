"""Replies that are packed, cut, sent elsewhere or of another status than they look: what the exchange makes of them."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import tracemalloc
import zlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot import errors
from bot.hrflow import pages
from bot.hrflow.bodies import LARGEST_REPLY
from bot.hrflow.http import Exchange, fast
from bot.hrflow.pace import Pace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GZIP = "Content-Encoding: gzip"
OK = b'{"code":200,"data":{}}'
PACKED = gzip.compress(OK)


@asynccontextmanager
async def answering(reply: bytes, calls: list[str]) -> AsyncIterator[Exchange]:
    """An exchange whose other side sends these bytes, whatever is asked; `calls` are the connections it got."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        calls.append(request.split(b" ", 1)[0].decode())
        writer.write(reply)
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    exchange = Exchange(url=url, api_key="k", user_email="a@example.com", timeout=20, pace=Pace(100))
    try:
        yield exchange
    finally:
        await exchange.close()
        listening.close()


def reply(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A reply whose length is told rightly."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def bomb(megabytes: int) -> bytes:
    """So many megabytes of JSON in a thousandth of the bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(b'{"data":"')]
    parts += [packer.compress(b" " * 1024 * 1024) for _ in range(megabytes)]
    return b"".join([*parts, packer.compress(b'"}'), packer.flush()])


async def test_no_more_is_unpacked_than_is_read_of_any_reply() -> None:
    packed = reply(bomb(64), GZIP)
    async with answering(packed, []) as exchange:
        tracemalloc.start()
        try:
            with pytest.raises(errors.HrflowTooLargeError):
                await exchange.get("/x", {}, fast)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak < 1.5 * LARGEST_REPLY


async def test_a_reply_that_says_it_is_too_large_is_not_waited_for() -> None:
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 8388609\r\n\r\n", []) as exchange:
        with pytest.raises(errors.HrflowTooLargeError):
            await exchange.put("/x", b"{}", fast)


async def test_what_is_packed_twice_is_not_unpacked() -> None:
    async with answering(reply(gzip.compress(bomb(64)), "Content-Encoding: gzip, gzip"), []) as exchange:
        with pytest.raises(errors.HrflowMalformedError, match="not JSON"):
            await exchange.get("/x", {}, fast)


@pytest.mark.parametrize("encoding", ["gzip", "X-GZIP", "deflate", "identity", "br"])
async def test_a_reply_is_unpacked_as_its_header_says(encoding: str) -> None:
    """What was not asked for and is JSON all the same is taken as it is."""
    body = {"deflate": zlib.compress(OK), "identity": OK, "br": OK}.get(encoding, PACKED)
    async with answering(reply(body, f"Content-Encoding: {encoding}"), []) as exchange:
        assert await exchange.get("/x", {}, fast) == {"code": 200, "data": {}}


@pytest.mark.parametrize(
    "broken",
    [
        reply(PACKED[:-12], GZIP),
        reply(PACKED[:-4], GZIP),
        reply(b"", GZIP),
        reply(PACKED[:-8] + b"wrong sum", GZIP),
        reply(OK, status="200 \xff\xfe"),
    ],
    ids=["cut", "without its sum", "empty", "wrong sum", "no text behind the status"],
)
async def test_a_reply_that_is_not_whole_is_asked_for_again(broken: bytes) -> None:
    calls: list[str] = []
    async with answering(broken, calls) as exchange:
        with pytest.raises(errors.HrflowUnavailableError, match="the connection failed"):
            await exchange.get("/x", {}, fast)
        assert len(calls) == 3

        with pytest.raises(errors.HrflowUnavailableError):
            await exchange.put("/x", b"{}", fast)
        assert calls[3:] == ["PUT"]


@pytest.mark.parametrize(
    ("status", "kind", "calls_made"),
    [
        ("401 Unauthorized", errors.HrflowRefusedError, 1),
        ("404 Not Found", errors.HrflowRejectedError, 1),
        ("503 Service Unavailable", errors.HrflowUnavailableError, 3),
    ],
)
async def test_a_refusal_counts_however_large_it_is(
    status: str, kind: type[errors.HrflowError], calls_made: int
) -> None:
    calls: list[str] = []
    async with answering(reply(b" " * (LARGEST_REPLY + 1), status=status), calls) as exchange:
        with pytest.raises(kind) as caught:
            await exchange.get("/x", {}, fast)

    assert caught.value.status == int(status[:3])
    assert len(calls) == calls_made


async def test_nothing_is_sent_to_where_a_reply_points() -> None:
    """Its body is no answer either."""
    elsewhere: list[str] = []

    async def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        elsewhere.append("called")
        writer.close()

    other = await asyncio.start_server(note, "127.0.0.1", 0)
    location = f"Location: http://127.0.0.1:{other.sockets[0].getsockname()[1]}/x"
    async with answering(reply(OK, location, status="302 Found"), []) as exchange:
        for ask in (exchange.get("/x", {}, fast), exchange.put("/x", b"{}", fast)):
            with pytest.raises(errors.HrflowMalformedError, match="302"):
                await ask
    other.close()

    assert elsewhere == []


async def test_a_wait_of_ages_is_not_waited_for() -> None:
    calls: list[str] = []
    async with answering(reply(OK, "Retry-After: 99999999999999", status="429 Busy"), calls) as exchange:
        with pytest.raises(errors.HrflowBusyError):
            await exchange.get("/x", {}, fast)

    assert len(calls) == 1


@pytest.mark.parametrize("entries", [pages.MANY + 10, 200_000])
async def test_an_item_of_very_many_entries_is_listed_with_the_first_of_them(entries: int) -> None:
    """To read them all here would hold up everybody's acks, however few bytes they are."""
    labels = [*({"job_key": f"j{at}"} for at in range(pages.MOST_LISTED)), {"job_key": "j", "stage": "yes"}]
    profile = {"profile_id": "a" * 40, "skills": [f"s{at}" for at in range(entries)], "labels": labels}
    body = json.dumps({"data": {"profiles": [profile], "predictions": [[0.1, 0.9]]}}).encode()
    async with answering(reply(body), []) as exchange:
        (row,) = (await exchange.get_shared("/profiles/scoring", {}, pages.profiles)).items

    assert [skill.name for skill in row.item.skills] == [f"s{at}" for at in range(pages.MOST_LISTED)]
    assert len(row.item.labels) == len(labels)
    assert row.score == 0.9


async def test_large_replies_are_read_by_a_few_processes_at_a_time() -> None:
    body = b'{"data":{"profiles":[]},"x":[' + b"1," * pages.LARGE + b"1]}"
    reading = [asyncio.create_task(pages.profiles(body)) for _ in range(pages.CHILDREN + 2)]
    most = 0
    while not all(task.done() for task in reading):
        # Other tests of this process may have children too: sandboxes, a browser.
        looking = await asyncio.create_subprocess_exec("ps", "-A", "-o", "ppid=,args=", stdout=asyncio.subprocess.PIPE)
        listed = [line.split() for line in (await looking.communicate())[0].decode(errors="replace").splitlines()]
        ours = [words for words in listed if words[0] == str(os.getpid()) and words[-1] == pages.__name__]
        most = max(most, len(ours))

    assert all(task.result().items == () for task in reading)
    assert 1 <= most <= pages.CHILDREN
