"""Every parameter goes over the wire under the names and in the encodings of its generation of the API."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.domain.grammar import HelpWanted, parse
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.values import Named
from bot.hrflow.wire import Keys, parameters
from tests.unit.strategies import queries
from tests.unit.wire_table import JOBS, PROFILES, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=ZoneInfo("Europe/Paris"))
S1, S2, B1, B2, SUBJECT, AGENT = ("1" * 40, "2" * 40, "b" * 40, "c" * 40, "d" * 40, "a" * 40)
ALL = Keys(sources=(S1, S2), boards=(B1,), subject=SUBJECT, agent=AGENT)


def sent(
    line: str, *, dialect: str = "seed", keys: Keys = ALL, stage: str = "new", now: datetime = NOW
) -> dict[str, str]:
    query = parse(line)
    assert not isinstance(query, HelpWanted)
    return parameters(query, keys, dialect=dialect, now=now, stage=stage)


def decoded(params: Mapping[str, str]) -> dict[str, Any]:
    """What a server reads: JSON where the value is a list or an object, else the text."""
    return {name: json.loads(value) if value[:1] in "[{" else value for name, value in params.items()}


BASE_PROFILES = {
    "source_keys": [S1, S2],
    "board_key": B1,
    "job_key": SUBJECT,
    "use_agent": "1",
    "stage": "new",
    "limit": "10",
    "page": "1",
    "order_by": "desc",
    "sort_by": "scoring",
}
BASE_JOBS = {
    "board_keys": [B1],
    "source_key": S1,
    "profile_key": SUBJECT,
    "use_agent": "1",
    "limit": "10",
    "page": "1",
    "order_by": "desc",
    "sort_by": "scoring",
}
ONE_SOURCE = Keys(sources=(S1,), boards=(B1,), subject=SUBJECT, agent=AGENT)


def test_what_is_always_sent_for_profiles() -> None:
    assert decoded(sent("/profiles x")) == BASE_PROFILES
    assert decoded(sent("/profiles x", dialect="current")) == {**BASE_PROFILES, "algorithm_key": AGENT}


def test_what_is_always_sent_for_jobs() -> None:
    assert decoded(sent("/jobs x", keys=ONE_SOURCE)) == {**BASE_JOBS, "agent_key": AGENT}
    assert decoded(sent("/jobs x", keys=ONE_SOURCE, dialect="current")) == {**BASE_JOBS, "algorithm_key": AGENT}


POINT = {"lat": 48.85, "lng": 2.35}


@pytest.mark.parametrize("dialect", ["seed", "current"])
@pytest.mark.parametrize("row", PROFILES, ids=lambda row: row[0])
def test_a_filter_of_profiles_on_the_wire(row: Row, dialect: str) -> None:
    typed, seed, current = row
    always = BASE_PROFILES if dialect == "seed" else {**BASE_PROFILES, "algorithm_key": AGENT}

    assert decoded(sent(f"/profiles x {typed}", dialect=dialect)) == {
        **always,
        **(seed if dialect == "seed" else current),
    }


@pytest.mark.parametrize("dialect", ["seed", "current"])
@pytest.mark.parametrize("row", JOBS, ids=lambda row: row[0])
def test_a_filter_of_jobs_on_the_wire(row: Row, dialect: str) -> None:
    typed, seed, current = row
    always = {**BASE_JOBS, ("agent_key" if dialect == "seed" else "algorithm_key"): AGENT}
    found = decoded(sent(f"/jobs x {typed}", dialect=dialect, keys=ONE_SOURCE))

    assert found == {**always, **(seed if dialect == "seed" else current)}


@pytest.mark.parametrize("table", [(PROFILES, ProfilesQuery), (JOBS, JobsQuery)])
def test_the_tables_above_leave_no_parameter_out(
    table: tuple[list[Row], type[ProfilesQuery | JobsQuery]],
) -> None:
    rows, kind = table
    typed = " ".join(line for line, _, _ in rows)
    elsewhere = {"job", "profile", "source", "board", "agent", "stage"}

    assert {key for key in kind.parameters if f"{key}:" in typed} | elsewhere >= set(kind.parameters)


@pytest.mark.parametrize("stage", ["new", "yes", "later", "no"])
def test_the_stage_of_the_call_is_sent_for_profiles_and_never_for_jobs(stage: str) -> None:
    assert sent("/profiles x stage:any", stage=stage)["stage"] == stage
    assert "stage" not in sent("/jobs x", stage=stage)


def test_the_agent_that_is_named_wins_over_the_configured_one() -> None:
    """Keys are resolved before: what they hold is what is sent, under the name of the generation."""
    keys = Keys(sources=(S1,), boards=(B1, B2), subject=SUBJECT, agent="e" * 40)

    assert sent(f"/jobs x agent:{'e' * 40}", keys=keys)["agent_key"] == "e" * 40
    assert json.loads(sent("/jobs x", keys=keys)["board_keys"]) == [B1, B2]


def test_a_key_that_is_not_known_is_left_out() -> None:
    assert set(sent("/profiles x", keys=Keys())) == {"use_agent", "limit", "page", "order_by", "sort_by", "stage"}
    assert set(sent("/jobs x", keys=Keys())) == {"use_agent", "limit", "page", "order_by", "sort_by"}


def test_names_of_sources_and_boards_never_travel_as_typed() -> None:
    params = sent('/profiles "Data Engineer" source:Agency board:"Tech jobs"')

    assert "Agency" not in json.dumps(params)
    assert params["job_key"] == SUBJECT


@pytest.mark.parametrize("dialect", ["seed", "current"])
@given(query=queries(resolved=True))
def test_every_query_becomes_texts_without_empty_ones(query: ProfilesQuery | JobsQuery, dialect: str) -> None:
    params = parameters(query, ALL, dialect=dialect, now=NOW)

    assert "" not in params.values()
    assert {"use_agent", "limit", "page", "order_by", "sort_by"} <= set(params)
    lists = [value for name, value in params.items() if name.endswith(("_dict", "_keywords", "_geopoint"))]
    assert all(map(json.loads, lists))
    assert "\n" not in "".join(params.values())


def test_text_travels_as_itself() -> None:
    params = sent('/jobs x text:"R&D, 漢字 \\"q\\"" name:"50% + tax"', keys=ONE_SOURCE)

    assert json.loads(params["text_keywords"]) == ['R&D, 漢字 "q"']
    assert params["name"] == "50% + tax"


def test_a_query_made_by_hand_travels_like_a_typed_one() -> None:
    query = ProfilesQuery(subject="x", skills=(Named("a", 1.0),))

    assert json.loads(parameters(query, ALL, dialect="seed", now=NOW)["skills_dict"]) == [{"name": "a", "value": 1}]
