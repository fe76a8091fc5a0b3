"""What the filters of a list hide equals brute force over the corpus, for whatever filters."""

from __future__ import annotations

import asyncio
import os
import random
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot import manifest
from bot.app import directory, hrflow_client
from bot.demo import bot_settings
from bot.domain.filters import filters_of, without
from bot.domain.grammar import HelpWanted, parse
from bot.domain.posts import Post, brief, entries
from bot.domain.query import ProfilesQuery
from bot.domain.receipts import Best
from bot.gazetteer import Gazetteer
from bot.hrflow.http import Exchange
from bot.matching import Matching
from bot.receipts import FilterReceipts
from bot.sandbox import Sandbox, SandboxOptions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.domain.query import Query

NOW = datetime.now(UTC)
SETS = int(os.environ.get("RECEIPT_SETS", "25"))
FILTERS = (
    "skills:python",
    "skills:sql,kafka",
    "skills:python=0.6",
    "languages:english",
    "languages:french=native",
    "years:3..9",
    "years:..4",
    "near:Paris within:300km",
    "worked-near:Lyon worked-within:80km",
    "studied-near:Berlin studied-within:500km",
    "text:data",
    "summary:team",
    "experience:engineer",
    "education:master",
    "tags:active=true",
    "interests:chess",
    "since:17w",
    "until:2w",
    "name:an",
    "education-years:2..6",
)
JOB_FILTERS = ("skills:python", "languages:english", "text:data", "near:Paris within:900km", "tags:remote", "since:50w")


class World:
    """Matching against a sandbox in this process, and a plain reader of the same lists."""

    def __init__(self, matching: Matching, titles: list[str]) -> None:
        self.matching = matching
        self.titles = titles
        self.receipts = FilterReceipts(matching, mode="auto", pace_used=lambda: 0.0)
        self._lists: dict[str, list[tuple[str, float | None]]] = {}

    async def everybody(self, query: Query) -> list[tuple[str, float | None]]:
        """The whole list, page after page; read once, since nothing changes in this sandbox."""
        name = str(replace(query, limit=30, page=1))
        if name not in self._lists:
            self._lists[name] = await self._read(query)
        return self._lists[name]

    async def _read(self, query: Query) -> list[tuple[str, float | None]]:
        rows: list[tuple[str, float | None]] = []
        page = 1
        while True:
            found = await self.matching.rank(replace(query, limit=30, page=page), now=NOW)
            rows += [((each.profile if found.of == "profile" else each.job).key, each.score) for each in found.matches]
            if len(found.matches) < 30:
                return rows
            page += 1

    async def post(self, query: Query) -> Post:
        ranking = await self.matching.rank(query, now=NOW)
        return Post(id="p", viewer="U", ranking=brief(ranking), shown=(entries(ranking),), asked_at=NOW)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    sandbox = Sandbox(SandboxOptions(manifest=manifest.read(), port=0, profiles=200, jobs=8))
    await sandbox.start()
    settings = bot_settings(sandbox.credentials, "seed", folder=tmp_path)
    fast = settings.model_copy(update={"hrflow": settings.hrflow.model_copy(update={"pace": 1_000_000})})
    async with hrflow_client(fast) as hrflow:
        names = directory(fast, hrflow)
        matching = Matching(hrflow, names, Gazetteer(), dialect="seed", agent_key=fast.hrflow.agent_key)
        titles = list((await names.titles()).values())
        yield World(matching, sorted(set(titles)))
        await names.close()
    await sandbox.stop()


def chosen(dice: random.Random, world: World, people: list[str]) -> Query:
    """Random filters, about a random subject."""
    if dice.random() < 0.2:
        words = [f'/jobs "{dice.choice(people)}"', *dice.sample(JOB_FILTERS, dice.randint(1, 3))]
    else:
        stage = dice.choice(["", "", "stage:any", "stage:yes"])
        some = {each.split(":")[0]: each for each in dice.sample(FILTERS, dice.randint(1, 4))}
        words = [f'/profiles "{dice.choice(world.titles)}"', stage, *some.values()]
    limit = dice.choice(["", "limit:5", "limit:30"])
    return read(" ".join([*words, limit]))


