"""One run of a workflow, as its function sees it; and those under way in this process."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

log = structlog.get_logger(__name__)
MOST_KEPT = 5_000
TRIES = 10  # of a step that fails unexpectedly; those that know their errors return them


class StepFailedError(RuntimeError):
    """A step failed again and again, and not in a way that it knows."""


class Run:
    """A run. Its function is in the library's loop and does nothing by itself but decide what comes next."""

    def __init__(self, workflow_id: str, name: str, library: Any, runs: Runs) -> None:
        self.id = workflow_id
        self._name = name
        self._library = library
        self._runs = runs

    async def step(
        self, name: str, function: Callable[..., Awaitable[Any]], *arguments: Any, waits_in_line: bool = True
    ) -> Any:
        """Carry out one step in our own loop, once if all goes well; its result is JSON and is kept.

        A crash before the result is kept repeats the step, so it must look before it acts. An unexpected error repeats
        it too, later and later. `waits_in_line`: counts among the steps of its queue.
        """

        async def work() -> Any:
            async with self._runs.line(self._name) if waits_in_line else nullcontext():
                return await asyncio.wrap_future(
                    asyncio.run_coroutine_threadsafe(_insisting(name, function, arguments), self._runs.home)
                )

        return await self._library.DBOS.run_step_async({"name": name}, work)

    async def sleep(self, seconds: float) -> None:
        """Wait; a restart does not begin the wait anew."""
        with self._runs.resting(self.id):
            await self._library.DBOS.sleep_async(seconds)


class Runs:
    """The runs under way in this process, and the lines they stand in. `home` is our own loop."""

    def __init__(self) -> None:
        self._home: asyncio.AbstractEventLoop | None = None
        self._queue_of: dict[str, str] = {}
        self._concurrency: dict[str, int] = {}
        self._lines: dict[str, asyncio.Semaphore] = {}
        self._ended: dict[str, asyncio.Event] = {}
        self._over: OrderedDict[str, None] = OrderedDict()
        self._active: set[str] = set()

    @property
    def home(self) -> asyncio.AbstractEventLoop:
        """Our own loop, where the connections are."""
        if self._home is None:
            raise RuntimeError("Durable.open() comes first")
        return self._home

    @home.setter
    def home(self, loop: asyncio.AbstractEventLoop) -> None:
        self._home = loop

    def queue(self, name: str, queue: str, concurrency: int) -> None:
        """The steps of that workflow stand in that line."""
        self._queue_of[name] = queue
        self._concurrency[queue] = concurrency

    def line(self, name: str) -> asyncio.Semaphore:
        """The line of a workflow; belongs to the library's loop."""
        queue = self._queue_of[name]
        return self._lines.setdefault(queue, asyncio.Semaphore(self._concurrency[queue]))

    @contextmanager
    def under_way(self, workflow_id: str) -> Iterator[None]:
        """That run is being carried out here."""
        self._active.add(workflow_id)
        try:
            yield
        finally:
            self._active.discard(workflow_id)
            self.home.call_soon_threadsafe(self._tell, workflow_id)

    @contextmanager
    def resting(self, workflow_id: str) -> Iterator[None]:
        """That run waits for something outside; a stop need not wait for it."""
        self._active.discard(workflow_id)
        try:
            yield
        finally:
            self._active.add(workflow_id)

    async def wait(self, workflow_id: str, seconds: float) -> bool:
        """Wait for that run to end here; tells whether it did."""
        if workflow_id in self._over:
            return True
        ended = self._ended.setdefault(workflow_id, asyncio.Event())
        try:
            async with asyncio.timeout(seconds):
                await ended.wait()
        except TimeoutError:
            return False
        finally:
            self._ended.pop(workflow_id, None)
        return True

    async def settle(self, seconds: float) -> None:
        """Wait until no step is under way, at most that long."""
        end = asyncio.get_running_loop().time() + seconds
        while self._active and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110 - it ends in another thread
            await asyncio.sleep(0.02)

    def _tell(self, workflow_id: str) -> None:
        self._over[workflow_id] = None
        while len(self._over) > MOST_KEPT:
            self._over.popitem(last=False)
        ended = self._ended.get(workflow_id)
        if ended is not None:
            ended.set()


async def _insisting(name: str, function: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...]) -> Any:
    wait = 0.5
    for attempt in range(1, TRIES + 1):
        try:
            return await function(*arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is, an accepted click is not given up for it at once
            log.error("step failed", step=name, attempt=attempt, error=error)  # noqa: TRY400 - with type and place only
            if attempt == TRIES:
                raise StepFailedError from None
        await asyncio.sleep(wait)
        wait = min(60.0, wait * 3)
    raise AssertionError  # the loop returns or raises
