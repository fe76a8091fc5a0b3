"""An app of shortcuts: it answers in threads, carries metadata, rewrites and removes what it has said."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.sandbox.foreign.kit import InstallAsync, gone, manifest, sees, top
from tests.sandbox.slack.kit import World, actions, button, eventually, field, modal, section

MANIFEST = manifest("Notes", shortcuts=(("note", "message"), ("compose", "global")), scopes="channels:history")


def note(words: str) -> list[dict[str, Any]]:
    return [section(words), actions(button("louder", words), button("remove"))]


class Notes:
    """Notes beside messages, and what the app was told about them."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []

    def build(self, app: AsyncApp) -> None:
        app.shortcut({"type": "message_action", "callback_id": "note"})(self.begin)
        app.shortcut({"type": "shortcut", "callback_id": "compose"})(self.compose)
        app.view("composed")(self.post)
        app.action("keep")(self.keep)
        app.action("drop")(self.drop)
        app.action("louder")(self.louder)
        app.action("remove")(self.remove)

    async def begin(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        self.payloads.append(body)
        channel, about = body["channel"]["id"], body["message"]
        await client.chat_postMessage(
            channel=channel,
            thread_ts=about["ts"],
            text=f"Note on {about['text']}",
            blocks=note(f"Note on {about['text']}"),
            metadata={"event_type": "note", "event_payload": {"about": about["ts"]}},
        )
        choice = actions(button("keep"), button("drop"))
        await client.chat_postEphemeral(channel=channel, user=body["user"]["id"], text="Keep it?", blocks=[choice])

    async def compose(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        self.payloads.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=modal(field(), callback_id="composed"))

    async def post(self, ack: Any, body: dict[str, Any], view: dict[str, Any], client: Any) -> None:
        await ack()
        words = view["state"]["values"]["b"]["a"]["value"]
        posted = await client.chat_postMessage(channel=body["user"]["id"], text="…")
        await client.chat_update(
            channel=posted["channel"],
            ts=posted["ts"],
            text=words,
            metadata={"event_type": "note", "event_payload": {}},
        )

    async def keep(self, ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Kept.", replace_original=True)

    async def drop(self, ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    async def louder(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        self.payloads.append(body)
        words = body["actions"][0]["value"].upper()
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text=words, blocks=note(words)
        )

    async def remove(self, ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])


@pytest.fixture
async def notes(install: InstallAsync) -> tuple[World, Notes, dict[str, Any]]:
    """The app, a message in #hiring, and Ann's note on it begun."""
    app = Notes()
    world = await install(MANIFEST, app.build)
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="lunch at one")
    asked = {"user": "U_ANN", "channel": "C_HIRING", "callback_id": "note", "ts": posted["ts"]}
    assert (await world.post("shortcuts", **asked))["status"] == 200
    await sees(world, "Keep it?")
    return world, app, posted


async def test_a_message_shortcut_brings_the_message_and_is_answered_in_its_thread(
    notes: tuple[World, Notes, dict[str, Any]],
) -> None:
    world, app, posted = notes
    written = await sees(world, "Note on lunch", user="U_BOB")

    [payload] = app.payloads
    assert (payload["type"], payload["message_ts"]) == ("message_action", posted["ts"])
    assert (payload["message"]["text"], payload["channel"]["name"]) == ("lunch at one", "hiring")
    assert written["thread_ts"] == posted["ts"]
    assert written["metadata"] == {"event_type": "note", "event_payload": {"about": posted["ts"]}}
    thread = await world.api("conversations.replies", channel="C_HIRING", ts=posted["ts"], include_all_metadata=True)
    assert [message["text"] for message in thread["messages"]] == ["lunch at one", "Note on lunch at one"]
    assert thread["messages"][1]["metadata"] == written["metadata"]
    alone = await world.api("conversations.history", channel="C_HIRING")
    assert [message["text"] for message in alone["messages"]] == ["lunch at one"]
    assert (alone["messages"][0]["reply_count"], alone["messages"][0]["latest_reply"]) == (1, written["ts"])


@pytest.mark.parametrize(("action_id", "left"), [("keep", "Kept."), ("drop", None)])
async def test_a_private_question_is_replaced_or_removed_through_its_own_address(
    notes: tuple[World, Notes, dict[str, Any]], action_id: str, left: str | None
) -> None:
    world, _, _ = notes
    question = await sees(world, "Keep it?")
    assert question["ephemeral"]
    assert (await world.press(action_id, question["ts"]))["status"] == 200
    await gone(world, "Keep it?")

    if left is not None:
        kept = await sees(world, left)
        assert (kept["ts"], kept["ephemeral"], kept["blocks"]) == (question["ts"], True, [])
    assert "Kept." not in str(await world.messages(user="U_BOB"))


async def test_a_note_is_rewritten_with_its_metadata_and_then_removed(
    notes: tuple[World, Notes, dict[str, Any]],
) -> None:
    world, app, posted = notes
    written = await sees(world, "Note on lunch", user="U_BOB")
    assert (await world.press("louder", written["ts"], user="U_BOB"))["status"] == 200
    louder = await sees(world, "NOTE ON LUNCH")
    assert (await world.press("remove", written["ts"]))["status"] == 200
    await gone(world, "NOTE ON LUNCH")

    assert (louder["ts"], louder["thread_ts"], louder["edited"]) == (written["ts"], posted["ts"], None)
    assert louder["metadata"] == written["metadata"]
    assert app.payloads[-1]["container"]["thread_ts"] == posted["ts"]


async def test_a_global_shortcut_has_no_channel_and_ends_in_a_direct_message(
    notes: tuple[World, Notes, dict[str, Any]],
) -> None:
    world, app, _ = notes
    assert (await world.post("shortcuts", user="U_BOB", callback_id="compose"))["status"] == 200
    view = await top(world, "Title", "U_BOB")
    values = {"b": {"a": {"value": "remember the milk"}}}
    assert (await world.post("views/submit", user="U_BOB", view_id=view["id"], values=values))["status"] == 200
    sent = await eventually(
        lambda: world.messages("D_BOB", "U_BOB"), until=lambda shown: bool(shown) and shown[0]["text"] != "…"
    )

    assert app.payloads[-1]["type"] == "shortcut"
    assert "channel" not in app.payloads[-1]
    assert (sent[0]["text"], sent[0]["edited"]["user"]) == ("remember the milk", "U_BOT")
    assert sent[0]["metadata"] == {"event_type": "note", "event_payload": {}}
