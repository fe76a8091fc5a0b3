"""Every way in reaches its handler, over HTTP and in Socket Mode, and nobody gets past the guard on any of them."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot import manifest
from bot.app import Bot
from bot.demo import bot_settings
from bot.errors import NothingFoundError
from bot.sandbox import Sandbox, SandboxOptions
from bot.slack.routes import Action, Closed, Command, Event, Options, Route, Shortcut, View
from bot.slack.transport import PATH
from bot.views import modals, notices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.slack.calls import Call

TEXT = {
    "type": "input",
    "block_id": "what",
    "label": {"type": "plain_text", "text": "What"},
    "element": {"type": "plain_text_input", "action_id": "what"},
}
WHO = {
    "type": "input",
    "block_id": "who",
    "optional": True,
    "label": {"type": "plain_text", "text": "Who"},
    "element": {"type": "external_select", "action_id": "who", "min_query_length": 0},
}
PRESS = {
    "type": "actions",
    "block_id": "press",
    "elements": [{"type": "button", "action_id": "fails", "text": {"type": "plain_text", "text": "!"}, "value": "1"}],
}
FORM = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "id-1",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Go"},
    "blocks": [TEXT, WHO, PRESS],
}


@dataclass
class App:
    """The handlers of a small app, which remember what they were called with."""

    seen: list[Call] = field(default_factory=list)
    slow: float = 0.0

    async def opens(self, call: Call, _: Any) -> None:
        self.seen.append(call)
        await call.ack()
        await call.open(FORM)

    async def submitted(self, call: Call, _: Any) -> None:
        self.seen.append(call)
        typed = call.values["what"]["what"]["value"]
        if typed == "wrong":
            await call.ack(response_action="errors", errors={"what": "not that"})
            return
        if typed == "fails":
            raise NothingFoundError("job", "nothing")
        await call.ack()
        await call.whisper(notices.sentence(f"you said {typed}"))

    async def offers(self, call: Call, _: Any) -> None:
        self.seen.append(call)
        await asyncio.sleep(self.slow)
        await call.ack(options=[{"text": {"type": "plain_text", "text": call.typed}, "value": "1"}])

    async def remembers(self, call: Call, _: Any) -> None:
        self.seen.append(call)

    async def fails(self, call: Call, _: Any) -> None:
        self.seen.append(call)
        raise NothingFoundError("job", "nothing")

    async def draws(self, call: Call, _: Any) -> None:
        self.seen.append(call)
        await call.publish(modals.home(notices.sentence("at home")))

    @property
    def routes(self) -> tuple[Route, ...]:
        return (
            Command("/profiles", self.opens),
            Action("fails", self.fails),
            View("form", self.submitted),
            View(re.compile("^other"), self.remembers),
            Closed("form", self.remembers),
            Options("who", self.offers),
            Shortcut("anywhere", self.opens),
            Shortcut("on-message", self.fails, on="message"),
            Event("app_home_opened", self.draws),
        )


@dataclass
class World:
    """The app, and a person's hands and eyes."""

    app: App
    bot: Bot
    http: httpx.AsyncClient

    async def do(self, path: str, **body: Any) -> Any:
        reply = await self.http.post(f"/workspace/{path}", json={"user": "U_ANN", **body})
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def stack(self, user: str = "U_ANN") -> list[dict[str, Any]]:
        views: list[dict[str, Any]] = (await self.http.get("/workspace/views", params={"user": user})).json()["stack"]
        return views

    async def until(self, look: Any) -> Any:
        async with asyncio.timeout(10):
            while True:
                if found := await look():
                    return found
                await asyncio.sleep(0.02)

    async def opened(self) -> dict[str, Any]:
        """The form, opened by a command in #hiring."""
        await self.do("commands", channel="C_HIRING", text="/profiles")
        found: dict[str, Any] = (await self.until(self.stack))[-1]
        return found

    async def submit(self, view: dict[str, Any], text: str) -> Any:
        return await self.do("views/submit", view_id=view["id"], values={"what": {"what": {"value": text}}})

    async def said(self, channel: str, text: str) -> dict[str, Any]:
        async def look() -> Any:
            params = {"user": "U_ANN"}
            seen = (await self.http.get(f"/workspace/channels/{channel}/messages", params=params)).json()["messages"]
            return next((each for each in seen if text in each["text"]), None)

        found: dict[str, Any] = await self.until(look)
        return found


