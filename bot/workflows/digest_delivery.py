"""Deliver one slot of a digest: look who is there, search, keep what is new, post it, note what the place knows now.

Every step can be repeated: the row of the delivery says how far it has come, its post has the same id in every attempt,
and a message that may have arrived is looked for before it is sent again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from bot import errors
from bot.domain.deliveries import (
    DROPPED,
    DUE,
    FAILED,
    NOW,
    PREPARED,
    SENT,
    SILENT,
    SLOT,
    Delivery,
    Slip,
    Told,
    difference,
    snapshot,
)
from bot.domain.posts import Post, brief, entries
from bot.hrflow.pace import background
from bot.views import digest_posts

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from bot.domain.digests import Digest
    from bot.domain.ranking import Match, Ranking
    from bot.matching import Matching
    from bot.posting import Posts
    from bot.slack.audience import Audiences
    from bot.slack.messenger import Messenger
    from bot.storage.digests import Digests
    from bot.workflows.digest_news import News
    from bot.workflows.digest_troubles import Troubles

log = structlog.get_logger(__name__)
MOST_LATE = timedelta(hours=6)  # after which a slot is not worth delivering any more
FRESH_SECONDS = 45.0  # who is in a channel is asked anew for each slot, and once for all digests of the same minute
_UNREADABLE = ("missing_scope", "channel_not_found", "not_in_channel", "method_not_supported_for_channel_type")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDelivery:
    """One attempt after another. `turn` waits until one more message may be posted in a channel."""

    digests: Digests
    matching: Matching
    audience: Audiences
    posts: Posts
    messenger: Messenger
    news: News
    troubles: Troubles
    turn: Callable[[str], AbstractAsyncContextManager[None]]
    now: Callable[[], datetime]

    async def deliver(self, delivery: Delivery, attempt: int = 0) -> float | None:
        """One attempt. None: it is over; else the seconds after which to try again."""
        digest = await self.digests.get(delivery.digest)
        stopped = digest is None or (delivery.kind == SLOT and delivery.state == DUE and not digest.active)
        if digest is None or stopped:
            await self._finish(delivery, DROPPED)
            return None
        if delivery.channel != digest.channel and delivery.state == DUE:
            await self.digests.move(delivery, digest.channel)
            delivery = replace(delivery, channel=digest.channel)
        try:
            with background():
                await self._attempt(digest, delivery)
        except errors.ShortlistError as error:
            wait = await self.troubles.judge(digest, delivery, error, attempt)
            late = self.now() - delivery.slot > MOST_LATE
            if wait is not None and not late:
                return wait
            if wait is not None:
                await self.troubles.too_late(digest)
            log.warning("digest failed", digest=digest.number, error=type(error).__name__)
            await self._finish(delivery, FAILED, error=self.troubles.code(error))
        return None

    async def _attempt(self, digest: Digest, delivery: Delivery) -> None:
        if delivery.state == PREPARED and (post := await self.posts.get(delivery.post_id)) is not None:
            await self._send(digest, delivery, post)
            return
        await self.audience.of(digest.channel, younger_than=FRESH_SECONDS)
        now = self.now().astimezone(ZoneInfo(digest.when().zone))
        ranking = await self.matching.rank(digest.what(), now=now)
        told = await self.digests.told(digest.number, delivery.channel)
        ranking = await self.news.settled(ranking, told or ())
        different = difference(told or (), ranking)
        notes = await self.news.notes(ranking, different)
        if not different.new and not notes and (not digest.say_empty or delivery.kind == NOW):
            await self._finish(delivery, SILENT, told=snapshot(ranking))
            return
        slip = Slip(number=digest.number, schedule=digest.schedule, first=told is None, notes=notes)
        if delivery.kind == NOW and await self._updated(digest, delivery, ranking, different.new, slip):
            await self._finish(delivery, SENT, told=snapshot(ranking))
            return
        fresh = brief(replace(ranking, matches=different.new))
        post = Post(
            id=delivery.mark, viewer=digest.maker, ranking=fresh, shown=(entries(fresh),), asked_at=now, slip=slip
        )
        prepared = await self.digests.prepare(delivery, snapshot(ranking), post_id=post.id)
        await self._send(digest, prepared, post)

    async def _send(self, digest: Digest, delivery: Delivery, post: Post) -> None:
        """Post it; where nobody can tell whether that went well, once more at the most, and marked as a repeat."""
        error = ""
        try:
            async with self.turn(delivery.channel):
                await self.posts.publish(post, delivery.channel, kind="digest", by="")
        except errors.SlackDeliveryError as refused:
            if refused.sure or not any(code in refused.code for code in _UNREADABLE):
                raise
            error = "unconfirmed"
            if post.slip is not None and not post.slip.repeat:
                again = replace(post, id=_repeat_id(post.id), ts="", slip=replace(post.slip, repeat=True))
                prepared = await self.digests.prepare(delivery, delivery.items, post_id=again.id)
                await self._send(digest, prepared, again)
                return
        await self._finish(delivery, SENT, told=delivery.items, error=error)

    async def _updated(
        self, digest: Digest, delivery: Delivery, ranking: Ranking, new: tuple[Match, ...], slip: Slip
    ) -> bool:
        """Bring the message of the same day up to date and say in its thread what is new; False where there is none."""
        last = await self.digests.last_sent(digest.number, delivery.channel)
        zone = ZoneInfo(digest.when().zone)
        if last is None or last.slot.astimezone(zone).date() != delivery.slot.astimezone(zone).date():
            return False
        post = await self.posts.get(last.post_id)
        if post is None or not post.ts or post.slip is None:
            return False
        fresh = brief(replace(ranking, matches=new)).matches
        merged = sorted((*post.ranking.matches, *fresh), key=lambda match: match.rank)
        counted = tuple(replace(match, rank=rank) for rank, match in enumerate(merged, start=1))
        post.ranking = replace(post.ranking, matches=counted, total=ranking.total)
        post.shown = (entries(post.ranking), *post.shown[1:])
        post.slip = replace(post.slip, notes=(*post.slip.notes, *slip.notes))
        await self.posts.save(post)
        await self.posts.redraw(post.id)
        said = await self.posts.plain(post, digest_posts.changes(slip, ranking, fresh, post))
        async with self.turn(delivery.channel):
            await self.messenger.publish(post.channel, said, metadata_id=delivery.mark, thread_ts=post.ts)
        return True

    async def _finish(
        self, delivery: Delivery, state: str, *, told: tuple[Told, ...] | None = None, error: str = ""
    ) -> None:
        await self.digests.finish(delivery, state, at=self.now(), error=error, told=told)
        log.info("digest", digest=delivery.digest, outcome=state, error=error)


def _repeat_id(post_id: str) -> str:
    return hashlib.sha256(f"{post_id}/again".encode()).hexdigest()[:16]
