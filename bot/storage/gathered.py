"""Writing that nobody waits for: what comes within a moment is written together.

One transaction costs more than the rest of a command, whether it writes one row or fifty.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = structlog.get_logger(__name__)
SECONDS = 1.0  # from the first thing until it is written

K = TypeVar("K")
V = TypeVar("V")


class Gathered(Generic[K, V]):
    """Values under keys, the latest of each; `write` gets those of a moment. What it cannot write is lost, and logged.

    `what` is what the log calls them.
    """

    def __init__(self, write: Callable[[dict[K, V]], Awaitable[None]], *, what: str) -> None:
        self._write = write
        self._what = what
        self._held: dict[K, V] = {}
        self._writing: asyncio.Task[None] | None = None
        self._wanted = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    def put(self, key: K, value: V) -> None:
        """To be written in a moment."""
        self._held[key] = value
        if self._writing is None:
            self._writing = asyncio.create_task(self._later())

    def drop(self, key: K) -> None:
        """Not to be written, should it wait for that."""
        self._held.pop(key, None)

    def __contains__(self, key: K) -> bool:
        """Whether it waits to be written."""
        return key in self._held

    async def written(self) -> None:
        """Have it written now, and return when that is done."""
        if (writing := self._writing) is not None:
            self._wanted.set()
            await asyncio.shield(writing)
        async with self._one_at_a_time:  # what began to be written before
            return

    async def _later(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                await self._wanted.wait()
        async with self._one_at_a_time:
            held, self._held, self._writing = self._held, {}, None
            self._wanted.clear()
            try:
                if held:
                    await self._write(held)
            except SQLAlchemyError as error:
                log.warning("not written", what=self._what, count=len(held), error=error)
