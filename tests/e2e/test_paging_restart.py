"""A posted list is paged after a restart too, from the keys that were stored; RECEIPTS says how filters are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_paging import everybody, pressed, share
from tests.helpers.workspace import BESIDE, bot, elements, names, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.workspace import Workspace


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[Workspace, dict[str, str]]]:
    """A sandbox without a bot, and the settings of one."""
    written = tmp_path / "bot.env"
    arguments = ["--no-bot", "--mode", "socket", "--write-env", str(written), "--profiles", "80"]
    with sandbox(arguments, tmp_path / "sandbox.jsonl") as workspace:
        lines = dict(line.split("=", 1) for line in written.read_text(encoding="utf-8").splitlines())
        yield workspace, lines | {"DATABASE_URL": f"sqlite:///{tmp_path / 'lists.db'}"}


def test_a_list_goes_on_after_a_restart_from_where_it_stands(
    alone: tuple[Workspace, dict[str, str]], tmp_path: Path
) -> None:
    workspace, settings = alone
    with bot(settings, tmp_path / "first.jsonl"):
        workspace.until(workspace.sockets)
        expected = everybody(workspace, "Data Engineer")
        message = pressed(workspace, workspace.ask('/profiles "Data Engineer" limit:3'), "list.next")
        private = message
        workspace.press(message, "share")
        view = workspace.until(workspace.views)[-1]
        after = workspace.last_ts(user="U_BOB")
        share(workspace, view)
        copy = workspace.until(lambda: workspace.messages(user="U_BOB", after=after))[0]
    workspace.until(lambda: not workspace.sockets())

    with bot(settings, tmp_path / "second.jsonl"):
        workspace.until(workspace.sockets)
        assert workspace.press(copy, "list.next", user="U_BOB")["status"] == 200
        own = workspace.until(lambda: workspace.messages(user="U_BOB", after=copy["ts"]))[0]
        assert workspace.press(own, "list.previous", user="U_BOB")["status"] == 200
        back = workspace.until(lambda: drawn_anew(workspace, own))
        assert workspace.press(back, "list.previous", user="U_BOB")["status"] == 200
        first = workspace.until(lambda: drawn_anew(workspace, back))
        assert workspace.press(private, "stage.yes")["status"] == 200
        decided = workspace.until(lambda: drawn_anew(workspace, private, user="U_ANN"))
        assert workspace.press(decided, "list.previous")["status"] == 200
        turned = workspace.until(lambda: drawn_anew(workspace, decided, user="U_ANN"))

    assert names(copy) == names(back) == expected[3:6]
    assert names(own) == expected[6:9]
    assert names(first) == expected[:3]
    assert own["ephemeral"]
    assert names(decided) == expected[3:6]
    assert "Yes · by <@U_ANN>" in decided["text"]
    assert names(turned) == expected[:3]


def drawn_anew(workspace: Workspace, message: dict[str, object], *, user: str = "U_BOB") -> dict[str, object] | None:
    """The message where it says something else than before, and nothing is on its way any more."""
    now = workspace.message(str(message["ts"]), user=user)
    if "saving" in str(now["text"]):
        return None
    return now if now["blocks"] != message["blocks"] else None


def test_receipts_wait_for_a_press_where_the_operator_says_so(
    alone: tuple[Workspace, dict[str, str]], tmp_path: Path
) -> None:
    workspace, settings = alone
    with bot(settings | {"RECEIPTS": "button"}, tmp_path / "bot.jsonl"):
        workspace.until(workspace.sockets)
        message = workspace.ask('/profiles "Data Engineer" skills:python limit:3')
        before = len(workspace.calls())
        assert elements(message, "list.receipts")

        told = pressed(workspace, message, "list.receipts")

        assert "skills:python hides " in told["text"]
        assert not elements(told, "list.receipts")
        assert len(workspace.calls()) - before == 1
        assert not [each for each in workspace.messages(after=message["ts"]) if each["text"].startswith(BESIDE)]

        empty = workspace.ask('/profiles "Data Engineer" skills:zzz text:kafka')
        workspace.fault("hrflow", "/profiles/scoring", status=400, body="{}", times=1)
        counted = pressed(workspace, empty, "list.receipts")["text"].splitlines()
        assert len([line for line in counted if re.search(r"^(text:kafka|skills:zzz) hides \d", line)]) == 1
        assert [line for line in counted if line.startswith("together they hide ")]
