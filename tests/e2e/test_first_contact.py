"""What a newcomer meets: a hello with examples to press, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.workspace import elements, names, sandbox

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.workspace import Workspace


def test_the_first_message_in_hiring_has_three_examples_that_work(workspace: Workspace) -> None:
    hello = workspace.messages()[0]
    assert hello["text"].startswith("Hello! I am Shortlist.")
    assert not hello["ephemeral"]

    for place in range(3):
        after = workspace.last_ts()
        assert workspace.press(hello, f"example.{place}")["status"] == 200
        answer = _next(workspace, after)
        assert names(answer)
        assert answer["ephemeral"]
        assert elements(hello, f"example.{place}")[0][1]["text"]["text"].split()[0] in answer["text"]


def _next(workspace: Workspace, after: str) -> dict[str, Any]:
    found: dict[str, Any] = workspace.until(lambda: workspace.messages(after=after))[0]
    return found


def test_a_guest_who_presses_an_example_is_refused(workspace: Workspace) -> None:
    """A request with the guest's name, as a client could forge it: the hello stands where guests are not."""
    hello = workspace.messages()[0]

    reply = workspace.http.post(
        "/workspace/actions",
        json={"user": "U_EVE", "channel": "C_HIRING", "ts": hello["ts"], "action_id": "example.0"},
    )

    assert reply.status_code in (400, 403, 404)


@pytest.mark.parametrize("text", ["/profiles help", "/jobs help", "/shortlist", "/shortlist help"])
def test_help_is_private_and_shows_examples(workspace: Workspace, text: str) -> None:
    message = workspace.ask(text)

    assert message["ephemeral"]
    assert "/profiles" in message["text"] or "/jobs" in message["text"]


def test_help_for_one_filter(workspace: Workspace) -> None:
    message = workspace.ask("/profiles help skills")

    assert "skills:python,sql" in message["text"]
    assert "skills_dict:" in message["text"]


def test_a_workspace_that_is_kept_goes_on_and_is_not_greeted_twice(tmp_path: Path) -> None:
    arguments = ["--profiles", "20", "--data", str(tmp_path / "data")]
    with sandbox(arguments, tmp_path / "one.jsonl") as first:
        listed = first.ask('/profiles "Data Engineer" limit:3')
        first.press(listed, "stage.yes")
        first.until(lambda: " \u00b7 yes" in first.message(listed["ts"])["text"])
        kept = names(listed)

    with sandbox(arguments, tmp_path / "two.jsonl") as again:
        hellos = [each for each in again.messages() if each["text"].startswith("Hello!")]
        assert len(hellos) == 1
        now = names(again.ask('/profiles "Data Engineer" limit:3'))
        old = again.message(listed["ts"])
        again.press(old, "stage.undo")
        again.until(lambda: "New again" in again.message(listed["ts"])["text"])
        drawn = again.message(listed["ts"])

    assert kept[0] not in now
    assert now[:2] == kept[1:]
    assert names(drawn) == kept
