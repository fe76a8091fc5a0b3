"""Durable work put together: its runs, the name of this process, and the stage changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.clicks import Clicks
from bot.storage.locks import Locks
from bot.storage.replicas import Replicas
from bot.workflows.durable import Durable
from bot.workflows.labels import Labels
from bot.workflows.replica import Replica
from bot.workflows.showing import Showing
from bot.workflows.stage_change import StageChanges
from bot.workflows.stage_run import StageRuns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.stages import StageMove
    from bot.hrflow.client import HrflowClient
    from bot.posting import Posts
    from bot.slack.messenger import Messenger
    from bot.storage.database import Database
    from bot.storage.pairs import Pairs
    from bot.storage.posts import StoredPosts

SETTLE_SECONDS = 5.0  # for steps under way when we stop


class Work:
    """Opened after the database and before the first request; closed after the last one."""

    def __init__(
        self,
        database: Database,
        *,
        replica: str,
        pairs: Pairs,
        posts: Posts,
        stored: StoredPosts,
        messenger: Messenger,
        client: HrflowClient,
        directory: Directory,
        may_decide: Callable[[str, str], Awaitable[None]],
        recorded: Callable[[StageMove, str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._locks = Locks(database)
        clicks = Clicks(database, now=now)
        self.durable = Durable(database, replica=replica)
        self._replica = Replica(
            replica,
            self.durable,
            self._locks,
            replicas=Replicas(database, now=now),
            clicks=clicks,
            stored=stored,
            now=now,
        )
        showing = Showing(posts, clicks, pairs, messenger=messenger, client=client, directory=directory, now=now)
        runs = StageRuns(
            self.durable,
            database,
            labels=Labels(client, directory, self._locks),
            pairs=pairs,
            clicks=clicks,
            showing=showing,
            may_decide=may_decide,
            recorded=recorded,
            now=now,
        )
        self.stage_changes = StageChanges(self.durable, runs, clicks=clicks, showing=showing, may_decide=may_decide)

    async def open(self) -> None:
        """Take our name, then go on with what was left. Raises ConfigError where another process has the name."""
        try:
            await self._replica.open()
        except BaseException:
            await self._locks.close()
            raise
        self.durable.open()

    async def close(self) -> None:
        """Let what is under way finish; the rest is kept for whoever comes next."""
        await self._replica.rest()
        await self.stage_changes.close()
        await self.durable.close(SETTLE_SECONDS)
        await self._replica.close()
        await self._locks.close()
