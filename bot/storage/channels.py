"""What channels are about, and who may decide in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from bot.domain.deciders import Deciders
from bot.domain.people import Purpose
from bot.storage.tables import channels as table

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database


class Channels:
    """One row for each channel that has anything set."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def purpose(self, channel: str) -> Purpose:
        """What is set for the channel; an empty one where nothing is."""
        async with self._database.connect() as connection:
            row = (await connection.execute(select(table).where(table.c.channel == channel))).mappings().first()
        if row is None:
            return Purpose(channel=channel)
        return Purpose(
            channel=channel,
            job=row["job"],
            source=tuple(row["source"]),
            board=row["board"],
            deciders=Deciders(
                tuple(row["decider_users"]), tuple(row["decider_groups"]), tuple(row["decider_channels"])
            ),
            by=row["by"],
        )

    async def deciders(self, channel: str) -> Deciders:
        """Who may decide in the channel; none at all means everybody who may see."""
        return (await self.purpose(channel)).deciders

    async def put(self, purpose: Purpose, *, at: datetime) -> None:
        """Set it, in place of what was; one with nothing in it leaves no row."""
        async with self._database.begin() as connection:
            await connection.execute(delete(table).where(table.c.channel == purpose.channel))
            if purpose.job or purpose.deciders:
                row = {
                    "channel": purpose.channel,
                    "job": purpose.job,
                    "source": list(purpose.source),
                    "board": purpose.board,
                    "decider_users": list(purpose.deciders.users),
                    "decider_groups": list(purpose.deciders.groups),
                    "decider_channels": list(purpose.deciders.channels),
                    "by": purpose.by,
                    "at": at,
                }
                await connection.execute(insert(table).values(row))
