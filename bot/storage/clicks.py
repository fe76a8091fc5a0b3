"""Accepted clicks, until all is done: where each came from, and what the ledger will say of it.

The runs of the workflow library hold keys and stages only, so what is personal is here and goes with the click.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.storage.tables import clicks as table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.storage.database import Database

KEEP_ADDRESS = timedelta(minutes=30)  # as long as Slack takes it
KEEP = timedelta(days=3)  # longer than a decision is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """`response_url` is "" where there is none (any more). `content` is JSON: see `workflows/showing.py`."""

    workflow_id: str
    user: str
    channel: str = ""
    ts: str = ""
    post_id: str = ""
    response_url: str = ""
    content: dict[str, Any] = field(default_factory=dict)


class Clicks:
    """The table of accepted clicks."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def add(self, click: Click) -> None:
        """Keep it; the first one of a workflow stays."""
        values = {name: getattr(click, name) for name in Click.__slots__}
        async with self._database.begin() as connection:
            with suppress(IntegrityError):
                async with connection.begin_nested():
                    await connection.execute(insert(table).values(at=self._now(), **values))

    async def get(self, workflow_id: str) -> Click | None:
        """The click that a workflow carries out."""
        async with self._database.connect() as connection:
            row = (await connection.execute(select(table).where(table.c.workflow_id == workflow_id))).mappings().first()
        if row is None:
            return None
        held = {name: row[name] for name in Click.__slots__}
        if row["at"] <= self._now() - KEEP_ADDRESS:
            held["response_url"] = ""
        return Click(**held)

    async def remove(self, workflow_id: str) -> None:
        """All is done, or nothing is to be."""
        async with self._database.begin() as connection:
            await connection.execute(delete(table).where(table.c.workflow_id == workflow_id))

    async def purge(self) -> None:
        """Forget addresses that Slack does not take any more, and clicks that nothing came of."""
        old = table.c.at <= self._now() - KEEP_ADDRESS
        async with self._database.connect() as connection:
            stale = select(table.c.workflow_id).where(old, table.c.response_url != "").limit(1)
            none = (await connection.execute(stale)).first() is None
        if none:
            return
        async with self._database.begin() as connection:
            await connection.execute(update(table).where(old).values(response_url=""))
            await connection.execute(delete(table).where(table.c.at <= self._now() - KEEP))
