"""What the ledger keeps of a question: its filters, and nothing that names a person."""

from __future__ import annotations

import pytest

from bot.domain.grammar import parse
from bot.domain.ledger import clean_note, seen_filters
from bot.domain.query import JobsQuery, ProfilesQuery


def filters(line: str, *, name: str = "Zoë Łuczak-Bell") -> dict[str, tuple[str, ...] | None]:
    query = parse(line)
    assert isinstance(query, ProfilesQuery | JobsQuery)
    return seen_filters(query, name=name)


def test_filters_are_kept_as_they_are_written() -> None:
    found = filters('/profiles "Data Engineer" skills:python=0.9,sql years:3.. near:48.85,2.35 stage:any limit:5')

    assert found == {
        "skills": ("python=0.9,sql",),
        "years": ("3..",),
        "near": ("48.85,2.35",),
        "within": ("50km",),
        "stage": ("any",),
        "limit": ("5",),
    }


def test_what_may_name_a_person_is_left_out() -> None:
    found = filters('/profiles "Data Engineer" name:"Somebody Else" email:else@example.com skills:sql')

    assert found == {"name": None, "email": None, "skills": ("sql",)}
    assert filters('/jobs "Zoë Łuczak-Bell" limit:5') == {"limit": ("5",)}
    assert filters('/jobs "Zoë Łuczak-Bell" name:engineer') == {"name": ("engineer",)}


@pytest.mark.parametrize("words", ["luczak", '"met ZOE at a fair"', "bell,kafka", "zoe.luczak@example.com"])
def test_words_that_hold_a_part_of_the_candidates_name_are_left_out_wherever_they_stand(words: str) -> None:
    assert filters(f"/profiles dev-42 text:{words} summary:{words} skills:sql") == {
        "text": None,
        "summary": None,
        "skills": ("sql",),
    }
    assert filters(f"/profiles dev-42 text:{words}", name="Ann Other")["text"] is not None


def test_a_note_is_kept_as_typed_without_what_no_database_takes() -> None:
    assert clean_note("  Good\r\ntalk\x00 \ud800\n\n") == "Good\ntalk"
    assert len(clean_note("x" * 3_000)) == 2_000
