"""The form is drawn from the declarations, and what Slack says it holds is the query again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.domain import fields
from bot.domain.forms import TYPED, Form, Offer, of_query
from bot.domain.query import JobsQuery, ProfilesQuery, Query
from bot.sandbox.slack.blockkit import check_view as problems
from bot.sandbox.slack.blockkit.elements import state_values
from bot.views import filters, forms
from tests.unit.strategies import hostile, queries


def held(view: dict[str, Any], before: Form | None = None) -> Form:
    """What Slack would say the view holds, where nobody has touched it."""
    return forms.read(view["callback_id"], state_values(view["blocks"], {}), before)


@given(queries())
def test_a_form_that_nobody_touches_asks_the_same_query(asked: Query) -> None:
    form = of_query(asked)
    view = forms.draw(form)
    found = held(view, form)

    assert problems(view, "modal") == []
    assert fields.gathered(found.query_type, found.contents) == asked


@given(queries())
def test_a_form_without_its_draft_still_has_the_words_that_were_typed(asked: Query) -> None:
    found = held(forms.draw(of_query(asked)))

    assert fields.gathered(found.query_type, found.contents) == asked


@given(queries())
def test_all_filters_shown_ask_the_same_query_too(asked: Query) -> None:
    form = of_query(asked)
    few = held(forms.draw(form), form)
    view = forms.draw(Form(query_type=few.query_type, contents=few.contents, labels=few.labels, everything=True))
    found = held(view, form)

    assert found.everything
    assert fields.gathered(found.query_type, found.contents) == asked


@pytest.mark.parametrize("kind", [ProfilesQuery, JobsQuery])
def test_every_parameter_can_be_reached(kind: type[ProfilesQuery | JobsQuery]) -> None:
    everything = forms.draw(Form(query_type=kind, everything=True))
    blocks = {block["block_id"]: block for block in everything["blocks"]}

    assert set(blocks) == {"save", *(f"f.{key}" for key in kind.parameters)}
    assert "form.more" in {block["block_id"] for block in forms.draw(Form(query_type=kind))["blocks"]}
    for key, parameter in kind.parameters.items():
        assert blocks[f"f.{key}"]["label"]["text"] == filters.label(kind, parameter)
        assert filters.meaning(kind, parameter)
    assert problems(everything, "modal") == []
    assert View(**everything).to_dict()["type"] == "modal"


def test_a_rarer_field_is_shown_where_it_is_used() -> None:
    view = forms.draw(Form(query_type=ProfilesQuery, contents={"email": ("a@example.com",)}))

    assert "f.email" in {block["block_id"] for block in view["blocks"]}


@given(st.lists(hostile, max_size=3), hostile)
def test_nothing_that_was_typed_breaks_the_form_or_travels_in_its_values(words: list[str], name: str) -> None:
    contents = {"job": (name,), "source": tuple(words), "name": (name,), "summary": tuple(words), "limit": (name,)}
    view = forms.draw(Form(query_type=ProfilesQuery, contents=contents, notes=(name,)), draft_id="0123")

    assert [problem for problem in problems(view, "modal") if "value" not in str(problem)] == []
    assert view["private_metadata"] == "0123"


def test_a_name_is_not_in_the_values_of_a_form_about_jobs() -> None:
    view = forms.draw(Form(query_type=JobsQuery, contents={"profile": ("Ana Lima",)}))
    element = view["blocks"][0]["element"]

    assert element["initial_option"] == {
        "text": {"type": "plain_text", "text": "Ana Lima", "emoji": False},
        "value": TYPED,
    }
    assert "Ana Lima" not in json.dumps({**view, "blocks": view["blocks"][1:]})


def test_a_choice_that_was_picked_comes_back_as_its_key_with_its_words() -> None:
    picked = forms.options([Offer("0a" * 20, "Ana Lima \u00b7 Data Engineer")])[0]
    values = {"f.profile": {"offer.profile": {"type": "external_select", "selected_option": picked}}}

    form = forms.read("form.jobs", values, None)

    assert form.contents == {"profile": ("0a" * 20,)}
    assert forms.draw(form)["blocks"][0]["element"]["initial_option"] == picked


def test_at_most_a_hundred_options_are_offered() -> None:
    listed = forms.options([Offer(str(number), "x" * 200) for number in range(300)])

    assert len(listed) == 100
    assert all(len(each["text"]["text"]) <= 75 for each in listed)
