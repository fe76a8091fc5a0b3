"""Names are compared without case, accents or doubled spaces; text is one line of visible characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import fold, nearest, tidy
from bot.domain.values import Place, plain_number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë  ŁUCZAK", "zoe luczak"),
        ("Søren Ørsted", "soren orsted"),
        ("STRASSE", "straße"),
        ("Ｄａｔａ", "data"),  # noqa: RUF001 - full-width letters
        ("Jose\u0301", "José"),
        ("\u00a0a\u3000b ", "a b"),
        ("İstanbul", "istanbul"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_comparing_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tidy_text_is_one_line_of_visible_characters(text: str) -> None:
    clean = tidy(text)

    assert clean == " ".join(clean.split())
    assert not [char for char in clean if unicodedata.category(char).startswith("C") or char in "\u2028\u2029"]
    assert tidy(clean) == clean


@given(st.text(st.characters(categories=("L", "N", "P", "S"))))
def test_visible_characters_are_never_lost(text: str) -> None:
    assert tidy(text) == text


def test_the_nearest_names_come_best_first_and_as_they_are_written() -> None:
    names = ["Data Engineer", "DATA ENGINEER", "Data Analyst", "Nurse", "Date Engineer"]

    assert nearest("data enginer", names, count=3)[:2] == ["Data Engineer", "Date Engineer"]
    assert nearest("zzz", names) == []


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3.0, "3"),
        (2.50, "2.5"),
        (0.0, "0"),
        (100.0, "100"),
        (-7.25, "-7.25"),
        (1e-9, "0.000000001"),
        (1_234_567.0, "1234567"),
    ],
)
def test_numbers_are_written_as_people_type_them(number: float, text: str) -> None:
    assert plain_number(number) == text


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        (Place(48.8566, 2.3522), Place(45.7640, 4.8357), 391.5),
        (Place(0, 0), Place(0, 180), 20_015.1),
        (Place(0, 179.5), Place(0, -179.5), 111.2),
        (Place(90, 0), Place(90, 120), 0.0),
    ],
)
def test_distances_follow_the_great_circle(here: Place, there: Place, km: float) -> None:
    assert here.km_to(there) == pytest.approx(km, abs=0.1)
    assert there.km_to(here) == pytest.approx(here.km_to(there))
