"""The arguments of a Web API call: form, JSON and query alike."""

import json
from typing import Any, cast

from aiohttp import web

from bot.sandbox.slack.errors import ApiError

_JSON_ARGUMENTS = frozenset({"blocks", "attachments", "metadata", "view", "unfurls", "message"})
_READ = web.RequestKey("_READ", object)


async def read_arguments(request: web.Request) -> dict[str, Any]:
    """Return all arguments by name; read once, however often it is asked.

    Complex ones that arrive as JSON text in a form or query are parsed; text that is no JSON stays text, for the
    method to refuse. Raises ApiError `invalid_json` or `json_not_object`.
    """
    read = request.get(_READ)
    if read is None:
        try:
            read = request[_READ] = await _read(request)
        except ApiError as error:
            read = request[_READ] = error
    if isinstance(read, ApiError):
        raise read
    return cast("dict[str, Any]", read)


async def _read(request: web.Request) -> dict[str, Any]:
    arguments: dict[str, Any] = dict(request.query)
    if request.body_exists:
        arguments |= await _body(request)
    for name in _JSON_ARGUMENTS & arguments.keys():
        if isinstance(arguments[name], str):
            try:
                arguments[name] = json.loads(arguments[name])
            except ValueError:
                continue
    return arguments


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        form = await request.post()
        return {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(body, dict):
        raise ApiError("json_not_object")
    return body


def flag(arguments: dict[str, Any], name: str) -> bool:
    """Return a boolean argument, in any of the spellings that clients send."""
    return str(arguments.get(name)).lower() in {"1", "true"}


def text_argument(arguments: dict[str, Any], name: str) -> str | None:
    """Return a string argument, None when it is absent or empty."""
    value = arguments.get(name)
    return value if isinstance(value, str) and value else None
