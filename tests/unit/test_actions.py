"""A button's value is the move, short enough for an option, and anything else is recognised as not ours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entities import Stage
from bot.domain.stages import StageMove
from bot.views import actions
from bot.views.actions import UnreadableValueError, read_move, write_move

_hex_keys = st.text(st.sampled_from("0123456789abcdef"), min_size=40, max_size=40)
_keys = st.one_of(_hex_keys, st.text(min_size=1, max_size=30), st.text(st.sampled_from("|%=~7Cab\ud800é"), min_size=1))


def _moves(keys: st.SearchStrategy[str]) -> st.SearchStrategy[StageMove]:
    return st.builds(
        StageMove,
        profile_key=keys,
        source_key=keys,
        job_key=keys,
        board_key=keys,
        expected=st.sampled_from(Stage),
        target=st.sampled_from(Stage),
        undo=st.booleans(),
    )


@given(_moves(_keys))
def test_what_was_written_is_read_back(move: StageMove) -> None:
    value = write_move(move)

    assert read_move(value) == move
    assert value.isascii()


@given(_moves(_hex_keys))
def test_a_move_between_keys_of_forty_digits_fits_an_option_with_a_word_before_it(move: StageMove) -> None:
    assert len("details:" + write_move(move)) <= 150


def _read_or_refused(value: str) -> None:
    try:
        found: object = read_move(value)
    except UnreadableValueError as error:
        found = error

    assert isinstance(found, (StageMove, UnreadableValueError))


@given(st.text())
def test_any_text_is_a_move_or_unreadable(value: str) -> None:
    _read_or_refused(value)


@given(_moves(_keys), st.data())
def test_a_damaged_value_is_a_move_or_unreadable(move: StageMove, data: st.DataObject) -> None:
    value = write_move(move)
    place = data.draw(st.integers(0, len(value)))
    damaged = value[:place] + data.draw(st.text(max_size=3)) + value[place + data.draw(st.integers(0, 3)) :]

    _read_or_refused(damaged)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "|||||",
        "0|ny-|=a|=b|=c|=d",
        "2|ny-|=a|=b|=c|=d",
        "1|ny|=a|=b|=c|=d",
        "1|nyx|=a|=b|=c|=d",
        "1|nq-|=a|=b|=c|=d",
        "1|ny-|=a|=b|=c",
        "1|ny-|=a|=b|=c|=d|=e",
        "1|ny-|=a|=b|=c|=",
        "1|ny-|=a|=b|=c|",
        "1|ny-|=a|=b|=c|abc",
        "1|ny-|=a|=b|=c|é",
        "1|ny-|=a|=b|=c|=%FF",
        "details",
    ],
)
def test_what_this_version_did_not_write_is_unreadable(value: str) -> None:
    with pytest.raises(UnreadableValueError):
        read_move(value)


def test_a_value_holds_keys_and_stages_only() -> None:
    keys = ("1" * 40, "2" * 40, "3" * 40, "4" * 40)
    move = StageMove(
        profile_key=keys[0],
        source_key=keys[1],
        job_key=keys[2],
        board_key=keys[3],
        expected=Stage.NEW,
        target=Stage.YES,
    )

    assert re.fullmatch(r"1\|ny-(\|[\w-]{27}){4}", write_move(move))


@pytest.mark.parametrize(
    ("target", "undo", "action"),
    [
        (Stage.YES, False, "stage.yes"),
        (Stage.LATER, False, "stage.later"),
        (Stage.NO, False, "stage.no"),
        (Stage.NEW, True, "stage.undo"),
        (Stage.YES, True, "stage.undo"),
    ],
)
def test_each_button_has_the_action_that_is_routed(target: Stage, undo: bool, action: str) -> None:
    move = StageMove(
        profile_key="p", source_key="s", job_key="j", board_key="b", expected=Stage.NEW, target=target, undo=undo
    )

    assert actions.stage_action(move.target, undo=move.undo) == action
    assert actions.SET_STAGE.fullmatch(action)


@given(st.text(st.sampled_from("0123456789abcdef"), min_size=16, max_size=16), st.integers(0, 999), st.integers(1, 30))
def test_a_block_tells_which_post_it_belongs_to(post: str, version: int, place: int) -> None:
    assert actions.post_of(actions.block_id(post, version, place, "actions")) == post


@pytest.mark.parametrize("block", ["", "saved.123", "choose.abc", "a.b.c", "a.b.c.d.e"])
def test_a_block_of_no_post_belongs_to_none(block: str) -> None:
    assert actions.post_of(block) == ""
