"""Acks first: what takes milliseconds waits while a request is not acknowledged, but never for long."""

from __future__ import annotations

import asyncio
import time

from bot.turns import FRESH, MOST, Turns


async def test_a_turn_comes_at_once_where_everything_is_acknowledged() -> None:
    turns = Turns()
    with turns.unacked():
        pass

    started = time.monotonic()
    await turns.turn()

    assert time.monotonic() - started < FRESH


async def test_a_turn_comes_after_the_ack_of_what_has_come() -> None:
    turns = Turns()
    happened: list[str] = []

    async def request() -> None:
        with turns.unacked():
            for _ in range(10):
                await asyncio.sleep(0)
            happened.append("ack")

    async def draw() -> None:
        await turns.turn()
        happened.append("list")

    await asyncio.gather(draw(), request(), request())

    assert happened == ["ack", "ack", "list"]


async def test_turns_come_in_the_order_of_asking_and_never_two_in_one_round_of_the_loop() -> None:
    turns = Turns()
    rounds = 0
    taken: list[tuple[int, int]] = []

    async def count() -> None:
        nonlocal rounds
        while len(taken) < 5:
            rounds += 1
            await asyncio.sleep(0)

    async def draw(number: int) -> None:
        await turns.turn()
        taken.append((number, rounds))

    await asyncio.gather(*(draw(number) for number in range(5)), count())

    assert [number for number, _ in taken] == [0, 1, 2, 3, 4]
    assert len({at for _, at in taken}) == 5


async def test_a_request_that_is_long_in_acknowledging_holds_nobody_up() -> None:
    """A form may ask HrFlow before it says what is wrong with it."""
    turns = Turns()
    with turns.unacked():
        started = time.monotonic()
        for _ in range(20):
            await turns.turn()

        assert time.monotonic() - started < 20 * FRESH / 2


async def test_requests_that_never_end_do_not_keep_a_list_from_being_drawn() -> None:
    turns = Turns()
    drawn = asyncio.Event()

    async def requests() -> None:
        while not drawn.is_set():
            with turns.unacked():
                await asyncio.sleep(0.01)

    flood = [asyncio.create_task(requests()) for _ in range(3)]
    started = time.monotonic()
    await turns.turn()
    drawn.set()

    assert time.monotonic() - started < 10 * MOST
    await asyncio.gather(*flood)
