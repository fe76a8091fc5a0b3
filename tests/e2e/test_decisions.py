"""Who may decide, and what they are asked: with the bot as a process of its own, in Socket Mode."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_stages import Card
from tests.helpers.workspace import Workspace, bot, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST = '/profiles "Data Engineer" limit:3'


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Workspace]:
    """A sandbox, and a bot with those settings beside it."""
    written = folder / "bot.env"
    arguments = ["--no-bot", "--mode", "socket", "--write-env", str(written), "--profiles", "60"]
    with sandbox(arguments, folder / "sandbox.jsonl") as workspace:
        lines = dict(line.split("=", 1) for line in written.read_text(encoding="utf-8").splitlines())
        lines["DATABASE_URL"] = f"sqlite:///{folder / 'bot.db'}"
        with bot(lines | settings, folder / "bot.jsonl"):
            workspace.until(workspace.sockets)
            workspace.log = folder / "bot.jsonl"
            yield workspace


@pytest.fixture(scope="module")
def leads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Where the leads decide, of whom Ann is one."""
    with running(tmp_path_factory.mktemp("leads"), DECIDERS="S_LEADS") as workspace:
        yield workspace


def test_whoever_may_not_decide_is_told_privately_whom_to_ask(leads: Workspace) -> None:
    shown = leads.ask(LIST, user="U_BOB")
    card = Card(leads, shown, 0)
    after, anns = leads.last_ts(user="U_BOB"), leads.last_ts()

    assert leads.press(shown, "stage.yes", 0, user="U_BOB")["status"] == 200

    told = leads.until(lambda: leads.messages(user="U_BOB", after=after))[-1]
    assert told["ephemeral"]
    assert told["text"].startswith("You may look, but deciding is for certain people here")
    assert "<@U_ANN>" in told["text"]
    assert leads.messages(after=anns) == []
    assert (card.label() or {"stage": "new"})["stage"] == "new"
    assert not [call for call in leads.calls() if call["method"] == "PUT"]


def test_a_member_of_the_group_decides(leads: Workspace) -> None:
    shown = leads.ask(LIST)
    card = Card(leads, shown, 1)

    leads.press(shown, "stage.later", 1)

    leads.until(lambda: (card.label() or {}).get("stage") == "later")


def test_where_slack_does_not_say_who_is_in_the_group_nobody_decides(tmp_path: Path) -> None:
    with running(tmp_path, DECIDERS="S_LEADS") as workspace:
        shown = workspace.ask(LIST)
        workspace.fault("slack", "usergroups.users.list", status=500, body="{}", times=10)
        after = workspace.last_ts()

        workspace.press(shown, "stage.yes", 0)

        told = workspace.until(lambda: workspace.messages(after=after))[-1]
        assert told["text"].startswith("I could not check with Slack who may decide here")
        assert not [call for call in workspace.calls() if call["method"] == "PUT"]


@pytest.mark.parametrize("allowed", ["C_HIRING", "U_BOB,S_LEADS"])
def test_people_and_members_of_channels_decide(tmp_path: Path, allowed: str) -> None:
    with running(tmp_path, DECIDERS=allowed) as workspace:
        shown = workspace.ask(LIST, user="U_BOB")
        card = Card(workspace, shown, 0)

        workspace.press(shown, "stage.yes", 0, user="U_BOB")

        workspace.until(lambda: (card.label() or {}).get("stage") == "yes")


@pytest.mark.parametrize("who", ["decide:<@U_ANN|ann>", "deciders:<!subteam^S_LEADS|@leads>"])
def test_a_channel_says_who_decides_in_it_and_nowhere_else(tmp_path: Path, who: str) -> None:
    with running(tmp_path) as workspace:
        assert "Saved" in workspace.ask(f"/shortlist channel {who}", channel="C_DATA")["text"]
        theirs = workspace.ask(LIST, user="U_BOB", channel="C_DATA")
        card = Card(workspace, theirs, 0)
        after = workspace.last_ts(user="U_BOB", channel="C_DATA")

        workspace.press(theirs, "stage.yes", 0, user="U_BOB", channel="C_DATA")

        told = workspace.until(lambda: workspace.messages(user="U_BOB", channel="C_DATA", after=after))[-1]
        assert "<@U_ANN>" in told["text"]
        assert card.label() is None
        refused = workspace.ask("/shortlist channel clear", user="U_BOB", channel="C_DATA")
        assert "<@U_ANN>" in refused["text"]
        elsewhere = workspace.ask(LIST, user="U_BOB")
        workspace.press(elsewhere, "stage.later", 0, user="U_BOB")
        workspace.until(lambda: (card.label() or {}).get("stage") == "later")
