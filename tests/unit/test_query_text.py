"""The canonical text of a query is the query: typed again, it asks for the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.grammar import HelpWanted, parse
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.values import Named, Place
from bot.errors import QueryError
from tests.unit.strategies import MARKS, anything, queries, texts

_KEYS = sorted(
    {name for kind in (ProfilesQuery, JobsQuery) for each in kind.parameters.values() for name in each.names}
)
_PIECES = st.one_of(
    st.sampled_from(_KEYS).map(lambda key: f"{key}:"),
    st.sampled_from(_KEYS).map(lambda key: f"--{key}="),
    st.sampled_from(_KEYS).map(lambda key: f"—{key} "),
    st.sampled_from(
        [" ", " ", " ", ",", "=", "..", '"', "“", "'", "\\", "3", "0.5", "7d", "python", "a=1", "a=true", "48,2"]
    ),
    st.text(st.sampled_from(MARKS), max_size=4),
    st.text(max_size=6),
)


@settings(max_examples=max(2_000, settings().max_examples))
@given(queries())
@example(ProfilesQuery(subject="?"))
@example(ProfilesQuery(subject="help"))
@example(ProfilesQuery(subject="say “hi”", text=("«a»", "″", 'b"c\\')))
@example(ProfilesQuery(subject="x", tags=(Named("a", value=True), Named("a", 1.0), Named("a", "1"))))
@example(JobsQuery(subject="x", tags=((Named("a", value=True),), (Named("a", 1.0),), (Named("[b]"),))))
def test_parsing_canonical_text_gives_the_same_query(query: ProfilesQuery | JobsQuery) -> None:
    again = parse(str(query))

    assert again == query
    assert repr(again) == repr(query)  # equality holds True for 1


@given(st.sampled_from(["/profiles ", "/jobs "]), st.lists(_PIECES, max_size=14))
def test_whatever_can_be_read_is_stable_from_its_canonical_text_on(command: str, pieces: list[str]) -> None:
    try:
        query = parse(command + "".join(pieces))
    except QueryError:
        return
    if isinstance(query, HelpWanted):
        return

    assert repr(parse(str(query))) == repr(query)
    assert str(parse(str(query))) == str(query)


@given(texts)
def test_any_name_can_be_asked_for_by_its_canonical_text(name: str) -> None:
    query = ProfilesQuery(subject=name)

    assert parse(str(query)) == query


def test_canonical_text_starts_with_its_command_and_the_subject() -> None:
    query = ProfilesQuery(subject="Data Engineer", limit=5, skills=(Named("python"), Named("sql", 0.5)))

    assert str(query) == '/profiles "Data Engineer" limit:5 skills:python,sql=0.5'


def test_defaults_are_not_printed() -> None:
    typed = "/profiles dev limit:10 page:1 order:desc scoring:on stage:new"

    assert str(parse(typed)) == "/profiles dev"


def test_a_place_without_a_radius_means_fifty_kilometres_and_prints_so() -> None:
    assert str(parse("/profiles dev near:48.85,2.35")) == "/profiles dev near:48.85,2.35 within:50km"
    assert ProfilesQuery(worked_near=Place(1.0, 2.0)).worked_within == 50


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "subject": anything,
            "name": anything,
            "text": st.lists(anything, max_size=4).map(tuple),
            "skills": st.lists(st.builds(Named, anything, st.one_of(anything, st.floats(-1e11, 1e11))), max_size=4).map(
                tuple
            ),
            "near": st.builds(Place, st.floats(-90, 90), st.floats(-180, 180)),
        },
    )
)
@example({"skills": (Named("a", 0.0), Named("a", -0.0))})
@example({"subject": "line\nbreak", "text": ("", "\u200b", "a", "a"), "name": " "})
def test_a_query_made_from_a_form_survives_as_well(values: dict[str, Any]) -> None:
    """Line breaks, empty items, doubles and more decimals than can be typed are put right at construction."""
    query = JobsQuery(**values)

    assert parse(str(query)) == query


def test_two_spellings_of_one_query_have_one_canonical_text() -> None:
    spellings = [
        "/profiles skills:Python,sql Data limit:5 Engineer",
        '/profiles  “Data Engineer”  --limit 5 —skills "Python", sql',
        "/PROFILES job:'Data Engineer' limit=5".replace("limit=", "LIMIT:") + " skill:Python skills_dict:sql",
        '/profiles "Data Engineer" --limit=5 skills_dict:["Python", "sql"]',
    ]

    assert {str(parse(line)) for line in spellings} == {'/profiles "Data Engineer" limit:5 skills:Python,sql'}


@pytest.mark.parametrize("radius", ["within", "worked_within", "studied_within"])
def test_a_radius_can_be_changed_without_touching_the_rest(radius: str) -> None:
    place = radius.replace("within", "near")
    changes: dict[str, Any] = {place: Place(48.0, 2.0), radius: 12}
    query = replace(ProfilesQuery(subject="x"), **changes)

    assert f"{radius.replace('_', '-')}:12km" in str(query)
    assert parse(str(query)) == query
