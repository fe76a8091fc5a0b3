"""Why somebody says No, notes on decisions, and what the ledger and HrFlow's trackings say afterwards."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.test_decisions import LIST, running
from tests.e2e.test_stages import Card
from tests.helpers import ledger
from tests.helpers.workspace import elements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.workspace import Workspace

SECRET = "Prefers to stay in Lyon, asked twice"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Where every No needs a reason, and each decision leaves a line in HrFlow."""
    settings = {"REASONS": "required", "REASON_CODES": "skills,not-available", "AUDIT_TRACKING": "on"}
    with running(tmp_path_factory.mktemp("reasons"), **settings) as started:
        yield started


def rows(workspace: Workspace, **wanted: str) -> list[dict[str, Any]]:
    """The ledger, read beside the running bot; the chain holds."""
    found = ledger.rows(f"sqlite:///{workspace.log.with_suffix('.db')}")
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


def modal(workspace: Workspace, callback_id: str, user: str = "U_ANN") -> dict[str, Any]:
    found: dict[str, Any] = workspace.until(
        lambda: next((view for view in workspace.views(user)[-1:] if view["callback_id"] == callback_id), None)
    )
    return found


def submit(workspace: Workspace, view: dict[str, Any], *, code: str = "", note: str = "") -> dict[str, Any]:
    """Fill in the form and press its button."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            if element["type"] == "static_select":
                chosen = next((each for each in element["options"] if each["value"] == code), None)
                filled: dict[str, Any] = {"selected_option": chosen}
            else:
                filled = {"value": note or None}
            values[block["block_id"]] = {element["action_id"]: filled}
    body = {"user": "U_ANN", "view_id": view["id"], "values": values}
    reply: dict[str, Any] = workspace.http.post("/workspace/views/submit", json=body).json()
    return reply


def close(workspace: Workspace, view: dict[str, Any]) -> None:
    workspace._post("/workspace/views/close", user="U_ANN", view_id=view["id"])


def decide(workspace: Workspace, card: Card, stage: str) -> dict[str, Any]:
    """Press it, and the message once it shows."""
    workspace.press(card.message, f"stage.{stage}", card.place)
    return card.until_shown(stage)


def test_a_no_is_decided_by_its_reason_and_not_before(workspace: Workspace) -> None:
    shown = workspace.ask('/profiles "Data Engineer" limit:3 skills:python name:a')
    card = Card(workspace, shown, 0)

    assert workspace.press(shown, "stage.no", 0)["status"] == 200
    view = modal(workspace, "reason")
    refused = submit(workspace, view, note="no code")

    assert "code" in refused["errors"]
    assert card.label() is None
    submit(workspace, view, code="not-available", note=SECRET)
    card.until_shown("no")
    assert (card.label() or {})["stage"] == "no"
    [row] = rows(workspace, profile_key=card.profile, job_key=card.job)
    assert (row["from"], row["to"], row["by"], row["revision"]) == ("new", "no", "U_ANN", 1)
    assert (row["reason"], row["note"]) == ("not-available", SECRET)
    assert row["seen"]["rank"] == 1
    assert 0 < row["seen"]["score"] < 1
    assert row["seen"]["filters"] == {"limit": ["3"], "name": None, "skills": ["python"]}
    assert row["seen"]["reasons_opened"] is False
    assert row["channel"] == "C_HIRING"
    assert row["message_ts"] == shown["ts"]
    assert row["workflow_id"].startswith(f"stage/{card.job}/{card.profile}/0/U_ANN/no")


def test_closing_the_form_decides_nothing(workspace: Workspace) -> None:
    shown = workspace.ask(LIST)
    card = Card(workspace, shown, 2)

    workspace.press(shown, "stage.no", 2)
    close(workspace, modal(workspace, "reason"))
    decide(workspace, card, "later")

    assert [row["to"] for row in rows(workspace, profile_key=card.profile, job_key=card.job)] == ["later"]


def test_whether_details_were_open_is_kept(workspace: Workspace) -> None:
    shown = workspace.ask('/profiles "Backend Developer" limit:3')
    card = Card(workspace, shown, 1)
    workspace.press(shown, "details", 1)
    close(workspace, modal(workspace, "details"))

    decide(workspace, card, "yes")

    [row] = rows(workspace, profile_key=card.profile, job_key=card.job)
    assert row["seen"]["reasons_opened"] is True


def test_a_note_is_kept_in_the_ledger_and_shown_in_details_and_nowhere_else(workspace: Workspace) -> None:
    shown = workspace.ask('/profiles "Sales Manager" limit:3')
    card = Card(workspace, shown, 0)
    decided = decide(workspace, card, "yes")
    after = workspace.last_ts()

    assert workspace.press(decided, "note")["status"] == 200
    view = modal(workspace, "note")
    assert submit(workspace, view)["errors"]
    submit(workspace, view, note=SECRET)

    told = workspace.until(lambda: workspace.messages(after=after))[0]
    assert told["text"].startswith("Your note is kept.")
    kinds = [(row["kind"], row["note"]) for row in rows(workspace, profile_key=card.profile, job_key=card.job)]
    assert kinds == [("decision", ""), ("note", SECRET)]
    workspace.press(workspace.message(shown["ts"]), "details", 0)
    opened = workspace.until(lambda: [view for view in workspace.views() if SECRET in str(view["blocks"])])[-1]
    assert "*Note on Yes*" in str(opened["blocks"])
    close(workspace, opened)
    assert SECRET not in workspace.logged()
    assert SECRET not in json.dumps(workspace.calls())
    assert all(SECRET not in json.dumps(message) for message in workspace.messages())


def test_a_note_can_be_added_from_the_details_too(workspace: Workspace) -> None:
    shown = workspace.ask('/profiles "DevOps Engineer" limit:3')
    card = Card(workspace, shown, 0)
    decide(workspace, card, "later")
    workspace.press(workspace.message(shown["ts"]), "details", 0)
    opened = workspace.until(
        lambda: [view for view in workspace.views() if elements(view, "note")],
    )[-1]
    block_id, button = elements(opened, "note")[0]

    workspace._post(
        "/workspace/actions",
        user="U_ANN",
        view_id=opened["id"],
        action_id="note",
        block_id=block_id,
        value=button["value"],
    )
    submit(workspace, modal(workspace, "note"), note="from the details")

    workspace.until(lambda: rows(workspace, profile_key=card.profile, note="from the details"))
    close(workspace, workspace.views()[-1])


def test_each_decision_leaves_one_line_in_the_trackings_and_an_undo_too(workspace: Workspace) -> None:
    shown = workspace.ask('/profiles "Frontend Developer" limit:3')
    card = Card(workspace, shown, 0)
    decided = decide(workspace, card, "yes")
    workspace.press(decided, "stage.yes", 0) if elements(decided, "stage.yes") else None
    workspace.press(decided, "stage.undo")
    card.until_shown("new")

    def lines() -> list[dict[str, Any]]:
        return [
            call["body"]
            for call in workspace.calls()
            if call["path"].endswith("/tracking") and card.profile in json.dumps(call["body"])
        ]

    workspace.until(lambda: len(lines()) == 2)
    assert lines()[0] == {
        "action": "yes",
        "role": "recruiter",
        "source_key": card.source,
        "profile_key": card.profile,
        "board_key": card.board,
        "job_key": card.job,
    }


def test_trackings_that_fail_are_no_part_of_the_decision(workspace: Workspace) -> None:
    shown = workspace.ask('/profiles "Data Analyst" limit:3')
    card = Card(workspace, shown, 0)
    workspace.fault("hrflow", "POST /hrflow/v1/tracking", status=500, body="{}", times=5)

    decide(workspace, card, "yes")

    workspace.until(lambda: "tracking failed" in workspace.logged())
    assert (card.label() or {})["stage"] == "yes"
    sent = [
        call
        for call in workspace.calls()
        if call["path"].endswith("/tracking") and card.profile in json.dumps(call["body"])
    ]
    assert len(sent) == 1


def test_the_ledger_replayed_is_what_hrflow_says(workspace: Workspace) -> None:
    """Two people decide in random order, and take back; the last word of each pair is its label."""
    chance = random.Random(5)  # noqa: S311 - the same ones in every run
    lists = {user: workspace.ask('/profiles "Product Manager" limit:6', user=user) for user in ("U_ANN", "U_BOB")}
    cards = [Card(workspace, lists["U_ANN"], place) for place in range(6)]
    for _ in range(30):
        user, place = chance.choice(sorted(lists)), chance.randrange(6)
        now = workspace.message(lists[user]["ts"], user=user)
        for action in ("stage.undo", chance.choice(["stage.yes", "stage.later"])):
            held = [at for at, (block, _) in enumerate(elements(now, action)) if f".{place + 1}." in block]
            if held:
                workspace.press(now, action, held[0], user=user)
                break

    def replayed() -> bool:
        last = {row["profile_key"]: row["to"] for row in rows(workspace) if row["kind"] in ("decision", "undo")}
        said = {card.profile: (card.label() or {}).get("stage") for card in cards}
        return all(last.get(profile) == stage for profile, stage in said.items())

    workspace.until(replayed)
    for card in cards:
        revisions = [row["revision"] for row in rows(workspace, profile_key=card.profile, job_key=card.job)]
        assert revisions == list(range(1, len(revisions) + 1))
        assert revisions


def test_an_optional_reason_may_be_left_out(tmp_path: Path) -> None:
    with running(tmp_path, REASONS="optional") as workspace:
        shown = workspace.ask(LIST)
        for place, code in enumerate(["", "skills"]):
            card = Card(workspace, shown, place)

            workspace.press(shown, "stage.no", place)
            submit(workspace, modal(workspace, "reason"), code=code)

            card.until_shown("no")
            assert [row["reason"] for row in rows(workspace, profile_key=card.profile)] == [code]