def read(text: str) -> Query:
    found = parse(text)
    assert not isinstance(found, HelpWanted)
    return found


async def test_receipts_equal_brute_force(world: World) -> None:
    dice = random.Random(5)  # noqa: S311 - no secret
    first = await world.post(read(f'/profiles "{world.titles[0]}"'))
    people = [each.profile.name for each in first.ranking.matches]
    for _ in range(SETS):
        query = chosen(dice, world, people)
        receipts = await world.receipts.count(await world.post(query), now=NOW)
        own = await world.everybody(query)
        filters = filters_of(query)
        assert receipts is not None
        assert [each.filter for each in receipts.each] == filters
        keys = {key for key, _ in own}
        for receipt in receipts.each:
            wide = await world.everybody(without(query, [receipt.filter.field]))
            hidden = [
                Best(rank, score) for rank, (key, score) in enumerate(wide[: query.limit], start=1) if key not in keys
            ]
            assert receipt.hides == len(wide) - len(own), str(query)
            assert receipt.best == (hidden[0] if hidden else None), str(query)
        if len(filters) > 1:
            bare = await world.everybody(without(query, [each.field for each in filters]))
            assert receipts.together == len(bare) - len(own)


async def test_a_list_of_k_filters_takes_at_most_k_and_two_calls(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    once = Exchange._once

    async def counted(self: Exchange, method: str, path: str, **what: Any) -> bytes:
        made.append(path)
        return await once(self, method, path, **what)

    monkeypatch.setattr(Exchange, "_once", counted)
    person = (await world.post(read(f'/profiles "{world.titles[0]}"'))).ranking.matches[0].profile.name
    profiles, jobs = (
        f'/profiles "{world.titles[0]}" skills:python text:data',
        f'/jobs "{person}" skills:python text:data',
    )
    for text, most in ((profiles, 3), (f"{profiles} page:2", 4), (f"{profiles} stage:any", 12), (jobs, 3)):
        post = await world.post(read(text))
        made.clear()
        await world.receipts.count(post, now=NOW)
        assert len(made) == most, (text, made)


@pytest.mark.parametrize(
    ("mode", "used", "answering", "when"),
    [
        ("auto", 0.1, 1, "auto"),
        ("auto", 0.6, 1, "button"),
        ("auto", 0.1, 5, "button"),
        ("button", 0.0, 0, "button"),
        ("off", 0.0, 0, "off"),
    ],
)
def test_receipts_stay_out_of_the_way(mode: str, used: float, answering: int, when: str) -> None:
    receipts = FilterReceipts(None, mode=mode, pace_used=lambda: used)  # type: ignore[arg-type]
    filtered = ProfilesQuery(subject="x", text=("a",))
    with ExitStack() as stack:
        for _ in range(answering):
            stack.enter_context(receipts.answering("U"))

        assert receipts.when(filtered) == when
    assert receipts.when(ProfilesQuery(subject="x")) == "off"


async def test_nothing_follows_a_list_whose_reader_has_gone_on() -> None:
    receipts = FilterReceipts(None, mode="auto", pace_used=lambda: 0.0)  # type: ignore[arg-type]
    filtered = ProfilesQuery(subject="x", text=("a",))
    first = asyncio.create_task(receipts.follows(filtered, "U_ANN"))
    await asyncio.sleep(0)
    with receipts.answering("U_ANN"):
        second = asyncio.create_task(receipts.follows(filtered, "U_ANN"))
        other = asyncio.create_task(receipts.follows(filtered, "U_BOB"))

    assert await first is None
    here, there = await second, await other
    assert here is not None
    assert there is not None
    with receipts.answering("U_ANN"):
        assert (here(), there()) == (False, True)
