"""What Slack's clients and servers do to typed text is undone once, and only once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grammar import parse
from bot.slack.typed import as_typed
from tests.unit.strategies import queries


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("email:<mailto:ann@example.com|ann@example.com>", "email:ann@example.com"),
        ("email:<mailto:ann@example.com>", "email:ann@example.com"),
        ("<https://x.example/a?b=1&amp;c=2>", "https://x.example/a?b=1&c=2"),
        ("<http://node.js|node.js> dev", "node.js dev"),
        ("<https://x.example|R&amp;D &lt;lead&gt;>", "R&D <lead>"),
        ("<tel:+33100000000|01 00 00 00 00>", "01 00 00 00 00"),
        ("<@U0123ABC>", "<@U0123ABC>"),
        ("<@U0123ABC|ann>", "<@U0123ABC>"),
        ("in <#C0123|hiring>", "in <#C0123>"),
        ("in <#C0123|>", "in <#C0123>"),
        ("<!here> <!subteam^S1|@team>", "<!here> <!subteam^S1>"),
        ("R&amp;D", "R&D"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;", "&amp;"),
        ("&lt;@U1&gt;", "<@U1>"),
        ("&quot; &#39; &copy;", "&quot; &#39; &copy;"),
        ("a < b > c", "a < b > c"),
        ("years<5> C<T> <b>", "years<5> C<T> <b>"),
        ("<unclosed", "<unclosed"),
        ("<>", "<>"),
        ("", ""),
    ],
)
def test_slacks_markup_becomes_what_was_meant(sent: str, meant: str) -> None:
    assert as_typed(sent) == meant


@given(st.text(st.characters(exclude_characters="<>&")))
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    assert as_typed(text) == text


def sent(text: str) -> str:
    """Typed text as Slack sends it (reference slack-platform §1.3): entities, then links for what looks like one."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    linked = re.sub(r"\b[a-z]+@[a-z]+\.[a-z]+\b", lambda found: f"<mailto:{found[0]}|{found[0]}>", escaped)
    return re.sub(r"\bhttps?://[a-z./?=&;]+", lambda found: f"<{found[0]}>", linked)


@given(st.text())
def test_what_slack_escapes_comes_back_as_it_was_typed(text: str) -> None:
    assert as_typed(sent(text)) == as_typed(text)


@given(queries())
def test_canonical_text_survives_the_way_through_slack(query: object) -> None:
    assert parse(as_typed(sent(str(query)))) == parse(as_typed(str(query)))


def test_an_apostrophe_that_a_phone_made_curly_is_straight_again_and_quotes_stay_quotes() -> None:
    line = "/jobs Liam O\u2019Brien text:\u201cthe team\u2019s\u201d,\u2018rock\u2019n\u2019roll\u2019"

    assert str(parse(as_typed(line))) == "/jobs \"Liam O'Brien\" text:\"the team's\",rock'n'roll"


@pytest.mark.parametrize(
    "line",
    [
        "/profiles dev email:ann@example.com",
        '/profiles "R&D <lead>" text:"https://x.example/a?b=c&d=e"',
        "/jobs ann@example.com skills:c++,c#",
        "/jobs &amp; text:&lt;",
    ],
)
def test_addresses_links_and_entities_survive_the_way_through_slack(line: str) -> None:
    assert str(parse(as_typed(sent(line)))) == line
