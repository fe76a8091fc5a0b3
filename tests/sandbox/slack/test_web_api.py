"""The Web API: tokens, scopes, arguments, people, channels, messages."""

import copy
import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.slack.kit import MANIFEST, Start, World, section


def client(world: World, token: str | None = None) -> AsyncWebClient:
    credentials = world.sandbox.credentials
    return AsyncWebClient(token=token or credentials.slack_bot_token, base_url=credentials.slack_api_url)


async def test_the_official_client_finds_out_who_it_is_and_what_it_may(world: World) -> None:
    reply = await client(world).auth_test()

    assert (reply["team_id"], reply["user_id"], reply["bot_id"]) == ("T_SANDBOX", "U_BOT", "B_SANDBOX")
    assert reply.headers["x-oauth-scopes"] == ",".join(MANIFEST["oauth_config"]["scopes"]["bot"])


async def test_arguments_may_come_as_query_form_or_json(world: World) -> None:
    base, token = world.sandbox.credentials.slack_api_url, world.sandbox.credentials.slack_bot_token
    bearer = {"Authorization": f"Bearer {token}"}
    async with world.http.get(f"{base}users.info?user=U_ANN", headers=bearer) as response:
        by_query = await response.json()
    async with world.http.post(f"{base}users.info", data={"user": "U_ANN", "token": token}) as response:
        by_form = await response.json()
    by_json = await world.api("users.info", user="U_ANN")

    assert by_query == by_form
    assert by_query["user"] == by_json["user"]
    form = {"channel": "C_HIRING", "text": "x", "blocks": json.dumps([section("as text")])}
    async with world.http.post(f"{base}chat.postMessage", data=form, headers=bearer) as response:
        assert (await response.json())["message"]["blocks"][0]["text"]["text"] == "as text"


async def test_every_refusal_of_a_call_is_http_200_with_its_name(world: World) -> None:
    base = world.sandbox.credentials.slack_api_url
    replies = {
        "unknown_method": await world.api("chat.shout"),
        "invalid_auth": await world.api("auth.test", token="xoxb-wrong"),
        "not_allowed_token_type": await world.api("apps.connections.open"),
        "user_not_found": await world.api("users.info", user="U_NOBODY"),
        "channel_not_found": await world.api("chat.postMessage", channel="C_NOWHERE", text="x"),
        "no_text": await world.api("chat.postMessage", channel="C_HIRING"),
        "message_not_found": await world.api("chat.update", channel="C_HIRING", ts="1.0", text="x"),
        "invalid_blocks_format": await world.api("chat.postMessage", channel="C_HIRING", blocks="[{"),
        "invalid_arguments": await world.api("views.update", view={}),
        "invalid_metadata_format": await world.api("chat.postMessage", channel="C_HIRING", text="x", metadata={"a": 1}),
        "user_not_in_channel": await world.api("chat.postEphemeral", channel="C_HIRING", user="U_EVE", text="x"),
        "invalid_cursor": await world.api("users.list", cursor="???"),
        "invalid_limit": await world.api("users.list", limit="many"),
    }
    async with world.http.post(f"{base}auth.test") as response:
        replies["not_authed"] = dict(await response.json(), http=response.status)
    async with world.http.post(f"{base}api.test", data="{", headers={"Content-Type": "application/json"}) as response:
        replies["invalid_json"] = dict(await response.json(), http=response.status)

    for error, reply in replies.items():
        assert (reply["ok"], reply["error"], reply["http"]) == (False, error, 200)


async def test_a_method_without_its_scope_names_what_is_needed_and_what_there_is(start: Start) -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write"]
    world = await start(manifest)
    for method, needed, arguments in (
        ("users.info", "users:read", {"user": "U_ANN"}),
        ("conversations.history", "channels:history", {"channel": "C_HIRING"}),
        ("conversations.join", "channels:join", {"channel": "C_HIRING"}),
    ):
        reply = await world.api(method, **arguments)
        assert (reply["error"], reply["provided"]) == ("missing_scope", "commands,chat:write")
        assert needed in reply["needed"]
        assert needed in reply["headers"]["x-accepted-oauth-scopes"]
    assert (await world.api("chat.postMessage", channel="C_HIRING", text="x"))["ok"]


