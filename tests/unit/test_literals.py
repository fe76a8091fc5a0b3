"""What stands on the seed pages and on the wire can be typed as it stands there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grammar import parse
from bot.domain.literals import unfold

CASES = [
    ('/jobs x tags_included:[[{"name": "active", "value": True}]]', "/jobs x tags:active=true"),
    ('/jobs x tags_included:[[{name: "active", value: true}]]', "/jobs x tags:active=true"),
    ('/jobs x --tags_included [[{"name": "a", "value": "b c"}, {"name": "d"}]]', '/jobs x tags:a="b c",d'),
    (
        '/profiles x \u2014\u2014text ["a b", "c"] \u2014location_geopoint {"lat": 1, "lon": 2}',
        '/profiles x near:1,2 within:50km text:"a b",c',
    ),
    (
        '/jobs x tags_included:[[{"name":"a","value":"b c"},{"name":"d","value":null}],["e"]]',
        '/jobs x tags:a="b c",d tags:e',
    ),
    ('/profiles x skills_dict:[{"name":"python","value":0.9}] limit:3', "/profiles x limit:3 skills:python=0.9"),
    ('/profiles x tags_dict:{"name": "active", "value": true}', "/profiles x tags:active=true"),
    ('/profiles x skills_dict:{"python": 0.9, "c, d": null}', '/profiles x skills:python=0.9,"c, d"'),
    ("/profiles x use_agent:[0] text_keywords:[2, true]", "/profiles x scoring:off text:2,true"),
    ("/profiles x skills_dict:['python', 'machine learning']", '/profiles x skills:python,"machine learning"'),
    ('/profiles x --skills_dict ["a,b"]', '/profiles x skills:"a,b"'),
    ('/profiles x tags_dict:[{"name":"n","value":"1"}]', '/profiles x tags:n="1"'),
    ('/jobs x ranges_float:[{"name":"salary","value_min":1,"value_max":2.5}]', "/jobs x range:salary=1..2.5"),
    (
        '/jobs x ranges_date:[{"name":"start","value_min":"2026-01-01","value_max":null}]',
        "/jobs x dates:start=2026-01-01..",
    ),
    (
        '/jobs x ranges_date:[{"name":"a","value_min":"2026-01-01T09:30:00","value_max":"2026-01-01"}]',
        "/jobs x dates:a=2026-01-01T09:30:00..2026-01-01",
    ),
    (
        '/profiles x location_geopoint:{"lat":35.75166, "lng":10.71109} location_distance:40',
        "/profiles x near:35.75166,10.71109 within:40km",
    ),
    ("/profiles x location_geopoint:{'lat': '35.75', 'lon': '10.71'}", "/profiles x near:35.75,10.71 within:50km"),
    ("/profiles x source_keys:['k1', 'k2'] stage:yes", "/profiles x source:k1,k2 stage:yes"),
]


@pytest.mark.parametrize(("typed", "canonical"), CASES)
def test_a_literal_is_read_as_what_it_says(typed: str, canonical: str) -> None:
    assert str(parse(typed)) == canonical


@pytest.mark.parametrize(
    "line",
    [
        '/profiles x text:"see skills:[1]"',
        r'/profiles x text:"see \" and skills:[1]"',
        "/profiles x text:[draft",
        "/profiles [x] y",
        "{}:[]",
    ],
)
def test_what_is_no_literal_stays(line: str) -> None:
    assert unfold(line) == line


@given(
    st.lists(st.tuples(st.text(min_size=1), st.none() | st.booleans() | st.integers(-999, 999) | st.text(min_size=1)))
)
def test_any_list_of_objects_is_read_or_left_alone_and_never_raises(items: list[tuple[str, object]]) -> None:
    literal = json.dumps([{"name": name, "value": value} for name, value in items])

    assert isinstance(unfold(f"/profiles x skills:{literal}"), str)


@given(st.text(alphabet="ab:=[]{},\"' \\", max_size=200))
def test_brackets_and_quotes_in_any_order_never_raise(text: str) -> None:
    assert isinstance(unfold(text), str)
