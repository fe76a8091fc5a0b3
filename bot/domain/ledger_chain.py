"""The chain over the rows of the ledger, and how a row that was altered, dropped or put elsewhere is found.

The hash of a row is SHA-256 over the hash of the row before it, a line break and the row's canonical text. Rows are
numbered from 1 without a gap. The head says how many rows there are and the hash of the last one, so that rows missing
from the end are noticed too. Somebody who can write to the database can rewrite every row after a place and the head
with them; against that only a head that was noted outside helps (`Checker(anchor=…)`).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.domain.ledger import DECIDING, Kind, note_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

START = "0" * 64  # what stands for the hash before the first row
_ANCHOR = re.compile(r"(?:(\d{1,18}):)?([0-9a-fA-F]{64})")


@dataclass(frozen=True, slots=True)
class Head:
    """How many rows there are, and the hash of the last of them."""

    count: int = 0
    hash: str = START

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was noted outside; without a number the hash may be that of any row."""

    count: int | None
    hash: str

    @classmethod
    def read(cls, typed: str) -> Anchor | None:
        """What `str(head)` gave, or the hash alone; None where it is neither."""
        found = _ANCHOR.fullmatch(typed.strip())
        return cls(int(found[1]) if found[1] else None, found[2].lower()) if found else None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the database, before anything of it is believed.

    `columns` are the values kept beside the text so that they can be searched, by their names in the text.
    """

    seq: Any
    entry: Any
    hash: Any
    note: Any = None
    salt: Any = None
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bad:
    """The first row that is not as it was written. `what`: altered, missing, misplaced, added, head or anchor."""

    row: int
    what: str


def link(previous: str, entry: str) -> str:
    """The hash of a row."""
    return hashlib.sha256(f"{previous}\n{entry}".encode("utf-8", "surrogatepass")).hexdigest()


class Checker:
    """Takes the rows one by one in the order of the database; `feed` and `end` name the first bad one."""

    def __init__(self, anchor: Anchor | None = None) -> None:
        self.head = Head()
        self._anchor = anchor
        self._anchored = anchor is not None and anchor.hash == START and not anchor.count
        self._without_note: dict[int, None] = {}
        self._erased: set[int] = set()

    def feed(self, row: Row) -> Bad | None:
        """Check the next row; after a bad one nothing more is to be fed."""
        due = self.head.count + 1
        if row.seq != due or isinstance(row.seq, bool):
            ahead = isinstance(row.seq, int) and row.seq > due
            return Bad(due, "missing" if ahead else "misplaced")
        held = _parsed(row.entry)
        if held is None:
            return Bad(due, "altered")
        if link(self.head.hash, row.entry) != row.hash:
            moved = isinstance(held.get("seq"), int) and held["seq"] != due
            return Bad(due, "misplaced" if moved else "altered")
        if any(value != _copied(held, name) for name, value in row.columns.items()) or not self._note_holds(
            due, row, held
        ):
            return Bad(due, "altered")
        if held.get("kind") == Kind.ERASURE.value:
            self._erased.update(held.get("about", ()))
        self.head = Head(due, row.hash)
        if self._anchor is not None and row.hash == self._anchor.hash and self._anchor.count in (None, due):
            self._anchored = True
        return None

    def end(self, head: Head | None) -> Bad | None:
        """Check what only the whole can tell, against the head that the database keeps."""
        unexplained = next((seq for seq in self._without_note if seq not in self._erased), None)
        if unexplained is not None:
            return Bad(unexplained, "altered")
        if head is None or head.count > self.head.count:
            return Bad(self.head.count, "head") if head is None else Bad(self.head.count + 1, "missing")
        if head.count < self.head.count:
            return Bad(head.count + 1, "added")
        if head.hash != self.head.hash:
            return Bad(self.head.count, "head")
        if self._anchor is not None and not self._anchored:
            return Bad(min(self._anchor.count or self.head.count, self.head.count), "anchor")
        return None

    def _note_holds(self, seq: int, row: Row, held: Mapping[str, Any]) -> bool:
        """The note is the one that was written, or it is gone, which an erasure further on must explain."""
        digest = held.get("note_sha256")
        if not digest:
            return row.note is None and row.salt is None
        if row.note is None and row.salt is None:
            self._without_note[seq] = None
            return True
        return isinstance(row.note, str) and isinstance(row.salt, str) and note_digest(row.note, row.salt) == digest


def verify(rows: Iterable[Row], head: Head | None, anchor: Anchor | None = None) -> Bad | None:
    """The first bad row, or None where the ledger is as it was written."""
    checker = Checker(anchor)
    for row in rows:
        bad = checker.feed(row)
        if bad is not None:
            return bad
    return checker.end(head)


def _copied(held: Mapping[str, Any], name: str) -> Any:
    """What a column beside the text holds: a note and an erasure decide nothing, so they take no revision."""
    if name == "revision" and held.get("kind") not in DECIDING:
        return None
    return held.get(name)


def _parsed(text: Any) -> dict[str, Any] | None:
    if not isinstance(text, str):
        return None
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None