async def test_the_kind_of_channel_decides_which_scope_is_needed(start: Start) -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"] = ["channels:read"]
    world = await start(manifest)

    assert (await world.api("conversations.info", channel="C_HIRING"))["ok"]
    assert (await world.api("conversations.info", channel="D_ANN"))["needed"] == "im:read"
    assert (await world.api("conversations.list", types="public_channel,im"))["needed"] == "im:read"


@pytest.mark.parametrize(
    ("user", "guest", "team", "zone"),
    [
        ("U_ANN", False, "T_SANDBOX", "Europe/Paris"),
        ("U_BOB", False, "T_SANDBOX", "America/New_York"),
        ("U_EVE", True, "T_SANDBOX", "Europe/London"),
        ("U_PAT", False, "T_PARTNER", "Europe/Berlin"),
    ],
)
async def test_a_person_says_whether_guest_or_of_another_organisation(
    world: World, user: str, guest: bool, team: str, zone: str
) -> None:
    person = (await client(world).users_info(user=user))["user"]

    assert (person["is_restricted"], person["team_id"], person["tz"]) == (guest, team, zone)
    assert isinstance(person["tz_offset"], int)
    assert person["tz_offset"] % 900 == 0
    assert {
        "is_ultra_restricted",
        "is_stranger",
        "is_bot",
        "deleted",
        "real_name",
        "profile",
        "locale",
    } <= person.keys()
    assert "email" not in person["profile"]


async def test_lists_are_read_page_by_page(start: Start) -> None:
    world = await start(channels=7)
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = await client(world).conversations_list(limit=3, cursor=cursor)
        seen += [channel["id"] for channel in page["channels"]]
        assert len(page["channels"]) <= 3
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break

    assert seen == ["C_HIRING", "C_DATA", "C_PARTNER", *(f"C_{n:03d}" for n in range(1, 8))]
    everything = await client(world).conversations_list(types="public_channel,private_channel,im")
    assert "C_PRIVATE" not in [channel["id"] for channel in everything["channels"]]
    assert "D_ANN" in [channel["id"] for channel in everything["channels"]]


async def test_a_shared_channel_says_so_and_lists_its_people(world: World) -> None:
    channel = (await client(world).conversations_info(channel="C_PARTNER"))["channel"]
    members = (await client(world).conversations_members(channel="C_PARTNER"))["members"]

    assert (channel["is_ext_shared"], channel["is_shared"], channel["is_member"]) == (True, True, True)
    assert set(channel["shared_team_ids"]) == {"T_SANDBOX", "T_PARTNER"}
    assert {"U_ANN", "U_BOB", "U_PAT", "U_BOT"} == set(members)
    assert (await client(world).conversations_info(channel="C_HIRING"))["channel"]["is_ext_shared"] is False


async def test_a_message_to_a_person_lands_in_their_direct_messages(world: World) -> None:
    reply = await world.api("chat.postMessage", channel="U_EVE", text="psst")

    assert reply["channel"] == "D_EVE"
    assert [shown["text"] for shown in await world.messages("D_EVE", "U_EVE")] == ["psst"]
    assert (await world.ask("GET", "/workspace/channels/D_EVE/messages?user=U_ANN"))[0] == 404
    assert (await world.api("conversations.open", users="U_EVE"))["channel"]["id"] == "D_EVE"


async def test_without_a_messages_tab_there_are_no_direct_messages_and_without_home_no_home(start: Start) -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["features"]["app_home"] = {"home_tab_enabled": False, "messages_tab_enabled": False}
    world = await start(manifest)

    assert (await world.api("chat.postMessage", channel="U_ANN", text="x"))["error"] == "messages_tab_disabled"
    published = await world.api("views.publish", user_id="U_ANN", view={"type": "home", "blocks": []})
    assert published["error"] == "not_enabled"


