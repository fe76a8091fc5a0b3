"""The decision ledger as `shortlist ledger` reads it beside a running bot, without the second that each start takes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from bot.domain.ledger import exported
from bot.storage.database import Database
from bot.storage.ledger import Ledger


def rows(database_url: str) -> list[dict[str, Any]]:
    """Every row as the export has it, oldest first; the chain holds."""
    return asyncio.run(_rows(database_url))


async def _rows(database_url: str) -> list[dict[str, Any]]:
    database = Database(database_url, folder=Path())
    await database.open()
    try:
        ledger = Ledger(database)
        _, bad = await ledger.verify()
        assert bad is None
        found = ledger.export()
        return [
            exported(each.text, note=each.entry.note or None, salt=each.salt, hash=each.hash) async for each in found
        ]
    finally:
        await database.close()
