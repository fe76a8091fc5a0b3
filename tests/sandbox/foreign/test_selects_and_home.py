"""An app that lives on Home: a board with selects of every kind, type-ahead with and without groups, and a form."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.sandbox.foreign.kit import InstallAsync, at_home, manifest, top
from tests.sandbox.slack.kit import World, actions, button, home, modal, option, section, text

MANIFEST = manifest("Board")
TEAMS = {"Sales": ["Ada", "Alan"], "Support": ["Amal", "Boris"]}
LABELS = ["urgent", "later", "question"]


class Board:
    """Tickets, each with one owner and labels; every person filters the own view."""

    def __init__(self) -> None:
        self.tickets: list[str] = []
        self.filters: dict[str, list[str]] = {}
        self.opened: list[dict[str, Any]] = []

    def home(self, user: str) -> dict[str, Any]:
        options = [option(label) for label in LABELS]
        labels = {"type": "multi_static_select", "action_id": "labels", "options": options, "max_selected_items": 2}
        shown = [ticket for ticket in self.tickets if all(label in ticket for label in self.filters.get(user, []))]
        return home(
            section(f"{len(self.tickets)} tickets", block_id="filter", accessory=labels),
            actions(button("create", "1"), button("clear"), {"type": "datepicker", "action_id": "due"}),
            *(section(ticket) for ticket in shown),
            private_metadata=user,
        )

    def form(self) -> dict[str, Any]:
        owner = {"type": "external_select", "action_id": "owner", "min_query_length": 1}
        labels = {"type": "multi_external_select", "action_id": "labels", "min_query_length": 0}
        return modal(
            {"type": "input", "block_id": "owner", "label": text("Owner"), "element": owner},
            {"type": "input", "block_id": "labels", "label": text("Labels"), "element": labels, "optional": True},
            callback_id="ticket",
        )

    def build(self, app: AsyncApp) -> None:
        app.event("app_home_opened")(self.greet)
        app.action("create")(self.create)
        app.action("clear")(self.clear)
        app.action("due")(self.clear)
        app.action({"block_id": "filter", "action_id": "labels"})(self.narrow)
        app.options({"block_id": "owner", "action_id": "owner"})(self.owners)
        app.options({"block_id": "labels", "action_id": "labels"})(self.labels)
        app.view("ticket")(self.keep)

    async def greet(self, event: dict[str, Any], client: Any) -> None:
        self.opened.append(event)
        await self.show(client, event["user"])

    async def show(self, client: Any, user: str) -> None:
        await client.views_publish(user_id=user, view=self.home(user))

    async def create(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=self.form())

    async def clear(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        self.tickets.clear()
        await self.show(client, body["user"]["id"])

    async def narrow(self, ack: Any, body: dict[str, Any], action: dict[str, Any], client: Any) -> None:
        await ack()
        user = body["user"]["id"]
        self.filters[user] = [each["value"] for each in action["selected_options"]]
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=self.home(user))

    async def owners(self, ack: Any, payload: dict[str, Any]) -> None:
        typed = payload["value"].lower()
        groups = {team: [name for name in names if name.lower().startswith(typed)] for team, names in TEAMS.items()}
        await ack(
            option_groups=[
                {"label": text(team), "options": [option(name) for name in names]}
                for team, names in groups.items()
                if names
            ]
        )

    async def labels(self, ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[option(label) for label in LABELS if payload["value"] in label])

    async def keep(self, ack: Any, body: dict[str, Any], view: dict[str, Any], client: Any) -> None:
        await ack()
        values = view["state"]["values"]
        owner = values["owner"]["owner"]["selected_option"]["value"]
        chosen = [each["value"] for each in values["labels"]["labels"]["selected_options"]]
        self.tickets.append(f"{owner}: {' '.join(chosen)}")
        await self.show(client, body["user"]["id"])


@pytest.fixture
async def board(install: InstallAsync) -> tuple[World, Board]:
    """The app, with Ann's Home open."""
    app = Board()
    world = await install(MANIFEST, app.build)
    assert (await world.post("home", user="U_ANN"))["status"] == 200
    await at_home(world, "0 tickets")
    return world, app


