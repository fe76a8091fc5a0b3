"""trigger_ids: single-use permissions, 3 s long, to show one person a modal (slack-platform §0)."""

import secrets
from dataclasses import dataclass

from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.errors import ApiError

LIFE_SECONDS = 3.0
# Long enough to tell an expired or a used one from one that never was.
REMEMBERED_SECONDS = 3_600.0


@dataclass(slots=True)
class Trigger:
    """One interaction of one user, in the conversation (None: Home or a global shortcut) where it happened."""

    user: str
    conversation: str | None
    issued: float
    used: bool = False


class Triggers:
    """All trigger_ids of the last hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, conversation: str | None) -> str:
        """Return a new trigger_id for an interaction that is being sent."""
        now = self._clock.now()
        while self._issued:
            oldest = next(iter(self._issued))
            if now - self._issued[oldest].issued < REMEMBERED_SECONDS:
                break
            del self._issued[oldest]
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user, conversation, now)
        return trigger_id

    def peek(self, trigger_id: object) -> Trigger:
        """Return a trigger that may still be used, without using it.

        Raises ApiError `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        trigger = self._issued.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if self._clock.now() - trigger.issued > LIFE_SECONDS:
            raise ApiError("expired_trigger_id")
        return trigger
