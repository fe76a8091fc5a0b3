"""Earlier queries and decisions are shown as harmless text, and what a button carries names nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.domain.entities import Stage
from bot.domain.grammar import parse
from bot.domain.history import Asked, Past, way_back
from bot.domain.ledger import Kind, LedgerEntry
from bot.domain.stages import Standing
from bot.errors import HrflowError, HrflowMalformedError, HrflowTimeoutError, HrflowUnavailableError
from bot.views import history, home, locales
from bot.views.actions import read_move
from tests.unit.checking import check_blocks, check_message
from tests.unit.strategies import hostile, queries

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
ENTRY = LedgerEntry(
    kind=Kind.DECISION,
    at=AT,
    by="U0ANN",
    profile_key="a" * 40,
    job_key="1" * 40,
    board_key="b" * 40,
    source_key="c" * 40,
    before=Stage.NEW,
    after=Stage.YES,
    revision=3,
)
STATUS = home.Status(at=AT, ms=42)
_few = settings(max_examples=40, deadline=None)


def past(entry: LedgerEntry = ENTRY, **what: Any) -> Past:
    standing = Standing(stage=entry.after or Stage.NEW, revision=entry.revision)
    given_ = {"profile": "Ann Bell", "job": "Data Engineer", "by": "bob", "back": way_back(entry, standing)}
    return Past(entry=entry, **(given_ | what))


def asked(text: str) -> Asked:
    return Asked(canonical=text, at=AT)


def check_home(view: dict[str, Any]) -> list[dict[str, Any]]:
    """A Home tab that Slack takes as it is."""
    assert len(json.dumps(view).encode()) <= 250_000
    assert len(view["blocks"]) <= 100
    blocks: list[dict[str, Any]] = [each for each in view["blocks"] if each["type"] != "divider"]
    check_blocks(blocks)
    assert View(**view).to_dict()["type"] == "home"
    return blocks


def buttons(blocks: Any) -> list[dict[str, Any]]:
    """Every button, wherever it is."""
    held = [block.get("accessory") for block in blocks] + [
        each for block in blocks for each in block.get("elements", [])
    ]
    return [each for each in held if each and each["type"] == "button"]


# Strategies


@st.composite
def decisions(draw: st.DrawFn) -> list[Past]:
    """Up to eight decisions, hostile in every word."""
    found = []
    for _ in range(draw(st.integers(0, 8))):
        entry = replace(
            ENTRY,
            kind=draw(st.sampled_from(Kind)),
            after=draw(st.sampled_from(Stage)),
            reason=draw(hostile),
            note=draw(hostile),
        )
        name = draw(st.one_of(st.none(), hostile))
        found.append(past(entry, profile=name, job=draw(st.one_of(st.none(), hostile)), by=draw(hostile)))
    return found


@st.composite
def earlier(draw: st.DrawFn) -> list[Asked]:
    """Up to eight queries, each once."""
    texts = [draw(st.one_of(queries().map(str), hostile)) for _ in range(draw(st.integers(0, 8)))]
    return [asked(text) for text in dict.fromkeys(texts)]


@_few
@given(earlier(), decisions())
def test_history_is_harmless_whatever_it_holds(before: list[Asked], made: list[Past]) -> None:
    check_message(history.mine(before, made, rename={}))
    check_message(history.about("Data Engineer", made))


@_few
@given(earlier(), decisions(), hostile)
def test_home_is_harmless_whatever_it_holds(before: list[Asked], made: list[Past], words: str) -> None:
    status = replace(STATUS, trouble=HrflowUnavailableError(words), last_trouble=(AT, HrflowUnavailableError(words)))

    check_home(home.draw(before, made, status, said=words, rename={}))


def test_every_line_is_in_the_text_too() -> None:
    message = history.mine([asked('/profiles "Data Engineer"')], [past()], rename={"/profiles": "/hr-profiles"})

    assert message.text.splitlines() == [
        "Your last queries",
        '/hr-profiles "Data Engineer"',
        "Your last decisions",
        "Yes \u00b7 Ann Bell \u00b7 Data Engineer \u00b7 2026-11-22 15:04 UTC",
    ]


def test_decisions_about_something_say_by_whom_and_why() -> None:
    entry = replace(ENTRY, kind=Kind.DECISION, after=Stage.NO, reason="not_enough_experience", note="Next year")

    message = history.about("Data Engineer", [past(entry)])

    assert message.text.splitlines()[1] == (
        "No \u00b7 Ann Bell \u00b7 Data Engineer \u00b7 by bob \u00b7 2026-11-22 15:04 UTC"
        " \u00b7 not enough experience \u00b7 Next year"
    )
    assert "Nothing was decided" in history.about("Data Engineer", []).text


def test_a_button_carries_keys_and_never_a_query_or_a_name() -> None:
    message = history.mine([asked('/jobs "Ann Bell"')], [past()], rename={})
    run, undo = buttons(message.payload()["blocks"])

    assert "Ann" not in run["value"] + undo["value"]
    assert asked('/jobs "Ann Bell"').token == run["value"]
    assert read_move(undo["value"]).target is Stage.NEW


def test_nothing_asked_or_decided_yet_is_said() -> None:
    text = history.mine([], [], rename={}).text

    assert "You have not asked anything yet." in text
    assert "You have not decided anything yet." in text


@pytest.mark.parametrize(
    ("standing", "entry"),
    [
        (None, ENTRY),
        (Standing(stage=Stage.YES, revision=4), ENTRY),
        (Standing(stage=Stage.LATER, revision=3), ENTRY),
        (Standing(stage=Stage.NEW, revision=3), replace(ENTRY, kind=Kind.UNDO, before=Stage.YES, after=Stage.NEW)),
        (Standing(stage=Stage.YES, revision=3), replace(ENTRY, kind=Kind.NOTE)),
        (Standing(stage=Stage.YES, revision=3), replace(ENTRY, before=Stage.YES)),
    ],
)
def test_only_the_last_word_on_a_pair_can_be_taken_back(standing: Standing | None, entry: LedgerEntry) -> None:
    assert way_back(entry, standing) is None


def test_the_way_back_names_the_revision_that_it_takes_back() -> None:
    move = way_back(ENTRY, Standing(stage=Stage.YES, revision=3))

    assert move is not None
    assert (move.expected, move.target, move.undo, move.revision) == (Stage.YES, Stage.NEW, True, 3)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (None, "HrFlow answers (42 ms)"),
        (HrflowTimeoutError("x", seconds=2.5), "HrFlow does not answer: no answer within 2.5 seconds"),
        (HrflowUnavailableError("x", status=500), "HrFlow does not answer: HrFlow does not answer just now."),
    ],
)
def test_home_says_how_hrflow_is(trouble: HrflowError | None, said: str) -> None:
    view = home.draw([], [], replace(STATUS, trouble=trouble), rename={})

    assert said in str(check_home(view))
    assert check_home(home.loading())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (HrflowTimeoutError("x", seconds=2.5), "last trouble: no answer within 2,5 s, <!date^"),
        (HrflowUnavailableError("x", status=503), "last trouble: HrFlow answered 503, <!date^"),
        (HrflowUnavailableError("x"), "last trouble: the connection failed, <!date^"),
        (HrflowMalformedError("x"), "last trouble: an answer that cannot be read, <!date^"),
    ],
)
def test_home_says_what_went_wrong_last_as_its_reader_writes_it(error: HrflowError, said: str) -> None:
    status = replace(STATUS, ms=1_234, last_trouble=(AT, error))
    small = str(check_home(home.draw([], [], status, rename={}, manner=locales.of("fr-FR")))[-1]["elements"][0]["text"])

    assert said in small
    assert small.startswith("HrFlow answers (1 234 ms) ")


def test_an_earlier_query_parses_back() -> None:
    query = parse('/profiles "Data Engineer" skills:python')

    assert parse(asked(str(query)).canonical) == query
