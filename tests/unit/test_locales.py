"""Numbers, days and distances in blocks are as the reader writes them; the top-level text has one form for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.views import lists, locales
from tests.unit.people import profiles_post


@pytest.mark.parametrize(
    ("locale", "number", "percent", "distance", "day"),
    [
        ("", "1234.5", "92 %", "40 km", "2026-11-24"),
        ("xx-YY", "1234.5", "92 %", "40 km", "2026-11-24"),
        ("en-US", "1,234.5", "92%", "25 mi", "11/24/2026"),
        ("en-GB", "1,234.5", "92%", "25 mi", "24/11/2026"),
        ("fr-FR", "1\u202f234,5", "92 %", "40 km", "24/11/2026"),
        ("de_DE", "1.234,5", "92 %", "40 km", "24.11.2026"),
        ("ja-JP", "1,234.5", "92%", "40 km", "2026/11/24"),
    ],
)
def test_numbers_days_and_distances(locale: str, number: str, percent: str, distance: str, day: str) -> None:
    manner = locales.of(locale)

    assert manner.number(1234.5, 2) == number
    assert manner.percent(0.92) == percent
    assert manner.distance(40) == distance
    assert manner.day(date(2026, 11, 24)) == day


def test_a_private_list_is_written_as_its_reader_writes() -> None:
    post = profiles_post()
    post.ranking = replace(post.ranking, total=12_345)
    plain = lists.draw(post)
    post.locale = "en-US"
    private = lists.draw(post)
    post.kind = "digest"
    public = lists.draw(post)

    assert "of 12,345" in str(private.blocks)
    assert "%" in str(private.blocks)
    assert " %" not in str(private.blocks)
    assert private.text == plain.text
    assert "of 12345" in str(public.blocks)
