"""What stands below a list: only what can be pressed to some purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.filters import filters_of
from bot.domain.grammar import HelpWanted, parse
from bot.domain.paging import append, has_next, has_previous, prepend
from bot.domain.receipts import Best, Receipt, Receipts
from bot.views import controls
from bot.views import lists as lists_of
from commands.paging import arranged, loosened
from tests.unit.drawing import check_message
from tests.unit.people import profiles_post

if TYPE_CHECKING:
    from bot.domain.query import JobsQuery, ProfilesQuery


def asked(text: str) -> ProfilesQuery | JobsQuery:
    found = parse(text)
    assert not isinstance(found, HelpWanted)
    return found


def options(text: str) -> list[str]:
    post = profiles_post()
    post.ranking = replace(post.ranking, query=asked(text))
    row = controls.row(post)
    [menu] = [each for each in row["elements"] if each["type"] == "static_select"]
    return [option["value"] for group in menu["option_groups"] for option in group["options"]]


@pytest.mark.parametrize(
    "text",
    [
        "/profiles dev",
        "/profiles dev stage:any sort:created order:asc limit:30",
        "/profiles dev near:Lyon scoring:off limit:7",
        "/profiles dev stage:any scoring:off sort:received",
        '/jobs "a b" limit:20',
        '/jobs "a b" scoring:off sort:created',
    ],
)
def test_every_option_of_the_menu_leads_to_another_list_that_can_be_asked_for(text: str) -> None:
    query = asked(text)
    offered = options(text)

    assert len(offered) == len(set(offered)) >= 4
    for value in offered:
        found = arranged(query, value)
        assert found is not None, value
        assert found != query
        assert asked(str(found)) == found


@pytest.mark.parametrize(
    "value", ["", "sort", "sort:size", "order:up", "limit:7", "limit:1000", "page:3", "sort:location:x"]
)
def test_what_is_not_in_the_menu_leads_nowhere(value: str) -> None:
    assert arranged(asked("/profiles dev"), value) is None


def test_a_filter_is_taken_out_with_its_radius_and_nothing_else_is() -> None:
    query = asked("/profiles dev near:Lyon within:9km skills:a page:4 stage:later")

    assert str(loosened(query, "near")) == "/profiles dev stage:later skills:a"
    assert str(loosened(query, "skills")) == "/profiles dev stage:later near:Lyon within:9km"
    assert str(loosened(query, "stage")) == "/profiles dev stage:any near:Lyon within:9km skills:a"
    elsewhere = asked("/profiles dev source:Agency,Careers board:Tech skills:a")
    assert str(loosened(elsewhere, "source")) == "/profiles dev board:Tech skills:a"
    assert str(loosened(elsewhere, "board")) == "/profiles dev source:Agency,Careers skills:a"
    for other in ("page", "subject", "limit", "__class__", ""):
        assert str(loosened(query, other)) == "/profiles dev stage:later near:Lyon within:9km skills:a"


def test_every_filter_has_its_line_and_button_however_many_there_are() -> None:
    post = profiles_post(30)
    words = ",".join(f"word{number}" for number in range(40))
    text = "/profiles dev limit:30 near:Lyon worked-near:Lyon studied-near:Lyon years:1.. education-years:1.. name:a"
    lists = ("text", "summary", "experience", "education", "skills", "languages", "interests", "tags")
    query = asked(f"{text} email:a@b.c since:9w until:1w {' '.join(f'{name}:{words}' for name in lists)}")
    post.ranking = replace(post.ranking, query=query)
    post.receipts = Receipts(tuple(Receipt(each, 14, Best(3, 0.91)) for each in filters_of(query)), 99)

    message = lists_of.draw(post)

    check_message(message)
    filters = filters_of(query)
    assert len(filters) == 17
    for each in filters:
        assert f"\n{each.key}:" in message.text
    assert message.text.count("hides 14 (best: rank 3, 91 %)") == 17
    [row] = [block for block in message.blocks if block.get("block_id", "").endswith("receipts")]
    assert [element["value"] for element in row["elements"]] == [each.field for each in filters]


def test_a_list_knows_whether_it_goes_on() -> None:
    post = profiles_post(3)
    post.shown = ()
    assert has_next(post)
    assert not has_previous(post)

    append(post, replace(post.ranking, matches=()))

    assert not has_next(post)
    prepend(post, replace(post.ranking, matches=()))
    assert not has_previous(post)
