"""Somebody who mistypes a key by one letter is shown the right one."""

from __future__ import annotations

import string

import pytest

from bot.domain.grammar import parse
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.errors import QueryError

Kind = type[ProfilesQuery | JobsQuery]


def _typos(word: str) -> set[str]:
    """Every insertion, deletion, replacement and swap of neighbours."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    inserted = {left + letter + right for left, right in splits for letter in string.ascii_lowercase}
    deleted = {left + right[1:] for left, right in splits if right}
    replaced = {left + letter + right[1:] for left, right in splits if right for letter in string.ascii_lowercase}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    return {typo for typo in inserted | deleted | replaced | swapped if typo[:1].isalpha()}


def _nearest(kind: Kind, key: str) -> str:
    with pytest.raises(QueryError) as caught:
        parse(f"{kind.command} x {key}:1")
    return caught.value.nearest


@pytest.mark.parametrize("kind", [ProfilesQuery, JobsQuery])
def test_one_letter_wrong_in_any_key_leads_to_that_key(kind: Kind) -> None:
    """In 95 of 100 cases at least: `tage` may be meant as `tags` or as `stage`. Typos that are keys do not count."""
    valid = {name.casefold() for parameter in kind.parameters.values() for name in parameter.names}
    tried = right = 0
    for key in kind.parameters:
        typos = sorted(_typos(key) - valid)[:: 3 if len(key) > 6 else 1]
        tried += len(typos)
        right += sum(_nearest(kind, typo) == key for typo in typos)

    assert tried > 1_000
    assert right >= 0.95 * tried


@pytest.mark.parametrize("kind", [ProfilesQuery, JobsQuery])
def test_one_letter_wrong_in_a_seed_name_leads_to_its_key(kind: Kind) -> None:
    valid = {name.casefold() for parameter in kind.parameters.values() for name in parameter.names}
    tried = right = 0
    for parameter in kind.parameters.values():
        for name in parameter.seed:
            typos = sorted(_typos(name) - valid)[::13]
            tried += len(typos)
            right += sum(_nearest(kind, typo) == parameter.key for typo in typos)

    assert right >= 0.95 * tried


def test_a_word_that_resembles_no_key_is_refused_without_a_guess() -> None:
    assert _nearest(ProfilesQuery, "xqzwv") == ""
