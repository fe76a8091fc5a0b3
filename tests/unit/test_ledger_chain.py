"""Nobody alters, drops, repeats or moves a row of the ledger unnoticed: the first bad row is named."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.entities import Stage
from bot.domain.ledger import Kind, LedgerEntry, Seen, canonical, note_digest, read_entry, replay
from bot.domain.ledger_chain import START, Anchor, Bad, Checker, Head, Row, link, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

START_OF_IT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROWS = 24
SEEN = Seen(rank=3, score=0.914, command="/profiles", filters={"skills": ("python",)}, sort="score", order="desc")


def entry(number: int, **other: Any) -> LedgerEntry:
    stages = (Stage.NEW, Stage.YES, Stage.LATER, Stage.NO)
    standard: dict[str, Any] = {
        "kind": Kind.NOTE if number % 5 == 4 else Kind.UNDO if number % 3 == 2 else Kind.DECISION,
        "at": START_OF_IT + timedelta(minutes=number),
        "by": f"U_{number % 3}",
        "profile_key": f"{number % 7:040x}",
        "job_key": f"{number % 2:040x}",
        "board_key": "b" * 40,
        "source_key": "c" * 40,
        "before": stages[number % 4],
        "after": stages[(number + 1) % 4],
        "revision": number,
        "reason": "skills" if number % 4 == 2 else "",
        "note": f"a note, the {number}th" if number % 5 in (2, 4) else "",
        "seen": replace(SEEN, rank=number),
        "channel": "C_HIRING",
        "message_ts": f"17{number:08}.000100",
        "workflow_id": f"stage/{number}",
    }
    return LedgerEntry(**(standard | other))


def chained(entries: Sequence[LedgerEntry]) -> tuple[list[Row], Head]:
    rows: list[Row] = []
    head = Head()
    for seq, each in enumerate(entries, 1):
        salt = f"{seq:032x}" if each.note else None
        text = canonical(each, seq=seq, note_digest=note_digest(each.note, salt or ""))
        held = json.loads(text)
        columns = {name: held[name] for name in ("by", "kind", "at", "profile_key", "job_key", "revision")}
        columns["revision"] = None if each.kind in (Kind.NOTE, Kind.ERASURE) else each.revision
        rows.append(Row(seq, text, link(head.hash, text), each.note or None, salt, columns))
        head = Head(seq, rows[-1].hash)
    return rows, head


Tampered = tuple[list[Row], int]


def alter_a_fact(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    """One value in the text is another one."""
    held = json.loads(rows[at].entry)
    name = chance.choice(sorted(held))
    held[name] = "another" if held[name] != "another" else "yet another"
    text = json.dumps(held, sort_keys=True, separators=(",", ":"))
    rows[at] = replace(rows[at], entry=text)
    return rows, at + 1


def alter_a_character(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    text = rows[at].entry
    place = chance.randrange(len(text))
    other = chance.choice([char for char in '0123456789abcdef "{}\u00e9' if char != text[place]])
    rows[at] = replace(rows[at], entry=text[:place] + other + text[place + 1 :])
    return rows, at + 1


def alter_a_column(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    name = chance.choice(sorted(rows[at].columns))
    rows[at] = replace(rows[at], columns={**rows[at].columns, name: chance.choice(["", "x", 4_711])})
    return rows, at + 1


def alter_the_hash(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    rows[at] = replace(rows[at], hash=chance.choice([None, "", START, f"{chance.getrandbits(256):064x}"]))
    return rows, at + 1


def alter_the_note(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    changed: dict[str, Any] = chance.choice(
        [{"note": "something else"}, {"salt": "0"}, {"note": "", "salt": ""}, {"note": 4}]
    )
    if rows[at].note is not None and chance.random() < 0.3:
        changed = {"note": None, "salt": None}  # erased without an entry that says so
    rows[at] = replace(rows[at], **changed)
    return rows, at + 1


def drop(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    many = chance.choice([1, 1, 2, len(rows)])
    return rows[:at] + rows[at + many :], at + 1


def drop_and_renumber(rows: list[Row], at: int, chance: random.Random) -> Tampered:  # noqa: ARG001 - one signature
    return rows[:at] + [replace(row, seq=row.seq - 1) for row in rows[at + 1 :]], at + 1


def swap(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    other = chance.choice([place for place in range(len(rows)) if place != at])
    first, second = sorted((at, other))
    rows[first], rows[second] = replace(rows[second], seq=first + 1), replace(rows[first], seq=second + 1)
    return rows, first + 1


def swap_in_the_order(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    other = chance.choice([place for place in range(len(rows)) if place != at])
    rows[at], rows[other] = rows[other], rows[at]
    return rows, min(at, other) + 1


def insert(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    """A new row, well made, before another; those after it get new numbers."""
    text = canonical(entry(chance.randrange(1_000)), seq=at + 1, note_digest="")
    new = Row(at + 1, text, link(rows[at - 1].hash if at else START, text))
    return [*rows[:at], new, *(replace(row, seq=row.seq + 1) for row in rows[at:])], at + 2


def append(rows: list[Row], at: int, chance: random.Random) -> Tampered:  # noqa: ARG001 - one signature
    text = canonical(entry(chance.randrange(1_000)), seq=len(rows) + 1, note_digest="")
    return [*rows, Row(len(rows) + 1, text, link(rows[-1].hash, text))], len(rows) + 1


def repeat(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    """A row once more: in its place, or under the number after the last."""
    if chance.random() < 0.5:
        return [*rows[: at + 1], *rows[at:]], at + 2
    return [*rows, replace(rows[at], seq=len(rows) + 1)], len(rows) + 1


def rewrite_from(rows: list[Row], at: int, chance: random.Random) -> Tampered:
    """A row is altered and every hash from it on made anew, but not the head."""
    previous = rows[at - 1].hash if at else START
    held = json.loads(rows[at].entry) | {"by": f"U_{chance.randrange(100, 999)}"}
    rows[at] = replace(rows[at], entry=json.dumps(held, sort_keys=True, separators=(",", ":")))
    rows[at] = replace(rows[at], columns={**rows[at].columns, "by": held["by"]})
    for place in range(at, len(rows)):
        rows[place] = replace(rows[place], hash=link(previous, rows[place].entry))
        previous = rows[place].hash
    return rows, len(rows)


WAYS: tuple[Callable[[list[Row], int, random.Random], Tampered], ...] = (
    alter_a_fact,
    alter_a_character,
    alter_a_column,
    alter_the_hash,
    alter_the_note,
    drop,
    drop_and_renumber,
    swap,
    swap_in_the_order,
    insert,
    append,
    repeat,
    rewrite_from,
)


@pytest.fixture(scope="module")
def written() -> tuple[list[Row], Head]:
    """A ledger as it was written."""
    return chained([entry(number) for number in range(ROWS)])


def test_a_ledger_as_it_was_written_holds(written: tuple[list[Row], Head]) -> None:
    rows, head = written

    assert verify(rows, head) is None
    assert verify([], Head()) is None


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_tampering_is_found_and_its_first_row_named(
    way: Callable[[list[Row], int, random.Random], Tampered], written: tuple[list[Row], Head]
) -> None:
    """Each way forty times, at random places and always at both ends: more than five hundred tamperings."""
    rows, head = written
    chance = random.Random(way.__name__)  # noqa: S311 - the same places in every run
    for at in [0, ROWS - 1, *(chance.randrange(ROWS) for _ in range(38))]:
        tampered, first = way(list(rows), at, chance)

        bad = verify(tampered, head)

        assert bad is not None, (way.__name__, at)
        assert bad.row == first, (way.__name__, at, bad)


def test_rows_missing_from_the_end_are_noticed(written: tuple[list[Row], Head]) -> None:
    rows, head = written

    assert verify(rows[:-3], head) == Bad(ROWS - 2, "missing")
    assert verify([], head) == Bad(1, "missing")


def test_a_head_that_is_gone_or_was_altered_is_noticed(written: tuple[list[Row], Head]) -> None:
    rows, head = written

    assert verify(rows, None) == Bad(ROWS, "head")
    assert verify(rows, Head(head.count, START)) == Bad(ROWS, "head")
    assert verify(rows, Head(head.count - 1, rows[-2].hash)) == Bad(ROWS, "added")


def test_whoever_rewrites_everything_is_found_by_a_head_noted_outside(written: tuple[list[Row], Head]) -> None:
    rows, head = written
    anchor = Anchor.read(str(Head(10, rows[9].hash)))
    bare = Anchor.read(rows[9].hash.upper())
    assert anchor is not None
    assert bare is not None

    forged, forged_head = chained([entry(number, by="U_FORGER") for number in range(ROWS)])

    assert verify(forged, forged_head) is None  # what the database alone cannot tell
    assert verify(forged, forged_head, anchor) == Bad(10, "anchor")
    assert verify(forged, forged_head, bare) == Bad(ROWS, "anchor")
    assert verify(rows, head, anchor) is None
    assert verify(rows, head, bare) is None
    assert verify(rows, head, Anchor.read(str(Head()))) is None
    assert verify(rows[:5], Head(5, rows[4].hash), anchor) == Bad(5, "anchor")


@pytest.mark.parametrize("typed", ["", "abc", "12:abc", "x" * 64, f"-1:{START}"])
def test_what_is_no_head_is_refused(typed: str) -> None:
    assert Anchor.read(typed) is None


def test_a_note_may_be_erased_where_an_entry_says_so() -> None:
    entries = [entry(number) for number in range(6)]
    noted = [seq for seq, each in enumerate(entries, 1) if each.note]
    rows, head = chained([*entries, entry(6, kind=Kind.ERASURE, note="", about=tuple(noted))])
    erased = [replace(row, note=None, salt=None) if row.seq in noted else row for row in rows]

    assert verify(erased, head) is None
    assert verify(erased[:-1], Head(6, rows[5].hash)) == Bad(noted[0], "altered")
    assert read_entry(erased[noted[0] - 1].entry, None).erased


def test_an_entry_comes_back_as_it_was_written() -> None:
    for number in range(ROWS):
        original = entry(number)

        assert (
            read_entry(canonical(original, seq=1, note_digest="d" if original.note else ""), original.note) == original
        )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"v":1}', "null"])
def test_what_is_no_entry_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_entry(text, None)


def test_garbage_in_place_of_a_row_is_named() -> None:
    for text in (None, 4, b"", "", "[1]", "[" * 100_000):
        assert Checker().feed(Row(1, text, START)) == Bad(1, "altered")


def test_replaying_gives_the_stage_of_each_pair() -> None:
    first = entry(0, after=Stage.YES)
    undone = replace(first, kind=Kind.UNDO, before=Stage.YES, after=Stage.NEW)
    noted = replace(first, kind=Kind.NOTE, after=Stage.YES)

    assert replay([first, undone, noted]) == {(first.profile_key, first.job_key): Stage.NEW}
