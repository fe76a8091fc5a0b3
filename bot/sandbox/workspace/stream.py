"""`GET /workspace/events`: the feed as server-sent events, resumed after `Last-Event-ID`.

Each event has `id`, `event` (a kind named in `bot.sandbox.slack.feed`) and one line of JSON in `data`. `?user=U` leaves
out what that user may not see. The first line is a comment with nothing in it, so that a reader knows that it is
connected; a comment is repeated every 10 s. A reader that was away too long gets one `reset` event.
"""

import asyncio
import json

from aiohttp import web

from bot.sandbox.slack.errors import Refused
from bot.sandbox.slack.feed import Feed, FeedEvent
from bot.sandbox.slack.store import Store
from bot.sandbox.workspace.requests import refusing

HEARTBEAT_SECONDS = 10.0


class Stream:
    """All open readers; `close` ends them."""

    def __init__(self, feed: Feed, store: Store) -> None:
        self._feed = feed
        self._store = store
        self._readers: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, with their full paths."""
        return [web.get("/workspace/events", refusing(self._events), allow_head=False)]

    def close(self) -> None:
        """End all readers."""
        for reader in self._readers:
            reader.cancel()

    async def _events(self, request: web.Request) -> web.StreamResponse:
        user = request.query.get("user")
        if user is not None:
            self._store.person(user)
        last = request.headers.get("Last-Event-ID") or request.query.get("last_event_id")
        if last is not None and not last.isdecimal():
            raise Refused(400, "Last-Event-ID must be a number")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        await response.prepare(request)
        start = self._feed.last_id if last is None else int(last)
        reader = asyncio.create_task(self._follow(response, user, start))
        self._readers.add(reader)
        try:
            await asyncio.wait({reader})
        finally:
            reader.cancel()
            self._readers.discard(reader)
        return response

    async def _follow(self, response: web.StreamResponse, user: str | None, position: int) -> None:
        beat = ":\n\n"
        try:
            await response.write(beat.encode())
            while True:
                events = self._feed.since(position)
                if events is None:
                    position = self._feed.last_id
                    await response.write(_lines(FeedEvent(position, "reset", {}, None)))
                elif events:
                    position = events[-1].id
                    wanted = [_lines(event) for event in events if event.concerns(user)]
                    if wanted:
                        await response.write(b"".join(wanted))
                else:
                    await self._feed.wait(HEARTBEAT_SECONDS)
                    if self._feed.last_id == position:
                        await response.write(beat.encode())
        except ConnectionError:
            return


def _lines(event: FeedEvent) -> bytes:
    data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event.id}\nevent: {event.kind}\ndata: {data}\n\n".encode()
