"""The digests put together: storage, delivery, lanes and clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.scheduler import Scheduler
from bot.storage.digests import Digests
from bot.workflows.digest_delivery import DigestDelivery
from bot.workflows.digest_lanes import Lanes, Turns
from bot.workflows.digest_news import News
from bot.workflows.digest_troubles import Troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.directory import Directory
    from bot.hrflow.client import HrflowClient
    from bot.matching import Matching
    from bot.posting import Posts
    from bot.slack.audience import Audiences
    from bot.slack.messenger import Messenger
    from bot.storage.database import Database
    from bot.storage.pairs import Pairs


@dataclass(frozen=True, slots=True)
class Parts:
    """What digests are made of."""

    database: Database
    hrflow: HrflowClient
    directory: Directory
    matching: Matching
    audience: Audiences
    posts: Posts
    pairs: Pairs
    messenger: Messenger
    now: Callable[[], datetime]


def build(parts: Parts, *, replica: str, command: str) -> tuple[Digests, Scheduler]:
    """The table of digests, and the clock that works through it. `command` is what `/digest` is called here."""
    digests = Digests(parts.database)
    turns = Turns()
    delivery = DigestDelivery(
        digests=digests,
        matching=parts.matching,
        audience=parts.audience,
        posts=parts.posts,
        messenger=parts.messenger,
        news=News(parts.hrflow, parts.directory, parts.pairs),
        troubles=Troubles(digests, parts.messenger, command, parts.now),
        turn=turns.turn,
        now=parts.now,
    )
    lanes = Lanes(digests, delivery, holder=replica, now=parts.now)
    return digests, Scheduler(digests, lanes, now=parts.now)
