"""Who we are in Slack, asked once at the start."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.errors import ConfigError, SlackDeliveryError

if TYPE_CHECKING:
    from bot.slack.messenger import Messenger

log = structlog.get_logger(__name__)
START_TRIES = 5
_TEMPORARY = frozenset({"no_connection", "ratelimited"})


async def identify(messenger: Messenger) -> dict[str, object]:
    """auth.test; a refused token ends the start with one sentence, a network that is down is waited for a little."""
    for attempt in range(1, START_TRIES + 1):
        try:
            return await messenger.auth_test()
        except SlackDeliveryError as error:
            temporary = not error.sure or error.code in _TEMPORARY
            if not temporary:
                raise ConfigError(f"Slack refuses SLACK_BOT_TOKEN ({error.code}): install the app again.") from None
            if attempt == START_TRIES:
                raise ConfigError(f"Slack cannot be reached at SLACK_API_URL ({error.code}).") from None
            log.warning("slack not reachable", attempt=attempt, code=error.code)
            await asyncio.sleep(attempt)
    raise AssertionError  # the loop returns or raises
