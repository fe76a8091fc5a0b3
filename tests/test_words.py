"""One place for words: what a person reads in Slack is written in `bot/views/`, so that a second language has one home.

Everything else of the bot decides and carries values: `bot.mistakes` has what can be wrong and what would do instead,
`views/mistakes.py` and `views/examples.py` have the words for it. The command language is no prose, so the words of a
filter's value or of a schedule, and canonical text made of them, stand with the grammar in `bot/domain`.

What speaks to operators is left out, and stays where it is: the settings and what is wrong with them at start, the
command line, `shortlist check`, log lines and what an error says to a log, as those of `bot/hrflow` do. So are the
sandbox, which is no part of the bot, and what is no text: SQL and the gazetteer's names of places.
"""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.domain.query import JobsQuery, ProfilesQuery
from bot.mistakes import Example, Mistake, Sample, Wrong
from bot.views import examples, filters, mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
OPERATORS = frozenset(
    map(
        ROOT.joinpath,
        ("bot/cli.py", "bot/ledger_cli.py", "bot/demo.py", "bot/health.py", "bot/settable.py", "bot/settings.py"),
    )
)
OTHERS = ("bot/views", "bot/sandbox", "bot/storage", "bot/gazetteer", "bot/hrflow")
CHECKED = [
    path
    for path in sorted([*(ROOT / "commands").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])
    if path not in OPERATORS and not any(path.is_relative_to(ROOT / folder) for folder in OTHERS)
]
SENTENCE = re.compile(r"[^\W\d_]{2,}[,.:;]? [^\W\d_]{2,}")  # two words or more
PIECE = re.compile(  # a word that is to stand beside others, or one with a stop
    r"^\s?[^\W\d_]{2,}[,.:;]?\s|\s[^\W\d_]{2,}[,.:;!?]?\s?$|^[A-Z][a-z]+[.:!?\u2026]$"
)
_COMMAND = re.compile(r"/[a-z]+( [a-z]+)? ?")
# What is written to be read by our own grammar, and by nobody else.
_COMMAND_LANGUAGE = frozenset(
    {"hourly :", "add ", "daily 09:00 ", " profiles x", "daily 09:00 profiles x tz:", " tz:", " empty:"}
)
# Calls whose arguments nobody reads in Slack: logs, patterns, and errors that only a log or an operator sees.
_NOT_SHOWN = frozenset({"log", "re", "RuntimeError", "ValueError", "ConfigError", "web", "super", "step"})


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is prose or a piece of it, and no docstring, log line or error for logs."""
    tree = ast.parse(source)
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _not_shown(node.func):
            passed.update(ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)  # a docstring
        if isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation is not None:
            passed.update(ast.walk(node.annotation))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in passed or not isinstance(node.value, str):
            continue
        text = node.value
        if text in _COMMAND_LANGUAGE or _COMMAND.fullmatch(text) or "|" in text:  # the last: a type's name
            continue
        if SENTENCE.search(text) or PIECE.search(text):
            yield node.lineno, text


def _not_shown(called: ast.expr) -> bool:
    names = {_root(called), getattr(called, "attr", "")}
    return bool(names & _NOT_SHOWN) or any(re.fullmatch(r"(Hrflow|SlackDelivery)\w*Error", name) for name in names)


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_no_sentence_is_written_outside_the_views() -> None:
    found = {
        str(path.relative_to(ROOT)): prose
        for path in CHECKED
        if (prose := list(sentences(path.read_text(encoding="utf-8"))))
    }

    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        'raise QueryError("a value is missing here")',
        'raise QueryError(f"there is no filter {name}")',
        'reason = f"{count} fields"',
        'said = "Changed."',
        'text = f"Digest #{number}: paused"',
        'return "/shortlist save NAME keeps it"',
        'ACTION = "type /profiles help"',
    ],
)
def test_prose_outside_the_views_is_noticed(line: str) -> None:
    assert list(sentences(line))


def test_nothing_outside_the_views_builds_a_message_or_a_block() -> None:
    for path in CHECKED:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {_root(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}

        assert called.isdisjoint({"Message", "kit", "blocks"}), path


def test_no_plural_is_made_by_adding_a_letter() -> None:
    """A word that is filled in is whole: another language has other plurals, see `phrases.counted`."""
    for path in (ROOT / "bot/views").glob("*.py"):
        pieces = [
            (node.lineno, piece.value)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.JoinedStr)
            for before, piece in pairwise(node.values)
            if isinstance(before, ast.FormattedValue) and isinstance(piece, ast.Constant)
        ]

        assert not [each for each in pieces if re.match(r"e?s\b", str(each[1]))], path


@pytest.mark.parametrize("kind", [ProfilesQuery, JobsQuery])
def test_every_filter_has_its_words(kind: type[ProfilesQuery | JobsQuery]) -> None:
    for parameter in kind.parameters.values():
        assert filters.label(kind, parameter)
        assert filters.meaning(kind, parameter)
        assert filters.example(kind, parameter).startswith(f"{parameter.key}:")


def test_every_mistake_has_its_words() -> None:
    for what in Wrong:
        key = "minute" if what.name.startswith("CRON") else "job"
        words = mistakes.reason(Mistake(what, "limit", key=key, said="typed", low=1, high=30, options=("a", "b")))

        assert re.fullmatch(r"limit: \S.*\S", words), what
        assert "  " not in words, what


def test_every_example_has_its_text() -> None:
    assert all(examples.text(Example(of, "/profiles", "skills", 1)) for of in Sample)
