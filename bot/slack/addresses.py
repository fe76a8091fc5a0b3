"""Where the answer of a modal goes: the response_url of the command or button that opened it, kept on our side.

It stays here and never travels in a view's metadata: whoever holds it can post. Slack takes it for thirty minutes
(reference slack-platform §1.5); another replica does not know it, and answers in the direct message with the bot.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KEEP_SECONDS = 30 * 60.0
MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Address:
    """`response_url` is "" where that interaction had none; `message_ts` the message that was acted on, or ""."""

    response_url: str = ""
    channel_id: str = ""
    message_ts: str = ""


class Addresses:
    """By the id of the root view of a stack of modals, and the person who opened it."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, Address]] = OrderedDict()

    def keep(self, view_id: str, user_id: str, address: Address) -> None:
        """Remember it for thirty minutes."""
        if view_id:
            self._kept[view_id, user_id] = (self._clock(), address)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def of(self, view_id: str, user_id: str) -> Address:
        """The address of that person's modal, an empty one where none is known any more."""
        since, address = self._kept.get((view_id, user_id), (0.0, Address()))
        return address if address == Address() or self._clock() - since < KEEP_SECONDS else Address()
