"""A click sets the stage in HrFlow, changes nothing else, and the card shows it."""

from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.workspace import elements, item_lines

if TYPE_CHECKING:
    from tests.helpers.workspace import Workspace


class Card:
    """The `place`-th card of a list, and the profile it stands for."""

    def __init__(self, workspace: Workspace, message: dict[str, Any], place: int) -> None:
        self.workspace = workspace
        self.message = message
        self.place = place
        self.name = item_lines(message)[place][0].split(". ", 1)[1]
        value = elements(message, "details")[place][1]["value"]
        self.profile, self.source, self.job, self.board = (
            base64.urlsafe_b64decode(part + "=").hex() for part in value.split("|")[2:6]
        )

    def stored(self) -> dict[str, Any]:
        reply = self.workspace.hrflow("/profile/indexing", source_key=self.source, key=self.profile)
        found: dict[str, Any] = reply["data"]
        return found

    def label(self) -> dict[str, Any] | None:
        return next((label for label in self.stored()["labels"] if label["job_key"] == self.job), None)

    def stage_shown(self) -> str:
        return item_lines(self.workspace.message(self.message["ts"]))[self.place][3]

    def until_shown(self, stage: str) -> dict[str, Any]:
        self.workspace.until(lambda: self.stage_shown() == stage)
        return self.workspace.message(self.message["ts"])


@pytest.fixture
def card(workspace: Workspace) -> Card:
    """A card nobody has decided on yet."""
    return Card(workspace, workspace.ask('/profiles "Data Engineer" limit:4'), 1)


@pytest.mark.parametrize("stage", ["yes", "later", "no"])
def test_a_click_writes_one_label_and_undo_takes_it_back(card: Card, stage: str) -> None:
    before = card.stored()

    outcome = card.workspace.press(card.message, f"stage.{stage}", card.place)
    shown = card.until_shown(stage)

    assert outcome["status"] == 200
    after = card.stored()
    assert {**after, "labels": None} == {**before, "labels": None}
    others = [[label for label in each["labels"] if label["job_key"] != card.job] for each in (before, after)]
    assert others[0] == others[1]
    label = card.label()
    assert label is not None
    assert label["stage"] == stage
    assert label["board_key"] == card.board

    undo = [block for block, _ in elements(shown, "stage.undo")]
    assert len(undo) == 1
    decided = next(block for block in shown["blocks"] if block.get("block_id", "").endswith(".decision"))
    assert f"*{stage.capitalize()}* \u00b7 by <@U_ANN> \u00b7 <!date^" in decided["elements"][0]["text"]

    card.workspace.press(shown, "stage.undo")
    card.until_shown("new")
    label = card.label()
    assert label is not None
    assert label["stage"] == "new"


def test_pressing_twice_is_one_change(card: Card) -> None:
    card.workspace.press(card.message, "stage.yes", card.place)
    card.until_shown("yes")
    writes = len([call for call in card.workspace.calls() if call["method"] == "PUT"])

    card.workspace.press(card.message, "stage.yes", card.place)
    card.workspace.ask("/shortlist help")

    assert card.stage_shown() == "yes"
    assert len([call for call in card.workspace.calls() if call["method"] == "PUT"]) == writes


def test_two_cards_pressed_at_once_are_both_shown(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Backend Developer" limit:6')
    cards = [Card(workspace, message, place) for place in range(6)]

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda card: workspace.press(message, "stage.later", card.place), cards))

    assert [outcome["status"] for outcome in outcomes] == [200] * 6
    workspace.until(lambda: [card.stage_shown() for card in cards] == ["later"] * 6)
    assert [(card.label() or {})["stage"] for card in cards] == ["later"] * 6


def test_a_stage_that_changed_meanwhile_is_shown_and_not_overwritten(card: Card) -> None:
    """Bob decides in his own list; Ann's older card must not undo that."""
    workspace = card.workspace
    theirs = workspace.ask('/profiles "Data Engineer" limit:4', user="U_BOB")
    workspace.press(theirs, "stage.yes", card.place, user="U_BOB")
    workspace.until(lambda: (card.label() or {}).get("stage") == "yes")
    after = workspace.last_ts()

    workspace.press(card.message, "stage.no", card.place)

    told = workspace.until(lambda: workspace.messages(after=after))[0]
    assert f"<@U_BOB> set {card.name} for Data Engineer to *Yes*" in told["text"]
    assert "so your No was not saved" in told["text"]
    assert (card.label() or {})["stage"] == "yes"
    card.until_shown("yes")


def test_labels_of_other_jobs_stay(card: Card) -> None:
    """The same profile is decided for two jobs."""
    workspace = card.workspace
    workspace.press(card.message, "stage.yes", card.place)
    card.until_shown("yes")
    name = item_lines(card.message)[card.place][0].split(". ", 1)[1]
    jobs = workspace.ask(f'/jobs "{name}" limit:12')
    place = next(at for at, parts in enumerate(item_lines(jobs)) if "Sales" in parts[0])
    other = Card(workspace, jobs, place)

    buttons = [block for block, _ in elements(jobs, "stage.no")]
    workspace.press(jobs, "stage.no", next(at for at, block in enumerate(buttons) if f".{place + 1}." in block))
    other.until_shown("no")

    assert (card.label() or {})["stage"] == "yes"
    assert (other.label() or {})["stage"] == "no"


