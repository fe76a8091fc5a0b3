"""conversations.*: what an app may learn of channels and their history."""

from typing import Any

from bot.sandbox.slack.arguments import flag, text_argument
from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.methods.call import (
    HISTORY_SCOPES,
    READ_SCOPES,
    Arguments,
    known_channel,
    missing_scope,
    need_scope,
    page,
)
from bot.sandbox.slack.team import BOT_USER, Channel
from bot.sandbox.slack.world import World

TYPES = frozenset({*READ_SCOPES, "mpim"})


def info(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return one conversation; `num_members` only on request."""
    channel = known_channel(world, arguments)
    need_scope(world, channel, READ_SCOPES)
    wire = channel.wire()
    if not flag(arguments, "include_num_members"):
        wire.pop("num_members", None)
    return {"channel": wire}


def list_(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the conversations of the wanted `types`: public channels unless it says otherwise."""
    wanted = set((text_argument(arguments, "types") or "public_channel").replace(" ", "").split(","))
    if not wanted <= TYPES:
        raise ApiError("invalid_types")
    for kind in sorted(wanted & READ_SCOPES.keys()):
        if READ_SCOPES[kind] not in world.manifest.bot_scopes:
            raise missing_scope(world, READ_SCOPES[kind])
    listed = [
        channel.wire()
        for channel in world.store.channels.values()
        if channel.kind in wanted
        and (channel.kind == "public_channel" or channel.has_bot)
        and not (channel.archived and flag(arguments, "exclude_archived"))
    ]
    channels, metadata = page(arguments, listed, 100)
    return {"channels": channels, "response_metadata": metadata}


def members(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the ids of a conversation's members, the bot included."""
    channel = known_channel(world, arguments)
    need_scope(world, channel, READ_SCOPES)
    found, metadata = page(arguments, list(channel.members), 100)
    return {"members": found, "response_metadata": metadata}


def open_(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the direct message with one person."""
    named = text_argument(arguments, "channel")
    users = [user for user in (text_argument(arguments, "users") or "").split(",") if user]
    if named is not None:
        channel = world.store.channels.get(named)
        if channel is None or channel.im_user is None:
            raise ApiError("channel_not_found")
    elif len(users) == 1:
        channel = world.store.im_with(users[0])
        if channel is None:
            raise ApiError("user_not_found")
    else:
        raise ApiError("not_enough_users" if not users else "too_many_users")
    shown = channel.wire() if flag(arguments, "return_im") else {"id": channel.id}
    return {"channel": shown, "no_op": True, "already_open": True}


def join(world: World, arguments: Arguments) -> dict[str, Any]:
    """Make the bot a member of a public channel."""
    channel = known_channel(world, arguments)
    if channel.kind != "public_channel":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    if not channel.has_bot:
        channel.members.append(BOT_USER)
        world.store.announce_channel(channel)
    return {"channel": channel.wire()}


def _readable(world: World, arguments: Arguments) -> Channel:
    channel = known_channel(world, arguments)
    need_scope(world, channel, HISTORY_SCOPES)
    if not channel.has_bot:
        raise ApiError("not_in_channel")
    return channel


def _within(arguments: Arguments, messages: list[Message]) -> list[Message]:
    """Keep the messages between `oldest` and `latest`, the ends only with `inclusive`."""
    inclusive = flag(arguments, "inclusive")
    try:
        oldest = float(arguments.get("oldest") or 0)
        latest = float(arguments.get("latest") or "inf")
    except (TypeError, ValueError):
        raise ApiError("invalid_ts_oldest") from None
    kept = []
    for message in messages:
        ts = float(message.ts)
        if oldest < ts < latest or (inclusive and ts in {oldest, latest}):
            kept.append(message)
    return kept


def _page_of_messages(world: World, arguments: Arguments, messages: list[Message]) -> dict[str, Any]:
    found, metadata = page(arguments, messages, 100)
    whole = flag(arguments, "include_all_metadata")
    threads: dict[str, list[Message]] = {}
    for message in world.store.messages[found[0].channel].values() if found else ():
        if message.only_for is None and message.thread_ts not in {None, message.ts}:
            threads.setdefault(str(message.thread_ts), []).append(message)
    answer: dict[str, Any] = {
        "messages": [message.wire(metadata=whole) | _thread(message, threads.get(message.ts)) for message in found],
        "has_more": bool(metadata["next_cursor"]),
    }
    if metadata["next_cursor"]:
        answer["response_metadata"] = metadata
    return answer


def _thread(root: Message, replies: list[Message] | None) -> dict[str, Any]:
    """Return what a message that has been replied to says of its thread."""
    if replies is None:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": root.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
    }


def history(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the messages that everybody sees outside threads, newest first."""
    channel = _readable(world, arguments)
    messages = [
        message
        for message in reversed(world.store.messages[channel.id].values())
        if message.only_for is None and message.thread_ts in {None, message.ts}
    ]
    return _page_of_messages(world, arguments, _within(arguments, messages))


def replies(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return a message and the replies in its thread, oldest first."""
    channel = _readable(world, arguments)
    root = text_argument(arguments, "ts") or ""
    if world.store.find(channel.id, root) is None:
        raise ApiError("thread_not_found")
    messages = [
        message
        for message in world.store.messages[channel.id].values()
        if message.only_for is None and root in {message.ts, message.thread_ts}
    ]
    return _page_of_messages(world, arguments, _within(arguments, messages))
