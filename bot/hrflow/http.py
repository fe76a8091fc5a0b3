"""One HTTP exchange with HrFlow: headers, time limit, pace, repeats where they are safe, and named errors.

With `connections` the only user of httpx. No key, query or reply is ever logged.
"""

from __future__ import annotations

import asyncio
import copy
import json
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import httpx
import structlog

from bot import errors
from bot.hrflow import bodies, wire
from bot.hrflow.connections import Connections
from bot.hrflow.pace import in_background
from bot.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.hrflow.pace import Pace

log = structlog.get_logger(__name__)
LARGEST_FAST = 256 * 1024
CONNECTIONS = 64
REPEATS = 2
BEARABLE = 3.0  # seconds between two tries that a waiting person bears
_PAUSES = (0.2, 0.6)  # seconds before the first and the second repeat, each with jitter


_R = TypeVar("_R")
Decode = Callable[[bytes], Awaitable[_R]]


class Exchange:
    """Sends requests; every method raises an HrflowError.

    A GET is repeated where nothing can come of it: 429 (after `Retry-After`, if a person bears it), 5xx, a connection
    that failed. Never a write, never another status, never after the time limit: by then somebody has waited enough.
    """

    def __init__(
        self, *, url: str, api_key: str, user_email: str, timeout: float, pace: Pace, turns: Turns | None = None
    ) -> None:
        self._url = url.rstrip("/")
        self._headers = {
            "X-API-KEY": api_key,
            "X-USER-EMAIL": user_email,
            "Accept": "application/json",
            "Accept-Encoding": bodies.ACCEPTED,
            "User-Agent": "shortlist",
        }
        self._connections = Connections(CONNECTIONS)
        self.last_trouble: tuple[float, errors.HrflowError] | None = None  # when (Unix) and why a call failed last
        self._timeout = timeout
        self._pace = pace
        self._turns = turns or Turns()
        self._shared: dict[tuple[bool, str, str], asyncio.Task[Any]] = {}

    def pace_used(self) -> float:
        """Which part of the calls of a minute was made in the last one: 0 to 1."""
        return self._pace.used()

    async def close(self) -> None:
        """Close the connections."""
        await self._connections.close()

    async def get(self, path: str, params: Mapping[str, str], decode: Decode[_R]) -> _R:
        """What `decode` makes of the reply's body."""
        for pause in (*_PAUSES[:REPEATS], None):
            try:
                return await self._decoded(decode, await self._once("GET", path, params=params), path)
            except (errors.HrflowBusyError, errors.HrflowUnavailableError) as error:
                wait = _before_repeat(error, pause)
                if wait is None:
                    raise
            await asyncio.sleep(wait)
        raise AssertionError  # the last round returns or raises

    async def get_shared(self, path: str, params: Mapping[str, str], decode: Decode[_R]) -> _R:
        """The same, and whoever asks the very same at the same time shares the call. The result must not be changed.

        One path is always decoded in one way. People share with people and background work with background work: a
        call that lets people go first is nothing for a person to wait for.
        """
        key = (in_background(), path, wire.json_text(sorted(params.items())))
        task = self._shared.get(key)
        if task is None:
            task = self._shared[key] = asyncio.create_task(_as_task(self.get(path, params, decode)))
            task.add_done_callback(lambda done: self._finished(key, done))
        # One who gives up must not take the answer from the others.
        shared: _R = await asyncio.shield(task)
        return shared

    def _finished(self, key: tuple[bool, str, str], task: asyncio.Task[Any]) -> None:
        self._shared.pop(key, None)
        if not task.cancelled():
            task.exception()  # looked at, even where everybody who asked has given up by now

    async def put(self, path: str, content: bytes, decode: Decode[_R]) -> _R:
        """What `decode` makes of the reply. Sent once: after an error of the connection nobody knows if it arrived."""
        return await self._decoded(decode, await self._once("PUT", path, content=content), path)

    async def post(self, path: str, body: Any) -> dict[str, Any]:
        """The reply's JSON object. Sent once too: what it adds is never there twice."""
        return await self._decoded(fast, await self._once("POST", path, content=json.dumps(body).encode()), path)

    async def _once(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> bytes:
        """The body of a reply whose status means success."""
        await self._pace.turn()
        started = time.monotonic()
        status: int | None = None
        outcome = "ok"
        try:
            request = self._request(method, path, params, content)
            async with asyncio.timeout(self._timeout):
                response = await self._connections.send(request)
                try:
                    status = response.status_code
                    received = await _received(response)
                finally:
                    await response.aclose()
            return received  # noqa: TRY300 - the whole exchange stands in one try
        except TimeoutError:  # ours; the connections have no time limit
            outcome = f"no answer within {self._timeout:g} s"
            raise self._failed(errors.HrflowTimeoutError(outcome, seconds=self._timeout)) from None
        except (httpx.HTTPError, httpx.InvalidURL, bodies.BrokenError) as error:
            outcome = f"the connection failed ({type(error).__name__})"
            raise self._failed(errors.HrflowUnavailableError(outcome)) from None
        except errors.HrflowError as error:
            outcome = error.detail
            if status not in wire.NOT_FOUND:
                self._failed(error)
            raise
        finally:
            took = round((time.monotonic() - started) * 1000)
            expected = outcome == "ok" or status in wire.NOT_FOUND  # a look-up that finds nothing is no failure
            say = log.info if expected else log.warning
            say("hrflow", method=method, path=path, status=status, ms=took, outcome=outcome)

    def _failed(self, error: errors.HrflowError) -> errors.HrflowError:
        """Remember it as the last trouble: a copy, which keeps nothing alive of the call that failed."""
        self.last_trouble = (time.time(), copy.copy(error))
        return error

    async def _decoded(self, decode: Decode[_R], body: bytes, path: str) -> _R:
        """What `decode` makes of the body; a reply that came and yet cannot be read leaves its reason in the log."""
        await self._turns.turn()
        try:
            return await decode(body)
        except errors.HrflowError as error:
            log.warning("hrflow reply", path=path, bytes=len(body), outcome=error.detail)
            raise

    def _request(
        self, method: str, path: str, params: Mapping[str, str] | None, content: bytes | None
    ) -> httpx.Request:
        query = f"?{urlencode(params, errors='replace')}" if params else ""
        address = f"{self._url}{path}{query}"
        if content is None:
            return httpx.Request(method, address, headers=self._headers)
        return httpx.Request(
            method, address, headers={**self._headers, "Content-Type": "application/json"}, content=content
        )


async def fast(body: bytes) -> dict[str, Any]:
    """The reply's JSON object, for what is only read and small. A large one is refused: it would hold up everybody."""
    if len(body) > LARGEST_FAST:
        raise errors.HrflowMalformedError("the reply is larger than what was asked for can be")
    return wire.reply_object(body, exact=False)


async def _as_task(work: Awaitable[_R]) -> _R:
    return await work


def _before_repeat(error: errors.HrflowError, pause: float | None) -> float | None:
    """Seconds to wait before the same GET goes out again, or None where it does not."""
    if pause is None or isinstance(error, errors.HrflowTimeoutError):
        return None
    if error.retry_after is None:
        return pause * random.uniform(0.5, 1.5)  # noqa: S311 - jitter is no secret
    if error.retry_after > BEARABLE:
        return None
    return error.retry_after + pause * random.uniform(0.0, 0.5)  # noqa: S311 - never earlier than told


async def _received(response: httpx.Response) -> bytes:
    """The body, where the status means success; of anything else the status tells all that is used."""
    chunks = response.stream
    if not isinstance(chunks, httpx.AsyncByteStream):
        raise TypeError
    try:
        wire.checked(response.status_code, response.headers.get("Retry-After"))
    except errors.HrflowError:
        with suppress(httpx.HTTPError):
            await bodies.drop(chunks)
        raise
    told = response.headers
    return await bodies.read(chunks, told.get("Content-Encoding", ""), told.get("Content-Length", ""))
