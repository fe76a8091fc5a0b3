"""The Web API: token, scope, rate limit, then the method (slack-platform §5)."""

import hmac
from typing import Any

from aiohttp import web

from bot.sandbox.slack.arguments import read_arguments
from bot.sandbox.slack.errors import ApiError, RateLimitedError
from bot.sandbox.slack.methods import apps, chat, conversations, users, views
from bot.sandbox.slack.methods.call import Method, missing_scope
from bot.sandbox.slack.world import World

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")

METHODS: dict[str, Method] = {
    "api.test": Method(users.api_test, tier=4, caller="anybody"),
    "auth.test": Method(users.auth_test),
    "apps.connections.open": Method(apps.connections_open, tier=1, caller="app", posted=True),
    "blocks.validate": Method(users.blocks_validate),
    "chat.delete": Method(chat.delete, ("chat:write",), tier=3),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",), tier=4),
    "chat.postMessage": Method(chat.post_message, ("chat:write",), limited=False),
    "chat.update": Method(chat.update, ("chat:write",), tier=3),
    "conversations.history": Method(conversations.history, _HISTORY, tier=3),
    "conversations.info": Method(conversations.info, _READ, tier=3),
    "conversations.join": Method(conversations.join, ("channels:join",), tier=3),
    "conversations.list": Method(conversations.list_, _READ, tier=2),
    "conversations.members": Method(conversations.members, _READ, tier=4),
    "conversations.open": Method(conversations.open_, ("im:write", "mpim:write"), tier=3),
    "conversations.replies": Method(conversations.replies, _HISTORY, tier=3),
    "usergroups.list": Method(users.usergroups_list, ("usergroups:read",), tier=2),
    "usergroups.users.list": Method(users.usergroups_users_list, ("usergroups:read",), tier=2),
    "users.info": Method(users.info, ("users:read",), tier=4),
    "users.list": Method(users.list_, ("users:read",), tier=2),
    "views.open": Method(views.open_, tier=4),
    "views.publish": Method(views.publish, tier=4),
    "views.push": Method(views.push, tier=4),
    "views.update": Method(views.update, tier=4),
}


def _token(request: web.Request, method: Method, arguments: dict[str, Any]) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return "" if method.posted else str(arguments.get("token") or "")


def _authorize(world: World, name: str, method: Method, token: str) -> None:
    if method.caller == "anybody":
        return
    if not token:
        raise ApiError("not_authed")
    kinds = {"bot": world.bot_token, "app": world.app_token}
    kind = next((kind for kind, known in kinds.items() if hmac.compare_digest(known.encode(), token.encode())), None)
    if kind is None:
        raise ApiError("invalid_auth")
    # An app-level token may ask who it is, and nothing else that a bot may.
    if kind != method.caller and not (kind == "app" and name == "auth.test"):
        raise ApiError("not_allowed_token_type")
    if kind == "bot" and method.scopes and not set(method.scopes) & set(world.manifest.bot_scopes):
        raise missing_scope(world, ",".join(method.scopes))


def call(world: World, request: web.Request, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Run one method. Raises ApiError and RateLimitedError."""
    method = METHODS.get(name)
    if method is None:
        raise ApiError("unknown_method", req_method=name)
    if method.posted and request.method != "POST":
        raise ApiError("insecure_request")
    _authorize(world, name, method, _token(request, method, arguments))
    if method.limited:
        world.pace.call(name, method.tier)
    return method.run(world, {key: value for key, value in arguments.items() if key != "token"})


async def web_api(world: World, request: web.Request) -> web.Response:
    """Answer `GET|POST /slack/api/{method}`."""
    name = request.match_info["method"]
    headers = {"X-OAuth-Scopes": ",".join(world.manifest.bot_scopes)}
    if name in METHODS:
        headers["X-Accepted-OAuth-Scopes"] = ",".join(METHODS[name].scopes)
    try:
        answer = {"ok": True, **call(world, request, name, await read_arguments(request))}
    except ApiError as error:
        answer = {"ok": False, "error": error.code, **error.details}
    except RateLimitedError as limit:
        headers["Retry-After"] = str(limit.seconds)
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    return web.json_response(answer, headers=headers)
