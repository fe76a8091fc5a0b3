"""Rate limits: the posting pace per channel, the workspace's cap, and the tiers of Web API methods.

Slack publishes 1 post per second and channel "with short bursts"; how long a burst may be is our choice, generous
enough that no ordinary conversation meets it: 10 posts by `chat.postMessage` per channel. Answers through response_urls
go to many people at once and Slack publishes no figure of their bursts: 600 per channel, refilled at 10 a second. The
workspace's cap is a sliding window of 60 s over `chat.postMessage`. A method of tier N may be called five times its
minute's figure at once and is refilled at that figure a minute.
"""

import math
from collections import deque

from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.errors import RateLimitedError

POST_BURST = 10
RESPONSE_BURST = 600
RESPONSES_PER_SECOND = 10.0
POSTS_PER_SECOND = 1.0
WORKSPACE_POSTS_PER_MINUTE = 600
WINDOW_SECONDS = 60.0
TIER_PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
SPECIAL_PER_MINUTE = 600
TIER_BURST_MINUTES = 5


class _Bucket:
    """A token bucket: `size` calls at once, then `per_second`."""

    def __init__(self, size: float, per_second: float, now: float) -> None:
        self.size = size
        self.per_second = per_second
        self.tokens = size
        self.at = now

    def wait(self, now: float) -> float:
        """Refill up to `now`; return how many seconds a call must still wait."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (1.0 - self.tokens) / self.per_second)


class Pace:
    """All counters; `per_minute` is the workspace's cap, changed by `/workspace/config`."""

    def __init__(self, clock: Clock) -> None:
        self.per_minute = WORKSPACE_POSTS_PER_MINUTE
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}
        self._posts: deque[float] = deque()

    def post(self, channel: str) -> None:
        """Count one `chat.postMessage`. Raises RateLimitedError."""
        now = self._clock.now()
        while self._posts and now - self._posts[0] >= WINDOW_SECONDS:
            self._posts.popleft()
        excess = len(self._posts) - self.per_minute
        if excess >= 0:
            raise RateLimitedError(_seconds(self._posts[excess] + WINDOW_SECONDS - now))
        self._take(f"post {channel}", POST_BURST, POSTS_PER_SECOND)
        self._posts.append(now)

    def respond(self, channel: str) -> None:
        """Count one post through a response_url. Raises RateLimitedError."""
        self._take(f"respond {channel}", RESPONSE_BURST, RESPONSES_PER_SECOND)

    def call(self, method: str, tier: int | None) -> None:
        """Count one call of a Web API method; tier None is Slack's "special". Raises RateLimitedError."""
        per_minute = SPECIAL_PER_MINUTE if tier is None else TIER_PER_MINUTE[tier]
        self._take(f"call {method}", per_minute * TIER_BURST_MINUTES, per_minute / 60)

    def _take(self, name: str, size: float, per_second: float) -> None:
        now = self._clock.now()
        bucket = self._buckets.get(name)
        if bucket is None:
            bucket = self._buckets[name] = _Bucket(size, per_second, now)
        wait = bucket.wait(now)
        if wait > 0:
            raise RateLimitedError(_seconds(wait))
        bucket.tokens -= 1


def _seconds(wait: float) -> int:
    return max(1, math.ceil(wait))
