"""An app whose work is in modals: it opens, pushes, updates in two ways, clears, refuses, and hears of closing."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from tests.sandbox.foreign.kit import InstallAsync, manifest, top
from tests.sandbox.slack.kit import World, actions, button, eventually, field, modal, section

MANIFEST = manifest("Expenses", commands=("/expense",))


class Expenses:
    """A claim with lines, entered in up to three modals on top of each other."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.closed: list[tuple[str, bool]] = []
        self.refusals: list[str] = []

    def claim(self) -> dict[str, Any]:
        listed = section(f"Lines: {', '.join(self.lines) or 'none'}")
        return modal(listed, actions(button("add")), field("why", "why", optional=True), callback_id="claim",
                     external_id="claim", notify_on_close=True)  # fmt: skip

    def build(self, app: AsyncApp) -> None:
        app.command("/expense")(self.open)
        app.action("add")(self.add)
        app.action("split")(self.split)
        app.view("line")(self.keep)
        app.view("claim")(self.send)
        app.view("sure")(self.finish)
        app.view_closed("claim")(self.hear)
        app.view_closed("line")(self.hear)

    async def open(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        opened = (await client.views_open(trigger_id=body["trigger_id"], view=self.claim()))["view"]
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=self.claim())
        await self._refused(client.views_update(view_id=opened["id"], hash=opened["hash"], view=self.claim()))

    async def add(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        line = modal(field("what", "what"), actions(button("split")), callback_id="line",
                     private_metadata=body["view"]["id"], notify_on_close=True)  # fmt: skip
        await client.views_push(trigger_id=body["trigger_id"], view=line)
        await self._refused(client.views_push(trigger_id=body["trigger_id"], view=line))

    async def split(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=modal(section("Split it how?"), submit=None))

    async def keep(self, ack: Any, view: dict[str, Any], client: Any) -> None:
        what = view["state"]["values"]["what"]["what"]["value"]
        if what in self.lines:
            await ack(response_action="errors", errors={"what": "There already"})
            return
        self.lines.append(what)
        saved = modal(section(f"Saved {what}"), submit=None, callback_id="line", notify_on_close=True)
        await ack(response_action="update", view=saved)
        await client.views_update(external_id="claim", view=self.claim())

    async def send(self, ack: Any) -> None:
        await ack(response_action="push", view=modal(section("Are you sure?"), callback_id="sure"))

    async def finish(self, ack: Any) -> None:
        await ack(response_action="clear")

    async def hear(self, ack: Any, body: dict[str, Any]) -> None:
        await ack()
        self.closed.append((body["view"]["callback_id"], body["is_cleared"]))

    async def _refused(self, call: Any) -> None:
        with pytest.raises(SlackApiError) as refusal:
            await call
        self.refusals.append(refusal.value.response["error"])


@pytest.fixture
async def expenses(install: InstallAsync) -> tuple[World, Expenses]:
    """The app, with the claim of Ann open."""
    app = Expenses()
    world = await install(MANIFEST, app.build)
    assert (await world.post("commands", user="U_ANN", channel="C_HIRING", text="/expense"))["status"] == 200
    await eventually(world.views, until=lambda _: app.refusals == ["hash_conflict"])
    return world, app


async def enter(world: World, what: str, view_id: str) -> dict[str, Any]:
    values = {"what": {"what": {"value": what}}}
    return await world.post("views/submit", user="U_ANN", view_id=view_id, values=values)


async def pressed(world: World, action_id: str, view: dict[str, Any]) -> None:
    reply = await world.post("actions", user="U_ANN", view_id=view["id"], action_id=action_id)
    assert (reply["status"], reply["error"]) == (200, None)


async def test_a_line_is_pushed_refused_corrected_and_shown_below(expenses: tuple[World, Expenses]) -> None:
    """The view below is updated by its external_id while the one on top is replaced by the ack."""
    world, app = expenses
    app.lines.append("Taxi")
    claim = await top(world, "Lines: none")
    await pressed(world, "add", claim)
    line = await top(world, "split")
    wrong = await enter(world, "Taxi", line["id"])
    assert (wrong["response_action"], wrong["errors"]) == ("errors", {"what": "There already"})
    assert (await top(world, "split"))["errors"] == {"what": "There already"}
    right = await enter(world, "Train", line["id"])
    saved = await top(world, "Saved Train")
    stack = await eventually(world.views, until=lambda views: "Lines: Taxi, Train" in str(views["stack"][0]))

    assert right["response_action"] == "update"
    assert (saved["id"], saved["previous_view_id"], saved["root_view_id"]) == (line["id"], claim["id"], claim["id"])
    assert len(stack["stack"]) == 2
    assert app.refusals[1:] == ["exchanged_trigger_id"]


async def test_three_modals_may_stand_on_each_other_and_the_x_closes_them_all(
    expenses: tuple[World, Expenses],
) -> None:
    world, app = expenses
    await pressed(world, "add", await top(world, "Lines"))
    await pressed(world, "split", await top(world, "split"))
    third = await top(world, "Split it how?")
    assert len((await world.views())["stack"]) == 3
    reply = await world.post("views/close", user="U_ANN", view_id=third["id"], clear=True)

    assert reply["status"] == 200
    assert (await world.views())["stack"] == []
    assert app.closed == [("claim", True)]


async def test_closing_one_modal_goes_back_to_the_one_below(expenses: tuple[World, Expenses]) -> None:
    world, app = expenses
    claim = await top(world, "Lines")
    await pressed(world, "add", claim)
    line = await top(world, "split")
    assert (await world.post("views/close", user="U_ANN", view_id=line["id"]))["status"] == 200

    assert [view["id"] for view in (await world.views())["stack"]] == [claim["id"]]
    assert app.closed == [("line", False)]


async def test_a_submission_may_push_a_question_and_its_answer_clear_everything(
    expenses: tuple[World, Expenses],
) -> None:
    world, app = expenses
    claim = await top(world, "Lines")
    sent = await world.post("views/submit", user="U_ANN", view_id=claim["id"])
    question = await top(world, "Are you sure?")
    cleared = await world.post("views/submit", user="U_ANN", view_id=question["id"])

    assert (sent["response_action"], cleared["response_action"]) == ("push", "clear")
    assert (await world.views())["stack"] == []
    assert app.closed == []