@pytest.fixture(params=["http", "socket"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The small app in a sandbox of its own."""
    mode = request.param
    declared = manifest.read()
    declared["features"]["shortcuts"] = [
        {"name": "Anywhere", "callback_id": "anywhere", "description": "-", "type": "global"},
        {"name": "Here", "callback_id": "on-message", "description": "-", "type": "message"},
    ]
    declared["features"]["app_home"]["home_tab_enabled"] = True
    declared["settings"]["event_subscriptions"] = {"bot_events": ["app_home_opened"]}
    if mode == "http":
        declared = manifest.for_workspace(declared, url="http://127.0.0.1/slack/events")
    app = App()
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(SandboxOptions(manifest=declared, port=0, profiles=3, jobs=2, mode=mode))
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        bot = await stack.enter_async_context(
            Bot(bot_settings(sandbox.credentials, "seed", mode, folder=tmp_path), app.routes)
        )
        if mode == "http":
            sandbox.deliver_to(f"http://127.0.0.1:{bot.port}{PATH}")
        http = await stack.enter_async_context(
            httpx.AsyncClient(base_url=sandbox.url, trust_env=False, timeout=15, headers={"Accept": "application/json"})
        )
        yield World(app, bot, http)


async def test_a_submission_brings_its_values_and_is_answered_where_the_command_was_typed(world: World) -> None:
    outcome = await world.submit(await world.opened(), "hello")

    call = world.app.seen[-1]
    assert (outcome["status"], outcome["error"]) == (200, None)
    assert (call.kind, call.callback_id, call.private_metadata) == ("view", "form", "id-1")
    assert call.view_hash
    assert (await world.said("C_HIRING", "you said hello"))["ephemeral"]
    assert await world.stack() == []


async def test_an_error_stands_beside_its_field_and_the_form_stays(world: World) -> None:
    outcome = await world.submit(await world.opened(), "wrong")

    assert outcome["errors"] == {"what": "not that"}
    assert [view["callback_id"] for view in await world.stack()] == ["form"]


async def test_a_submission_that_fails_leaves_the_form_and_says_why_on_top_of_it(world: World) -> None:
    outcome = await world.submit(await world.opened(), "fails")

    assert outcome["error"] is None
    form, notice = await world.stack()
    assert form["state"]["values"]["what"]["what"]["value"] == "fails"
    assert "There is no job" in str(notice["blocks"])


async def test_a_press_in_a_modal_that_fails_says_why_on_top_of_it(world: World) -> None:
    view = await world.opened()
    await world.do("actions", view_id=view["id"], action_id="fails")

    async def two() -> bool:
        return len(await world.stack()) == 2

    await world.until(two)
    assert world.app.seen[-1].value == "1"


async def test_type_ahead_is_answered_with_what_was_typed(world: World) -> None:
    view = await world.opened()
    outcome = await world.do("options", view_id=view["id"], action_id="who", value="dat")

    assert [each["text"]["text"] for each in outcome["options"]] == ["dat"]


async def test_type_ahead_that_is_late_is_answered_with_nothing_within_a_third_of_a_second(world: World) -> None:
    view = await world.opened()
    world.app.slow = 1.0
    outcome = await world.do("options", view_id=view["id"], action_id="who", value="dat")

    assert (outcome["error"], outcome["options"]) == (None, [])
    assert outcome["ack_ms"] <= 300


async def test_closing_a_modal_reaches_its_handler(world: World) -> None:
    view = await world.opened()
    await world.do("views/close", view_id=view["id"])

    async def told() -> bool:
        return world.app.seen[-1].kind == "closed"

    assert await world.until(told)


async def test_a_global_shortcut_opens_a_form_which_is_answered_in_the_direct_message(world: World) -> None:
    await world.do("shortcuts", callback_id="anywhere")
    view = (await world.until(world.stack))[-1]
    await world.submit(view, "hello")

    assert await world.said("D_ANN", "you said hello")


async def test_a_shortcut_of_a_message_names_it_and_answers_privately_where_it_stands(world: World) -> None:
    await world.bot.greet("C_HIRING", ["/jobs x"])
    ts = (await world.said("C_HIRING", "Hello"))["ts"]
    await world.do("shortcuts", callback_id="on-message", channel="C_HIRING", ts=ts)

    assert await world.said("C_HIRING", "There is no job")
    assert (world.app.seen[-1].message_ts, world.app.seen[-1].channel_id) == (ts, "C_HIRING")


async def test_opening_home_reaches_its_handler(world: World) -> None:
    await world.do("home")

    async def drawn() -> Any:
        return (await world.http.get("/workspace/views", params={"user": "U_ANN"})).json()["home"]

    assert "at home" in str(await world.until(drawn))


async def test_a_guest_reaches_no_handler_by_any_way(world: World) -> None:
    """Home says so, a shortcut says so in a modal, a command in its answer."""
    await world.do("home", user="U_EVE")
    await world.do("shortcuts", callback_id="anywhere", user="U_EVE")
    await world.do("commands", user="U_EVE", channel="C_DATA", text="/profiles")

    async def refused() -> Any:
        views = (await world.http.get("/workspace/views", params={"user": "U_EVE"})).json()
        return views if views["home"] and views["stack"] else None

    views = await world.until(refused)
    assert "as a guest" in str(views["home"]["blocks"])
    assert "as a guest" in str(views["stack"][-1]["blocks"])
    assert world.app.seen == []
