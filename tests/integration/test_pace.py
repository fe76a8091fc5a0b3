"""HRFLOW_PACE: so many calls in any minute, people before background work; in each lane, first come, first served."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot import errors
from bot.hrflow.pace import Pace, background, foreground, in_background

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Timer:
    at: float
    act: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class Clock:
    """Time that passes when the test says so; what is due then happens."""

    now: float = 0.0
    timers: list[Timer] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def later(self, seconds: float, act: Callable[[], None]) -> Timer:
        timer = Timer(self.now + seconds, act)
        self.timers.append(timer)
        return timer

    async def advance(self, to: float) -> None:
        while due := [each for each in self.timers if not each.cancelled and each.at <= to]:
            first = min(due, key=lambda each: each.at)
            self.timers.remove(first)
            self.now = max(first.at, self.now)
            first.act()
            await _settle()
        self.now = to


class Asking:
    """Those who ask for a turn, and when they got it."""

    def __init__(self, per_minute: int) -> None:
        self.clock = Clock()
        self.pace = Pace(per_minute, clock=self.clock, later=self.clock.later)
        self.made: list[tuple[str, float]] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def person(self, name: str) -> None:
        self.tasks[name] = asyncio.create_task(self._ask(name))
        await _settle()

    async def digest(self, name: str) -> None:
        with background():
            self.tasks[name] = asyncio.create_task(self._ask(name))
        await _settle()

    async def _ask(self, name: str) -> None:
        await self.pace.turn()
        self.made.append((name, self.clock.now))

    @property
    def order(self) -> list[str]:
        return [name for name, _ in self.made]


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_pace_is_kept_in_any_minute() -> None:
    asking = Asking(30)
    for number in range(100):
        await asking.digest(f"digest {number}")
        await asking.clock.advance(asking.clock.now + 0.3)
    await asking.clock.advance(1000)

    times = [at for _, at in asking.made]
    assert len(times) == 100
    assert all(sum(at <= other < at + 60 for other in times) <= 30 for at in times)


async def test_everybody_of_a_lane_is_served_in_the_order_of_coming() -> None:
    asking = Asking(5)
    names = [f"digest {number}" for number in range(40)]
    for name in names:
        await asking.digest(name)
    await asking.clock.advance(1000)

    assert asking.order == names


async def test_a_person_is_told_at_once_when_the_pace_is_used_up() -> None:
    asking = Asking(2)
    await asking.person("Ann")
    await asking.person("Bob")

    with pytest.raises(errors.HrflowBusyError) as caught:
        await asking.pace.turn()

    assert caught.value.retry_after == 61


async def test_a_person_waits_for_what_they_bear() -> None:
    asking = Asking(1)
    await asking.person("Ann")
    await asking.clock.advance(56)
    await asking.person("Bob")
    assert asking.order == ["Ann"]

    await asking.clock.advance(61)

    assert asking.made == [("Ann", 0.0), ("Bob", 60.0)]


async def test_people_go_before_background_work_that_came_earlier() -> None:
    asking = Asking(1)
    await asking.person("Ann")
    await asking.clock.advance(56)
    await asking.digest("digest")
    await asking.person("Bob")
    await asking.clock.advance(200)

    assert asking.order == ["Ann", "Bob", "digest"]


async def test_background_work_leaves_calls_to_people() -> None:
    """A thousand digests at nine do not keep anybody waiting for a minute."""
    asking = Asking(100)
    for number in range(300):
        await asking.digest(f"digest {number}")
    asked_at = asking.clock.now
    for name in ("Ann", "Bob"):
        await asking.person(name)

    assert [made for made in asking.made if made[0] in ("Ann", "Bob")] == [("Ann", asked_at), ("Bob", asked_at)]


async def test_who_gives_up_takes_no_turn_from_the_others() -> None:
    asking = Asking(1)
    await asking.person("Ann")
    for name in ("first", "second", "third"):
        await asking.digest(name)
    asking.tasks["first"].cancel()
    await _settle()
    await asking.clock.advance(125)

    assert asking.made[1:] == [("second", 60.0), ("third", 120.0)]


async def test_what_is_begun_inside_background_work_is_background_work_too() -> None:
    async def look() -> bool:
        return in_background()

    with background():
        inner = asyncio.create_task(look())
        with foreground():
            shared = asyncio.create_task(look())

    assert await inner
    assert not await shared
    assert not await look()
