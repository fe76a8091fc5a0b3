"""The workspace as JSON, so that a sandbox with a data folder goes on after a restart.

Open triggers and response_urls are lost, as are retries of events.
"""

from typing import Any

from bot.sandbox.slack.messages import Content, Message
from bot.sandbox.slack.views import View
from bot.sandbox.slack.world import World

Chosen = dict[tuple[str, str], Any]


def dump(world: World) -> dict[str, Any]:
    """Return channels, messages with their versions, and views."""
    store = world.store
    return {
        "clock_offset": world.clock.offset,
        "channels": [
            {"id": channel.id, "members": list(channel.members), "archived": channel.archived}
            for channel in store.channels.values()
        ],
        "messages": [_dump_message(message) for held in store.messages.values() for message in held.values()],
        "stacks": {user: [_dump_view(view) for view in stack] for user, stack in world.views.stacks.items()},
        "homes": {user: _dump_view(view) for user, view in world.views.homes.items()},
    }


def load(world: World, state: dict[str, Any]) -> None:
    """Continue from what `dump` returned; channels that are not there now are left out."""
    store = world.store
    world.clock.offset = state["clock_offset"]
    for kept in state["channels"]:
        channel = store.channels.get(kept["id"])
        if channel is not None:
            channel.members, channel.archived = kept["members"], kept["archived"]
    for kept in state["messages"]:
        message = _load_message(kept)
        if message.channel in store.messages:
            store.messages[message.channel][message.ts] = message
        world.clock.continue_after(message.ts)
    for user, stack in state["stacks"].items():
        world.views.stacks[user] = [_load_view(view) for view in stack]
    for user, home in state["homes"].items():
        world.views.homes[user] = _load_view(home)


def _pairs(chosen: Chosen) -> list[list[Any]]:
    return [[block_id, action_id, choice] for (block_id, action_id), choice in chosen.items()]


def _chosen(kept: list[list[Any]]) -> Chosen:
    return {(block_id, action_id): choice for block_id, action_id, choice in kept}


def _dump_message(message: Message) -> dict[str, Any]:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "versions": [[shown.text, shown.blocks, shown.attachments] for shown in message.versions],
        "only_for": message.only_for,
        "thread_ts": message.thread_ts,
        "metadata": message.metadata,
        "edited": message.edited,
        "warnings": dict(message.warnings),
        "chosen": {user: _pairs(chosen) for user, chosen in message.chosen.items()},
    }


def _load_message(kept: dict[str, Any]) -> Message:
    return Message(
        **{
            **kept,
            "versions": [Content(*shown) for shown in kept["versions"]],
            "chosen": {user: _chosen(chosen) for user, chosen in kept["chosen"].items()},
        },
    )


def _dump_view(view: View) -> dict[str, Any]:
    return {
        "id": view.id,
        "user": view.user,
        "payload": view.payload,
        "hash": view.hash,
        "root_view_id": view.root_view_id,
        "previous_view_id": view.previous_view_id,
        "conversation": view.conversation,
        "chosen": _pairs(view.chosen),
        "earlier": list(view.earlier),
        "warning": view.warning,
        "errors": dict(view.errors),
    }


def _load_view(kept: dict[str, Any]) -> View:
    return View(**{**kept, "chosen": _chosen(kept["chosen"])})
