"""HrFlow sides on free ports of the loopback, and a client that speaks plain HTTP to them."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from aiohttp import web

from bot.sandbox.hrflow import HrflowSide

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADERS = {"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com"}


class Api:
    """A client of one side. Lists, objects and booleans become JSON text, as official clients send them."""

    def __init__(self, side: HrflowSide, url: str, client: httpx.Client) -> None:
        self.side = side
        self.url = url
        self.client = client
        self.source_keys = [each["key"] for each in self.get("/sources")["data"]]
        self.board_keys = [each["key"] for each in self.get("/boards")["data"]]

    def get(self, path: str, *, status: int = 200, **params: Any) -> dict[str, Any]:
        wire = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        return self._checked(self.client.get(self.url + path, params=wire), status)

    def send(self, method: str, path: str, body: Any, *, status: int = 200) -> dict[str, Any]:
        return self._checked(self.client.request(method, self.url + path, json=body), status)

    @staticmethod
    def _checked(reply: httpx.Response, status: int) -> dict[str, Any]:
        body: dict[str, Any] = reply.json()
        assert (reply.status_code, body["code"]) == (status, status), body
        assert reply.headers["Content-Type"] == "application/json"
        return body

    def everything(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """All pages of a list, which must fit together."""
        kind = "jobs" if "jobs" in path else "profiles"
        owners = {"board_keys": self.board_keys} if kind == "jobs" else {"source_keys": self.source_keys}
        found: list[dict[str, Any]] = []
        page, last = 1, 1
        while page <= last:
            reply = self.get(path, **{**owners, "limit": 100, **params, "page": page})
            shown = reply["data"][kind] if isinstance(reply["data"], dict) else reply["data"]
            pages = reply.get("meta", reply)
            last = pages.get("maxPage", pages.get("max_page"))
            found += shown
            page += 1
        assert len(found) == pages["total"]
        return found

    def stored_profiles(self) -> list[dict[str, Any]]:
        return self.everything("/storing/profiles", return_profile=True)

    def stored_jobs(self) -> list[dict[str, Any]]:
        return self.everything("/storing/jobs", return_job=True)


@contextmanager
def serving(side: HrflowSide) -> Iterator[Api]:
    """Serve a side in a thread of its own, mounted as the sandbox mounts it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    root = web.Application()
    root.add_subapp("/hrflow/v1", side.app())
    # A connection with an unread body would otherwise be waited for much longer.
    runner = web.AppRunner(root, access_log=None, shutdown_timeout=0.5)

    async def start() -> int:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return int(runner.addresses[0][1])

    port = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        with httpx.Client(headers=HEADERS, timeout=30) as client:
            yield Api(side, f"http://127.0.0.1:{port}/hrflow/v1", client)
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture(scope="session")
def many() -> Iterator[Api]:
    """A larger corpus in the current dialect, for reading only."""
    with serving(HrflowSide(profiles=120, jobs=60, seed=11, dialect="current")) as api:
        yield api


@pytest.fixture(scope="session")
def seed_many() -> Iterator[Api]:
    """The same corpus in the seed dialect, for reading only."""
    with serving(HrflowSide(profiles=120, jobs=60, seed=11)) as api:
        yield api


@pytest.fixture
def api() -> Iterator[Api]:
    """A small side in the seed dialect that a test may write to."""
    with serving(HrflowSide(profiles=40)) as api:
        yield api


@pytest.fixture
def current() -> Iterator[Api]:
    """A small side in the current dialect that a test may write to."""
    with serving(HrflowSide(profiles=40, dialect="current")) as api:
        yield api
