"""Candidate data is posted only where everybody may see it; what cannot be found out is refused."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot import manifest
from bot.domain.audience import Audience
from bot.domain.deciders import Deciders
from bot.errors import AudienceRefusedError
from bot.sandbox import Sandbox, SandboxOptions
from bot.slack.access import Access, Home
from bot.slack.audience import MOST_MEMBERS, ONE_BY_ONE, Audiences
from bot.slack.members import Members
from bot.slack.messenger import Messenger
from bot.slack.roster import Roster
from bot.views import locales, notices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


@dataclass
class Place:
    """The rule as the bot applies it, and what happens in Slack meanwhile."""

    sandbox: Sandbox
    audiences: Audiences
    http: httpx.AsyncClient
    now: list[float]
    narrowed: Callable[[str], Audiences]

    async def change(self, channel: str, **what: Any) -> None:
        reply = await self.http.patch(f"/workspace/channels/{channel}", json=what)
        assert reply.status_code == 200, reply.text

    async def says(self, method: str, **body: Any) -> None:
        """Slack answers that from now on."""
        fault = {"target": "slack", "match": method, "status": 200, "body": {"ok": True, **body}, "times": 1_000}
        reply = await self.http.post("/workspace/faults", json=fault)
        assert reply.status_code == 200, reply.text

    async def fails(self, method: str, **fault: Any) -> None:
        reply = await self.http.post(
            "/workspace/faults", json={"target": "slack", "match": method, "times": 1_000, **fault}
        )
        assert reply.status_code == 200, reply.text

    async def mended(self) -> None:
        await self.http.delete("/workspace/faults")

    async def called(self, method: str) -> int:
        calls = (await self.http.get("/workspace/calls", params={"target": "slack"})).json()["calls"]
        return sum(call["path"].endswith(method) for call in calls)

    async def refused(self, channel: str) -> AudienceRefusedError:
        with pytest.raises(AudienceRefusedError) as caught:
            await self.audiences.of(channel)
        return caught.value


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    sandbox = Sandbox(SandboxOptions(manifest=manifest.read(), port=0, profiles=3, jobs=2))
    await sandbox.start()
    messenger = Messenger(token=sandbox.credentials.slack_bot_token, api_url=sandbox.credentials.slack_api_url)
    await messenger.start()
    now = [0.0]
    roster = Roster(messenger)

    def audiences(viewers: str = "") -> Audiences:
        members = Members(group=roster.group, channel=roster.all_members, clock=lambda: now[0])
        home, named = Home("T_SANDBOX"), Deciders.read(viewers)
        access = Access(messenger.user, home=home, members=members, viewers=named, clock=lambda: now[0])
        return Audiences(roster, access, clock=lambda: now[0])

    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http:
        yield Place(sandbox, audiences(), http, now, audiences)
    await messenger.close()
    await sandbox.stop()


def channel(**what: Any) -> dict[str, Any]:
    """What conversations.info says of an ordinary private channel with the bot in it."""
    ordinary = {
        "id": "C_HIRING",
        "name": "hiring",
        "is_private": True,
        "is_member": True,
        "is_ext_shared": False,
        "is_archived": False,
    }
    return {"channel": {name: value for name, value in {**ordinary, **what}.items() if value is not None}}


async def test_a_channel_of_members_is_counted_without_the_bot(place: Place) -> None:
    assert await place.audiences.of("C_HIRING") == Audience("C_HIRING", "hiring", 2, is_public=True)


@pytest.mark.parametrize(
    ("where", "reason", "mend"),
    [
        ("C_PARTNER", "shared", "another organisation"),
        ("C_DATA", "guests", "There is a guest in #data"),
        ("C_PRIVATE", "not_member", "/invite @Shortlist"),
        ("C_NOWHERE", "not_member", "/invite @Shortlist"),
        ("D_NOWHERE", "direct", "Choose the person instead"),
        ("D_EVE", "person", "guest"),
        ("U_EVE", "person", "guest"),
        ("D_PAT", "person", "another organisation"),
        ("U_PAT", "person", "another organisation"),
        ("U_BOT", "person", "a bot"),
        ("U_NOBODY", "person", "Choose somebody else"),
        ("", "unknown", "Try again"),
    ],
)
async def test_a_place_is_refused_with_the_reason_and_how_to_mend_it(
    place: Place, where: str, reason: str, mend: str
) -> None:
    error = await place.refused(where)

    assert error.reason == reason
    assert mend in notices.in_words(error)


@pytest.mark.parametrize("where", ["U_BOB", "D_BOB"])
async def test_a_direct_message_with_a_member_is_fine(place: Place, where: str) -> None:
    assert await place.audiences.of(where) == Audience("U_BOB", "bob", 1, is_person=True)


async def test_what_changes_under_the_bot_is_noticed_and_what_was_mended_counts_at_once(place: Place) -> None:
    await place.change("C_HIRING", members=["U_ANN", "U_BOB", "U_EVE"])
    assert (await place.refused("C_HIRING")).reason == "guests"
    await place.change("C_HIRING", members=["U_ANN"])
    assert (await place.audiences.of("C_HIRING")).people == 1

    await place.change("C_HIRING", members=["U_ANN", "U_EVE"])
    assert (await place.audiences.of("C_HIRING")).people == 1  # within the few seconds that an answer is kept
    with pytest.raises(AudienceRefusedError):
        await place.audiences.of("C_HIRING", younger_than=0)
    assert (await place.refused("C_HIRING")).reason == "guests"  # and the consent is not remembered any more

    await place.change("C_HIRING", members=["U_ANN"], archived=True)
    assert (await place.refused("C_HIRING")).reason == "archived"
    await place.change("C_HIRING", archived=False, bot=False)
    assert (await place.refused("C_HIRING")).reason == "not_member"
    await place.change("C_PRIVATE", bot=True)
    assert (await place.audiences.of("C_PRIVATE")) == Audience("C_PRIVATE", "private", 2)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"is_ext_shared": True}, "shared"),
        ({"is_ext_shared": None}, "shared"),
        ({"is_pending_ext_shared": True}, "shared"),
        ({"connected_team_ids": ["T_SANDBOX", "T_OTHER"]}, "shared"),
        ({"pending_shared": ["T_OTHER"]}, "shared"),
        ({"is_org_shared": True}, "shared"),
        ({"is_mpim": True}, "group"),
        ({"is_archived": True}, "archived"),
        ({"is_member": False}, "not_member"),
        ({"is_member": None}, "not_member"),
        ({"is_im": True, "user": "U_PAT"}, "person"),
        ({"is_im": True, "user": None}, "unknown"),
    ],
)
async def test_what_slack_says_or_leaves_out_counts_against_a_channel(
    place: Place, what: dict[str, Any], reason: str
) -> None:
    await place.says("conversations.info", **channel(**what))

    assert (await place.refused("C_HIRING")).reason == reason


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.info"])
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 200, "body": {"ok": False, "error": "missing_scope"}},
        {"status": 0},
        {"status": 200, "body": {"ok": True}},
    ],
    ids=["failure", "scope", "lost", "empty"],
)
async def test_what_cannot_be_found_out_is_refused(place: Place, method: str, fault: dict[str, Any]) -> None:
    await place.fails(method, **fault)

    assert (await place.refused("C_HIRING")).reason in ("unknown", "shared")
    await place.mended()
    place.now[0] += 61
    assert (await place.audiences.of("C_HIRING")).people == 2


async def test_people_of_a_large_channel_are_read_page_by_page(place: Place) -> None:
    crowd = [f"U{number:04d}" for number in range(ONE_BY_ONE * 20)]
    await place.says("conversations.members", members=[*crowd, "U_BOT"])
    everybody: list[dict[str, Any]] = [{"id": user, "team_id": "T_SANDBOX"} for user in crowd]
    await place.says("users.list", members=[*everybody, {"id": "U_BOT", "team_id": "T_SANDBOX", "is_bot": True}])

    assert (await place.audiences.of("C_HIRING")).people == len(crowd)
    assert await place.called("users.list") == 1
    assert await place.called("users.info") == 0

    everybody[-1]["is_restricted"] = True
    await place.mended()
    await place.says("conversations.members", members=[*crowd, "U_BOT"])
    await place.says("users.list", members=everybody)
    place.now[0] += 61
    error = await place.refused("C_HIRING")
    assert (error.reason, error.people) == ("guests", 1)


async def test_a_channel_too_large_to_be_looked_at_is_refused(place: Place) -> None:
    await place.says("conversations.members", members=[f"U{number:05d}" for number in range(MOST_MEMBERS + 1)])

    error = await place.refused("C_HIRING")

    assert error.reason == "large"
    assert "more than 10,000 members" in notices.in_words(error, locales.of("en-US"))
    assert "more than 10000 members" in notices.for_error(error, locales.of("en-US")).text


async def test_a_crowd_that_the_list_of_everybody_does_not_hold_is_refused(place: Place) -> None:
    await place.says("conversations.members", members=[f"U{number:05d}" for number in range(ONE_BY_ONE + 2)])

    assert (await place.refused("C_HIRING")).reason == "unknown"
    assert await place.called("users.info") == 0


async def test_many_who_ask_at_once_share_one_look(place: Place) -> None:
    found = await asyncio.gather(*(place.audiences.of("C_HIRING") for _ in range(20)))

    assert {each.people for each in found} == {2}
    assert await place.called("conversations.info") == 1
    assert await place.called("conversations.members") == 1


async def test_where_some_alone_may_see_nothing_goes_to_a_place_with_others(place: Place) -> None:
    place.audiences = place.narrowed("S_LEADS")

    refused = await place.refused("C_HIRING")
    assert (refused.reason, refused.people) == ("viewers", 1)
    assert notices.in_words(refused).startswith("There is a person in #hiring who may not see candidate data")
    assert (await place.refused("U_BOB")).reason == "viewer"
    assert (await place.audiences.of("U_ANN")).people == 1
    await place.change("C_HIRING", members=["U_ANN"])
    assert (await place.audiences.of("C_HIRING")).people == 1


async def test_where_slack_does_not_say_who_may_see_nothing_is_posted(place: Place) -> None:
    place.audiences = place.narrowed("S_LEADS")
    await place.fails("usergroups.users.list", status=200, body={"ok": False, "error": "missing_scope"})

    assert (await place.refused("C_HIRING")).reason == "unknown"
    assert (await place.refused("U_ANN")).reason == "unknown"
    place.audiences = place.narrowed("U_ANN,U_BOB,S_LEADS")
    assert (await place.audiences.of("C_HIRING")).people == 2
