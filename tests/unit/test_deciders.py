"""Who may decide is read from mentions and ids, and written so that it reads back the same."""

from __future__ import annotations

import pytest

from bot.domain.deciders import Deciders, UnknownDeciderError


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Deciders()),
        ("everybody", Deciders()),
        ("<@U1|ann>", Deciders(users=("U1",))),
        ("<@U1>,<@W2|bob>", Deciders(users=("U1", "W2"))),
        ("<!subteam^S1|@leads>", Deciders(groups=("S1",))),
        ("<#C1|hiring and more>, <#G2>", Deciders(channels=("C1", "G2"))),
        ("U_ANN,S_LEADS C_HIRING", Deciders(users=("U_ANN",), groups=("S_LEADS",), channels=("C_HIRING",))),
        ("U1,,U1 , U2", Deciders(users=("U1", "U2"))),
    ],
)
def test_mentions_and_ids_are_read(typed: str, expected: Deciders) -> None:
    assert Deciders.read(typed) == expected
    assert Deciders.read(str(expected)) == expected


@pytest.mark.parametrize(
    ("typed", "word", "at"), [("@ann", "@ann", 0), ("U1,somebody", "somebody", 3), ("<@ann>", "<@ann>", 0)]
)
def test_a_name_that_is_no_mention_is_pointed_at(typed: str, word: str, at: int) -> None:
    with pytest.raises(UnknownDeciderError) as raised:
        Deciders.read(typed)

    assert (raised.value.word, raised.value.at) == (word, at)


def test_nobody_named_means_everybody() -> None:
    assert not Deciders()
    assert Deciders(groups=("S1",))
