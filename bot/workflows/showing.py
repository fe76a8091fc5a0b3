"""What became of a click is shown: on the clicked card, on every posted copy, or else in words."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from bot.domain.stages import Decision, Standing
from bot.errors import HrflowError, LookupFailedError, MayNotDecideError, SlackDeliveryError
from bot.views import notices, outcomes, phrases

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.directory import Directory
    from bot.domain.posts import Pair, Post
    from bot.domain.stages import StageMove
    from bot.hrflow.client import HrflowClient
    from bot.posting import Posts
    from bot.slack.messenger import Messenger
    from bot.storage.clicks import Click, Clicks
    from bot.storage.pairs import Pairs
    from bot.views.message import Message
    from bot.views.outcomes import Whom

MOST_KEPT = 5_000
MOST_DRAWINGS = 3  # of one list for one click: an address takes five messages, "saving" and words among them
log = structlog.get_logger(__name__)


class Showing:
    """Draws what is true, and tells the person who pressed what the card does not say."""

    def __init__(
        self,
        posts: Posts,
        clicks: Clicks,
        pairs: Pairs,
        *,
        messenger: Messenger,
        client: HrflowClient,
        directory: Directory,
        now: Callable[[], datetime],
    ) -> None:
        self._posts = posts
        self._clicks = clicks
        self._pairs = pairs
        self._messenger = messenger
        self._client = client
        self._directory = directory
        self._now = now
        self._shown: OrderedDict[str, None] = OrderedDict()  # runs whose outcome is shown here: no "saving" after it

    def is_shown(self, workflow_id: str) -> bool:
        """Whether the person can have seen how that run ended."""
        return workflow_id in self._shown

    async def saving(self, workflow_id: str, click: Click, move: StageMove) -> None:
        """The clicked card says that the decision is on its way."""
        post = await self._post(click)
        if post is None or workflow_id in self._shown:
            return
        wanted = Decision(stage=move.target, before=move.expected, by=click.user, at=self._now(), undo=move.undo)
        post.saving[_pair(move)] = wanted
        if post.kind == "private":
            await self._redraw(post, click)
        else:
            await self._posts.redraw(post.id)

    async def truth(self, click: Click, move: StageMove) -> bool:
        """The clicked card shows how things stand; tells whether it does."""
        post = await self._post(click)
        if post is None:
            return False
        await self._posts.complete(post, click.channel, click.ts)
        post.saving.pop(_pair(move), None)
        if post.kind == "private":
            return await self._redraw(post, click)
        return await self._posts.redraw(post.id)

    async def outcome(self, workflow_id: str, move: StageMove, user: str, result: dict[str, Any]) -> bool:
        """Show it everywhere; tells whether all of it worked."""
        self._shown[workflow_id] = None
        while len(self._shown) > MOST_KEPT:
            self._shown.popitem(last=False)
        click = await self._clicks.get(workflow_id)
        shown = True
        if click is not None:
            drawn = await self.truth(click, move)
            told = await self._words(click, move, user, result, drawn=drawn)
            shown = told is None or await self._tell(click, told)
        if not await self._posts.converge(_pair(move)) or not shown:
            return False
        await self._clicks.remove(workflow_id)
        return True

    async def _words(
        self, click: Click, move: StageMove, user: str, result: dict[str, Any], *, drawn: bool
    ) -> Message | None:
        """What has to be said, None where the card says it all."""
        outcome = result["outcome"]
        if outcome == "forbidden":
            return notices.for_error(MayNotDecideError(result["ask"]))
        if outcome == "won" and (drawn or click.content.get("quiet")):
            return None
        standing = await self._pairs.standing(_pair(move)) or Standing(stage=move.expected)
        mine = standing.decision is not None and standing.decision.by == user and standing.stage is move.target
        if outcome == "failed":
            if drawn or standing.failure is None:
                return None
            return outcomes.failed(standing.failure, move, await self._whom(click, move), revision=standing.revision)
        if outcome == "won" or (outcome == "same" and mine):
            return None if drawn else outcomes.saved(standing, move, await self._whom(click, move))
        return outcomes.conflict(standing, move, await self._whom(click, move))

    async def _whom(self, click: Click, move: StageMove) -> Whom:
        """The profile and the job by name, as far as they can be had."""
        post = await self._post(click)
        for match in post.ranking.matches if post is not None else ():
            if (match.profile.key, match.job.key) == _pair(move):
                return _named(match.profile.name, match.job.title)
        with suppress(HrflowError, LookupFailedError):
            profile = await self._client.find_profile(move.source_key, key=move.profile_key)
            job = await self._directory.job_by_key(move.job_key, move.board_key)
            return _named(profile.name if profile is not None else "", job.title)
        return phrases.SOME_PROFILE, phrases.SOME_JOB

    async def _post(self, click: Click) -> Post | None:
        try:
            post = await self._posts.get(click.post_id)
            packed = click.content.get("post")
            if post is None and packed:
                post = await self._posts.unpack(packed)
        except (HrflowError, LookupFailedError) as error:
            log.warning("list not known", reason=type(error).__name__)
            return None
        return post

    async def _redraw(self, post: Post, click: Click) -> bool:
        """Draw a private list through the click's own address: one drawing at a time, so the last is the newest.

        Another process may have drawn the same list meanwhile, knowing less: whoever finds, after drawing, that more
        has been decided draws once more.
        """
        if not click.response_url:
            return False
        failed = 0
        for _ in range(MOST_DRAWINGS):
            async with self._posts.lock(post.id):
                await self._posts.refresh(post)
                drawn = dict(post.standings)
                post.version += 1
                try:
                    await self._messenger.respond(click.response_url, self._posts.draw(post), replace=True)
                except SlackDeliveryError as error:
                    failed += 1
                    log.warning("list not redrawn", code=error.code, attempt=failed)
                    if error.sure or failed > 1:
                        return False
                    continue
                await self._posts.refresh(post)
                if post.standings == drawn:
                    return True
        return True

    async def _tell(self, click: Click, message: Message) -> bool:
        try:
            if click.response_url:
                with suppress(SlackDeliveryError):
                    await self._messenger.respond(click.response_url, message)
                    return True
            await self._messenger.whisper(click.channel, click.user, message)
        except SlackDeliveryError as error:
            log.warning("nobody could be told", code=error.code)
            return False
        return True


def _pair(move: StageMove) -> Pair:
    return move.profile_key, move.job_key


def _named(name: str, title: str) -> Whom:
    return name or phrases.NO_NAME, title or phrases.NO_NAME
