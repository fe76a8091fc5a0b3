"""The channels and messages of the workspace, and the announcement of every change to them."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.slack.blockkit.elements import with_ids
from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.errors import Refused
from bot.sandbox.slack.feed import Feed, Kind
from bot.sandbox.slack.messages import Content, Message
from bot.sandbox.slack.team import BOT_USER, SLACKBOT, Channel, User, UserGroup, conversations, people, user_groups

if TYPE_CHECKING:
    from collections.abc import Callable


def content(
    text: str | None,
    blocks: list[dict[str, Any]] | None = None,
    attachments: list[dict[str, Any]] | None = None,
) -> Content:
    """Return one version of a message, with the ids that Slack adds."""
    return Content(text or "", with_ids(blocks or []), attachments or [])


class Store:
    """Everything that is shown in channels; `on_change` is called after each change."""

    def __init__(self, clock: Clock, feed: Feed, *, bot_name: str, extra_channels: int) -> None:
        self.clock = clock
        self.feed = feed
        self.users: dict[str, User] = people(bot_name)
        self.groups: dict[str, UserGroup] = user_groups()
        self.channels: dict[str, Channel] = conversations(extra_channels)
        self.messages: dict[str, dict[str, Message]] = {channel: {} for channel in self.channels}
        self.on_change: Callable[[], None] = lambda: None
        self._ims = {channel.im_user: channel for channel in self.channels.values() if channel.im_user is not None}

    def person(self, user: object) -> User:
        """Return a person by id. Raises Refused 404."""
        found = self.users.get(user) if isinstance(user, str) else None
        if found is None or found.is_bot:
            raise Refused(404, f"No person has the id {user!r}")
        return found

    def channel_of(self, user: str, channel: object) -> Channel:
        """Return a channel that a person is in. Raises Refused 404."""
        found = self.channels.get(channel) if isinstance(channel, str) else None
        if found is None:
            raise Refused(404, f"No channel has the id {channel!r}")
        if user not in found.members:
            raise Refused(404, f"{user} is not in {found.id}")
        return found

    def im_with(self, user: str) -> Channel | None:
        """Return the direct message between a person and the bot."""
        return self._ims.get(user)

    def find(self, channel: str, ts: str, user: str | None = None) -> Message | None:
        """Return a message; with `user`, one that this user sees, else one that everybody sees."""
        message = self.messages.get(channel, {}).get(ts)
        if message is None:
            return None
        visible = message.only_for is None if user is None else message.visible_to(user)
        return message if visible else None

    def visible(self, channel: str, user: str, after: str) -> list[Message]:
        """Return what a user sees in a channel, oldest first, with a ts above `after`."""
        since = _order(after) if after else (0, 0)
        return [m for m in self.messages[channel].values() if m.visible_to(user) and _order(m.ts) > since]

    def post(
        self,
        channel: Channel,
        shown: Content,
        *,
        user: str = BOT_USER,
        only_for: str | None = None,
        thread_ts: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> Message:
        """Add a message and announce it."""
        message = Message(channel.id, self.clock.next_ts(), user, [shown], only_for, thread_ts, metadata)
        self.messages[channel.id][message.ts] = message
        self._announce("message_posted", message)
        return message

    def whisper(self, channel: Channel, user: str, text: str) -> Message:
        """Show one person a private line by Slackbot, as Slack does for a failed command."""
        return self.post(channel, content(text), user=SLACKBOT, only_for=user)

    def redraw(
        self,
        message: Message,
        shown: Content,
        *,
        metadata: dict[str, Any] | None = None,
        mark_edited: bool = False,
    ) -> None:
        """Show a new version; metadata stays unless new ones are given."""
        message.redraw(shown)
        message.warnings.clear()
        if metadata is not None:
            message.metadata = metadata
        # With blocks the "edited" mark is not shown (slack-platform §2.3).
        message.edited = (
            {"user": message.user, "ts": self.clock.next_ts()} if mark_edited and not shown.blocks else None
        )
        self._announce("message_changed", message)

    def warn(self, message: Message, user: str, error: str | None) -> None:
        """Set or clear the warning mark that one user sees on a message."""
        if message.warnings.get(user) == error:
            return
        if error is None:
            del message.warnings[user]
        else:
            message.warnings[user] = error
        self.feed.publish("message_changed", {"channel": message.channel, "message": message.seen(user)}, {user})

    def delete(self, message: Message) -> None:
        """Remove a message and announce it."""
        self.messages[message.channel].pop(message.ts, None)
        self._announce("message_deleted", message)

    def announce_channel(self, channel: Channel) -> None:
        """Announce a channel whose members or archive state changed."""
        self.feed.publish("channel", {"channel": {**channel.wire(), "members": list(channel.members)}})
        self.on_change()

    def _announce(self, kind: Kind, message: Message) -> None:
        audience = [message.only_for] if message.only_for is not None else self.channels[message.channel].members
        data: dict[str, Any] = {"channel": message.channel}
        if kind == "message_deleted":
            data["ts"] = message.ts
        else:
            data["message"] = message.seen(message.only_for)
        self.feed.publish(kind, data, audience)
        self.on_change()


def _order(ts: str) -> tuple[int, int]:
    """Return a timestamp as numbers. Raises Refused 400 when it is none."""
    seconds, _, micros = ts.partition(".")
    if not (seconds.isdecimal() and (micros.isdecimal() or not micros)):
        raise Refused(400, f"{ts!r} is no message timestamp")
    return int(seconds), int(micros.ljust(6, "0") or 0)
