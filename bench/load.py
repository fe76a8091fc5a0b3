"""The load generator, a process of its own: signed commands in, results counted at their response_url.

A closed loop: so many commands are in flight, each from its sending until its result is posted. Reads a `Plan` as JSON
on standard input and prints an `Outcome` as JSON.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

HOST = "127.0.0.1"
RESULT_SECONDS = 20.0  # a result that takes longer is lost
CHECKED = 500  # results whose names are compared once the clock has stopped
_MARK = b'"actions"'  # a list has rows of buttons; "working on it" has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`queries` are pairs of what is typed and the names expected; `seconds` bounds the sending."""

    url: str
    signing_secret: str
    queries: list[tuple[str, list[str]]]
    commands: int
    users: int
    in_flight: int
    seconds: float
    results: bool


@dataclass(slots=True, kw_only=True)
class Outcome:
    """`wall` in seconds, from the first sending to the last result; `acks` in milliseconds; `failures` by kind."""

    done: int = 0
    wall: float = 0.0
    acks: list[float] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    checked: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """One signed request, ready to be sent."""

    body: bytes
    headers: dict[str, str]
    names: list[str]


class Load:
    """Sends the commands of a plan and waits for their results."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._results: dict[int, asyncio.Future[None]] = {}
        self._bodies: dict[int, bytes] = {}
        self._failures: Counter[str] = Counter()
        self._acks: list[float] = []

    async def run(self) -> Outcome:
        """Everything: listen, sign, send, wait, check."""
        app = web.Application()
        app.router.add_post("/response/{number}", self._result)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        commands = self._signed(f"http://{HOST}:{runner.addresses[0][1]}/response")
        numbers = count()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            started = time.perf_counter()
            workers = [
                self._work(http, commands, numbers, started + self._plan.seconds) for _ in range(self._plan.in_flight)
            ]
            await asyncio.gather(*workers)
            wall = time.perf_counter() - started
        await runner.cleanup()
        checked = self._check(commands)
        failed = sum(self._failures.values())
        return Outcome(
            done=len(self._acks) - failed, wall=wall, acks=self._acks, failures=dict(self._failures), checked=checked
        )

    def _signed(self, base: str) -> list[Command]:
        """All requests before the clock starts: signing is not what is measured."""
        plan = self._plan
        timestamp = str(int(time.time()))
        commands = []
        for number in range(plan.commands):
            text, names = plan.queries[number % len(plan.queries)]
            user = f"U{number % plan.users:04d}"
            body = _payload(user, text, f"{base}/{number}", number)
            signed = hmac.new(plan.signing_secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256)
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Slack-Request-Timestamp": timestamp,
                "X-Slack-Signature": f"v0={signed.hexdigest()}",
            }
            commands.append(Command(body, headers, names))
        return commands

    async def _work(
        self, http: aiohttp.ClientSession, commands: list[Command], numbers: count[int], end: float
    ) -> None:
        while (number := next(numbers)) < len(commands) and time.perf_counter() < end:
            await self._one(http, number, commands[number])

    async def _one(self, http: aiohttp.ClientSession, number: int, command: Command) -> None:
        posted = self._results[number] = asyncio.get_running_loop().create_future()
        sent = time.perf_counter()
        try:
            async with http.post(self._plan.url, data=command.body, headers=command.headers) as answer:
                await answer.read()
        except aiohttp.ClientError as error:
            self._failures[type(error).__name__] += 1
            return
        finally:
            self._acks.append((time.perf_counter() - sent) * 1000)
        if answer.status != web.HTTPOk.status_code:
            self._failures[f"HTTP {answer.status}"] += 1
        elif self._plan.results:
            try:
                await asyncio.wait_for(posted, RESULT_SECONDS)
            except TimeoutError:
                self._failures["no result"] += 1

    async def _result(self, request: web.Request) -> web.Response:
        number, body = int(request.match_info["number"]), await request.read()
        posted = self._results.get(number)
        if posted is not None and not posted.done() and _MARK in body:
            if number < CHECKED:
                self._bodies[number] = body
            posted.set_result(None)
        return web.Response(text="ok")

    def _check(self, commands: list[Command]) -> int:
        """How many lists hold the expected names in the expected order; the others are failures."""
        right = 0
        for number, body in self._bodies.items():
            shown = json.dumps(json.loads(body)["blocks"], ensure_ascii=False)
            places = [shown.find(name) for name in commands[number].names]
            if -1 in places or places != sorted(places):
                self._failures["wrong list"] += 1
            else:
                right += 1
        return right


def _payload(user: str, text: str, response_url: str, number: int) -> bytes:
    """The form of a slash command (reference slack-platform §1.2)."""
    fields = {
        "team_id": "T_SANDBOX",
        "team_domain": "sandbox",
        "channel_id": "C_HIRING",
        "channel_name": "hiring",
        "user_id": user,
        "user_name": user.lower(),
        "api_app_id": "A_SANDBOX",
        "is_enterprise_install": "false",
        "command": "/profiles",
        "text": text,
        "response_url": response_url,
        "trigger_id": f"1.2.{number}",
    }
    return urlencode(fields).encode()


def main() -> None:
    """Run the plan of standard input."""
    read: dict[str, Any] = json.load(sys.stdin)
    json.dump(asdict(asyncio.run(Load(Plan(**read)).run())), sys.stdout)


if __name__ == "__main__":
    main()
