"""Routes as data, and the one wrapper around every handler: ack, access check, log context, error notice.

A handler is `async def handler(call, services)`. It may raise any ShortlistError: the person gets the words for it.
Bolt traps behind this (reference slack-platform §6.2): an exception that reaches Bolt after the ack undoes the ack, and
Bolt keeps no reference to a running listener.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import ShortlistError, SlackDeliveryError
from bot.slack.calls import Call, from_body
from bot.views import notices

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable, Sequence

    from slack_bolt.app.async_app import AsyncApp

    from bot.slack.access import Access
    from bot.slack.messenger import Messenger

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, its name with the slash."""

    name: str
    handler: Callable[[Call, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be pressed: an action id, or a pattern of them."""

    id: str | re.Pattern[str]
    handler: Callable[[Call, Any], Awaitable[None]]


Route = Command | Action


class Guard:
    """Wraps handlers, and keeps hold of what is running so that a stop can wait for it."""

    def __init__(self, *, access: Access, messenger: Messenger, services: Any) -> None:
        self._access = access
        self._messenger = messenger
        self._services = services
        self._running: set[asyncio.Task[Any]] = set()

    def attach(self, app: AsyncApp, routes: Sequence[Route], *, prefix: str = "") -> None:
        """Register every route with Bolt; `prefix` goes before the names of commands."""
        for route in routes:
            if isinstance(route, Command):
                app.command(f"/{prefix}{route.name.lstrip('/')}")(self._listener("command", route))
            else:
                app.action(route.id)(self._listener("action", route))

    async def drain(self, seconds: float) -> None:
        """Wait for what is running, at most that long."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)

    def _listener(self, kind: str, route: Route) -> Callable[..., Awaitable[None]]:
        async def listener(ack: Callable[..., Awaitable[Any]], body: dict[str, Any]) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            call = from_body(body, kind=kind, messenger=self._messenger, ack=ack)
            await self._guarded(call, route)

        return listener

    async def _guarded(self, call: Call, route: Route) -> None:
        name = route.name if isinstance(route, Command) else "action"
        reference = secrets.token_hex(4)
        started = time.monotonic()
        outcome = "ok"
        with structlog.contextvars.bound_contextvars(call=reference, route=name, user=call.user_id):
            try:
                # Nothing slow before an ack; a known person's bad query is answered by the ack itself.
                if call.kind != "command" or not self._access.is_known(call.user_id):
                    await call.ack()
                call.viewer = await self._access.check(
                    call.user_id, team_id=call.team_id, enterprise_id=call.enterprise_id
                )
                await route.handler(call, self._services)
                await call.ack()
            except ShortlistError as error:
                outcome = type(error).__name__
                await self._tell(call, notices.for_error(error), error)
            except Exception as error:  # noqa: BLE001 - the guard: whatever it is, the person gets an answer and we a trace
                outcome = type(error).__name__
                log.error("unexpected", error=error)  # noqa: TRY400 - with type and place only: messages quote values
                await self._tell(call, notices.unexpected(reference), error)
            finally:
                log.info("handled", outcome=outcome, ms=round((time.monotonic() - started) * 1000))

    @staticmethod
    async def _tell(call: Call, message: Any, error: Exception) -> None:
        try:
            await call.refuse(message)
        except SlackDeliveryError as undelivered:
            log.warning("nobody could be told", code=undelivered.code, about=type(error).__name__)
