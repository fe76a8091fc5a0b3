"""One thing that somebody did in Slack, and the ways to answer it.

A handler gets a `Call`: who, where, what; `ack` within three seconds; then `whisper` (a new private message), `redraw`
(in place of the message acted on) or a view: `open`, `push`, `update`, `publish`.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import SlackDeliveryError
from bot.slack.addresses import Address, Addresses
from bot.views import locales, modals, notices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from bot.slack.access import Viewer
    from bot.slack.messenger import Messenger
    from bot.views.locales import Manner
    from bot.views.message import Message

log = structlog.get_logger(__name__)
PROGRESS_AFTER = 1.5  # seconds of silence before a person is told that we are at it (DESIGN §5)


@dataclass(slots=True, kw_only=True)
class Call:
    """One interaction; what does not belong to its kind is empty.

    `value` is what the pressed element carries, `selected` everything that was chosen in it (values, ids, dates);
    `typed` what stands in a type-ahead field so far. `message_ts` is the message acted on. `values` is what a form
    holds: {block_id: {action_id: element}}. In a modal, `response_url` and `channel_id` are those of what opened it.
    """

    kind: str  # command, action, view, closed, options, shortcut, event
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
    view_id: str = ""
    root_view_id: str = ""
    view_hash: str = ""
    callback_id: str = ""
    private_metadata: str = ""
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    typed: str = ""
    selected: tuple[str, ...] = ()
    tab: str = ""
    messenger: Messenger
    addresses: Addresses = field(default_factory=Addresses)
    bolt_ack: Callable[..., Awaitable[Any]]
    acked: bool = False
    arrived: float = field(default_factory=time.monotonic)
    viewer: Viewer | None = field(default=None)
    afterwards: list[Callable[[], Awaitable[None]]] = field(default_factory=list)  # once the answer is out

    @property
    def manner(self) -> Manner:
        """How this person writes numbers and days; the neutral one where nobody knows them yet."""
        return locales.NEUTRAL if self.viewer is None else locales.of(self.viewer.locale, self.viewer.zone)

    async def ack(self, **payload: Any) -> None:
        """Tell Slack that it arrived. The first one counts; without a payload it shows nothing.

        A submission takes response_action with errors or a view, a type-ahead field options or option_groups.
        """
        if not self.acked:
            self.acked = True
            if self.kind == "options" and not payload:
                payload = {"options": []}
            await self.bolt_ack(**payload)

    async def refuse(self, message: Message) -> None:
        """Answer with a private sentence, where this person looks: in the command's own answer, in a modal, on Home."""
        match self.kind:
            case "command" if not self.acked:
                await self.ack(response_type="ephemeral", **message.payload())
            case "view" if not self.acked:  # on top of the form, which keeps what was filled in
                await self.ack(response_action="push", view=modals.notice(message))
            case "options" | "closed":
                await self.ack()
            case "event":
                await self.ack()
                await self.publish(modals.home(message))
            case "action" | "shortcut" if self.view_id or not self.response_url:
                await self.ack()
                try:
                    await (self.push if self.view_id else self.open)(modals.notice(message))
                except SlackDeliveryError as error:  # the trigger has expired, or was used
                    log.info("no modal", code=error.code)
                    await self.whisper(message)
            case _:
                await self.ack()
                await self.whisper(message)

    async def open(self, view: Mapping[str, Any]) -> str:
        """Open a modal; returns its id. What is done in it is answered where this call would be.

        Raises SlackDeliveryError, as all four do.
        """
        view_id = await self.messenger.open_view(self.trigger_id, view)
        self.addresses.keep(view_id, self.user_id, Address(self.response_url, self.channel_id, self.message_ts))
        return view_id

    async def push(self, view: Mapping[str, Any]) -> str:
        """Put a modal on top of this one; returns its id."""
        return await self.messenger.push_view(self.trigger_id, view)

    async def update(self, view_id: str, view: Mapping[str, Any], *, hash: str = "") -> None:  # noqa: A002 - Slack's word
        """Redraw an open modal; `hash` makes it fail where it was redrawn since."""
        await self.messenger.update_view(view_id, view, hash=hash)

    async def publish(self, view: Mapping[str, Any]) -> None:
        """Show a view on this person's Home tab."""
        await self.messenger.publish_view(self.user_id, view)

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
    async def progress(self, *, after: float = PROGRESS_AFTER) -> AsyncIterator[None]:
        """Say that we are at it if what happens inside takes longer than a moment."""

        async def tell() -> None:
            try:
                if self.response_url:
                    await self.messenger.respond(self.response_url, notices.working())
                else:
                    await self.messenger.whisper(self.channel_id, self.user_id, notices.working())
            except SlackDeliveryError as error:
                log.info("progress not shown", code=error.code)

        telling: list[asyncio.Task[None]] = []
        timer = asyncio.get_running_loop().call_later(after, lambda: telling.append(asyncio.create_task(tell())))
        try:
            yield
        finally:
            timer.cancel()
            # What was begun is let finish, so that the notice never comes after the answer.
            await asyncio.gather(*telling, return_exceptions=True)