async def form_of(world: World) -> dict[str, Any]:
    reply = await world.post("actions", user="U_ANN", view_id=(await at_home(world, ""))["id"], action_id="create")
    assert reply["status"] == 200
    return await top(world, "Owner")


async def typed(world: World, view: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    return await world.post("options", user="U_ANN", view_id=view["id"], block_id=name, action_id=name, value=value)


async def test_type_ahead_answers_in_groups_or_flat_as_the_app_does(board: tuple[World, Board]) -> None:
    world, _ = board
    view = await form_of(world)
    grouped, flat, nothing = [
        await typed(world, view, "owner", "a"), await typed(world, view, "labels", "er"),
        await typed(world, view, "labels", "nothing like it"),
    ]  # fmt: skip

    groups = {
        group["label"]["text"]: [each["value"] for each in group["options"]] for group in grouped["option_groups"]
    }
    assert groups == {"Sales": ["Ada", "Alan"], "Support": ["Amal"]}
    assert [each["value"] for each in grouped["options"]] == ["Ada", "Alan", "Amal"]
    assert [each["value"] for each in flat["options"]] == ["later"]
    assert nothing["options"] == []
    assert (await typed(world, view, "owner", ""))["delivered"] is False


async def test_an_empty_answer_in_groups_is_an_empty_list(board: tuple[World, Board]) -> None:
    world, _ = board
    reply = await typed(world, await form_of(world), "owner", "zzz")

    assert (reply["status"], reply["error"], reply["options"]) == (200, None, [])


async def test_what_is_chosen_in_type_ahead_is_submitted_and_home_shows_it(board: tuple[World, Board]) -> None:
    world, app = board
    view = await form_of(world)
    incomplete = await world.ask("POST", "/workspace/views/submit", {"user": "U_ANN", "view_id": view["id"]})
    assert (incomplete[0], list(incomplete[1]["errors"])) == (400, ["owner"])
    owner = (await typed(world, view, "owner", "b"))["options"][0]
    labels = (await typed(world, view, "labels", ""))["options"][:2]
    values = {"owner": {"owner": {"selected_option": owner}}, "labels": {"labels": {"selected_options": labels}}}
    assert (await world.post("views/submit", user="U_ANN", view_id=view["id"], values=values))["status"] == 200

    await at_home(world, "Boris: urgent later")
    assert app.tickets == ["Boris: urgent later"]


async def test_a_multi_select_on_home_narrows_what_its_person_sees(board: tuple[World, Board]) -> None:
    world, app = board
    app.tickets += ["Ada: urgent", "Alan: later"]
    await world.post("home", user="U_ANN")
    shown = await at_home(world, "2 tickets")
    choice = {"action_id": "labels", "selected_options": [option("urgent")]}
    assert (await world.post("actions", user="U_ANN", view_id=shown["id"], **choice))["status"] == 200
    narrowed = await at_home(world, "Ada: urgent")
    while "Alan" in str(narrowed["blocks"]):
        narrowed = await at_home(world, "2 tickets")

    assert narrowed["id"] == shown["id"]
    assert narrowed["state"]["values"]["filter"]["labels"]["selected_options"] == [option("urgent")]
    assert "view" in app.opened[1]
    assert "view" not in app.opened[0]
    too_many = {"action_id": "labels", "selected_options": [option(label) for label in LABELS]}
    assert (await world.refused("actions", user="U_ANN", view_id=shown["id"], **too_many))[0] == 400


async def test_a_date_chosen_on_home_reaches_the_app_and_homes_are_private(board: tuple[World, Board]) -> None:
    world, app = board
    app.tickets.append("Ada: urgent")
    view = (await world.views())["home"]
    reply = await world.post("actions", user="U_ANN", view_id=view["id"], action_id="due", selected_date="2026-12-24")

    assert reply["status"] == 200
    await at_home(world, "0 tickets")
    assert (await world.views("U_BOB"))["home"] is None
    assert (await world.refused("actions", user="U_BOB", view_id=view["id"], action_id="create"))[0] == 404
