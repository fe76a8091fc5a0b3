"""Posted copies: posted once, stored without names, and all of them tell the same."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from sqlalchemy import insert, select, update

from bot import manifest
from bot.app import build_services, hrflow_client
from bot.demo import bot_settings
from bot.domain.grammar import parse
from bot.errors import SlackDeliveryError
from bot.sandbox import Sandbox, SandboxOptions
from bot.slack.access import Access, Home
from bot.slack.members import Members
from bot.slack.messenger import Messenger
from bot.slack.roster import Roster
from bot.storage import tables
from bot.storage.database import Database
from bot.turns import Turns
from tests.helpers.workspace import item_lines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.domain.posts import Post
    from bot.domain.query import Query
    from bot.services import Services


@dataclass
class World:
    sandbox: Sandbox
    database: Database
    services: Services
    folder: Path

    async def ask(self, line: str = '/profiles "Data Engineer" limit:3') -> Post:
        query: Any = parse(line)
        asked: Query = query
        now = datetime.now(UTC)
        shown = self.services.posts.remember(await self.services.matching.rank(asked, now=now), "U_ANN", now)
        return replace(shown, id=shown.id[::-1])  # a copy of what was shown is what is posted

    async def seen(self, user: str = "U_BOB", channel: str = "C_HIRING") -> list[dict[str, Any]]:
        async with httpx.AsyncClient(base_url=self.sandbox.url, trust_env=False) as http:
            reply = await http.get(f"/workspace/channels/{channel}/messages", params={"user": user})
            found: list[dict[str, Any]] = reply.json()["messages"]
            return found

    async def fault(self, **what: Any) -> None:
        async with httpx.AsyncClient(base_url=self.sandbox.url, trust_env=False) as http:
            assert (await http.post("/workspace/faults", json=what)).status_code == 200

    async def calls(self, method: str) -> int:
        async with httpx.AsyncClient(base_url=self.sandbox.url, trust_env=False) as http:
            listed = (await http.get("/workspace/calls", params={"target": "slack"})).json()["calls"]
        return sum(call["path"].endswith(method) for call in listed)

    async def decided(self, post: Post, place: int, stage: str, *, revision: int = 1) -> tuple[str, str]:
        match = post.ranking.matches[place]
        held = {"stage": stage, "revision": revision, "by": "U_BOB", "at": datetime.now(UTC)}
        more = {"before": "new", "undo": False, "workflow_id": "w"}
        keys = {"profile_key": match.profile.key, "job_key": match.job.key}
        async with self.database.begin() as connection:
            changed = await connection.execute(
                update(tables.pairs).where(tables.pairs.c.profile_key == match.profile.key).values(**held)
            )
            if not changed.rowcount:
                places = {"source_key": match.profile.source_key, "board_key": match.job.board_key}
                await connection.execute(insert(tables.pairs).values(**keys, **places, **held, **more))
        return match.profile.key, match.job.key

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[World]:
        """Another process over the same database."""
        async with started(self.sandbox, self.folder) as world:
            yield world


@asynccontextmanager
async def started(sandbox: Sandbox, folder: Path) -> AsyncIterator[World]:
    settings = bot_settings(sandbox.credentials, "seed", folder=folder)
    messenger = Messenger(token=sandbox.credentials.slack_bot_token, api_url=sandbox.credentials.slack_api_url)
    await messenger.start()
    roster = Roster(messenger)
    database = Database("", folder=folder)
    await database.open()
    async with hrflow_client(settings) as hrflow:
        services = build_services(
            settings,
            hrflow,
            messenger,
            roster=roster,
            access=Access(
                messenger.user,
                home=Home("T_SANDBOX"),
                members=Members(group=roster.group, channel=roster.all_members),
            ),
            database=database,
            turns=Turns(),
            routes=[],
            now=lambda: datetime.now(UTC),
        )
        yield World(sandbox, database, services, folder)
        await services.posts.close()
        await services.directory.close()
    await database.close()
    await messenger.close()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    sandbox = Sandbox(SandboxOptions(manifest=manifest.read(), port=0, profiles=20, jobs=3))
    await sandbox.start()
    async with started(sandbox, tmp_path) as running:
        yield running
    await sandbox.stop()


async def test_a_posted_copy_is_seen_by_all_and_marked_with_nothing_but_an_id(world: World) -> None:
    post = await world.ask()

    ts = await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")

    message = (await world.seen())[-1]
    assert message["ts"] == ts
    assert message["metadata"]["event_payload"] == {"id": post.id}
    assert [line[0].split(". ")[1] for line in item_lines(message)] == [
        match.profile.name for match in post.ranking.matches
    ]


async def test_posting_again_finds_it_posted(world: World) -> None:
    post = await world.ask()

    first = await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")
    second = await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")

    assert first == second
    assert await world.calls("chat.postMessage") == 1


async def test_nothing_stored_names_anybody(world: World) -> None:
    post = await world.ask()
    await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")

    held = (world.folder / "shortlist.db").read_bytes() + (world.folder / "shortlist.db-wal").read_bytes()

    for match in post.ranking.matches:
        assert match.profile.key.encode() in held
        for name in match.profile.name.split():
            assert name.encode() not in held


async def test_who_decided_is_named_without_being_notified_until_the_first_redraw(world: World) -> None:
    post = await world.ask()
    pair = await world.decided(post, 0, "yes")

    await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")

    new = str((await world.seen())[-1]["blocks"])
    assert "by bob" in new
    assert "<@U_BOB>" not in new
    assert await world.services.posts.converge(pair)
    assert "by <@U_BOB>" in str((await world.seen())[-1]["blocks"])


async def test_every_copy_shows_a_decision_and_each_is_drawn_once_for_many_questions(world: World) -> None:
    posts = [await world.ask() for _ in range(3)]
    for post in posts:
        await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")
    pair = await world.decided(posts[0], 1, "later")

    done = await asyncio.gather(*(world.services.posts.converge(pair) for _ in range(5)))
    shown = (await world.seen())[-3:]

    assert all(done)
    assert [item_lines(message)[1][3] for message in shown] == ["later"] * 3
    assert await world.calls("chat.update") <= 6  # one for the first to ask, one for all who asked meanwhile


async def test_a_copy_is_drawn_again_after_a_restart_with_what_it_showed(world: World) -> None:
    for line in ('/profiles "Data Engineer" limit:3 skills:python', "/jobs cand-0003 limit:2"):
        post = await world.ask(line)
        await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")
        before = (await world.seen())[-1]
        pair = await world.decided(post, 1, "no")
        async with world.restarted() as other:
            assert await other.services.posts.converge(pair)

        after = (await world.seen())[-1]
        assert [parts[:3] for parts in item_lines(after)] == [parts[:3] for parts in item_lines(before)]
        assert item_lines(after)[1][3] == "no"
        assert before["text"].splitlines()[:2] == after["text"].splitlines()[:2]


async def test_two_processes_that_draw_one_message_end_with_the_last_state(world: World) -> None:
    post = await world.ask()
    await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")
    pair = await world.decided(post, 0, "yes")
    async with world.restarted() as other:
        await other.services.posts.converge(pair)
        await world.fault(target="slack", match="chat.update", delay_ms=700, times=1)
        slow = asyncio.create_task(world.services.posts.converge(pair))
        await asyncio.sleep(0.2)
        await world.decided(post, 0, "no", revision=2)
        await asyncio.gather(slow, other.services.posts.converge(pair))

    assert item_lines((await world.seen())[-1])[0][3] == "no"


async def test_what_slack_surely_did_not_take_leaves_nothing(world: World) -> None:
    post = await world.ask()

    with pytest.raises(SlackDeliveryError):
        await world.services.posts.publish(post, "C_PRIVATE", kind="shared", by="U_ANN")

    async with world.database.connect() as connection:
        assert (await connection.execute(select(tables.posts.c.id))).all() == []


async def test_a_lost_reply_is_not_answered_with_a_second_message(world: World) -> None:
    """Where history may not be read: the message is there, and a click on it tells where."""
    post = await world.ask()
    await world.fault(target="slack", match="chat.postMessage", status=0, after=True, times=1)
    await world.fault(target="slack", match="conversations.history", status=403, times=9)
    for _ in range(2):
        with pytest.raises(SlackDeliveryError) as error:
            await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")
        assert not error.value.sure
    assert await world.calls("chat.postMessage") == 1
    message = (await world.seen())[-1]

    found = await world.services.posts.get(post.id)
    assert found is not None
    await world.services.posts.complete(found, "C_HIRING", message["ts"])
    pair = await world.decided(post, 0, "yes")

    assert await world.services.posts.converge(pair)
    assert item_lines((await world.seen())[-1])[0][3] == "yes"


async def test_a_deleted_message_is_forgotten_and_a_busy_slack_is_told_apart(world: World) -> None:
    post = await world.ask()
    await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")
    pair = await world.decided(post, 0, "yes")
    await world.fault(target="slack", match="chat.update", status=503, times=1)

    assert not await world.services.posts.converge(pair)
    assert await world.services.posts.converge(pair)

    await world.fault(
        target="slack", match="chat.update", status=200, body='{"ok": false, "error": "message_not_found"}', times=1
    )
    assert await world.services.posts.converge(pair)
    assert await world.services.posts.get(post.id) is None


async def test_another_page_is_kept(world: World) -> None:
    post = await world.ask()
    await world.services.posts.publish(post, "C_HIRING", kind="shared", by="U_ANN")
    more = await world.ask('/profiles "Data Engineer" limit:3 page:2')
    post.ranking, post.shown, post.page = more.ranking, (*post.shown, *more.shown), 1
    await world.services.posts.save(post)

    async with world.restarted() as other:
        found = await other.services.posts.get(post.id)

    assert found is not None
    assert found.shown == post.shown
    assert found.ranking.matches == tuple(
        replace(match, reasons=again.reasons)
        for match, again in zip(post.ranking.matches, found.ranking.matches, strict=True)
    )
