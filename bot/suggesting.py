"""What type-ahead fields offer: jobs, profiles, sources and boards, in a fifth of a second or not at all.

One request comes for every letter (reference slack-platform §2.5), so answers are kept for a while, letters that come
while the same thing is being asked share the answer, and where HrFlow is slow an earlier answer is narrowed down.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import structlog

from bot import errors
from bot.domain.forms import Offer
from bot.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.directory import Directory
    from bot.domain.entities import Container

log = structlog.get_logger(__name__)
PATIENCE = 0.2  # seconds; Slack shows an empty list after three, people give up long before
KEEP_SECONDS = 60.0
MOST_KEPT = 500
MOST_OFFERS = 100
LONGEST_VALUE = 150  # characters of an option's value
LONGEST_TYPED = 100


class Suggestions:
    """Answers for type-ahead fields. Only what `Directory` may name is ever offered."""

    def __init__(self, directory: Directory, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._directory = directory
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, list[Offer]]] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def offer(self, kind: str, typed: str) -> list[Offer]:
        """What the letters may become, at most 100; what is known so far where HrFlow takes longer than a moment."""
        words = fold(typed)[:LONGEST_TYPED]
        # Lists are short and kept by the directory; people are looked for by their name.
        name = (kind, words if kind == "profile" else "")
        if not self._fresh(name):
            task = self._asking.get(name)
            if task is None:
                task = self._asking[name] = asyncio.create_task(self._ask(name))
            await asyncio.wait({task}, timeout=PATIENCE)
        return _narrowed(self._known(name), words)[:MOST_OFFERS]

    def warm(self, kinds: Iterable[str]) -> None:
        """Begin to fetch those lists, so that the first letter finds them."""
        for kind in kinds:
            name = (kind, "")
            if kind != "profile" and not self._fresh(name) and name not in self._asking:
                self._asking[name] = asyncio.create_task(self._ask(name))

    def example(self) -> str:
        """The title of some job, where the list of them is at hand; else begins to fetch it and returns ""."""
        self.warm(("job",))
        held = self._kept.get(("job", ""))
        return held[1][0].text.partition(" \u00b7 ")[0] if held and held[1] else ""

    async def name_for(self, kind: str, key: str) -> str:
        """The words that name this one alone: a job's title where no other job has it, else the key."""
        if kind != "job":
            return key
        jobs = await self._directory.jobs()
        title = next((job.title for job in jobs if job.key == key), "")
        alone = sum(fold(job.title) == fold(title) for job in jobs) == 1
        return title if title.strip() and alone else key

    async def close(self) -> None:
        """Give up what is being asked."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _fresh(self, name: tuple[str, str]) -> bool:
        held = self._kept.get(name)
        return held is not None and self._clock() - held[0] < KEEP_SECONDS

    def _known(self, name: tuple[str, str]) -> list[Offer]:
        """The answer, else the one for as many of its first letters as there is an answer for."""
        kind, words = name
        for end in range(len(words), -1, -1):
            if (held := self._kept.get((kind, words[:end]))) is not None:
                return held[1]
        return []

    async def _ask(self, name: tuple[str, str]) -> None:
        try:
            self._kept[name] = (self._clock(), await self._fetch(*name))
            self._kept.move_to_end(name)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        except errors.ShortlistError as error:
            log.info("nothing to offer", kind=name[0], reason=type(error).__name__)
        finally:
            self._asking.pop(name, None)

    async def _fetch(self, kind: str, words: str) -> list[Offer]:
        if kind == "profile":
            people = await self._directory.people(words) if words else []
            return [_offer(each.key, each.name, each.headline) for each in people]
        if kind == "job":
            jobs = sorted(await self._directory.jobs(), key=lambda job: fold(job.title))
            return [_offer(job.key, job.title, job.place) for job in jobs]
        return _containers(await self._directory.listed(kind))


def _containers(listed: Sequence[Container]) -> list[Offer]:
    """By their names, which is what people type; by the key where two have the same."""
    names = [fold(each.name) for each in listed]
    return [
        Offer(each.name if names.count(name) == 1 and 0 < len(each.name) <= LONGEST_VALUE else each.key, each.name)
        for each, name in sorted(zip(listed, names, strict=True), key=lambda pair: pair[1])
    ]


def _offer(key: str, name: str, beside: str) -> Offer:
    return Offer(key, f"{name} \u00b7 {beside}" if beside else name)


def _narrowed(offers: Iterable[Offer], words: str) -> list[Offer]:
    """Those in which every word stands somewhere; what begins with them first."""
    parts = words.split()
    hits = [offer for offer in offers if all(part in fold(offer.text) for part in parts)]
    return sorted(hits, key=lambda offer: not fold(offer.text).startswith(words))
