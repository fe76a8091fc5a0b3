"""Lists are read to their end whatever HrFlow makes of the size of its pages and says of how many there are."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.continuing import following
from bot.directory import Directory
from bot.domain.entities import Page, Profile, Scored, Stage
from bot.domain.merging import StageCursor
from bot.domain.paging import Shown
from bot.domain.query import ProfilesQuery
from bot.fetching import any_stage, one_list
from bot.hrflow import pages
from bot.hrflow.client import HrflowClient
from bot.hrflow.http import Exchange
from bot.hrflow.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 10
BOARD = "b" * 40
# What a reply says of how many there are, by how many there are.
SAID: dict[str, Callable[[int], Any]] = {
    "the truth": lambda count: count,
    "too many": lambda count: count + 37,
    "too few": lambda count: count // 3,
    "none": lambda _: 0,
    "less than none": lambda _: -4,
    "null": lambda _: None,
    "words": lambda _: "many",
}


class Capped:
    """HrFlow with four lists of that many profiles, sorted, which puts at most `most` of them on a page."""

    def __init__(self, counts: list[int], most: int, said: str, *, tells_pages: bool, seed: bool) -> None:
        self.lists: dict[str, list[dict[str, Any]]] = {
            stage.value: [
                {"profile_id" if seed else "key": f"{stage}-{at}", "score": 1 - (at * 4 + place) / 1000}
                for at in range(count)
            ]
            for place, (stage, count) in enumerate(zip(Stage, counts, strict=True))
        }
        self.most, self.said, self.tells_pages, self.seed = most, SAID[said], tells_pages, seed
        self.calls = 0

    async def fetch(self, stage: str, page: int, limit: int) -> Page[Profile]:
        self.calls += 1
        size, rows = min(limit, self.most), self.lists[stage]
        listed = rows[(page - 1) * size : page * size]
        told: dict[str, Any] = {"page": page, "count": len(listed), "total": self.said(len(rows))}
        if self.tells_pages:
            told["max_page" if self.seed else "maxPage"] = max(1, -(-len(rows) // size))
        data = {"profiles": listed, "predictions": [[1 - row["score"], row["score"]] for row in listed]}
        reply = {"data": data, **told} if self.seed else {"data": data, "meta": told}
        return await pages.profiles(json.dumps({"code": 200, **reply}).encode())

    def expected(self, stage: str) -> list[str]:
        rows = [row for name, listed in self.lists.items() if stage in ("any", name) for row in listed]
        return [row["profile_id" if self.seed else "key"] for row in sorted(rows, key=lambda row: -row["score"])]


async def to_the_end(hrflow: Capped, stage: str) -> tuple[list[str], list[int]]:
    """The keys in the order of reading, first by the command and then by Next; and what each step cost in calls."""
    query = ProfilesQuery(subject="x", stage=stage, limit=LIMIT)
    if stage == "any":
        page = (await any_stage(hrflow.fetch, query, StageCursor(limit=LIMIT, sort="score", order="desc"))).page
    else:
        page = (await one_list(hrflow.fetch, query, stage)).page
    read: list[Scored[Profile]] = list(page.items)
    calls = [hrflow.calls]
    while page.items:
        stages = Counter(row.item.key.split("-")[0] for row in read)
        seen = Shown(frozenset(row.item.key for row in read), len(read), stages)
        before = hrflow.calls
        page = (await following(hrflow.fetch, query, seen)).page
        calls.append(hrflow.calls - before)
        read += page.items
    return [row.item.key for row in read], calls


@settings(max_examples=300, deadline=None)
@given(
    counts=st.lists(st.integers(0, 40), min_size=4, max_size=4),
    most=st.one_of(st.integers(1, 9), st.just(100)),
    said=st.sampled_from(sorted(SAID)),
    tells_pages=st.booleans(),
    seed=st.booleans(),
    stage=st.sampled_from(["new", "any"]),
)
@example(counts=[21, 0, 0, 0], most=7, said="the truth", tells_pages=True, seed=True, stage="new")
@example(counts=[40, 40, 40, 40], most=100, said="too few", tells_pages=False, seed=False, stage="any")
async def test_everybody_is_read_once_in_the_order_of_the_scores(
    counts: list[int], most: int, said: str, *, tells_pages: bool, seed: bool, stage: str
) -> None:
    # Nothing tells a page that was cut from one that ends the list, where its length is said to be all there is.
    assume(most >= LIMIT or tells_pages or said != "too few")
    hrflow = Capped(counts, most, said, tells_pages=tells_pages, seed=seed)

    read, _ = await to_the_end(hrflow, stage)

    assert read == hrflow.expected(stage)


async def test_pages_as_large_as_asked_cost_no_call_more() -> None:
    one = Capped([35, 0, 0, 0], 100, "the truth", tells_pages=True, seed=True)
    four = Capped([15, 12, 9, 20], 100, "the truth", tells_pages=True, seed=False)

    assert max((await to_the_end(one, "new"))[1]) <= 2
    assert max((await to_the_end(four, "any"))[1]) <= 4


class Board:
    """HrFlow's list of the jobs of one board, at most `most` on a page."""

    def __init__(self, count: int, most: int, said: str) -> None:
        self.jobs = [{"key": f"{at:040x}", "board_key": BOARD, "name": f"Job {at:03}"} for at in range(count)]
        self.most, self.said = most, SAID[said]
        self.calls = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.calls += 1
        page, size = int(request.query["page"]), min(int(request.query["limit"]), self.most)
        listed = self.jobs[(page - 1) * size : page * size]
        meta = {"page": page, "count": len(listed), "total": self.said(len(self.jobs))}
        return web.json_response({"code": 200, "meta": meta, "data": {"jobs": listed}})


@pytest.mark.parametrize("said", ["the truth", "too many", "null"])
@pytest.mark.parametrize(("count", "most"), [(95, 100), (95, 7), (90, 30), (1, 100)])
async def test_a_job_is_found_by_its_title_wherever_it_stands_on_its_board(count: int, most: int, said: str) -> None:
    board = Board(count, most, said)
    app = web.Application()
    app.router.add_get("/v1/jobs/searching", board.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    exchange = Exchange(url=url, api_key="k" * 20, user_email="a@example.com", timeout=5, pace=Pace(10_000))
    directory = Directory(HrflowClient(exchange), board_keys=[BOARD])
    try:
        for at in {0, count // 2, count - 1}:
            assert (await directory.job(f"job {at:03}", [BOARD])).key == f"{at:040x}"
        assert board.calls <= count // min(most, 30) + 5
    finally:
        await directory.close()
        await exchange.close()
        await runner.cleanup()
