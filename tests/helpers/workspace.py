"""The running program as a person and HrFlow see it: `shortlist sandbox` in a process of its own, driven over HTTP."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.helpers import warm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
# Messages that are no answer to a command: notices, receipts, what became of an earlier click.
BESIDE = ("Still at it", "What the filters hide", "<@", "Saved: ")
PATIENCE = 60.0  # seconds that a test waits for something to appear; only a failure takes so long


@dataclass
class Workspace:
    """A person's hands and eyes in the sandbox's Slack, and a plain client of its HrFlow."""

    url: str
    log: Path

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False)
        self._reached: dict[tuple[str, str], str] = {}
        self._hrflow = {"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com"}

    def type(self, text: str, *, user: str = "U_ANN", channel: str = "C_HIRING") -> dict[str, Any]:
        """Type a command; returns {status, ack_ms, error}."""
        return self._post("/workspace/commands", user=user, channel=channel, text=text)

    def messages(self, *, user: str = "U_ANN", channel: str = "C_HIRING", after: str = "") -> list[dict[str, Any]]:
        """What that person sees there, oldest first."""
        params = {"user": user, **({"after": after} if after else {})}
        reply = self.http.get(f"/workspace/channels/{channel}/messages", params=params)
        assert reply.status_code == 200, reply.text
        found: list[dict[str, Any]] = reply.json()["messages"]
        return found

    def last_ts(self, *, user: str = "U_ANN", channel: str = "C_HIRING") -> str:
        """Where the conversation stands."""
        before = self._reached.get((user, channel), "")  # a long conversation is slow to read: only what is new
        seen = self.messages(user=user, channel=channel, after=before)
        self._reached[user, channel] = found = str(seen[-1]["ts"]) if seen else before
        return found

    def ask(
        self, text: str, *, user: str = "U_ANN", channel: str = "C_HIRING", patience: float = PATIENCE
    ) -> dict[str, Any]:
        """Type a command and wait for what comes of it; a notice that work goes on is not it."""
        after = self.last_ts(user=user, channel=channel)
        outcome = self.type(text, user=user, channel=channel)
        assert outcome["status"] == 200, outcome

        def answer() -> dict[str, Any] | None:
            new = self.messages(user=user, channel=channel, after=after)
            return next((each for each in new if not each["text"].startswith(BESIDE)), None)

        found: dict[str, Any] = self.until(answer, patience=patience)
        return found

    def message(self, ts: str, *, user: str = "U_ANN", channel: str = "C_HIRING") -> dict[str, Any]:
        """That message as it looks now."""
        seconds, micros = divmod(int(ts.replace(".", "")) - 1, 1_000_000)
        since = self.messages(user=user, channel=channel, after=f"{seconds}.{micros:06}")
        return next(each for each in since if each["ts"] == ts)

    def press(
        self,
        message: dict[str, Any],
        action_id: str,
        place: int = 0,
        *,
        user: str = "U_ANN",
        channel: str = "C_HIRING",
        option: int | None = None,
    ) -> dict[str, Any]:
        """Press the `place`-th element of that action id on the message as given, however old that drawing is."""
        block_id, element = elements(message, action_id)[place]
        chosen = {} if option is None else {"selected_option": element["options"][option]}
        return self._post(
            "/workspace/actions",
            user=user,
            channel=channel,
            ts=message["ts"],
            action_id=action_id,
            block_id=block_id,
            value=element.get("value"),
            **chosen,
        )

    def opened(self, callback_id: str, *, user: str = "U_ANN") -> dict[str, Any]:
        """The topmost modal, once it is that one."""
        found: dict[str, Any] = self.until(
            lambda: next((view for view in self.views(user)[-1:] if view["callback_id"] == callback_id), None)
        )
        return found

    def fill(
        self, view: dict[str, Any], filled: dict[str, Any], *, user: str = "U_ANN", **action: Any
    ) -> dict[str, Any]:
        """Submit a form, or press `action` in it, with those fields filled in: text, an option, or several.

        A field is named by its parameter.
        """
        values = {}
        for key, given in filled.items():
            block = next(each for each in view["blocks"] if each["block_id"] == f"f.{key}")
            element, content = block["element"], given
            if element["type"] == "static_select":
                content = next(each for each in element["options"] if each["value"] == given)
            names: dict[type, str] = {str: "value", list: "selected_options", dict: "selected_option"}
            name = names[type(content)]
            values[block["block_id"]] = {element["action_id"]: {name: content}}
        path = "/workspace/actions" if action else "/workspace/views/submit"
        return self._post(path, user=user, view_id=view["id"], values=values, **action)

    def offered(self, view: dict[str, Any], key: str, typed: str, *, user: str = "U_ANN") -> dict[str, Any]:
        """Type into a type-ahead field; returns {status, ack_ms, options}."""
        block = next(each for each in view["blocks"] if each["block_id"] == f"f.{key}")
        return self._post(
            "/workspace/options",
            user=user,
            view_id=view["id"],
            block_id=block["block_id"],
            action_id=block["element"]["action_id"],
            value=typed,
        )

    def shortcut(self, callback_id: str, *, user: str = "U_ANN", **message: str) -> dict[str, Any]:
        """Use a shortcut."""
        return self._post("/workspace/shortcuts", user=user, callback_id=callback_id, **message)

    def views(self, user: str = "U_ANN") -> list[dict[str, Any]]:
        """The person's open modals, the topmost last."""
        stack: list[dict[str, Any]] = self.http.get("/workspace/views", params={"user": user}).json()["stack"]
        return stack

    def change_channel(self, channel: str, **what: Any) -> None:
        """Change a channel under the bot: archived, members, bot."""
        reply = self.http.patch(f"/workspace/channels/{channel}", json=what)
        assert reply.status_code == 200, reply.text

    def fault(self, target: str, match: str = "", **what: Any) -> None:
        """Make the next calls to hrflow or slack go wrong."""
        self._post("/workspace/faults", target=target, match=match, **what)

    def calls(self, target: str = "hrflow") -> list[dict[str, Any]]:
        """What went over the wire to that side, oldest first."""
        found: list[dict[str, Any]] = self.http.get("/workspace/calls", params={"target": target}).json()["calls"]
        return found

    def hrflow(self, path: str, **params: str) -> Any:
        """A plain call to the sandbox's HrFlow; returns its JSON."""
        reply = self.http.get(f"/hrflow/v1{path}", params=params, headers=self._hrflow)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def sockets(self, **what: Any) -> list[dict[str, Any]]:
        """The open connections of Socket Mode; `what` happens to them first, such as disconnect="warning"."""
        if what:
            self._post("/workspace/sockets", **what)
        found: list[dict[str, Any]] = self.http.get("/workspace/sockets").json()["connections"]
        return found

    def advance(self, seconds: float) -> None:
        """Let time pass in the workspace: rate limits recover, triggers and addresses age."""
        self._post("/workspace/clock", advance_s=seconds)

    def until(self, look: Callable[[], Any], *, patience: float = PATIENCE) -> Any:
        """The first thing that `look` finds."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if found := look():
                return found
            time.sleep(0.02)
        pytest.fail("it never appeared")

    def logged(self) -> str:
        """Everything that the bot has logged so far."""
        return self.log.read_text(encoding="utf-8")

    def _post(self, path: str, **body: Any) -> dict[str, Any]:
        reply = self.http.post(path, json=body)
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found


def elements(message: dict[str, Any], action_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Every element of that action id on the message, each with its block id."""
    found: list[tuple[str, dict[str, Any]]] = []
    for block in message["blocks"]:
        held = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        found += [(block["block_id"], element) for element in held if element.get("action_id") == action_id]
    return found


