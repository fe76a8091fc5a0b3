"""Text and form are two views of one query."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from bot.domain import fields
from bot.domain.grammar import HelpWanted, glean, parse
from bot.domain.query import JobsQuery, ProfilesQuery, Query
from tests.unit.strategies import anything, queries


def query(line: str) -> Query:
    found = parse(line)
    assert not isinstance(found, HelpWanted)
    return found


@given(queries())
def test_a_query_put_into_a_form_comes_back_as_it_was(asked: Query) -> None:
    assert fields.gathered(type(asked), fields.filled(asked)) == asked


@pytest.mark.parametrize(
    ("line", "key", "pieces"),
    [
        ('/profiles x summary:"data platform",cloud', "summary", ("data platform, cloud",)),
        ("/profiles x skills:python=0.9,sql", "skills", ("python=0.9, sql",)),
        ('/profiles x tags:size="3"', "tags", ('size="3"',)),
        ('/profiles x near:"Saint-Denis, Reunion"', "near", ("Saint-Denis, Reunion",)),
        ("/profiles x near:48.85,2.35", "near", ("48.85, 2.35",)),
        ('/profiles x name:"Ana Maria"', "name", ("Ana Maria",)),
        ('/profiles x source:Agency source:"Job board, old"', "source", ("Agency", "Job board, old")),
        ("/jobs x tags:a,b tags:c", "tags", ("a, b", "c")),
        ("/jobs x range:salary=40000..60000", "range", ("salary=40000..60000",)),
        ('/profiles "Data Engineer"', "job", ("Data Engineer",)),
    ],
)
def test_a_field_reads_as_people_write(line: str, key: str, pieces: tuple[str, ...]) -> None:
    assert fields.filled(query(line))[key] == pieces


@pytest.mark.parametrize(
    ("key", "typed", "line"),
    [
        ("summary", "data platform,  cloud ", '/profiles x summary:"data platform",cloud'),
        ("summary", '"a, b", c', '/profiles x summary:"a, b",c'),
        ("skills", "machine learning = 0.9, sql", '/profiles x skills:"machine learning"=0.9,sql'),
        ("within", "40 km", "/profiles x near:Lyon within:40km"),
        ("years", "3 .. 7", "/profiles x years:3..7"),
        ("tags", "[a, b]", "/profiles x tags:a,b"),
        ("name", "O'Brien", "/profiles x name:O'Brien"),
    ],
)
def test_what_people_write_into_a_field_needs_no_quotes(key: str, typed: str, line: str) -> None:
    contents = {"job": ("x",), key: (typed,)} | ({"near": ("Lyon",)} if key == "within" else {})

    assert fields.gathered(ProfilesQuery, contents) == query(line)


def test_every_field_that_cannot_be_read_says_so_by_itself() -> None:
    with pytest.raises(fields.FieldErrors) as caught:
        fields.gathered(ProfilesQuery, {"limit": ("99",), "since": ("someday",), "within": ("3km",)})

    assert set(caught.value.errors) == {"limit", "since", "within"}


def test_a_line_with_mistakes_gives_what_can_be_read_and_keeps_the_rest_as_typed() -> None:
    found = glean(ProfilesQuery, "/profiles", '"Data Engineer" skils:x skills:python limit: 99 years:7..3 near:Lyon')

    contents = fields.gleaned(ProfilesQuery, found)

    assert contents == {
        "job": ("Data Engineer",),
        "skills": ("python",),
        "limit": ("99",),
        "years": ("7..3",),
        "near": ("Lyon",),
    }
    assert [key for key, _ in found.errors] == ["", "limit", "years"]


def test_an_open_quote_is_closed_at_the_end() -> None:
    found = glean(JobsQuery, "/jobs", 'skills:python name:"Data')

    assert fields.gleaned(JobsQuery, found) == {"skills": ("python",), "name": ("Data",)}


@given(anything)
@example('name:"a\\')
@example("skills:\"'\\'\"'\\'\"")
def test_gleaning_takes_anything(text: str) -> None:
    found = glean(ProfilesQuery, "/profiles", text)

    assert fields.gleaned(ProfilesQuery, found) is not None


@given(queries())
def test_a_line_without_mistakes_is_read_whole(asked: Query) -> None:
    command, _, text = str(asked).partition(" ")
    found = glean(type(asked), command, text)

    assert found.errors == []
    assert fields.gathered(type(asked), fields.gleaned(type(asked), found)) == asked
