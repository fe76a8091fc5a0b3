"""Counting what each filter of a list hides, without getting into anybody's way.

A list with k filters takes at most k + 2 calls (four times as many for stage:any, which is four lists): one without
each filter, one without all of them, and one for the list itself where its first page is not at hand. They are made
behind those of people, within a time limit; a number that cannot be had in time is left out.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.domain.filters import filters_of, without
from bot.domain.receipts import Glance, Receipt, Receipts, best_hidden
from bot.errors import ShortlistError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.domain.entities import Job, Profile
    from bot.domain.filters import Filter
    from bot.domain.posts import Post
    from bot.domain.query import Query
    from bot.matching import Matching

log = structlog.get_logger(__name__)
SECONDS = 6.0
PAUSE = 0.5  # seconds behind a list in which its reader may go on to something else
FEW = 3  # answers under way at once beside which counting goes unnoticed
HALF = 0.5  # of the calls of a minute; beyond that they are kept for people
AUTO, BUTTON, OFF = "auto", "button", "off"


class FilterReceipts:
    """`mode` is the setting RECEIPTS; `pace_used` tells which part of the calls of this minute is used, 0 to 1."""

    def __init__(self, matching: Matching, *, mode: str, pace_used: Callable[[], float]) -> None:
        self._matching = matching
        self._mode = mode
        self._pace_used = pace_used
        self._answering = 0
        self._latest: dict[str, object] = {}

    @contextmanager
    def answering(self, user_id: str) -> Iterator[None]:
        """That person's answer is under way inside; what was to follow an earlier one of theirs is dropped."""
        self._latest.pop(user_id, None)
        self._answering += 1
        try:
            yield
        finally:
            self._answering -= 1

    def when(self, query: Query) -> str:
        """`auto`: count at once; `button`: offer it; `off`: not at all, or nothing to count."""
        if self._mode == OFF or not filters_of(query):
            return OFF
        quiet = self._answering <= FEW and self._pace_used() < HALF
        return AUTO if self._mode == AUTO and quiet else BUTTON

    async def follows(self, query: Query, user_id: str) -> Callable[[], bool] | None:
        """Wait a moment, then tell whether to count by itself: None where the person has asked for something else.

        What is given tells, whenever it is asked, whether they still have not.
        """
        mine = self._latest[user_id] = object()
        await asyncio.sleep(PAUSE)
        if self._latest.get(user_id) is not mine or self.when(query) != AUTO:
            return None
        return lambda: self._latest.get(user_id) is mine

    async def count(self, post: Post, *, now: datetime) -> Receipts | None:
        """What the filters of that list hide; None where nothing could be counted.

        `now` is what relative dates count from.
        """
        query = post.ranking.query
        filters = filters_of(query)
        asked: list[Query] = [without(query, [each.field]) for each in filters]
        if len(filters) > 1:
            asked.append(replace(without(query, [each.field for each in filters]), limit=1))
        own = _own(post)
        if own is None:
            asked.append(replace(query, page=1))
        found = await self._glances(asked, post.ranking.subject, now)
        if own is None:
            own = found.pop()
        if own is None or own.total is None:
            return None
        bare = found.pop() if len(filters) > 1 else None
        receipts = [
            receipt
            for each, glance in zip(filters, found, strict=True)
            if (receipt := _receipt(each, glance, own)) is not None
        ]
        together = None if bare is None or bare.total is None else bare.total - own.total
        if not receipts:
            return None
        return Receipts(tuple(receipts), together if together is not None and together >= 0 else None)

    async def _glances(self, asked: list[Query], subject: Profile | Job, now: datetime) -> list[Glance | None]:
        """A look at each list; None where it could not be had in time."""
        tasks = [asyncio.create_task(self._matching.glance(query, subject=subject, now=now)) for query in asked]
        try:
            await asyncio.wait(tasks, timeout=SECONDS)
        finally:
            for task in tasks:
                task.cancel()
        return [_had(result) for result in await asyncio.gather(*tasks, return_exceptions=True)]


def _had(result: Glance | BaseException) -> Glance | None:
    if isinstance(result, Glance):
        return result
    if not isinstance(result, (ShortlistError, asyncio.CancelledError)):
        raise result
    log.info("not counted", reason=type(result).__name__)
    return None


def _own(post: Post) -> Glance | None:
    """What is known of the list itself: its total and first page, as long as nothing has moved since it was asked."""
    ranking = post.ranking
    fresh = len(post.shown) == 1 and (not post.shown[0] or post.shown[0][0].rank == 1)
    if not fresh or ranking.query.page != 1 or ranking.total is None:
        return None
    keys = [entry.profile_key if ranking.of == "profile" else entry.job_key for entry in post.shown[0]]
    return Glance(tuple((key, None) for key in keys), ranking.total)


def _receipt(of: Filter, glance: Glance | None, own: Glance) -> Receipt | None:
    """A list that shrinks without a filter has changed meanwhile: that tells nothing."""
    if glance is None or glance.total is None or own.total is None or glance.total < own.total:
        return None
    kept = {key for key, _ in own.first}
    return Receipt(of, glance.total - own.total, best_hidden(kept, glance.first))
