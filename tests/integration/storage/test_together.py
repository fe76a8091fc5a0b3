"""Look-ups that come at the same time go together, and each gets what it asked for."""

from __future__ import annotations

import asyncio

import pytest

from bot.storage.together import Together


class Table:
    """Knows the even numbers; holds a query up for as long as the test wants."""

    def __init__(self) -> None:
        self.queries: list[list[int]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False

    async def look_up(self, keys: list[int]) -> dict[int, str]:
        self.queries.append(keys)
        await self.open.wait()
        if self.broken:
            raise OSError("lost")
        return {key: str(key) for key in keys if key % 2 == 0}


@pytest.fixture
def table() -> Table:
    return Table()


async def test_one_who_asks_alone_is_answered_at_once(table: Table) -> None:
    assert await Together(table.look_up).get([1, 2, 4]) == {2: "2", 4: "4"}
    assert table.queries == [[1, 2, 4]]


async def test_nobody_asks_for_nothing(table: Table) -> None:
    assert await Together(table.look_up).get([]) == {}
    assert table.queries == []


async def test_those_who_come_meanwhile_share_the_next_query_and_get_their_own(table: Table) -> None:
    together = Together(table.look_up)
    table.open.clear()
    asking = [asyncio.create_task(together.get([1, 2]))]
    await _settle()
    asking += [asyncio.create_task(together.get([number, 2])) for number in range(10, 15)]
    await _settle()
    table.open.set()

    answers = await asyncio.gather(*asking)

    assert table.queries == [[1, 2], [10, 2, 11, 12, 13, 14]]
    assert answers[0] == {2: "2"}
    assert answers[1:] == [
        {10: "10", 2: "2"},
        {2: "2"},
        {12: "12", 2: "2"},
        {2: "2"},
        {14: "14", 2: "2"},
    ]


async def test_one_who_gives_up_takes_no_answer_from_the_others(table: Table) -> None:
    together = Together(table.look_up)
    table.open.clear()
    first, second = asyncio.create_task(together.get([2])), asyncio.create_task(together.get([4]))
    await _settle()
    first.cancel()
    table.open.set()

    assert await second == {4: "4"}


async def test_an_error_reaches_everybody_who_asked_and_nobody_later(table: Table) -> None:
    together = Together(table.look_up)
    table.broken = True
    answers = await asyncio.gather(together.get([2]), together.get([4]), return_exceptions=True)
    table.broken = False

    assert all(isinstance(answer, OSError) for answer in answers)
    assert await together.get([2]) == {2: "2"}


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)
