"""The one wrapper around every handler: ack, access check, log context, error notice.

A handler may raise any ShortlistError: the person gets the words for it.
Bolt traps behind this (reference slack-platform §6.2): an exception that reaches Bolt after the ack undoes the ack, and
Bolt keeps no reference to a running listener. Nor is it left to Bolt to look for the ack, every 10 ms: its listener
ends with the ack, and `process_before_response` makes it wait for that.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import ShortlistError, SlackDeliveryError
from bot.slack.payloads import from_body
from bot.slack.routes import Action, Command, Event
from bot.views import notices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from slack_bolt.app.async_app import AsyncApp

    from bot.slack.access import Access
    from bot.slack.addresses import Addresses
    from bot.slack.calls import Call
    from bot.slack.messenger import Messenger
    from bot.slack.routes import Route

log = structlog.get_logger(__name__)
OPTIONS_SECONDS = 0.25  # a type-ahead list that comes later than a third of a second is behind the typing anyway
_OWN_ACK = frozenset({"view", "options"})  # what they ack with is the answer


class Guard:
    """Wraps handlers, and keeps hold of what is running so that a stop can wait for it."""

    def __init__(self, *, access: Access, messenger: Messenger, addresses: Addresses, services: Any) -> None:
        self._access = access
        self._messenger = messenger
        self._addresses = addresses
        self._services = services
        self._running: set[asyncio.Task[Any]] = set()

    def attach(self, app: AsyncApp, routes: Sequence[Route], *, prefix: str = "") -> None:
        """Register every route with Bolt; `prefix` goes before the names of commands."""
        ways = {
            "action": app.action,
            "view": app.view_submission,
            "closed": app.view_closed,
            "options": app.options,
            "shortcut": app.shortcut,
        }
        for route in routes:
            if isinstance(route, Command):
                app.command(f"/{prefix}{route.name.lstrip('/')}")(self._listener(route))
            elif isinstance(route, Event):
                app.event(route.type)(self._listener(route))
            else:
                ways[route.kind](route.id)(self._listener(route))

    async def drain(self, seconds: float) -> None:
        """Wait for what is running, at most that long."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)

    def _listener(self, route: Route) -> Callable[..., Awaitable[None]]:
        async def listener(ack: Callable[..., Awaitable[Any]], body: dict[str, Any]) -> None:
            acked = asyncio.Event()

            async def acking(**payload: Any) -> None:
                await ack(**payload)
                acked.set()

            call = from_body(body, kind=route.kind, messenger=self._messenger, ack=acking, addresses=self._addresses)
            task = asyncio.create_task(self._guarded(call, route))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
            task.add_done_callback(lambda _: acked.set())
            await acked.wait()  # Bolt sends the ack as soon as this returns; the handler goes on

        return listener

    async def _guarded(self, call: Call, route: Route) -> None:
        reference = secrets.token_hex(4)
        started = time.monotonic()
        outcome = "ok"
        with structlog.contextvars.bound_contextvars(call=reference, route=_name(route), user=call.user_id):
            try:
                # Nothing slow before an ack; a known person's bad query is answered by the ack itself.
                if not _acks(route) and (call.kind != "command" or not self._access.is_known(call.user_id)):
                    await call.ack()
                async with _in_time(call):
                    call.viewer = await self._access.check(
                        call.user_id, team_id=call.team_id, enterprise_id=call.enterprise_id
                    )
                    await route.handler(call, self._services)
                    await call.ack()
            except ShortlistError as error:
                outcome = type(error).__name__
                await self._tell(call, notices.for_error(error, call.manner), error)
            except Exception as error:  # noqa: BLE001 - the guard: whatever it is, the person gets an answer and we a trace
                outcome = type(error).__name__
                log.error("unexpected", error=error)  # noqa: TRY400 - with type and place only: messages quote values
                await self._tell(call, notices.unexpected(reference), error)
            finally:
                log.info("handled", outcome=outcome, ms=round((time.monotonic() - started) * 1000))
                await self._finish(call)

    @staticmethod
    async def _finish(call: Call) -> None:
        """What is done once the answer is out; nobody waits for it, so nobody is told where it fails."""
        for work in call.afterwards:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - as above: we get a trace
                log.error("unexpected", error=error)  # noqa: TRY400 - with type and place only

    @staticmethod
    async def _tell(call: Call, message: Any, error: Exception) -> None:
        try:
            await call.refuse(message)
        except SlackDeliveryError as undelivered:
            log.warning("nobody could be told", code=undelivered.code, about=type(error).__name__)


@asynccontextmanager
async def _in_time(call: Call) -> AsyncIterator[None]:
    """A type-ahead list that is late is answered with none; the work goes on, so that the next letter finds it done."""

    async def give_up() -> None:
        await asyncio.sleep(OPTIONS_SECONDS)
        log.info("options late")
        await call.ack()

    task = asyncio.create_task(give_up()) if call.kind == "options" else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()


def _acks(route: Route) -> bool:
    """Whether the handler acks by itself."""
    return route.kind in _OWN_ACK or (isinstance(route, Action) and route.own_ack)


def _name(route: Route) -> str:
    """What a log line calls it: a command or an event by its name, anything else by its kind."""
    if isinstance(route, Command):
        return route.name
    return route.type if isinstance(route, Event) else route.kind