async def test_an_update_redraws_in_place_and_keeps_metadata(world: World) -> None:
    metadata = {"event_type": "card", "event_payload": {"id": "1"}}
    posted = await world.api(
        "chat.postMessage", channel="C_HIRING", text="one", blocks=[section("one")], metadata=metadata
    )
    await world.api("chat.update", channel="C_HIRING", ts=posted["ts"], text="two", blocks=[section("two")])
    [redrawn] = await world.messages()
    await world.api("chat.update", channel="C_HIRING", ts=posted["ts"], text="three")
    [bare] = await world.messages()

    assert (redrawn["ts"], redrawn["text"], redrawn["metadata"]) == (posted["ts"], "two", metadata)
    assert redrawn["edited"] is None  # with blocks Slack shows no mark
    assert (bare["blocks"], bool(bare["edited"]), bare["metadata"]) == ([], True, metadata)


async def test_only_own_messages_that_everybody_sees_can_be_changed(world: World) -> None:
    world.app.body = {"text": "answer", "response_type": "in_channel"}
    await world.command()
    private = await world.api("chat.postEphemeral", channel="C_HIRING", user="U_ANN", text="psst")
    typed = (await world.messages())[0]
    for method in ("chat.update", "chat.delete"):
        of_ann = await world.api(method, channel="C_HIRING", ts=typed["ts"], text="x")
        assert of_ann["error"] == f"cant_{method.partition('.')[2]}_message"
        unseen = await world.api(method, channel="C_HIRING", ts=private["message_ts"], text="x")
        assert unseen["error"] == "message_not_found"


async def test_history_has_what_everybody_sees_newest_first_with_metadata_on_request(world: World) -> None:
    metadata = {"event_type": "post", "event_payload": {"id": "9"}}
    root = await world.api("chat.postMessage", channel="C_HIRING", text="root", metadata=metadata)
    await world.api("chat.postMessage", channel="C_HIRING", text="reply", thread_ts=root["ts"])
    await world.api("chat.postEphemeral", channel="C_HIRING", user="U_ANN", text="private")
    await world.api("chat.postMessage", channel="C_HIRING", text="later")
    bot = client(world)
    plain = await bot.conversations_history(channel="C_HIRING")
    whole = await bot.conversations_history(channel="C_HIRING", include_all_metadata=True)
    newer = await bot.conversations_history(channel="C_HIRING", oldest=root["ts"])
    thread = await bot.conversations_replies(channel="C_HIRING", ts=root["ts"])

    assert [message["text"] for message in plain["messages"]] == ["later", "root"]
    assert "metadata" not in plain["messages"][1]
    assert whole["messages"][1]["metadata"] == metadata
    assert [message["text"] for message in newer["messages"]] == ["later"]
    assert [message["text"] for message in thread["messages"]] == ["root", "reply"]


async def test_timestamps_are_unique_and_increasing(world: World) -> None:
    stamps = [(await world.api("chat.postMessage", channel="C_HIRING", text="x"))["ts"] for _ in range(9)]

    assert stamps == sorted(set(stamps))
    after = (await world.ask("GET", f"/workspace/channels/C_HIRING/messages?user=U_ANN&after={stamps[6]}"))[1]
    assert [message["ts"] for message in after["messages"]] == stamps[7:]


async def test_blocks_can_be_validated_without_a_scope(world: World) -> None:
    good = await world.api("blocks.validate", blocks=[section()])
    bad = await world.api("blocks.validate", blocks=[section("x" * 3_001)])
    both = await world.api("blocks.validate", blocks=[section()], view={})

    assert good["ok"]
    assert "[json-pointer:/blocks/0/text/text]" in bad["response_metadata"]["messages"][0]
    assert both["error"] == "invalid_arguments"


async def test_user_groups_name_their_people(world: World) -> None:
    listed = await world.api("usergroups.list")
    with_people = await world.api("usergroups.list", include_users=True)
    members = await world.api("usergroups.users.list", usergroup="S_RECRUITERS")
    unknown = await world.api("usergroups.users.list", usergroup="S_NONE")

    assert [(each["id"], each["handle"], each["user_count"]) for each in listed["usergroups"]] == [
        ("S_LEADS", "leads", 1),
        ("S_RECRUITERS", "recruiters", 2),
    ]
    assert "users" not in listed["usergroups"][0]
    assert with_people["usergroups"][0]["users"] == ["U_ANN"]
    assert members["users"] == ["U_ANN", "U_BOB"]
    assert unknown["error"] == "no_such_subteam"
