"""Who is where: channels, people and the bot, and what follows from it."""

import copy
from typing import Any

from tests.sandbox.slack.kit import MANIFEST, Start, World, actions, button


async def patch(world: World, channel: str, **change: Any) -> None:
    status, reply = await world.ask("PATCH", f"/workspace/channels/{channel}", change)
    assert status == 200, reply


async def test_membership_decides_what_the_bot_may(start: Start) -> None:
    world = await start()
    own = await world.api("chat.postMessage", channel="C_HIRING", text="x", blocks=[actions(button())])
    await patch(world, "C_HIRING", bot=False)
    assert (await world.api("chat.postMessage", channel="C_HIRING", text="x"))["error"] == "not_in_channel"
    assert (await world.api("chat.update", channel="C_HIRING", ts=own["ts"], text="x"))["error"] == "not_in_channel"
    assert (await world.api("conversations.history", channel="C_HIRING"))["error"] == "not_in_channel"
    assert (await world.api("chat.postMessage", channel="C_PRIVATE", text="x"))["error"] == "channel_not_found"
    assert (await world.api("conversations.info", channel="C_PRIVATE"))["error"] == "channel_not_found"

    await patch(world, "C_PRIVATE", bot=True)
    assert (await world.api("chat.postMessage", channel="C_PRIVATE", text="x"))["ok"]
    assert (await world.api("conversations.join", channel="C_HIRING"))["channel"]["is_member"]
    await patch(world, "C_HIRING", archived=True)
    assert (await world.api("chat.postMessage", channel="C_HIRING", text="x"))["error"] == "is_archived"
    assert (await world.api("chat.update", channel="C_HIRING", ts=own["ts"], text="x"))["error"] == "is_inactive"


async def test_a_bot_with_the_public_scope_posts_without_being_invited(start: Start) -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].append("chat:write.public")
    world = await start(manifest)
    await patch(world, "C_HIRING", bot=False)

    assert (await world.api("chat.postMessage", channel="C_HIRING", text="x"))["ok"]
    assert (await world.api("chat.postMessage", channel="C_PRIVATE", text="x"))["error"] == "channel_not_found"


async def test_members_can_be_changed_and_wrong_changes_change_nothing(world: World) -> None:
    await patch(world, "C_DATA", members=["U_BOB", "U_EVE"])
    assert (await world.ask("GET", "/workspace/channels/C_DATA/messages?user=U_ANN"))[0] == 404
    before = (await world.ask("GET", "/workspace/state"))[1]
    for wrong in ({"members": ["U_X"]}, {"members": "U_ANN"}, {"bot": "no"}, {"archived": 1}, {"name": "x"}):
        assert (await world.ask("PATCH", "/workspace/channels/C_DATA", wrong))[0] in {400, 404}

    after = (await world.ask("GET", "/workspace/state"))[1]
    assert after == before
    [data] = [channel for channel in after["channels"] if channel["id"] == "C_DATA"]
    assert (set(data["members"]), data["bot"]) == ({"U_BOB", "U_EVE", "U_BOT"}, True)


async def test_the_state_lists_people_channels_and_what_the_manifest_registers(start: Start) -> None:
    world = await start(channels=2)
    state = (await world.ask("GET", "/workspace/state"))[1]

    assert [user["id"] for user in state["users"]] == ["U_ANN", "U_BOB", "U_EVE"]
    assert [user["id"] for user in state["strangers"]] == ["U_PAT"]
    assert state["commands"] == [
        {"command": "/record", "description": "records", "usage_hint": "[what]", "should_escape": False}
    ]
    members = {channel["id"]: set(channel["members"]) for channel in state["channels"]}
    assert {"C_HIRING", "C_DATA", "C_PARTNER", "C_PRIVATE", "D_ANN", "D_BOB", "D_EVE", "C_001", "C_002"} <= set(members)
    assert [channel for channel, people in members.items() if "U_EVE" in people] == ["C_DATA", "D_EVE"]
    assert "U_BOT" not in members["C_PRIVATE"]
    assert {"U_ANN", "U_BOB", "U_BOT"} == members["C_001"]
