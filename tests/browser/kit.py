"""What the tests of the page share: a scripted Slack app, and short builders of Block Kit."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.workspace import Workspace

Json = dict[str, Any]
PATIENCE_MS = 10_000

MANIFEST: Json = {
    "display_information": {"name": "Parrot"},
    "features": {
        "bot_user": {"display_name": "parrot"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/parrot", "description": "repeats", "usage_hint": "[words]", "should_escape": True},
            {"command": "/parade", "description": "marches", "usage_hint": "[where]"},
        ],
        "shortcuts": [
            {"name": "Repeat this", "callback_id": "repeat", "description": "says it again", "type": "message"},
            {"name": "New cage", "callback_id": "cage", "description": "opens a form", "type": "global"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "users:read"]}},
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
    },
}


class Parrot:
    """A Slack app that keeps what it gets and answers what a test tells it, nothing by default.

    `answers` maps a kind (`/parrot`, `block_actions`, `view_submission`, `block_suggestion`, …) to a function from the
    payload to the JSON of the reply, or None for an empty one.
    """

    def __init__(self) -> None:
        self.received: list[Json] = []
        self.answers: dict[str, Callable[[Json], Json | None]] = {}
        self.status = 200
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        self._web = httpx.Client(timeout=10, trust_env=False)
        self.workspace: Workspace

    def join(self, workspace: Workspace, environment: Path) -> None:
        """Learn where the workspace is and by which token it is called."""
        lines = environment.read_text(encoding="utf-8").splitlines()
        token = next(line.split("=", 1)[1] for line in lines if line.startswith("SLACK_BOT_TOKEN="))
        self._web.headers["Authorization"] = f"Bearer {token}"
        self.workspace = workspace

    def forget(self) -> None:
        """Be as at first."""
        self.received.clear()
        self.answers.clear()
        self.status = 200

    def api(self, method: str, **arguments: Any) -> Json:
        """Call the Web API."""
        reply: Json = self._web.post(f"{self.workspace.url}/slack/api/{method}", json=arguments).json()
        assert reply["ok"], reply
        return reply

    def say(self, text: str = "", *blocks: Json, channel: str = "C_DATA", **more: Any) -> str:
        """Post a message, without waiting for the pace of the channel; return its ts."""
        self.workspace.http.post("/workspace/clock", json={"advance_s": 2})
        return str(self.api("chat.postMessage", channel=channel, text=text, blocks=list(blocks), **more)["ts"])

    def last(self, kind: str) -> Json:
        """The newest payload of that kind."""
        found: Json = self.workspace.until(lambda: next((p for p in reversed(self.received) if _kind(p) == kind), None))
        return found

    def opening(self, view: Json) -> Callable[[Json], None]:
        """An answer that opens a modal."""

        def answer(payload: Json) -> None:
            self.api("views.open", trigger_id=payload["trigger_id"], view=view)

        return answer

    def stop(self) -> None:
        """Free the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._web.close()


def _kind(payload: Json) -> str:
    return str(payload.get("command") or payload.get("type"))


def _handler(app: Parrot) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(raw, keep_blank_values=True))
            is_json = self.headers["Content-Type"] == "application/json"
            payload: Json = json.loads(raw if is_json else form["payload"]) if is_json or "payload" in form else form
            app.received.append(payload)
            answering = app.answers.get(_kind(payload))
            answer = answering(payload) if answering else None
            body = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(app.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Keep the test output to the tests."""

    return Handler


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str, **more: Any) -> Json:
    return {"type": "mrkdwn", "text": words, **more}


def section(words: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(words), **more}


def button(words: str = "Go", action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(words), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(words: str, **more: Any) -> Json:
    return {"text": plain(words), "value": words.lower(), **more}


def field(label: str, element: Json | None = None, block_id: str = "b", **more: Any) -> Json:
    """An input block, with a text field by default."""
    shown = element or {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": shown, **more}


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(title), "submit": plain("Save"), "blocks": list(blocks), **more}
