"""Posts: the lists that people were shown, remembered so that they can be drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.posts import Post, brief, entries
from bot.storage.memory import Memory
from bot.views import lists

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.ranking import Ranking
    from bot.slack.messenger import Messenger
    from bot.storage.pairs import Pairs


class Posts:
    """Private lists are in memory only: Slack forgets them on reload, and they hold names of people."""

    def __init__(self, pairs: Pairs, messenger: Messenger, rename: Mapping[str, str]) -> None:
        self._pairs = pairs
        self._messenger = messenger
        self._rename = rename
        self._held: Memory[Post] = Memory()

    def remember(self, ranking: Ranking, viewer: str, asked_at: datetime) -> Post:
        """A private list, kept with only what a drawing of it needs. `asked_at` is aware."""
        post = Post(
            id=self._held.new_id(),
            viewer=viewer,
            ranking=brief(ranking),
            shown=(entries(ranking),),
            asked_at=asked_at,
        )
        self._held.put(post.id, post)
        return post

    async def get(self, post_id: str) -> Post | None:
        """The post of that id, or None where it is not known any more."""
        return self._held.get(post_id)

    async def refresh(self, post: Post) -> None:
        """Lay what is known of its pairs over the page that it shows: one SELECT."""
        post.overlay(await self._pairs.standings(post.pairs()))

    async def publish(self, post: Post, channel: str, *, kind: str, by: str, metadata_id: str) -> str:
        """Post it for all to see in a channel, or to one person; returns its timestamp. The same post goes out once.

        `by` is the plain name of whoever shares it. The message's metadata holds `metadata_id` and nothing else: all
        apps of the workspace can read it. Raises SlackDeliveryError.
        """
        async with self.lock(post.id):
            known = self._held.get(post.id)
            if known is not None and known.ts:
                return known.ts
            post.kind, post.channel = kind, channel
            await self.refresh(post)
            self._held.put(post.id, post)
            message = lists.draw(post, rename=self._rename, by=by)
            post.ts = await self._messenger.post(channel, message, metadata_id=metadata_id)
            return post.ts

    def lock(self, post_id: str) -> asyncio.Lock:
        """One lock for everybody in this process who draws that message, so that the last drawing is the newest."""
        return self._held.lock(post_id)
