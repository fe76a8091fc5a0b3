"""What handlers may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.choices import Choice
    from bot.domain.circumstances import Opened
    from bot.domain.forms import Draft
    from bot.domain.reason_codes import Asking
    from bot.history import History
    from bot.hrflow.client import HrflowClient
    from bot.matching import Matching
    from bot.posting import Posts
    from bot.receipts import FilterReceipts
    from bot.scheduler import Scheduler
    from bot.slack.audience import Audiences
    from bot.slack.deciders import DeciderCheck
    from bot.slack.messenger import Messenger
    from bot.slack.roster import Roster
    from bot.storage.channels import Channels
    from bot.storage.digests import Digests
    from bot.storage.ledger import Ledger
    from bot.storage.memory import Memory
    from bot.storage.pairs import Pairs
    from bot.storage.people import People
    from bot.storage.recent import Recent
    from bot.suggesting import Suggestions
    from bot.tracking import AuditTrail
    from bot.turns import Turns
    from bot.workflows.assembly import Work
    from bot.workflows.stage_change import StageChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Made once by `app.build`. `rename` maps our command names to those of this workspace (COMMAND_PREFIX)."""

    hrflow: HrflowClient
    directory: Directory
    matching: Matching
    work: Work
    stage_changes: StageChanges
    messenger: Messenger
    roster: Roster
    audience: Audiences
    deciders: DeciderCheck
    ledger: Ledger
    asking: Asking
    trail: AuditTrail
    opened: Opened
    pairs: Pairs
    posts: Posts
    digests: Digests
    scheduler: Scheduler
    receipts: FilterReceipts
    choices: Memory[Choice]
    shares: Memory[str]
    homes: Memory[str]
    recent: Recent
    history: History
    turns: Turns
    drafts: Memory[Draft]
    suggestions: Suggestions
    people: People
    channels: Channels
    rename: Mapping[str, str]
    now: Callable[[], datetime]
