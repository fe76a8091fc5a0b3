"""Whatever is typed is read or refused with a QueryError, and a long line costs no more than its length."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.grammar import LONGEST, HelpWanted, parse, read
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.errors import QueryError
from bot.mistakes import Wrong
from bot.slack.typed import as_typed
from bot.views import mistakes
from tests.unit.strategies import anything

if TYPE_CHECKING:
    from types import FrameType

_COMMANDS = st.sampled_from(["/profiles ", "/jobs ", "", "profiles", "/digest "])

_MARKS = (
    '"',
    "'",
    "“",
    "''",
    "' ",
    "=' ",
    ",",
    ":",
    "-",
    "--",
    "—",
    "\\",
    '\\"',
    "..",
    "…",
    "=",
    "[",
    "<",
    "<a|",
    "&amp;",
)
_ITEMS = ("a,", "a, ", "a:", "--a ", "—a=", "a=", "x:y ", "name ", "é", "\u200b")
_FILTERS = (
    "skills:[",
    "a:{",
    "a:[{ ",
    "a:[]",
    'text:["a"] ',
    "skills:",
    "skills:a ",
    "skills:'a ",
    "text:a=",
    "tags:a=1,",
    "range:a=1..2,",
    "near:1,",
)
_PIECES = (*_MARKS, *_ITEMS, *_FILTERS)


def _read_or_refused(line: str) -> None:
    try:
        found: object = parse(as_typed(line))
    except QueryError as refusal:
        found = refusal

    assert isinstance(found, (ProfilesQuery, JobsQuery, HelpWanted, QueryError))
    if isinstance(found, QueryError):
        assert 0 < len(mistakes.reason(found.mistake)) <= 300  # an answer, not the line over again
        assert 0 <= found.start <= found.end
        assert found.start <= len(found.line)


@given(_COMMANDS, anything)
@example("/profiles ", "limit:²")
@example("/profiles ", "since:0001-01-01")
@example("/profiles ", "since:000000001")
@example("/profiles ", "years:1..٣ limit:५")
def test_any_text_is_read_or_refused(command: str, text: str) -> None:
    _read_or_refused(command + text)


@given(_COMMANDS, st.binary(max_size=LONGEST + 20))
def test_any_bytes_are_read_or_refused(command: str, raw: bytes) -> None:
    _read_or_refused(command + raw.decode("latin-1"))


@given(st.text(), st.text())
def test_what_stands_behind_a_command_of_any_name_is_read_or_refused(command: str, text: str) -> None:
    try:
        found = read(JobsQuery, command, text)
    except QueryError:
        return

    assert isinstance(found, (JobsQuery, HelpWanted))


def _steps(line: str) -> int:
    """How many lines of Python run while the line is read."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        _read_or_refused(line)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("start", ["", "skills:", "x tags:'"])
def test_twice_the_text_takes_twice_the_work_at_the_most(start: str, piece: str) -> None:
    """Counted, not timed. A little more than twice is allowed for what happens once."""
    line = f"/jobs {start}"
    short = line + piece * (2_000 // len(piece))
    long = line + piece * (4_000 // len(piece))

    assert _steps(long) <= 2.2 * _steps(short) + 2_000


@pytest.mark.parametrize("text", ["a" * LONGEST, "a " * LONGEST, " " * LONGEST + "limit:5", "skills:a," * LONGEST])
def test_a_line_that_is_too_long_is_refused_and_never_cut(text: str) -> None:
    with pytest.raises(QueryError, match="too_long"):
        parse(f"/profiles {text}")


def test_the_longest_line_is_read_whole() -> None:
    line = "/profiles " + "x" * (LONGEST - len("/profiles  limit:5")) + " limit:5"
    query = parse(line)

    assert len(line) == LONGEST
    assert isinstance(query, ProfilesQuery)
    assert query.limit == 5


@pytest.mark.parametrize("line", ["", "/", " ", "profile", "/profil x", "/job x", "hello there"])
def test_without_a_command_of_ours_it_says_so(line: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(line)

    assert caught.value.mistake.what in (Wrong.NO_COMMAND, Wrong.COMMAND_MISSING)
    assert caught.value.example


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("/profil x", "/profiles"), ("/job x", "/jobs"), ("/profies x", "/profiles"), ("/jbos", "/jobs")],
)
def test_a_mistyped_command_names_the_nearest_one(typed: str, nearest: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)

    assert caught.value.nearest == nearest
