"""chat.*: posting, updating and deleting messages (slack-platform §2.3)."""

from typing import Any

from bot.sandbox.slack.arguments import text_argument
from bot.sandbox.slack.composing import UPDATE_TEXT, compose, metadata_of
from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.methods.call import Arguments, known_channel
from bot.sandbox.slack.team import BOT_USER, Channel
from bot.sandbox.slack.world import World


def _target(world: World, arguments: Arguments) -> Channel:
    """Return where a message goes; a person's id means the direct message with that person."""
    named = text_argument(arguments, "channel") or ""
    im = world.store.im_with(named)
    if im is None and named.startswith("#"):
        by_name = [c for c in world.store.channels.values() if c.name == named[1:]]
        arguments = arguments | {"channel": by_name[0].id if by_name else ""}
    channel = im or known_channel(world, arguments)
    if channel.im_user is not None and not world.manifest.messages_tab:
        raise ApiError("messages_tab_disabled")
    return channel


def _may_write(world: World, channel: Channel) -> None:
    if not channel.has_bot and "chat:write.public" not in world.manifest.bot_scopes:
        raise ApiError("not_in_channel")


def post_message(world: World, arguments: Arguments) -> dict[str, Any]:
    """Post for everybody in a channel. Raises ApiError and RateLimitedError."""
    channel = _target(world, arguments)
    if channel.archived:
        raise ApiError("is_archived")
    _may_write(world, channel)
    shown = compose(arguments)
    metadata = metadata_of(arguments)
    thread_ts = text_argument(arguments, "thread_ts")
    world.pace.post(channel.id)
    message = world.store.post(channel, shown, thread_ts=thread_ts, metadata=metadata)
    return {"channel": channel.id, "ts": message.ts, "message": message.wire()}


def post_ephemeral(world: World, arguments: Arguments) -> dict[str, Any]:
    """Post for one person in a channel; the `message_ts` cannot be used for an update."""
    channel = _target(world, arguments)
    if channel.archived:
        raise ApiError("is_archived")
    _may_write(world, channel)
    user = text_argument(arguments, "user")
    if user not in world.store.users:
        raise ApiError("user_not_found")
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    shown = compose(arguments)
    message = world.store.post(
        channel, shown, only_for=user, thread_ts=text_argument(arguments, "thread_ts"), metadata=metadata_of(arguments)
    )
    return {"message_ts": message.ts}


def _own(world: World, arguments: Arguments, refusal: str) -> tuple[Channel, Message]:
    channel = known_channel(world, arguments)
    message = world.store.find(channel.id, text_argument(arguments, "ts") or "")
    if message is None:
        raise ApiError("message_not_found")
    if message.user != BOT_USER:
        raise ApiError(refusal)
    return channel, message


def update(world: World, arguments: Arguments) -> dict[str, Any]:
    """Redraw an own message: blocks that are left out go, metadata that are left out stay."""
    channel, message = _own(world, arguments, "cant_update_message")
    if channel.archived:
        raise ApiError("is_inactive")
    _may_write(world, channel)
    if not arguments.get("text") and not arguments.get("attachments") and arguments.get("blocks") == []:
        raise ApiError("no_text")
    shown = compose(arguments, text_limit=UPDATE_TEXT)
    world.store.redraw(message, shown, metadata=metadata_of(arguments), mark_edited=True)
    return {"channel": channel.id, "ts": message.ts, "text": shown.text, "message": message.wire()}


def delete(world: World, arguments: Arguments) -> dict[str, Any]:
    """Remove an own message."""
    channel, message = _own(world, arguments, "cant_delete_message")
    if channel.archived:
        raise ApiError("is_inactive")
    world.store.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the address of a message on the sandbox's page."""
    channel = known_channel(world, arguments)
    ts = text_argument(arguments, "message_ts") or ""
    if world.store.find(channel.id, ts) is None:
        raise ApiError("message_not_found")
    link = f"{world.response_urls.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}
