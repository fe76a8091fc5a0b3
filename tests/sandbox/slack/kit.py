"""What the tests of the Slack side share: a recording app, the hands of people, and short builders of blocks."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from bot.sandbox import Sandbox

SCOPES = [
    "commands", "chat:write", "users:read", "channels:read", "groups:read", "im:read", "im:write", "channels:join",
    "channels:history", "groups:history", "im:history", "usergroups:read",
]  # fmt: skip
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Recorder"},
    "features": {
        "bot_user": {"display_name": "recorder"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/record", "description": "records", "usage_hint": "[what]"}],
        "shortcuts": [
            {"name": "Note it", "callback_id": "note", "description": "notes", "type": "message"},
            {"name": "New", "callback_id": "new", "description": "begins", "type": "global"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
    },
}
Reply = tuple[int, Any]


T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T]], until: Callable[[T], bool], seconds: float = 5.0) -> T:
    """Look again until it is as wanted; fail with the last sight after `seconds`."""
    deadline = time.monotonic() + seconds
    while not until(seen := await look()):
        assert time.monotonic() < deadline, f"still {seen!r}"
        await asyncio.sleep(0.01)
    return seen


class Recorder:
    """An app that keeps every request it gets and answers what it is told, 200 with nothing by default."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.body: str | dict[str, Any] = ""
        self.headers: dict[str, str] = {}
        self.hold: asyncio.Event | None = None
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.read()))
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(self.body, str):
            return web.Response(status=self.status, text=self.body, headers=self.headers)
        return web.json_response(self.body, status=self.status, headers=self.headers)

    @property
    def last(self) -> dict[str, Any]:
        """The newest delivery, decoded as its content type says."""
        headers, body = self.requests[-1]
        if headers["Content-Type"] == "application/json":
            return dict(json.loads(body))
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        return dict(json.loads(form["payload"])) if "payload" in form else form


class World:
    """One started sandbox, its recorder and the hands of people."""

    def __init__(self, sandbox: Sandbox, app: Recorder, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.app = app
        self.http = http

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Reply:
        sent = None if body is None else json.dumps(body)
        async with self.http.request(method, self.sandbox.url + path, data=sent, headers=headers) as response:
            return response.status, await response.json(content_type=None)

    async def post(self, path: str, /, **body: Any) -> dict[str, Any]:
        """Post to `/workspace/...` and expect 200."""
        status, reply = await self.ask("POST", f"/workspace/{path}", body)
        assert status == 200, reply
        return dict(reply)

    async def refused(self, path: str, /, **body: Any) -> Reply:
        status, reply = await self.ask("POST", f"/workspace/{path}", body)
        return status, reply["error"]

    async def messages(self, channel: str = "C_HIRING", user: str = "U_ANN") -> list[dict[str, Any]]:
        status, reply = await self.ask("GET", f"/workspace/channels/{channel}/messages?user={user}")
        assert status == 200, reply
        return list(reply["messages"])

    async def views(self, user: str = "U_ANN") -> dict[str, Any]:
        return dict((await self.ask("GET", f"/workspace/views?user={user}"))[1])

    async def api(self, method: str, /, token: str | None = None, **arguments: Any) -> dict[str, Any]:
        """Call the Web API with a JSON body."""
        bearer = token or self.sandbox.credentials.slack_bot_token
        headers = {"Authorization": f"Bearer {bearer}"}
        url = self.sandbox.credentials.slack_api_url + method
        async with self.http.post(url, json=arguments, headers=headers) as response:
            return dict(await response.json(), http=response.status, headers=response.headers)

    async def respond(self, url: str, **body: Any) -> tuple[int, str]:
        async with self.http.post(url, json=body) as response:
            return response.status, await response.text()

    async def command(self, text: str = "/record it", user: str = "U_ANN", channel: str = "C_HIRING") -> dict[str, Any]:
        """Type a command; return the form that the app got."""
        reply = await self.post("commands", user=user, channel=channel, text=text)
        assert reply["status"] == 200
        return self.app.last

    async def trigger(self, user: str = "U_ANN") -> str:
        return str((await self.command(user=user))["trigger_id"])

    async def open(self, view: dict[str, Any], user: str = "U_ANN") -> dict[str, Any]:
        """Open a modal; return it as the API names it."""
        reply = await self.api("views.open", trigger_id=await self.trigger(user), view=view)
        assert reply["ok"], reply
        return dict(reply["view"])

    async def press(self, action_id: str, ts: str, **more: Any) -> dict[str, Any]:
        body = {"user": "U_ANN", "channel": "C_HIRING", "ts": ts, "action_id": action_id, **more}
        return await self.post("actions", **body)


Start = Callable[..., Awaitable[World]]


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def section(words: str = "words", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": text(words, "mrkdwn"), **more}


def button(action_id: str = "go", value: str | None = "1", **more: Any) -> dict[str, Any]:
    element = {"type": "button", "action_id": action_id, "text": text("Go"), **more}
    return element if value is None else {**element, "value": value}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": text("Title"), "submit": text("Send"), "blocks": list(blocks), **more}


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks), **more}


def field(block_id: str = "b", action_id: str = "a", **more: Any) -> dict[str, Any]:
    """An input block with a text field; `more` are fields of the block."""
    element = {"type": "plain_text_input", "action_id": action_id}
    return {"type": "input", "block_id": block_id, "label": text("Label"), "element": element, **more}


def option(value: str, words: str | None = None) -> dict[str, Any]:
    return {"text": text(words or value), "value": value}
