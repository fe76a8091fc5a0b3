"""One place for words: what a person reads in Slack is written in `bot/views/`, so that a second language has one home.

What the grammar says about a word that was typed stands beside the rule it states, in `bot/domain/`; sentences are made
of it in `bot/views/notices.py`.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.domain.query import JobsQuery, ProfilesQuery
from bot.views import filters

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = sorted((ROOT / "commands").rglob("*.py"))
# The parts of `bot` that answer people in Slack. The command line, the sandbox and the settings speak to operators.
OTHERS = [ROOT / "bot/slack", ROOT / "bot/workflows", *map(ROOT.joinpath, ("bot/posting.py", "bot/suggesting.py"))]
BOT = sorted(path for each in OTHERS for path in ([each] if each.is_file() else each.rglob("*.py")))
SENTENCE = re.compile(r"[^\W\d_]{2,}[,.:;]? [^\W\d_]{2,}")  # two words or more
_NOT_SHOWN = frozenset(
    {"log", "re", "web", "RuntimeError", "ValueError", "ConfigError", "HrflowMalformedError", "step"}
)


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string of two words or more that is no docstring, log line or error for operators."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and {_root(node.func), getattr(node.func, "attr", "")} & _NOT_SHOWN:
            passed.update(ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)  # a docstring
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in passed or not isinstance(node.value, str):
            continue
        if SENTENCE.search(node.value) and not node.value.startswith("/"):  # a command is no sentence
            yield node.lineno, node.value


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("path", [*COMMANDS, *BOT], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_is_written_outside_the_views(path: Path) -> None:
    assert list(sentences(path)) == []


@pytest.mark.parametrize("path", [*COMMANDS, *BOT], ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_outside_the_views_builds_a_message_or_a_block(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {_root(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}

    assert called.isdisjoint({"Message", "kit", "blocks"})


@pytest.mark.parametrize("kind", [ProfilesQuery, JobsQuery])
def test_every_filter_has_its_words(kind: type[ProfilesQuery | JobsQuery]) -> None:
    for parameter in kind.parameters.values():
        assert filters.label(kind, parameter)
        assert filters.meaning(kind, parameter)
