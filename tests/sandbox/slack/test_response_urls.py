"""response_urls: who sees what is posted, what can be replaced, how often and how long."""

from typing import Any

import pytest

from tests.sandbox.slack.kit import World, actions, button, section


async def press_for_url(world: World, ts: str) -> str:
    await world.press("go", ts)
    return str(world.app.last["response_url"])


async def test_a_command_takes_five_answers_and_no_sixth(world: World) -> None:
    url = (await world.command())["response_url"]
    answers = [await world.respond(url, text=f"{n}") for n in range(6)]

    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert [shown["text"] for shown in await world.messages()] == ["0", "1", "2", "3", "4"]


async def test_a_refused_post_does_not_count(world: World) -> None:
    url = (await world.command())["response_url"]
    for _ in range(5):
        assert (await world.respond(url, blocks=[{"type": "nonsense"}])) == (400, "invalid_blocks")

    assert await world.respond(url, text="fine") == (200, "ok")


async def test_an_address_lives_for_thirty_minutes(world: World) -> None:
    url = (await world.command())["response_url"]
    await world.post("clock", advance_s=1_790)
    assert await world.respond(url, text="in time") == (200, "ok")
    await world.post("clock", advance_s=15)

    assert await world.respond(url, text="late") == (404, "expired_url")


async def test_an_address_that_never_was_is_404(world: World) -> None:
    assert (await world.respond(f"{world.sandbox.url}/slack/response_url/guess", text="x"))[0] == 404


async def test_answers_are_private_unless_they_say_otherwise(world: World) -> None:
    url = (await world.command())["response_url"]
    await world.respond(url, text="mine")
    await world.respond(url, text="ours", response_type="in_channel")

    assert [(m["text"], m["ephemeral"]) for m in await world.messages()] == [("mine", True), ("ours", False)]
    assert [m["text"] for m in await world.messages(user="U_BOB")] == ["ours"]


async def test_the_address_of_a_command_only_adds(world: World) -> None:
    url = (await world.command())["response_url"]
    await world.respond(url, text="first")
    await world.respond(url, text="second", replace_original=True)

    assert await world.respond(url, delete_original=True) == (404, "message_not_found")
    assert [m["text"] for m in await world.messages()] == ["first", "second"]


@pytest.mark.parametrize("private", [True, False])
async def test_the_address_of_a_press_replaces_and_deletes_what_was_pressed(world: World, private: bool) -> None:
    url = (await world.command())["response_url"]
    kind = "ephemeral" if private else "in_channel"
    await world.respond(url, text="list", blocks=[actions(button())], response_type=kind)
    [before] = await world.messages()
    pressed = await press_for_url(world, before["ts"])

    assert await world.respond(pressed, text="redrawn", blocks=[section("redrawn")], replace_original=True) == (
        200,
        "ok",
    )
    [after] = await world.messages()
    assert (after["ts"], after["text"], after["ephemeral"]) == (before["ts"], "redrawn", private)
    assert await world.respond(pressed, delete_original=True) == (200, "ok")
    assert await world.messages() == []
    assert await world.respond(pressed, text="gone", replace_original=True) == (404, "message_not_found")


async def test_a_press_can_also_answer_beside_the_message(world: World) -> None:
    posted = await world.api("chat.postMessage", channel="C_HIRING", text="list", blocks=[actions(button())])
    url = await press_for_url(world, posted["ts"])
    await world.respond(url, text="a word to you", thread_ts=posted["ts"])

    original, answer = await world.messages()
    assert original["text"] == "list"
    assert (answer["ephemeral"], answer["thread_ts"]) == (True, posted["ts"])


async def test_the_address_of_a_press_on_one_private_copy_leaves_others_alone(world: World) -> None:
    for user in ("U_ANN", "U_BOB"):
        url = (await world.command(user=user))["response_url"]
        await world.respond(url, text=user, blocks=[actions(button())])
    [mine] = await world.messages()
    await world.respond(await press_for_url(world, mine["ts"]), text="done", replace_original=True)

    assert [m["text"] for m in await world.messages()] == ["done"]
    assert [m["text"] for m in await world.messages(user="U_BOB")] == ["U_BOB"]


async def test_an_archived_channel_takes_no_more_answers(world: World) -> None:
    url = (await world.command())["response_url"]
    await world.ask("PATCH", "/workspace/channels/C_HIRING", {"archived": True})

    assert await world.respond(url, text="x") == (410, "channel_is_archived")


async def test_a_private_answer_to_somebody_who_has_left_is_lost_quietly(world: World) -> None:
    url = (await world.command())["response_url"]
    await world.ask("PATCH", "/workspace/channels/C_HIRING", {"members": ["U_BOB"]})

    assert await world.respond(url, text="x") == (200, "ok")
    assert await world.messages(user="U_BOB") == []


@pytest.mark.parametrize(
    ("sent", "answer"),
    [("", "invalid_payload"), ("[]", "invalid_payload"), ("{}", "no_text"), ('{"blocks": "nope"}', "invalid_blocks")],
)
async def test_what_is_no_message_is_refused_by_name(world: World, sent: str, answer: str) -> None:
    url = (await world.command())["response_url"]
    async with world.http.post(url, data=sent, headers={"Content-Type": "application/json"}) as response:
        assert (response.status, await response.text()) == (400, answer)


async def test_an_answer_may_come_as_a_form_and_may_carry_metadata(world: World) -> None:
    url = (await world.command())["response_url"]
    payload = '{"text": "formed", "metadata": {"event_type": "e", "event_payload": {"id": "7"}}}'
    async with world.http.post(url, data={"payload": payload}) as response:
        assert response.status == 200

    [shown] = await world.messages()
    assert (shown["text"], shown["metadata"]) == ("formed", {"event_type": "e", "event_payload": {"id": "7"}})


async def test_a_busy_channel_takes_many_answers_at_once(world: World) -> None:
    urls: list[Any] = [(await world.command())["response_url"] for _ in range(8)]
    answers = [await world.respond(url, text="x") for url in urls for _ in range(5)]

    assert answers == [(200, "ok")] * 40
