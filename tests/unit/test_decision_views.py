"""Forms and words around a decision: what Slack takes, and what comes back from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.entities import Stage
from bot.domain.ledger import Kind, LedgerEntry
from bot.domain.reason_codes import DEFAULT_CODES, Asking, read_codes
from bot.domain.stages import StageMove
from bot.errors import MayNotDecideError
from bot.sandbox.slack.blockkit import check_view
from bot.views import decisions
from tests.unit.checking import check_blocks, check_message

NO = StageMove(
    profile_key="p", source_key="s", job_key="j", board_key="b", expected=Stage.NEW, target=Stage.NO, revision=0
)
ROW = LedgerEntry(
    kind=Kind.DECISION,
    at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    by="U_ANN",
    profile_key="p",
    job_key="j",
    before=Stage.NEW,
    after=Stage.NO,
    revision=1,
    reason="not-available",
    note="Ask again <!channel> in *spring*",
)


def text_of(blocks: object) -> str:
    return str(blocks)


@pytest.mark.parametrize("required", [True, False])
def test_the_form_for_a_reason_is_taken_by_slack_and_gives_back_what_was_filled_in(*, required: bool) -> None:
    view = decisions.ask_reason(read_codes(DEFAULT_CODES), required=required, metadata="m")

    assert check_view(view, "modal") == []
    code, note = (block for block in view["blocks"] if block["type"] == "input")
    assert code["optional"] is not required
    chosen = {"selected_option": code["element"]["options"][1]}
    values = {
        code["block_id"]: {code["element"]["action_id"]: chosen},
        note["block_id"]: {note["element"]["action_id"]: {"value": " x\n"}},
    }
    assert (decisions.read_reason(values), decisions.read_note(values)) == ("experience", "x")
    assert (decisions.read_reason({}), decisions.read_note({})) == ("", "")


def test_the_form_for_a_note_is_taken_by_slack() -> None:
    assert check_view(decisions.ask_note(metadata="m"), "modal") == []


def test_what_was_decided_is_told_with_its_reason_and_its_note_which_can_do_nothing() -> None:
    rows = [
        replace(ROW, kind=Kind.NOTE, reason="", at=ROW.at.replace(hour=10)),
        ROW,
        replace(ROW, kind=Kind.UNDO, before=Stage.NO, after=Stage.NEW, reason="", note=""),
        replace(ROW, kind=Kind.ERASURE, note=""),
        replace(ROW, note="", erased=True),
    ]

    blocks = decisions.past(rows, "value")
    drawn = text_of(blocks)

    check_blocks(blocks)

    for words in ("*Note on No*", "*No*", "Not available", "by <@U_ANN>", "*New again*", "note erased", "Add a note"):
        assert words in drawn
    assert "<!channel>" not in drawn
    assert "*spring*" not in drawn
    assert decisions.past([]) == []
    assert "and 2 earlier" in text_of(decisions.past([ROW] * (decisions.MOST_SHOWN + 2)))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MayNotDecideError(["U_ANN", "U_BOB"]), "You can ask <@U_ANN>, <@U_BOB>."),
        (MayNotDecideError(), "ask your operator"),
        (MayNotDecideError(["U_ANN"], unknown=True), "could not check with Slack"),
    ],
)
def test_a_refusal_says_whom_to_ask(error: MayNotDecideError, words: str) -> None:
    assert words in check_message(decisions.may_not_decide(error))["text"]


def test_only_a_no_is_asked_about_and_only_where_it_is_wanted() -> None:
    codes = ("skills", "other")

    assert not Asking().about(NO)
    assert Asking("optional", codes).about(NO)
    assert not Asking("required", codes).about(replace(NO, undo=True))
    assert not Asking("required", codes).about(replace(NO, target=Stage.YES))
    assert [Asking("required", codes).lacks(NO, reason) for reason in ("", "made up", "skills")] == [True, True, False]
    assert not Asking("optional", codes).lacks(NO, "")


@pytest.mark.parametrize("typed", ["", " , ,", "x" * 61, ",".join(f"code{number}" for number in range(101))])
def test_codes_that_cannot_be_shown_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^(it|a code) m"):
        read_codes(typed)


def test_codes_are_read_in_their_order_and_once() -> None:
    assert read_codes(" skills , not-available,Skills,, other") == ("skills", "not-available", "other")
