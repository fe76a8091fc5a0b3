"""Posts: the lists that people were shown, remembered so that they can be drawn again.

What is stored of them holds no names: in another process, or after a restart, their content is read from HrFlow again.
Posted copies are stored before they are posted. Private lists, of which there are many more, are stored together a
moment after they were shown.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog

from bot.domain.entities import Job
from bot.domain.posts import Post, brief, entries
from bot.errors import HrflowError, LookupFailedError, SlackDeliveryError
from bot.redrawing import Redraws
from bot.storage.gathered import Gathered
from bot.storage.memory import Memory
from bot.storage.posts import PRIVATE, StoredPost, packed, unpacked
from bot.views import digest_posts, lists
from bot.views.plain import without_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.posts import Pair
    from bot.domain.ranking import Match, Ranking
    from bot.recall import Recall
    from bot.slack.messenger import Messenger
    from bot.slack.roster import Roster
    from bot.storage.pairs import Pairs
    from bot.storage.posts import StoredPosts
    from bot.views.message import Message

log = structlog.get_logger(__name__)
_GONE = frozenset({"message_not_found", "channel_not_found", "cant_update_message", "thread_not_found"})
MOST_LISTS = 250  # in memory; a list of ten takes 19 kB


class Posts:
    """Remembers, posts and draws again. `rename` maps our command names to those of this workspace."""

    def __init__(
        self,
        pairs: Pairs,
        stored: StoredPosts,
        recall: Recall,
        messenger: Messenger,
        roster: Roster,
        *,
        rename: Mapping[str, str],
    ) -> None:
        self._pairs = pairs
        self._stored = stored
        self._recall = recall
        self._messenger = messenger
        self._roster = roster
        self._rename = rename
        self._held: Memory[Post] = Memory(most=MOST_LISTS)
        self._versions: Memory[int] = Memory()  # which saved content a posted copy in memory is
        self._redraws = Redraws(self._redraw)
        self._private = Gathered(self._keep_private, what="lists")

    async def close(self) -> None:
        """Give up redraws under way; store what is not stored yet."""
        await self._redraws.close()
        await self._private.written()

    def remember(self, ranking: Ranking, viewer: str, asked_at: datetime) -> Post:
        """A private list, kept with only what a drawing of it needs, and stored in a moment. `asked_at` is aware."""
        post = Post(
            id=self._held.new_id(),
            viewer=viewer,
            ranking=brief(ranking),
            shown=(entries(ranking),),
            asked_at=asked_at,
        )
        self._keep(post, 0)
        self.save_later(post)
        return post

    async def get(self, post_id: str) -> Post | None:
        """The post of that id, or None where it is not known any more.

        Its content is what was saved last, by whichever process. Raises HrflowError where it must be read from HrFlow
        and cannot be.
        """
        held = self._held.get(post_id)
        if not post_id or post_id in self._private:
            return held
        stored = await self._stored.get(post_id)
        if stored is None:
            return held if held is not None and held.kind == PRIVATE else None
        if held is not None and self._versions.get(post_id) == stored.version:
            held.channel, held.ts = stored.channel, stored.ts
            return held
        found = await self._recall.post(stored)
        if held is not None:
            found.version = held.version
        self._keep(found, stored.version)
        return found

    def known(self, post_id: str) -> Post | None:
        """The post of that id as far as it is in memory."""
        return self._held.get(post_id)

    async def refresh(self, post: Post) -> None:
        """Lay what is known of its pairs over the page that it shows: one SELECT."""
        post.overlay(await self._pairs.standings(post.pairs()))

    def draw(self, post: Post, *, by: str = "") -> Message:
        """The post as it stands in memory, as a message; `by` as in `publish`."""
        also = digest_posts.beside(post)
        return digest_posts.dress(post, lists.draw(post, rename=self._rename, by=by, room_for=also))

    async def publish(self, post: Post, channel: str, *, kind: str, by: str, metadata_id: str = "") -> str:
        """Post it in a channel for all to see, once whatever happens; returns its timestamp.

        It is saved first and completed afterwards. Repeated after a crash, it returns where the message stands if that
        can be found out. `by` is the plain name of whoever shares it; `metadata_id`, by default the post's own id, is
        all that its metadata hold: every app of the workspace can read them.
        Raises SlackDeliveryError; where it is `sure`, nothing was posted and nothing is kept.
        """
        post.kind, post.channel, post.saving = kind, channel, {}
        self._private.drop(post.id)
        mark = metadata_id or post.id
        stored = _stored(post)
        held = await self._stored.add(stored)
        if held.ts:
            post.channel, post.ts = held.channel, held.ts
            return held.ts
        if held is not stored and (ts := await self._arrived(channel, mark)):
            await self._placed(post, channel, ts)
            return ts
        await self.refresh(post)
        message = await self.plain(post, self.draw(post, by=by))
        try:
            place, ts = await self._messenger.publish(channel, message, metadata_id=mark)
        except SlackDeliveryError as error:
            if error.sure:
                await self._stored.remove(post.id)
            raise
        await self._placed(post, place, ts)
        return ts

    async def plain(self, post: Post, message: Message) -> Message:
        """A new message about a post: with the names of those who decided, where mentions would notify them."""
        return without_mentions(message, await self._names(post))

    async def save(self, post: Post) -> None:
        """Keep what it shows now, such as another page."""
        if post.kind == PRIVATE:
            version = (self._versions.get(post.id) or 0) + 1
            await self._stored.keep([replace(_stored(post), version=version)])
        else:
            version = (await self._stored.save(_stored(post))).version
        self._keep(post, version)

    def save_later(self, post: Post) -> None:
        """The same for a private list, in a moment: what nobody waits for."""
        self._private.put(post.id, post)

    async def complete(self, post: Post, channel: str, ts: str) -> None:
        """A click on a posted copy tells where it stands, should that not be known."""
        if post.kind != PRIVATE and not post.ts and ts:
            await self._placed(post, channel, ts)

    async def converge(self, pair: Pair) -> bool:
        """Draw every posted copy that holds the pair again; tells whether all of them now show how it stands.

        A message is drawn at most once a second; whoever asks in between waits for the next drawing.
        """
        posted = await self._stored.holding(pair)
        done = await asyncio.gather(*map(self._redraws.ask, posted))
        return all(done)

    def pack(self, post: Post) -> dict[str, Any] | None:
        """What is kept of a list to draw it again after a restart: keys and the query, no names of profiles."""
        return None if post.asked_at is None else {"id": post.id, **packed(_stored(post))}

    async def unpack(self, held: Mapping[str, Any]) -> Post:
        """A private list from what `pack` gave; remembered again. Raises HrflowError."""
        post = await self._recall.post(unpacked(held))
        self._held.put(post.id, post)
        return post

    async def redraw(self, post_id: str) -> bool:
        """Draw one posted copy again, as `converge` does."""
        return await self._redraws.ask(post_id)

    async def content(self, post: Post, place: int) -> tuple[Match, ...]:
        """What stands on a page that was shown before, from memory, else read by its keys. Raises HrflowError."""
        held = post.contents.get(post.shown[place][0].rank)
        if held is not None:
            return held
        return (await self._recall.post(replace(_stored(post), page=place))).ranking.matches

    def lock(self, post_id: str) -> asyncio.Lock:
        """One lock for everybody in this process who draws that message, so that the last drawing is the newest."""
        return self._held.lock(post_id)

    async def _redraw(self, post_id: str) -> bool:
        """What is true right before sending is sent; if it is not true any more afterwards, again.

        So the last to send has sent the truth, also where two processes draw the same message.
        """
        try:
            post = await self.get(post_id)
            if post is None or not post.ts:
                return True
            await self.refresh(post)
            while True:
                drawn = dict(post.standings)
                async with self.lock(post.id):
                    post.version += 1
                    message = self.draw(post)
                    await self._messenger.edit(post.channel, post.ts, message)
                await self.refresh(post)
                if post.standings == drawn:
                    return True
        except SlackDeliveryError as error:
            log.warning("copy not redrawn", code=error.code)
            if error.code in _GONE:
                await self._stored.remove(post_id)
                return True
        except (HrflowError, LookupFailedError) as error:
            log.warning("copy not redrawn", reason=type(error).__name__)
        return False

    async def _arrived(self, channel: str, mark: str) -> str:
        """Where an earlier attempt left the message, "" where it did not arrive. Raises where nobody can tell."""
        try:
            return await self._messenger.find_post(channel, mark)
        except SlackDeliveryError as error:
            raise SlackDeliveryError(f"unconfirmed ({error.code})", sure=False) from None

    async def _placed(self, post: Post, channel: str, ts: str) -> None:
        post.channel, post.ts = channel, ts
        await self._stored.complete(post.id, channel, ts)
        self._keep(post, self._versions.get(post.id) or 0)

    async def _keep_private(self, shown: dict[str, Post]) -> None:
        await self._stored.keep(
            [replace(_stored(post), version=self._versions.get(post.id) or 0) for post in shown.values()]
        )

    def _keep(self, post: Post, version: int) -> None:
        self._held.put(post.id, post)
        self._versions.put(post.id, version)

    async def _names(self, post: Post) -> dict[str, str]:
        """What the people are called who decided: in a new message a mention would notify them."""
        people = {standing.decision.by for standing in post.standings.values() if standing.decision is not None}
        people |= {note.by for note in post.slip.notes if note.by} if post.slip is not None else set()

        async def name(user: str) -> str:
            try:
                return await self._roster.name_of(user)
            except (SlackDeliveryError, TimeoutError):
                return ""

        return dict(zip(people, await asyncio.gather(*map(name, people)), strict=True))


def _stored(post: Post) -> StoredPost:
    ranking = post.ranking
    subject = ranking.subject
    if post.asked_at is None:
        raise ValueError("a posted list says when it was asked for")
    return StoredPost(
        id=post.id,
        kind=post.kind,
        viewer=post.viewer,
        channel=post.channel,
        ts=post.ts,
        asked_at=post.asked_at,
        query=str(ranking.query),
        of=ranking.of,
        subject=(subject.key, subject.board_key if isinstance(subject, Job) else subject.source_key),
        shown=post.shown,
        page=post.page,
        total=ranking.total,
        sorted_among=ranking.sorted_among,
        slip=post.slip,
        receipts=None if post.receipts is None else post.receipts.kept(),
        locale=post.locale if post.kind == PRIVATE else "",
    )
