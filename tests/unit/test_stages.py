"""Setting a stage changes one label of the raw list; everything else stays as it is, where it is."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entities import Job, Label, Profile, Stage
from bot.domain.stages import StageMove, with_label
from bot.hrflow.readers import read_label, read_profile
from bot.views.actions import read_move, write_move
from tests.unit.strategies import json_values

JOB = Job(key="job-1", board_key="board-1", reference="dev-42", title="Data Engineer")
AT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def changed(labels: list[Any], target: Stage = Stage.YES, at: datetime = AT) -> list[Any]:
    return with_label(labels, job=JOB, target=target, at=at, read=read_label)


OTHER = {"job_key": "job-2", "job_reference": "x", "board_key": "board-1", "stage": "no", "unknown": {"kept": [1]}}


def test_the_first_label_of_a_job_is_added_at_the_end() -> None:
    assert changed([OTHER]) == [
        OTHER,
        {
            "board_key": "board-1",
            "job_key": "job-1",
            "job_reference": "dev-42",
            "stage": "yes",
            "date_stage": "2026-11-22T15:00:00+0000",
            "rating": None,
            "date_rating": None,
        },
    ]


def test_a_label_is_changed_in_place_and_keeps_what_it_holds() -> None:
    mine = {"job_id": "job-1", "job_reference": "r", "stage": "no", "rating": 4, "date_rating": "2020", "note": "kept"}
    found = changed([OTHER, mine, OTHER])

    assert found[0] == found[2] == OTHER
    assert found[1].items() >= {"job_id": "job-1", "rating": 4, "date_rating": "2020", "note": "kept"}.items()
    assert (found[1]["stage"], found[1]["date_stage"]) == ("yes", "2026-11-22T15:00:00+0000")


def test_duplicates_collapse_into_the_newest_at_the_place_of_the_first() -> None:
    old = {"job_key": "job-1", "stage": "no", "date_stage": "2020-01-01T00:00:00", "rating": 1}
    new = {"job_key": "job-1", "stage": "later", "date_stage": 1_700_000_000_000, "rating": 2}
    undated = {"job_key": "job-1", "stage": "new", "date_stage": None, "rating": 3}
    found = changed([old, OTHER, new, undated])

    assert [label.get("rating") for label in found] == [2, None]
    assert found[1] == OTHER
    assert found[0]["stage"] == "yes"


def test_a_label_that_names_the_job_by_reference_only_is_the_one_to_change() -> None:
    by_reference = {"job_reference": "dev-42", "stage": "later"}
    elsewhere = {"job_reference": "dev-42", "board_key": "board-2", "stage": "later"}
    found = changed([by_reference, elsewhere])

    assert len(found) == 2
    assert (found[0]["stage"], found[0]["job_key"]) == ("yes", "job-1")
    assert found[1] == elsewhere


def test_a_label_of_another_job_with_the_same_reference_is_left_alone() -> None:
    other = {"job_key": "job-9", "job_reference": "dev-42", "stage": "no"}

    assert changed([other])[0] == other


def test_the_time_of_a_stage_is_written_in_utc() -> None:
    at = datetime(2026, 11, 22, 16, 30, tzinfo=timezone(timedelta(hours=1)))

    assert changed([], at=at)[0]["date_stage"] == "2026-11-22T15:30:00+0000"


_mine = st.builds(
    lambda name, stage, when: {**name, "stage": stage, "date_stage": when},
    st.sampled_from([{"job_key": "job-1"}, {"job_id": "job-1"}, {"job_reference": "dev-42"}]),
    st.sampled_from(["new", "yes", "later", "no", "YES"]),
    st.sampled_from([None, "2020-01-01", 1_700_000_000, "2099-01-01T00:00:00Z", "junk"]),
)


@given(st.lists(st.one_of(_mine, json_values, st.just(OTHER)), max_size=6), st.sampled_from(Stage))
def test_all_other_entries_stay_verbatim_and_in_order(labels: list[Any], target: Stage) -> None:
    before = copy.deepcopy(labels)
    found = changed(labels, target)
    kept = [raw for raw in labels if (label := read_label(raw)) is None or not label.about(JOB)]
    about = [raw for raw in found if (label := read_label(raw)) is not None and label.about(JOB)]

    assert labels == before
    assert len(about) == 1
    assert [raw for raw in found if raw is not about[0]] == kept
    assert about[0]["stage"] == target.value
    profile = read_profile({"key": "p", "labels": found})
    assert profile is not None
    assert profile.stage_for(JOB) is target
    assert changed(found, target) == found


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Interview", "Interview"),
        ("phone_screen", "phone_screen"),
        ("YES", "yes"),
        (" Later ", "later"),
        (None, "new"),
        ("", "new"),
        ("<!channel> *x*", "channel x"),
        ("x" * 1_000, "x" * 40),
        (3, "3"),
    ],
)
def test_a_stage_of_another_word_is_that_word_and_one_object(word: Any, stage: str) -> None:
    label = read_label({"job_key": "job-1", "stage": word})

    assert label is not None
    assert label.stage == stage
    assert label.stage is Stage(stage) is pickle.loads(pickle.dumps(label)).stage  # noqa: S301 - our own bytes
    assert len(changed([{"job_key": "job-1", "stage": word}])) == 1
    move = StageMove(profile_key="p", source_key="s", job_key="j", board_key="b", expected=label.stage, target=Stage.NO)
    back = replace(move, expected=Stage.NO, target=label.stage, undo=True)
    for each in (move, back, replace(back, expected=Stage("other"))):
        assert read_move(write_move(each)) == each


def test_a_stage_that_shows_nothing_is_none() -> None:
    assert read_label({"job_key": "job-1", "stage": "<!>"}) is None
    assert list(Stage) == ["new", "yes", "later", "no"]


def test_no_label_means_new() -> None:
    assert Profile(key="p").stage_for(JOB) is Stage.NEW
    assert Profile(key="p", labels=(Label(stage=Stage.NO, job_key="job-2"),)).stage_for(JOB) is Stage.NEW


def test_the_newest_of_several_labels_counts_and_a_dated_one_before_an_undated() -> None:
    labels = (
        Label(stage=Stage.NO, job_key="job-1"),
        Label(stage=Stage.YES, job_key="job-1", at=AT),
        Label(stage=Stage.LATER, job_key="job-1", at=AT - timedelta(days=1)),
    )

    assert Profile(key="p", labels=labels).stage_for(JOB) is Stage.YES


def test_a_reference_alone_never_matches_a_job_without_one() -> None:
    label = Label(stage=Stage.YES, job_reference="")

    assert not label.about(Job(key="job-1", reference=""))
