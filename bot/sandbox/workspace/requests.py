"""How `/workspace` calls are read and how their refusals are answered: always JSON, never a 500."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.slack.errors import Refused

LARGEST_BYTES = 64 * 1024 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answer(body: dict[str, Any], status: int = 200) -> web.Response:
    """Return a JSON reply."""
    return web.json_response(body, status=status)


def refusing(handler: Handler) -> Handler:
    """Answer a Refused as its status and `{"error": reason}`, and keep other sites' pages out (403)."""

    async def wrapped(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"{request.scheme}://{request.host}":
            return answer({"error": "Only the sandbox's own page may call it from a browser"}, 403)
        try:
            return await handler(request)
        except Refused as refusal:
            return answer({"error": refusal.reason, **refusal.details}, refusal.status)

    return wrapped


async def json_object(request: web.Request, allowed: frozenset[str] | None = None) -> dict[str, Any]:
    """Return the JSON object in a body; an empty body counts as `{}`.

    Raises Refused 400 for anything else, and for a field that is not `allowed`.
    """
    # A fault may carry a reply that is too large for any client, so these calls take more than the two sides do.
    raw = await request.clone(client_max_size=LARGEST_BYTES).text()
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError:
        raise Refused(400, "The body is no JSON") from None
    if not isinstance(body, dict):
        raise Refused(400, "The body must be a JSON object")
    if allowed is not None and (unknown := sorted(body.keys() - allowed)):
        raise Refused(400, f"Unknown: {', '.join(unknown)}; known: {', '.join(sorted(allowed))}")
    return body


def whole(body: dict[str, Any], name: str, default: int, *, minimum: int = 0) -> int:
    """Return a whole number of a body. Raises Refused 400."""
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
        raise Refused(400, f"{name} must be a whole number from {minimum} on")
    return value
