"""The record of every call that went over the wire, for `GET /workspace/calls`."""

import json
import re
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.slack.arguments import read_arguments
from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.feed import Feed

if TYPE_CHECKING:
    from collections.abc import Callable

    from multidict import MultiMapping

KEPT = 5_000
MASK = "***"
_SECRET = re.compile(r"xox[a-z]-[\w.-]+|xapp-[\w.-]+")
_SUSPECT = re.compile(r"xox[a-z]-|xapp-|token")
_TARGETS = (("/hrflow/v1/", "hrflow"), ("/slack/", "slack"))


def target_of(path: str) -> str | None:
    """Return which of the two servers a path on the port belongs to; None for the workspace and the page."""
    for prefix, target in _TARGETS:
        if path.startswith(prefix):
            return target
    return None


class Journal:
    """The last 5,000 calls, oldest first: to `hrflow`, to `slack`, and deliveries to the `bot`."""

    def __init__(self, feed: Feed) -> None:
        self._calls: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._feed = feed
        # Called after each call that may have changed what HrFlow holds.
        self.on_write: Callable[[], None] = lambda: None

    def calls(self, target: str | None) -> list[dict[str, Any]]:
        """Return the calls to one target, or all."""
        return [call for call in self._calls if target is None or call["target"] == target]

    def record(
        self,
        *,
        target: str,
        method: str,
        path: str,
        params: dict[str, Any],
        body: object,
        status: int,
        user_agent: str,
        ms: int,
    ) -> None:
        """Append one call; `status` 0 stands for a connection that was dropped or gave no answer.

        The params and the body are kept as they are: `describe` has taken tokens out.
        """
        call = {
            "target": target,
            "method": method,
            "path": path,
            "params": params,
            "body": body,
            "status": status,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "user_agent": user_agent,
            "ms": ms,
        }
        self._calls.append(call)
        self._feed.publish("call", call)
        if target == "hrflow" and method != "GET":
            self.on_write()


def masked(value: Any) -> Any:
    """Return a copy of JSON without Slack tokens."""
    if isinstance(value, str):
        return _SECRET.sub(MASK, value)
    if isinstance(value, dict):
        return {name: MASK if name == "token" else masked(item) for name, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def wire_params(query: "MultiMapping[str]") -> dict[str, str | list[str]]:
    """Return a query as wire strings by name; a list where a name is repeated."""
    params: dict[str, str | list[str]] = {}
    for name in dict.fromkeys(query.keys()):
        values = query.getall(name)
        params[name] = values[0] if len(values) == 1 else values
    return params


async def describe(request: web.Request, target: str) -> tuple[dict[str, Any], Any]:
    """Return the params and the body of a call as the journal shows them, without tokens.

    For a Web API method the params are its arguments, wherever they were sent.
    """
    params, body, raw = await _read(request, target)
    # Few calls carry a token outside the header, and looking is cheaper than walking through every payload.
    if not _SUSPECT.search(raw) and not _SUSPECT.search(request.query_string):
        return params, body
    shown = masked(params)
    return shown, shown if body is params else masked(body)


async def _read(request: web.Request, target: str) -> tuple[dict[str, Any], Any, str]:
    raw = (await request.read()).decode("utf-8", "replace")
    query = dict(wire_params(request.query))
    if target == "slack" and request.path.startswith("/slack/api/"):
        try:
            arguments = await read_arguments(request)
        except ApiError:
            return query, raw, raw
        return arguments, arguments if raw else None, raw
    try:
        return query, json.loads(raw) if raw else None, raw
    except ValueError:
        return query, raw, raw
