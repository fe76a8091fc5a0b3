"""What a command line would ask HrFlow, without asking for scores: its canonical text and the calls it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot import errors
from bot.domain import asides
from bot.domain.entities import Stage
from bot.domain.grammar import HelpWanted, parse
from bot.domain.query import ANY_STAGE, ProfilesQuery
from bot.hrflow.wire import Keys, parameters
from bot.mistakes import Mistake, Wrong
from bot.slack.typed import as_typed
from bot.views import notices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.query import JobsQuery
    from bot.gazetteer import Gazetteer

_KEY = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """`directory` resolves names; None where there is no HrFlow account to ask, then only keys are understood.

    `gazetteer` finds places, without a network. `sources` and `boards` are the configured ones.
    """

    directory: Directory | None
    gazetteer: Gazetteer
    sources: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    agent_key: str = ""
    dialect: str = "seed"
    prefix: str = ""

    async def explain(self, line: str, *, now: datetime) -> dict[str, Any]:
        """`{"canonical", "path", "params"}`, `{"canonical", "requests": […]}`, or `{"error"}` as a person reads it."""
        try:
            query = parse(self._typed(line), now=now)
            if isinstance(query, HelpWanted):
                return {"error": notices.help_instead(query.command)}
            if not query.subject:
                return {"error": notices.subject_missing(query.command, next(iter(query.parameters)))}
            keys = await (self._profiles(query) if isinstance(query, ProfilesQuery) else self._jobs(query))
            located = await self.gazetteer.located(query)
        except errors.QueryError as error:
            return {"error": "\n".join([notices.in_words(error), *notices.marked_line(error)])}
        except errors.ShortlistError as error:
            return {"error": notices.in_words(error)}
        path = "/profiles/scoring" if isinstance(query, ProfilesQuery) else "/jobs/scoring"
        stages: Sequence[str] = [query.stage] if isinstance(query, ProfilesQuery) else [""]
        if stages[0] == ANY_STAGE:
            stages = [stage.value for stage in Stage]
        calls = [
            {"path": path, "params": parameters(located, keys, dialect=self.dialect, now=now, stage=stage)}
            for stage in stages
        ]
        if len(calls) == 1:
            return {"canonical": str(query), **calls[0]}
        return {"canonical": str(query), "requests": calls}

    def _typed(self, line: str) -> str:
        """The line with our own command name, where this workspace puts a prefix before it (COMMAND_PREFIX).

        Raises QueryError for `saved:NAME`: whose it is and what it stands for is known only where it was typed.
        """
        typed, prefix = as_typed(line), f"/{self.prefix}"
        if self.prefix and typed.startswith(prefix):
            typed = "/" + typed.removeprefix(prefix)
        if asides.taken("saved", typed)[0] is not None:
            start = max(typed.casefold().find("saved"), 0)
            raise errors.QueryError(Mistake(Wrong.SAVED_UNKNOWN), line=typed, start=start, end=start + len("saved"))
        return typed

    async def _profiles(self, query: ProfilesQuery) -> Keys:
        sources = await self._containers("source", query.source, self.sources)
        boards = await self._containers("board", (query.board,) if query.board else (), self.boards)
        if not _KEY.fullmatch(query.subject):
            job = await self._names().job(query.subject, boards)
            return Keys(sources=sources, boards=(job.board_key,), subject=job.key, agent=self.agent_key)
        if len(boards) > 1 and self.directory is not None:
            try:
                boards = ((await self.directory.job(query.subject, boards)).board_key,)
            except errors.ShortlistError:
                boards = ()  # a key needs no network: what only HrFlow knows is left out
        return Keys(sources=sources, boards=boards, subject=query.subject, agent=self.agent_key)

    async def _jobs(self, query: JobsQuery) -> Keys:
        sources = await self._containers("source", (query.source,) if query.source else (), self.sources)
        boards = await self._containers("board", query.board, self.boards)
        keys = Keys(sources=sources, boards=boards, subject=query.subject, agent=query.agent or self.agent_key)
        if not _KEY.fullmatch(query.subject):
            profile = await self._names().profile(query.subject, sources)
            return replace(keys, sources=(profile.source_key,), subject=profile.key)
        if len(sources) > 1 and self.directory is not None:
            try:
                return replace(keys, sources=((await self.directory.profile(query.subject, sources)).source_key,))
            except errors.ShortlistError:
                return replace(keys, sources=())  # as above
        return keys

    async def _containers(self, kind: str, names: tuple[str, ...], configured: tuple[str, ...]) -> tuple[str, ...]:
        """Keys as they are; names through HrFlow; none named: the configured ones, or all where HrFlow can be asked."""
        if all(_KEY.fullmatch(name) for name in names):
            if names or configured or self.directory is None:
                return names or configured
            try:
                return await self._keys(kind, ())
            except errors.HrflowError:
                return ()
        return await self._keys(kind, names)

    async def _keys(self, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
        directory = self._names()
        return await (directory.source_keys(names) if kind == "source" else directory.board_keys(names))

    def _names(self) -> Directory:
        if self.directory is None:
            raise errors.ConfigError(
                "Names are looked up in HrFlow: set HRFLOW_API_KEY and HRFLOW_USER_EMAIL, or give keys instead."
            )
        return self.directory