def item_lines(message: dict[str, Any]) -> list[list[str]]:
    """The lines of items in the message's text, cut at the middle dots: rank and name, beside, score, stage."""
    lines = [line for line in message["text"].splitlines() if line[:1].isdigit() and ". " in line[:5]]
    return [line.split(" \u00b7 ") for line in lines]


def names(message: dict[str, Any]) -> list[str]:
    """The names on the list, best first."""
    return [parts[0].split(". ", 1)[1] for parts in item_lines(message)]


@contextmanager
def sandbox(arguments: list[str], log: Path) -> Iterator[Workspace]:
    """`shortlist sandbox` in a process of its own, from its `ready` line to its end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "HRFLOW_"))}
    with (
        log.open("w", encoding="utf-8") as errors,
        warm.start(["sandbox", "--port", "0", *arguments], env=environment, stderr=errors) as process,
    ):
        try:
            line = process.stdout.readline() if process.stdout else ""
            assert line.startswith("ready http://127.0.0.1:"), line + log.read_text(encoding="utf-8")
            workspace = Workspace(line.removeprefix("ready ").strip(), log)
            with workspace.http:  # a test that fails must not leave a connection open to another's account
                yield workspace
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


@contextmanager
def bot(settings: dict[str, str], log: Path) -> Iterator[warm.Process]:
    """`shortlist run` with those settings in a process of its own, on a free port, killed at the end if need be."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "HRFLOW_", "DATABASE_"))}
    environment = {
        "DATABASE_URL": f"sqlite:///{log.with_suffix('.db')}",  # never the default, which is in this repository
        **own,
        **settings,
        "HOST": "127.0.0.1",
        "PORT": "0",
        "LOG_FORMAT": "json",
    }
    with (
        log.open("w", encoding="utf-8") as lines,
        warm.start(["run"], env=environment, stdout=lines, stderr=lines) as process,
    ):
        try:
            yield process
        finally:
            process.kill()
            process.wait(timeout=PATIENCE)
