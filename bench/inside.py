"""Inside one process: what a list of thirty costs between HrFlow's bytes and Slack's, without any network."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from bot import collecting
from bot.domain.grammar import read
from bot.domain.posts import Post, brief
from bot.domain.query import ProfilesQuery
from bot.gazetteer import Gazetteer
from bot.hrflow import pages, readers
from bot.matching import Matching
from bot.slack.messenger import encoded
from bot.views import lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.directory import Directory
    from bot.domain.entities import Job, Page, Profile
    from bot.hrflow.client import HrflowClient

ROUNDS = 60
WARM_UP = 10


class _Recorded:
    """Takes the place of the client and of the directory: the reply is read anew each time, nothing is waited for."""

    def __init__(self, body: bytes, job: Job) -> None:
        self._body = body
        self._job = job

    async def profiles_scoring(self, _: Mapping[str, str]) -> Page[Profile]:
        return await pages.profiles(self._body)

    async def source_keys(self, _: Sequence[str]) -> tuple[str, ...]:
        return ("c" * 40,)

    async def board_keys(self, _: Sequence[str]) -> tuple[str, ...]:
        return (self._job.board_key,)

    async def job(self, *_: Any) -> Job:
        return self._job


async def milliseconds(body: bytes, job: dict[str, Any], board_key: str) -> float:
    """The median time from the typed line and the reply's bytes to the message's bytes: parse, rank, render."""
    found = readers.read_job({**job, "board_key": board_key})
    if found is None:
        raise ValueError("the recorded job has no key")
    recorded = _Recorded(body, found)
    matching = Matching(cast("HrflowClient", recorded), cast("Directory", recorded), Gazetteer(), dialect="seed")
    return await _median(matching, f'"{found.title}" limit:30')


async def _median(matching: Matching, text: str) -> float:
    collecting.settle()  # as in the bot
    took = []
    for _ in range(WARM_UP + ROUNDS):
        started = time.perf_counter()
        query = read(ProfilesQuery, ProfilesQuery.command, text)
        if not isinstance(query, ProfilesQuery):
            raise TypeError("the line asks for help")
        ranking = await matching.rank(query, now=datetime.now(UTC))
        encoded(lists.draw(Post(id="0" * 16, viewer="U0000", ranking=brief(ranking))).payload())
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took[WARM_UP:])
