"""Several connections of one app in Socket Mode, and how connections end."""

import asyncio

import pytest
from aiohttp import WSMsgType

from tests.sandbox.slack.kit import Start, World
from tests.sandbox.slack.socket_kit import LINE, Client, address, answered, connections, heard, opened, until_open


@pytest.fixture
async def world(start: Start) -> World:
    return await start(mode="socket")


async def test_ten_connections_are_kept_and_the_eleventh_is_told_to_go(world: World, client: Client) -> None:
    for _ in range(10):
        await world.post("clock", advance_s=300)
        await client.connect()
    await world.post("clock", advance_s=300)
    async with world.http.ws_connect(await address(world)) as socket:
        assert (await heard(socket))["reason"] == "too_many_websockets"
        assert (await socket.receive()).type is WSMsgType.CLOSE

    assert len(await connections(world)) == 10


async def test_several_connections_share_the_work_and_any_of_them_may_ack(world: World, client: Client) -> None:
    first, second = await client.connect(), await client.connect()
    deeds = [asyncio.create_task(world.post("commands", **LINE)) for _ in range(2)]
    envelopes = [await heard(first), await heard(second)]
    for envelope in envelopes:
        await first.send_json({"envelope_id": envelope["envelope_id"]})

    assert [(await deed)["status"] for deed in deeds] == [200, 200]
    assert [connection["delivered"] for connection in await connections(world)] == [1, 1]


async def test_when_one_connection_breaks_the_other_takes_over(world: World, client: Client) -> None:
    await (await client.connect()).close()
    second = await client.connect()
    await until_open(world, 1)

    for _ in range(3):
        assert (await answered(second, "commands", LINE, world))[1]["status"] == 200


async def test_after_a_warning_the_work_goes_to_new_connections_and_the_old_one_is_closed(
    world: World, client: Client
) -> None:
    old = await client.connect()
    await world.post("sockets", disconnect="warning", after_ms=300)
    warning = await heard(old)
    assert (await answered(old, "commands", LINE, world))[1]["status"] == 200
    new = await client.connect()
    assert (await answered(new, "commands", LINE, world))[1]["status"] == 200

    assert (warning["type"], warning["reason"]) == ("disconnect", "warning")
    assert (await heard(old))["reason"] == "refresh_requested"
    assert (await old.receive()).type is WSMsgType.CLOSE
    await until_open(world, 1)
    assert (await connections(world))[0]["leaving"] is None


async def test_an_app_that_was_asked_to_refresh_may_still_ack_what_it_has(world: World, client: Client) -> None:
    socket = await client.connect()
    deed = asyncio.create_task(world.post("commands", **LINE))
    envelope = await heard(socket)
    await world.post("sockets", disconnect="refresh_requested")
    assert (await heard(socket))["reason"] == "refresh_requested"
    await socket.send_json({"envelope_id": envelope["envelope_id"]})

    assert (await deed)["status"] == 200


async def test_switched_off_socket_mode_closes_at_once_and_stays_off_until_it_is_switched_on(
    world: World, client: Client
) -> None:
    socket = await client.connect()
    unused = await address(world)
    await world.post("sockets", disconnect="link_disabled")
    assert (await heard(socket))["reason"] == "link_disabled"
    assert (await socket.receive()).type is WSMsgType.CLOSE
    assert (await opened(world))["error"] == "socket_mode_not_enabled"
    async with world.http.ws_connect(unused) as late:
        assert (await heard(late))["reason"] == "link_disabled"
    await world.post("sockets", enabled=True)

    await client.connect()


async def test_a_broken_and_a_silent_connection_can_be_had(world: World, client: Client) -> None:
    broken = await client.connect()
    await world.post("sockets", drop=True)
    async with asyncio.timeout(5):
        assert (await broken.receive()).type in {WSMsgType.CLOSED, WSMsgType.ERROR}
    await until_open(world, 0)
    silent = await client.connect(autoping=False)
    await world.post("sockets", mute=True)
    await silent.ping()
    reply = await world.post("commands", **LINE)

    assert reply["error"] == "operation_timeout"
    assert (await connections(world))[0]["muted"] is True
    with pytest.raises(TimeoutError):
        await silent.receive(timeout=0.01)


async def test_what_is_asked_of_sockets_is_one_thing_that_exists(world: World) -> None:
    for wrong in ({}, {"disconnect": "because"}, {"drop": True, "mute": True}, {"drop": False}, {"after_ms": 1},
                  {"disconnect": "warning", "after_ms": -1}, {"close": True}):  # fmt: skip
        assert (await world.refused("sockets", **wrong))[0] == 400


async def test_open_connections_do_not_hold_up_the_stop(world: World, client: Client) -> None:
    socket = await client.connect()
    async with asyncio.timeout(4):
        await world.sandbox.stop()

    assert (await socket.receive()).type in {WSMsgType.CLOSE, WSMsgType.CLOSED}
