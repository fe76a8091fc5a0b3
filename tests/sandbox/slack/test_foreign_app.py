"""An app of another shape, written with Bolt for Python, works in the sandbox without either knowing the other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, SandboxOptions
from tests.sandbox.slack.kit import Recorder, World, actions, eventually, modal, option, section, text
from tests.sandbox.slack.kit import home as home_view

LUNCH: dict[str, Any] = {
    "display_information": {"name": "Lunch"},
    "features": {
        "bot_user": {"display_name": "lunch"},
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [{"command": "/lunch", "description": "polls", "usage_hint": "[question]"}],
        "shortcuts": [{"name": "Suggest a place", "callback_id": "suggest", "description": "s", "type": "global"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "users:read"]}},
    "settings": {"interactivity": {"is_enabled": True}, "event_subscriptions": {"bot_events": ["app_home_opened"]}},
}
PLACES = {"Noodle Bar": "noodles", "Noodle House": "house", "Pizza Corner": "pizza"}


@dataclass
class Lunch:
    """What the poll app remembers."""

    votes: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)

    def poll(self, question: str) -> list[dict[str, Any]]:
        buttons = [
            {"type": "button", "action_id": f"vote_{value}", "text": text(name), "value": value}
            for name, value in PLACES.items()
        ]
        tally = ", ".join(f"{user} {place}" for user, place in self.votes.items()) or "nobody yet"
        when = {"type": "static_select", "action_id": "when", "options": [option("12"), option("13")]}
        return [section(f"*{question}*"), actions(*buttons, block_id="votes"), section(tally, accessory=when)]

    def form(self) -> dict[str, Any]:
        place = {"type": "external_select", "action_id": "place", "min_query_length": 2}
        seats = {"type": "plain_text_input", "action_id": "seats"}
        return modal(
            {"type": "input", "block_id": "place", "label": text("Where"), "element": place},
            {"type": "input", "block_id": "seats", "label": text("Seats"), "element": seats},
            callback_id="suggestion",
        )


def build(lunch: Lunch, client: AsyncWebClient, secret: str) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=secret)

    @app.command("/lunch")
    async def ask(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(channel=body["channel_id"], text="poll", blocks=lunch.poll(body["text"]))

    @app.action({"block_id": "votes"})
    async def vote(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        lunch.votes[body["user"]["id"]] = body["actions"][0]["value"]
        await respond(text="poll", blocks=lunch.poll("again"), replace_original=True)

    @app.action("when")
    async def when(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        hour = body["actions"][0]["selected_option"]["value"]
        await client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], text=f"at {hour}")

    @app.shortcut("suggest")
    async def suggest(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=lunch.form())

    @app.options("place")
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        found = [option(value, name) for name, value in PLACES.items() if payload["value"].lower() in name.lower()]
        await ack(options=found)

    @app.view("suggestion")
    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        if not values["seats"]["seats"]["value"].isdecimal():
            await ack(response_action="errors", errors={"seats": "A number, please"})
            return
        await ack()
        lunch.places.append(values["place"]["place"]["selected_option"]["value"])

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        person = await client.users_info(user=event["user"])
        view = home_view(section(f"Hello {person['user']['real_name']}, {len(lunch.places)} places"))
        await client.views_publish(user_id=event["user"], view=view)

    return app


@pytest.fixture
async def lunch() -> AsyncIterator[tuple[World, Lunch]]:
    """The poll app on a port of its own, beside a sandbox that was given its manifest."""
    sandbox = Sandbox(SandboxOptions(manifest=LUNCH, port=0, profiles=3, jobs=2))
    await sandbox.start()
    memory = Lunch()
    credentials = sandbox.credentials
    client = AsyncWebClient(token=credentials.slack_bot_token, base_url=credentials.slack_api_url)
    server = build(memory, client, credentials.slack_signing_secret).server(path="/bolt")
    runner = web.AppRunner(server.web_app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/bolt")
    async with aiohttp.ClientSession() as http:
        yield World(sandbox, Recorder(), http), memory
    await runner.cleanup()
    await sandbox.stop()


def holds(words: str) -> Callable[[object], bool]:
    return lambda seen: words in str(seen)


async def test_a_poll_is_asked_for_and_two_people_vote(lunch: tuple[World, Lunch]) -> None:
    world, memory = lunch
    reply = await world.post("commands", user="U_ANN", channel="C_DATA", text="/lunch Where today?")
    assert (reply["status"], reply["error"]) == (200, None)
    [poll] = await eventually(lambda: world.messages("C_DATA", "U_EVE"), until=bool)
    assert "Where today?" in poll["blocks"][0]["text"]["text"]

    for user, value in (("U_EVE", "pizza"), ("U_BOB", "noodles")):
        pressed = await world.press(f"vote_{value}", poll["ts"], user=user, channel="C_DATA")
        assert (pressed["status"], pressed["error"]) == (200, None)
        await eventually(lambda: world.messages("C_DATA"), until=holds(f"{user} {value}"))
    assert memory.votes == {"U_EVE": "pizza", "U_BOB": "noodles"}
    assert len(await world.messages("C_DATA")) == 1


async def test_a_choice_is_answered_to_the_one_who_chose(lunch: tuple[World, Lunch]) -> None:
    world, _ = lunch
    await world.post("commands", user="U_ANN", channel="C_HIRING", text="/lunch Hungry?")
    [poll] = await eventually(world.messages, until=bool)
    await world.press("when", poll["ts"], user="U_BOB", selected_option={"value": "13"})

    whispered = await eventually(lambda: world.messages(user="U_BOB"), until=holds("at 13"))
    assert whispered[-1]["ephemeral"] is True
    assert not holds("at 13")(await world.messages())


async def test_a_form_is_opened_filled_by_type_ahead_corrected_and_sent(lunch: tuple[World, Lunch]) -> None:
    world, memory = lunch
    await world.post("shortcuts", user="U_ANN", callback_id="suggest")
    [view] = (await eventually(world.views, until=lambda views: bool(views["stack"])))["stack"]
    offered = await world.post("options", user="U_ANN", view_id=view["id"], action_id="place", value="nood")
    assert [choice["value"] for choice in offered["options"]] == ["noodles", "house"]

    values = {"place": {"place": {"selected_option": offered["options"][0]}}, "seats": {"seats": {"value": "many"}}}
    wrong = await world.post("views/submit", user="U_ANN", view_id=view["id"], values=values)
    assert (wrong["response_action"], wrong["errors"]) == ("errors", {"seats": "A number, please"})
    right = await world.post(
        "views/submit", user="U_ANN", view_id=view["id"], values={"seats": {"seats": {"value": "4"}}}
    )
    assert (right["status"], right["response_action"]) == (200, None)
    assert (await world.views())["stack"] == []

    async def places() -> list[str]:
        return memory.places

    assert await eventually(places, until=bool) == ["noodles"]


async def test_home_greets_the_person_who_opens_it(lunch: tuple[World, Lunch]) -> None:
    world, _ = lunch
    assert (await world.post("home", user="U_EVE"))["status"] == 200

    shown = await eventually(lambda: world.views("U_EVE"), until=lambda views: views["home"] is not None)
    assert "Hello Eve" in str(shown["home"])


async def test_several_people_at_once_are_each_answered(lunch: tuple[World, Lunch]) -> None:
    world, _ = lunch
    asked = [("U_ANN", "C_HIRING"), ("U_BOB", "C_DATA"), ("U_EVE", "C_DATA"), ("U_ANN", "C_PARTNER")]
    replies = await asyncio.gather(
        *(world.post("commands", user=user, channel=channel, text="/lunch ?") for user, channel in asked)
    )

    assert {reply["status"] for reply in replies} == {200}
    await eventually(lambda: world.messages("C_DATA"), until=lambda shown: len(shown) == 2)
    await eventually(lambda: world.messages("C_PARTNER"), until=lambda shown: len(shown) == 1)
