"""A threaded app with global middleware and lazy listeners: it acks first and works afterwards."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltResponse

from tests.sandbox.foreign.kit import InstallSync, manifest, sees
from tests.sandbox.slack.kit import actions, button, section

MANIFEST = manifest("Pager", commands=("/page", "/broken"))


def build(app: App) -> None:
    """Page somebody on call; guests are kept out before any listener."""

    @app.use
    def members_only(context: dict[str, Any], client: Any, next: Callable[[], None]) -> Any:  # noqa: A002 - Bolt's name
        person = client.users_info(user=context["user_id"])["user"]
        if person["is_restricted"]:
            return BoltResponse(status=200, body="Guests page nobody.")
        context["caller"] = person["real_name"]
        return next()

    def acknowledge(ack: Any, command: dict[str, Any]) -> None:
        ack(f"Paging {command['text']}", response_type="ephemeral")

    def page(client: Any, command: dict[str, Any], context: dict[str, Any]) -> None:
        words = f"{context['caller']} pages {command['text']}"
        blocks = [section(words), actions(button("taken", command["text"]), block_id="page")]
        client.chat_postMessage(channel=command["channel_id"], text=words, blocks=blocks)

    app.command("/page")(ack=acknowledge, lazy=[page])

    def take(respond: Any, action: dict[str, Any], context: dict[str, Any]) -> None:
        words = f"{context['caller']} takes {action['value']}"
        respond(text=words, blocks=[section(words)], replace_original=True)

    app.action({"block_id": "page", "action_id": "taken"})(ack=lambda ack: ack(), lazy=[take])

    @app.command("/broken")
    def broken() -> None:
        raise RuntimeError("on purpose")


async def test_the_ack_is_seen_at_once_and_the_work_follows(install_sync: InstallSync) -> None:
    world = await install_sync(MANIFEST, build)
    reply = await world.post("commands", user="U_ANN", channel="C_HIRING", text="/page Bob")
    assert reply["status"] == 200
    note = await sees(world, "Paging Bob")
    page = await sees(world, "Ann pages Bob", user="U_BOB")
    pressed = await world.press("taken", page["ts"], user="U_BOB", value="Bob")
    taken = await sees(world, "Bob takes Bob")

    assert note["ephemeral"]
    assert pressed["status"] == 200
    assert (taken["ts"], taken["ephemeral"]) == (page["ts"], False)
    assert len(taken["blocks"]) == 1


async def test_middleware_answers_before_any_listener(install_sync: InstallSync) -> None:
    world = await install_sync(MANIFEST, build)
    reply = await world.post("commands", user="U_EVE", channel="C_DATA", text="/page Bob")

    assert reply["status"] == 200
    assert [message["text"] for message in await world.messages("C_DATA", "U_EVE")] == ["Guests page nobody."]
    assert await world.messages("C_DATA", "U_BOB") == []


async def test_a_listener_that_fails_is_shown_as_slack_shows_it(install_sync: InstallSync, mode: str) -> None:
    """Over HTTP the app answers 500; in Socket Mode it answers nothing, and three seconds go by."""
    world = await install_sync(MANIFEST, build)
    reply = await world.post("commands", user="U_ANN", channel="C_HIRING", text="/broken")

    error = {"http": "dispatch_failed", "socket": "operation_timeout"}[mode]
    assert reply["error"] == error
    assert (await sees(world, "/broken failed"))["text"] == f'/broken failed with the error "{error}"'
