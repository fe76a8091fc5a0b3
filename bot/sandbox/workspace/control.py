"""`/workspace` as the switchboard of tests: faults, configuration, clock, the record of calls."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.journal import Journal
from bot.sandbox.slack.errors import Refused
from bot.sandbox.slack.world import World
from bot.sandbox.workspace.requests import answer, json_object, refusing, whole

TARGETS = ("hrflow", "slack", "bot")
_FAULT_FIELDS = frozenset({"target", "match", "status", "body", "retry_after", "delay_ms", "times", "after"})
_CONFIG_FIELDS = frozenset({"put", "lag_ms", "strict", "pace"})
_CLOCK_FIELDS = frozenset({"advance_s"})
_PUTS = ("merge", "replace")


class Control:
    """The calls; `hrflow_config` has the fields `put`, `lag_ms` and `strict`."""

    def __init__(self, world: World, faults: Faults, journal: Journal, hrflow_config: Any) -> None:
        self._world = world
        self._faults = faults
        self._journal = journal
        self._hrflow = hrflow_config

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, with their full paths."""
        return [
            web.get("/workspace/faults", refusing(self._armed)),
            web.post("/workspace/faults", refusing(self._arm)),
            web.delete("/workspace/faults", refusing(self._clear)),
            web.get("/workspace/config", refusing(self._config)),
            web.post("/workspace/config", refusing(self._configure)),
            web.post("/workspace/clock", refusing(self._advance)),
            web.get("/workspace/calls", refusing(self._calls)),
        ]

    async def _armed(self, _request: web.Request) -> web.Response:
        return answer({"faults": self._faults.armed()})

    async def _clear(self, _request: web.Request) -> web.Response:
        self._faults.clear()
        return answer({"faults": []})

    async def _arm(self, request: web.Request) -> web.Response:
        self._faults.arm(_fault(await json_object(request, _FAULT_FIELDS)))
        return answer({"faults": self._faults.armed()})

    def _configuration(self) -> dict[str, Any]:
        return {
            "put": self._hrflow.put,
            "lag_ms": self._hrflow.lag_ms,
            "strict": self._hrflow.strict,
            "pace": self._world.pace.per_minute,
        }

    async def _config(self, _request: web.Request) -> web.Response:
        return answer(self._configuration())

    async def _configure(self, request: web.Request) -> web.Response:
        """Change what is named (all of it or nothing); answer the whole configuration."""
        body = await json_object(request, _CONFIG_FIELDS)
        put = body.get("put", self._hrflow.put)
        strict = body.get("strict", self._hrflow.strict)
        if put not in _PUTS:
            raise Refused(400, "put must be merge or replace")
        if strict is not None and not isinstance(strict, bool):
            raise Refused(400, "strict must be true, false or null")
        lag_ms = whole(body, "lag_ms", self._hrflow.lag_ms)
        self._world.pace.per_minute = whole(body, "pace", self._world.pace.per_minute, minimum=1)
        self._hrflow.put, self._hrflow.lag_ms, self._hrflow.strict = put, lag_ms, strict
        self._world.feed.publish("config", self._configuration())
        return answer(self._configuration())

    async def _advance(self, request: web.Request) -> web.Response:
        body = await json_object(request, _CLOCK_FIELDS)
        seconds = body.get("advance_s")
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds <= 10**9:
            raise Refused(400, "advance_s must be a number of seconds from 0 on")
        self._world.clock.advance(seconds)
        state = {"now": self._world.clock.now(), "advanced_s": self._world.clock.offset}
        self._world.feed.publish("clock", state)
        return answer(state)

    async def _calls(self, request: web.Request) -> web.Response:
        target = request.query.get("target")
        if target is not None and target not in TARGETS:
            raise Refused(400, f"target must be one of {', '.join(TARGETS)}")
        return answer({"calls": self._journal.calls(target)})


def _fault(body: dict[str, Any]) -> Fault:
    target = body.get("target")
    if target not in ("hrflow", "slack"):
        raise Refused(400, "target must be hrflow or slack")
    match = body.get("match") or ""
    if not isinstance(match, str):
        raise Refused(400, "match must be a text")
    status = body.get("status")
    valid = isinstance(status, int) and not isinstance(status, bool) and (status == 0 or 100 <= status <= 599)
    if status is not None and not valid:
        raise Refused(400, "status must be 0 or an HTTP status")
    after = body.get("after") or False
    if not isinstance(after, bool):
        raise Refused(400, "after must be true or false")
    delay_ms = whole(body, "delay_ms", 0)
    if status is None and not after and not delay_ms:
        raise Refused(400, "A fault needs status, delay_ms or after")
    retry_after = body.get("retry_after")
    sent = body.get("body")
    return Fault(
        target=target,
        match=match,
        status=status,
        body=sent if sent is None or isinstance(sent, str) else json.dumps(sent),
        retry_after=None if retry_after is None else str(retry_after),
        delay_ms=delay_ms,
        times=whole(body, "times", 1, minimum=1),
        after=after,
    )
