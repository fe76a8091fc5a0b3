"""The audit line: after a decision is recorded, one more line in HrFlow's trackings (setting AUDIT_TRACKING).

Best effort. It is never waited for, never instead of the ledger, and never sent twice: each one would add a line
(reference hrflow-api §6.2). What fails is logged and forgotten; the ledger has it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import ShortlistError
from bot.hrflow.pace import background

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.stages import StageMove
    from bot.hrflow.client import HrflowClient

log = structlog.get_logger(__name__)
MOST_WAITING = 500
CLOSE_SECONDS = 5.0


class AuditTrail:
    """Sends the lines; `user` is users.info, which gives an address only where the app may read it."""

    def __init__(
        self, hrflow: HrflowClient, user: Callable[[str], Awaitable[dict[str, Any]]], *, enabled: bool
    ) -> None:
        self._hrflow = hrflow
        self._user = user
        self._enabled = enabled
        self._sending: set[asyncio.Task[None]] = set()

    def add(self, move: StageMove, by: str) -> None:
        """Send a line about a move that `by` has made, some time soon. Returns at once."""
        if not self._enabled:
            return
        if len(self._sending) >= MOST_WAITING:
            log.warning("tracking dropped", waiting=len(self._sending))
            return
        task = asyncio.create_task(self._send(move, by))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def close(self) -> None:
        """Let what is under way end, for a moment."""
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=CLOSE_SECONDS)
            for task in late:
                task.cancel()

    async def _send(self, move: StageMove, by: str) -> None:
        try:
            with background():
                await self._hrflow.track(move, author_email=await self._address(by))
        except ShortlistError as error:
            log.warning("tracking failed", why=type(error).__name__)

    async def _address(self, user_id: str) -> str:
        try:
            profile = (await self._user(user_id)).get("profile")
        except (ShortlistError, TimeoutError):
            return ""
        address = profile.get("email") if isinstance(profile, dict) else None
        return address if isinstance(address, str) else ""
