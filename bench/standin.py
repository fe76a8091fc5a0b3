"""The API stand-in, a process of its own: recorded replies of the sandbox for the hot path, after a fixed latency.

It starts a real sandbox and asks it, over HTTP, every query of the load once. From then on it serves those bytes. All
that is not recorded (boards, sources, jobs, auth.test, ...) is passed on to the sandbox, which idles otherwise.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

import aiohttp
from aiohttp import web

from bot import manifest
from bot.sandbox import Sandbox, SandboxOptions

HOST = "127.0.0.1"
LATENCY = 0.05  # seconds until HrFlow answers, whatever is asked
QUERIES = 500
LIMIT = 10
PROFILES = 520  # enough for 500 full pages over twelve jobs
JOBS = 12
LARGE = 30  # profiles in the reply that is measured inside one process
_FORWARDED = ("X-API-KEY", "X-USER-EMAIL", "Authorization", "Content-Type")


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the names that must come back, in this order."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """Replies by (job key, page), and the queries that lead to them; times in CPU milliseconds a reply."""

    replies: dict[tuple[str, str], bytes]
    queries: tuple[Query, ...]
    job: dict[str, Any]
    board_key: str
    large: bytes
    sandbox_ms: float


class Recorder:
    """Asks a running sandbox as any client of HrFlow would."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self._url = sandbox.credentials.hrflow_api_url
        self._http = http

    async def record(self) -> Recording:
        """Every page of ten of every job, until there are enough queries."""
        sources = [each["key"] for each in (await self._json("/sources"))["data"]]
        replies: dict[tuple[str, str], bytes] = {}
        queries: list[Query] = []
        placed = [
            (board["key"], job)
            for board in (await self._json("/boards"))["data"]
            for job in (await self._json("/jobs/searching", board_keys=json.dumps([board["key"]])))["data"]["jobs"]
        ]
        started = time.process_time()
        for page in range(1, -(-QUERIES // len(placed)) + 1):
            for board_key, job in placed:
                body = await self._scoring(sources, board_key, job["key"], page=page, limit=LIMIT)
                replies[job["key"], str(page)] = body
                queries.append(Query(f'"{job["name"]}" page:{page} limit:{LIMIT}', names_in_order(body)))
        took = (time.process_time() - started) * 1000 / len(replies)
        if any(len(query.names) != LIMIT for query in queries):
            raise RuntimeError("the sandbox gave a page that is not full")
        board_key, job = placed[0]
        large = await self._scoring(sources, board_key, job["key"], page=1, limit=LARGE)
        return Recording(replies, tuple(queries[:QUERIES]), job, board_key, large, took)

    async def _scoring(self, sources: list[str], board_key: str, job_key: str, *, page: int, limit: int) -> bytes:
        return await self._get(
            "/profiles/scoring",
            source_keys=json.dumps(sources),
            board_key=board_key,
            job_key=job_key,
            use_agent="1",
            stage="new",
            limit=str(limit),
            page=str(page),
            sort_by="scoring",
            order_by="desc",
        )

    async def _json(self, path: str, **params: str) -> Any:
        return json.loads(await self._get(path, **params))

    async def _get(self, path: str, **params: str) -> bytes:
        async with self._http.get(self._url + path, params=params, raise_for_status=True) as reply:
            return await reply.read()


def names_in_order(body: bytes) -> tuple[str, ...]:
    """The full names of a scoring reply, the highest `predictions[i][1]` first (hrflow-api, fact 1)."""
    data = json.loads(body)["data"]
    scored = zip(data["predictions"], data["profiles"], strict=True)
    ranked = sorted(scored, key=lambda pair: pair[0][1], reverse=True)
    return tuple(profile["name"]["text"] for _, profile in ranked)


class StandIn:
    """The server that the contestants take for HrFlow and for Slack's Web API."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession, recording: Recording, user: str) -> None:
        self._sandbox = sandbox
        self._http = http
        self._recording = recording
        self._user = user

    def app(self) -> web.Application:
        """The routes."""
        app = web.Application()
        app.router.add_get("/hrflow/v1/profiles/scoring", self._scoring)
        app.router.add_route("*", "/hrflow/v1/{path:.*}", self._later)
        app.router.add_route("*", "/slack/api/users.info", self._users_info)
        app.router.add_route("*", "/slack/api/{path:.*}", self._passed_on)
        return app

    async def _scoring(self, request: web.Request) -> web.Response:
        await asyncio.sleep(LATENCY)
        asked = request.query
        body = self._recording.replies.get((asked.get("job_key", ""), asked.get("page", "1")))
        if body is None or asked.get("limit") != str(LIMIT):
            return web.json_response({"code": 400, "message": "not recorded"}, status=400)
        return web.Response(body=body, content_type="application/json")

    async def _later(self, request: web.Request) -> web.Response:
        await asyncio.sleep(LATENCY)
        return await self._passed_on(request)

    async def _users_info(self, request: web.Request) -> web.Response:
        """The sandbox's reply for a member, with the id that was asked for."""
        wanted = request.query.get("user") or str((await request.post()).get("user", ""))
        return web.Response(text=self._user.replace("U_ANN", wanted), content_type="application/json")

    async def _passed_on(self, request: web.Request) -> web.Response:
        headers = {name: request.headers[name] for name in _FORWARDED if name in request.headers}
        url = self._sandbox.url + request.path_qs
        async with self._http.request(request.method, url, headers=headers, data=await request.read()) as reply:
            return web.Response(body=await reply.read(), status=reply.status, content_type=reply.content_type)


async def serve() -> None:
    """Record, listen, print one line of JSON that says where and with what, and serve until told to stop."""
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    sandbox = Sandbox(SandboxOptions(manifest=manifest.read(), port=0, profiles=PROFILES, jobs=JOBS))
    await sandbox.start()
    keys = sandbox.credentials
    async with aiohttp.ClientSession() as http:
        as_account = {"X-API-KEY": keys.hrflow_api_key, "X-USER-EMAIL": keys.hrflow_user_email}
        async with aiohttp.ClientSession(headers=as_account) as account:
            recording = await Recorder(sandbox, account).record()
        as_bot = {"Authorization": f"Bearer {keys.slack_bot_token}"}
        async with http.get(f"{keys.slack_api_url}users.info", params={"user": "U_ANN"}, headers=as_bot) as reply:
            user = await reply.text()
        runner = web.AppRunner(StandIn(sandbox, http, recording, user).app(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        url = f"http://{HOST}:{runner.addresses[0][1]}"
        environment = {
            "SLACK_BOT_TOKEN": keys.slack_bot_token,
            "SLACK_SIGNING_SECRET": keys.slack_signing_secret,
            "SLACK_API_URL": f"{url}/slack/api/",
            "HRFLOW_API_KEY": keys.hrflow_api_key,
            "HRFLOW_USER_EMAIL": keys.hrflow_user_email,
            "HRFLOW_API_URL": f"{url}/hrflow/v1",
        }
        told_first = {
            "environment": environment,
            "queries": [asdict(query) for query in recording.queries],
            "job": recording.job,
            "board_key": recording.board_key,
            "large": recording.large.decode(),
            "sandbox_ms": recording.sandbox_ms,
            "reply_bytes": sum(map(len, recording.replies.values())) // len(recording.replies),
        }
        sys.stdout.write(json.dumps(told_first) + "\n")
        sys.stdout.flush()
        await told.wait()
        await runner.cleanup()
    await sandbox.stop()


if __name__ == "__main__":
    asyncio.run(serve())
