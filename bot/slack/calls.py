"""One thing that somebody did in Slack, and the ways to answer it.

A handler gets a `Call`: who, where, what; `ack` within three seconds; then `whisper` (a new private message) or
`redraw` (in place of the message acted on).
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import SlackDeliveryError
from bot.views import notices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.slack.access import Viewer
    from bot.slack.messenger import Messenger
    from bot.views.message import Message

log = structlog.get_logger(__name__)
PROGRESS_AFTER = 1.5  # seconds of silence before a person is told that we are at it (DESIGN §5)


@dataclass(slots=True, kw_only=True)
class Call:
    """`value` is what the pressed element carries; `message_ts` the message it stands on, "" where there is none."""

    kind: str  # command, action, view
    user_id: str
    team_id: str
    enterprise_id: str
    channel_id: str
    command: str = ""
    text: str = ""
    action_id: str = ""
    block_id: str = ""
    value: str = ""
    message_ts: str = ""
    trigger_id: str = ""
    response_url: str = ""
    messenger: Messenger
    bolt_ack: Callable[..., Awaitable[Any]]
    acked: bool = False
    viewer: Viewer | None = field(default=None)

    async def ack(self) -> None:
        """Tell Slack that it arrived; shows nothing."""
        if not self.acked:
            self.acked = True
            await self.bolt_ack()

    async def refuse(self, message: Message) -> None:
        """Answer with a private sentence: in the ack itself where a command is not acked yet, else as a whisper."""
        if self.kind == "command" and not self.acked:
            self.acked = True
            await self.bolt_ack(response_type="ephemeral", **message.payload())
            return
        await self.ack()
        await self.whisper(message)

    async def whisper(self, message: Message, *, once: bool = False) -> None:
        """A new message that only this person sees.

        Through the response_url, else with the bot's token into the channel, else as a direct message. Where Slack did
        not say whether it took the message, what must not be there twice (`once`: a list with its buttons) is not sent
        again, one sentence says so instead; anything else is: better read twice than not at all.
        Raises SlackDeliveryError when none of these ways is open.
        """
        try:
            if not self.response_url:
                raise SlackDeliveryError("no_response_url")  # noqa: TRY301 - the same way on as for a refused one
            await self.messenger.respond(self.response_url, message)
        except SlackDeliveryError as error:
            log.warning("response_url refused", code=error.code, sure=error.sure)
            instead = notices.unconfirmed_delivery() if once and not error.sure else message
            await self.messenger.whisper(self.channel_id, self.user_id, instead)

    async def redraw(self, message: Message) -> None:
        """Put `message` in place of the one acted on. Raises SlackDeliveryError."""
        if not self.response_url:
            raise SlackDeliveryError("no_response_url")
        await self.messenger.respond(self.response_url, message, replace=True)

    async def redraw_or_whisper(self, message: Message) -> None:
        """Put `message` in place of the one acted on, or send it as a new private one where Slack refuses that."""
        try:
            await self.redraw(message)
        except SlackDeliveryError as error:
            log.warning("not replaced", code=error.code, sure=error.sure)
            instead = message if error.sure else notices.unconfirmed_delivery()
            await self.messenger.whisper(self.channel_id, self.user_id, instead)

    @asynccontextmanager
    async def progress(self) -> AsyncIterator[None]:
        """Say that we are at it if what happens inside takes longer than a moment."""

        async def tell() -> None:
            await asyncio.sleep(PROGRESS_AFTER)
            started.set()
            try:
                await self.messenger.respond(self.response_url, notices.working())
            except SlackDeliveryError as error:
                log.info("progress not shown", code=error.code)

        started = asyncio.Event()
        task = asyncio.create_task(tell())
        try:
            yield
        finally:
            if not started.is_set():
                task.cancel()
            # What was begun is let finish, so that the notice never comes after the answer.
            await asyncio.gather(task, return_exceptions=True)


def from_body(body: dict[str, Any], *, kind: str, messenger: Messenger, ack: Callable[..., Awaitable[Any]]) -> Call:
    """A Call from what Slack sent (reference slack-platform §§1.2, 2.2)."""
    user = _object(body.get("user"))
    action = _first(body.get("actions"))
    container = _object(body.get("container"))
    enterprise = _object(body.get("enterprise"))
    option = _object(action.get("selected_option"))
    return Call(
        kind=kind,
        user_id=_text(body.get("user_id")) or _text(user.get("id")),
        team_id=_text(user.get("team_id")) or _text(body.get("team_id")) or _text(_object(body.get("team")).get("id")),
        enterprise_id=_text(body.get("enterprise_id")) or _text(enterprise.get("id")),
        channel_id=_text(body.get("channel_id"))
        or _text(_object(body.get("channel")).get("id"))
        or _text(container.get("channel_id")),
        command=_text(body.get("command")),
        text=_text(body.get("text")),
        action_id=_text(action.get("action_id")),
        block_id=_text(action.get("block_id")),
        value=_text(action.get("value")) or _text(option.get("value")),
        message_ts=_text(container.get("message_ts")),
        trigger_id=_text(body.get("trigger_id")),
        response_url=_text(body.get("response_url")),
        messenger=messenger,
        bolt_ack=ack,
    )


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _first(value: object) -> dict[str, Any]:
    return _object(value[0]) if isinstance(value, list) and value else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
