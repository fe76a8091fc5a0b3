"""Who may decide is asked of Slack once a minute, and nobody decides where Slack does not say."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.domain.deciders import Deciders
from bot.errors import MayNotDecideError, SlackDeliveryError
from bot.slack.deciders import DeciderCheck
from bot.slack.members import Members


@dataclass
class Slack:
    """Members by group or channel; what is not there cannot be asked."""

    members: dict[str, list[str]]
    rules: dict[str, Deciders] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    seconds: float = 0.0

    async def ask(self, of: str) -> list[str]:
        self.asked.append(of)
        if of not in self.members:
            raise SlackDeliveryError("missing_scope")
        return self.members[of]

    async def rule(self, channel: str) -> Deciders:
        return self.rules.get(channel, Deciders())

    def check(self, everywhere: str = "") -> DeciderCheck:
        members = Members(group=self.ask, channel=self.ask, clock=lambda: self.seconds)
        return DeciderCheck(Deciders.read(everywhere), members=members, rule=self.rule)


async def refusal(check: DeciderCheck, user: str, channel: str = "C1") -> MayNotDecideError:
    with pytest.raises(MayNotDecideError) as raised:
        await check.check(user, channel)
    return raised.value


async def test_where_nobody_is_named_everybody_may_and_nothing_is_asked() -> None:
    slack = Slack({})

    await slack.check().check("U1", "C1")

    assert slack.asked == []


async def test_people_groups_and_channels_may() -> None:
    slack = Slack({"S1": ["U2"], "C9": ["U3"]})
    check = slack.check("U1,S1,C9")

    for user in ("U1", "U2", "U3"):
        await check.check(user, "C1")
    error = await refusal(check, "U4")

    assert not error.unknown
    assert error.ask == ("U1", "U2", "U3")


async def test_members_are_kept_for_a_minute() -> None:
    slack = Slack({"S1": ["U2"]})
    check = slack.check("S1")
    for _ in range(3):
        await check.check("U2", "C1")
    assert slack.asked == ["S1"]

    slack.members["S1"] = []
    slack.seconds = 61.0

    assert (await refusal(check, "U2")).ask == ()
    assert slack.asked == ["S1", "S1"]


async def test_nobody_decides_where_slack_does_not_say_except_whoever_is_named() -> None:
    slack = Slack({"S1": ["U2"]})
    check = slack.check("U1,S_GONE,S1")

    await check.check("U1", "C1")
    await check.check("U2", "C1")
    error = await refusal(check, "U4")

    assert error.unknown
    slack.members["S_GONE"] = ["U4"]  # a failure is not kept
    await check.check("U4", "C1")


async def test_a_channel_narrows_what_the_setting_allows_and_never_widens_it() -> None:
    slack = Slack({}, rules={"C1": Deciders(users=("U2", "U3"))})
    check = slack.check("U1,U2")

    await check.check("U2", "C1")
    await check.check("U1", "C2")

    assert (await refusal(check, "U1", "C1")).ask == ("U2", "U3")
    assert (await refusal(check, "U3", "C1")).ask == ("U1", "U2")


async def test_outside_any_channel_the_setting_alone_counts() -> None:
    slack = Slack({}, rules={"C1": Deciders(users=("U2",))})

    await slack.check("U1").check("U1", "")