def test_a_stage_that_only_hrflow_knows_is_shown_and_comes_back(workspace: Workspace) -> None:
    """It is no "new": whoever overwrites it sees it before, and Undo puts it back. Those of other jobs stay."""
    card = Card(workspace, workspace.ask('/profiles "Data Engineer" limit:12'), 11)
    # In a later second than whatever was decided in Slack about the same pair: the newer one counts, and a tie is ours.
    begun = int(time.time())
    workspace.until(lambda: int(time.time()) > begun)
    at = datetime.now(UTC).isoformat()
    mine = {"board_key": card.board, "job_key": card.job, "stage": "Phone screen", "date_stage": at}
    other = {"board_key": card.board, "job_key": "0" * 40, "stage": "Offer/made <!here>", "unknown": [1.10]}
    body = {**card.stored(), "labels": [mine, other]}
    headers = {"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com"}
    assert workspace.http.put("/hrflow/v1/profile/indexing", json=body, headers=headers).status_code == 200
    title = item_lines(card.message)[card.place][0].split(". ", 1)[1]
    jobs = workspace.ask(f'/jobs "{title}" limit:12')
    cards = [Card(workspace, jobs, at) for at in range(len(item_lines(jobs)))]
    listed = next(each for each in cards if (each.profile, each.job) == (card.profile, card.job))
    place = listed.place

    assert item_lines(jobs)[place][3] == "Phone screen"

    buttons = [block for block, _ in elements(jobs, "stage.yes")]
    workspace.press(jobs, "stage.yes", next(at for at, block in enumerate(buttons) if f".{place + 1}." in block))
    shown = listed.until_shown("yes")
    assert card.stored()["labels"][1] == other

    workspace.press(shown, "stage.undo")
    listed.until_shown("Phone screen")
    assert (card.label() or {})["stage"] == "Phone screen"
    assert card.stored()["labels"][1] == other


def test_a_card_of_a_menu_can_be_decided_too(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Sales Manager" limit:20')
    name = item_lines(message)[3][0]

    workspace.press(message, "menu", 3, option=1)

    shown = workspace.until(lambda: (now := workspace.message(message["ts"]))["text"] != message["text"] and now)
    assert item_lines(shown)[3][0] == name
    assert item_lines(shown)[3][3] == "later"
    workspace.press(shown, "menu", 3, option=0)
    workspace.until(lambda: item_lines(workspace.message(message["ts"]))[3][3] == "new")


def test_details_open_at_once_and_are_filled(card: Card) -> None:
    workspace = card.workspace

    assert workspace.press(card.message, "details", card.place)["status"] == 200

    stored = card.stored()
    view = workspace.until(
        lambda: [view for view in workspace.views() if view["blocks"][0]["type"] == "header"] or None
    )[-1]
    words = str(view["blocks"])
    assert view["blocks"][0]["text"]["text"] == stored["info"]["full_name"]
    assert stored["info"]["email"] in words
    assert stored["skills"][0]["name"] in words


def test_details_of_a_listed_job_show_the_job(workspace: Workspace) -> None:
    people = workspace.ask('/profiles "Data Engineer" limit:1')
    name = item_lines(people)[0][0].split(". ", 1)[1]
    jobs = workspace.ask(f'/jobs "{name}" limit:3')

    workspace.press(jobs, "details", 0)

    title = item_lines(jobs)[0][0].split(". ", 1)[1]
    workspace.until(
        lambda: [
            view
            for view in workspace.views()
            if view["blocks"][0]["type"] == "header" and view["blocks"][0]["text"]["text"] == title
        ]
    )


def test_every_click_is_acknowledged_without_a_warning(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "DevOps Engineer" limit:2')
    pressed = [
        workspace.press(message, element["action_id"])["status"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]

    assert pressed == [200] * len(pressed)
    assert not [each for each in workspace.messages() if each.get("warning")]


def test_a_conflict_is_told_even_where_the_list_cannot_be_redrawn(card: Card) -> None:
    workspace = card.workspace
    theirs = workspace.ask('/profiles "Data Engineer" limit:4', user="U_BOB")
    workspace.press(theirs, "stage.later", card.place, user="U_BOB")
    workspace.until(lambda: (card.label() or {}).get("stage") == "later")
    workspace.fault("slack", "/slack/response_url/", status=404, body="expired_url", times=10)
    after = workspace.last_ts()

    workspace.press(card.message, "stage.no", card.place)

    told = workspace.until(lambda: workspace.messages(after=after))[0]
    assert f"<@U_BOB> set {card.name} for Data Engineer to *Later*" in told["text"]
