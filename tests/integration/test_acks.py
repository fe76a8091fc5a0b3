"""Everything that a person can do is acknowledged, and only those see data who may."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.conftest import Signed


@pytest.mark.parametrize("command", ["/profiles", "/jobs", "/shortlist"])
@pytest.mark.parametrize("text", ["", "help", '"Data Engineer"', "x" * 4000, "\u0000\U0001f600", 'a:b:c "'])
async def test_every_command_is_acknowledged_whatever_stands_behind_it(slack: Signed, command: str, text: str) -> None:
    reply = await slack.command(command, text)

    assert reply.status_code == 200


@pytest.mark.parametrize(
    "action_id", ["stage.yes", "stage.undo", "details", "menu", "choose.0", "from.another.time", "link"]
)
@pytest.mark.parametrize(
    "value", ["", "garbage", "1|ny-|a|b|c|d", "9|ny-|=a|=b|=c|=d", "1|ny-|=a|=b|=c|=d", "yes:1|zz-|||"]
)
async def test_every_press_is_acknowledged_whatever_it_carries(slack: Signed, action_id: str, value: str) -> None:
    reply = await slack.action(action_id, value)

    assert reply.status_code == 200
    assert reply.text == ""


async def test_a_bad_query_is_answered_by_the_ack_itself_once_the_person_is_known(slack: Signed) -> None:
    await slack.command("/shortlist", "help")

    reply = await slack.command("/profiles", '"Data Engineer" skils:python')

    assert reply.json()["response_type"] == "ephemeral"
    assert "Did you mean skills?" in reply.json()["text"]


async def test_a_good_query_is_acknowledged_with_nothing(slack: Signed) -> None:
    reply = await slack.command("/profiles", '"Data Engineer"')

    assert reply.text == ""


async def seen_by_hrflow(slack: Signed) -> list[str]:
    calls = (await slack.http.get(f"{slack.sandbox.url}/workspace/calls", params={"target": "hrflow"})).json()["calls"]
    return [call["path"] for call in calls]


@pytest.mark.parametrize(
    ("user", "team"),
    [
        ("U_EVE", "T_SANDBOX"),
        ("U_ANN", "T_OTHER"),
        ("U_STRANGER", "T_SANDBOX"),
        ("U_BOT", "T_SANDBOX"),
        ("", "T_SANDBOX"),
    ],
)
async def test_nobody_but_full_members_makes_hrflow_be_asked(slack: Signed, user: str, team: str) -> None:
    """Guests, people of other organisations, unknown people and bots: by command and by button."""
    await slack.command("/profiles", '"Data Engineer"', user_id=user, team_id=team)
    value = "1|ny-|" + "|".join(["A" * 26 + "A"] * 4)
    for action in ("stage.yes", "details"):
        reply = await slack.action(action, value, user={"id": user, "team_id": team}, team={"id": "T_SANDBOX"})
        assert reply.status_code == 200
    await slack.command("/profiles", '"Data Engineer"')  # somebody who may: the others' calls would stand before

    calls = await seen_by_hrflow(slack)

    assert sorted(set(calls[:2])) in (["/hrflow/v1/boards", "/hrflow/v1/sources"], [])
    assert "/hrflow/v1/profile/indexing" not in calls


@pytest.mark.parametrize(("user", "kept"), [("U_ANN", True), ("U_EVE", False), ("U_PAT", False)])
async def test_type_ahead_offers_candidate_data_to_members_only(slack: Signed, user: str, *, kept: bool) -> None:
    """Even where somebody sends the request of a field that they have never seen."""
    team = "T_PARTNER" if user == "U_PAT" else "T_SANDBOX"
    asked = {
        "type": "block_suggestion",
        "user": {"id": user, "team_id": team},
        "team": {"id": team},
        "action_id": "offer.job",
        "block_id": "f.job",
        "value": "",
    }
    await slack.payload(asked)  # the first one may come before the list of jobs has been read
    async with asyncio.timeout(5):
        while True:
            options = (await slack.payload(asked)).json()["options"]
            if options or not kept:
                break
            await asyncio.sleep(0.05)

    assert bool(options) is kept
