"""The ledger: rows are added and never changed, one writer at a time, each chained to the one before it.

`entry` holds the canonical text of a row and is the only source of what is read back; the other columns are copies to
search by, and the check compares them. Note and salt stand beside the chain so that they can be erased.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import insert, select, type_coerce, update
from sqlalchemy.types import NullType

from bot.domain.ledger import DECIDING, Kind, LedgerEntry, canonical, moment_text, note_digest, read_entry
from bot.domain.ledger_chain import Anchor, Bad, Checker, Head, Row, link
from bot.errors import LedgerUnreadableError
from bot.storage.tables import ledger as table
from bot.storage.tables import ledger_head as head_table

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

log = structlog.get_logger(__name__)
_BATCH = 500
_READ = (table.c.seq, table.c.entry, table.c.note, table.c.salt, table.c.hash)
# Columns that repeat what the text says → its name there.
_COPIES = {
    "at": "at",
    "user": "by",
    "kind": "kind",
    "profile_key": "profile_key",
    "job_key": "job_key",
    "revision": "revision",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it stands in the ledger; `text` and `salt` are what its hash can be computed from."""

    seq: int
    entry: LedgerEntry
    hash: str
    text: str = ""
    salt: str = ""


async def append(connection: AsyncConnection, entry: LedgerEntry) -> Recorded:
    """Add a row within the caller's transaction. Raises IntegrityError where that revision of the pair is there.

    The head is changed first: whoever else wants to add waits there until this transaction ends.
    """
    grown = update(head_table).values(count=head_table.c.count + 1).returning(head_table.c.count, head_table.c.hash)
    seq, previous = (await connection.execute(grown)).one()
    salt = secrets.token_hex(16) if entry.note else ""
    text = canonical(entry, seq=seq, note_digest=note_digest(entry.note, salt))
    hashed = link(previous, text)
    await connection.execute(
        insert(table).values(
            seq=seq,
            at=entry.at,
            user=entry.by,
            kind=entry.kind.value,
            profile_key=entry.profile_key,
            job_key=entry.job_key,
            revision=entry.revision if entry.kind in DECIDING else None,
            entry=text,
            note=entry.note or None,
            salt=salt or None,
            hash=hashed,
        )
    )
    await connection.execute(update(head_table).values(hash=hashed))
    return Recorded(seq, entry, hashed, text, salt)


class Ledger:
    """Reads the ledger, and adds what is no decision."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, entry: LedgerEntry) -> Recorded:
        """Add a row in a transaction of its own."""
        async with self._database.begin() as connection:
            return await append(connection, entry)

    async def decisions(
        self,
        *,
        by: str = "",
        job: str = "",
        profile: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
    ) -> list[Recorded]:
        """The latest rows of all kinds that fit, newest first."""
        wanted = _wanted(by=by, job=job, profile=profile, since=since, until=until)
        async with self._database.connect() as connection:
            rows = (await connection.execute(wanted.order_by(table.c.seq.desc()).limit(limit))).mappings().all()
        found = []
        for row in rows:
            try:
                found.append(_recorded(row))
            except LedgerUnreadableError as error:  # one altered row must not hide the others from people
                log.error("ledger row unreadable", row=error.row)  # noqa: TRY400 - a traceback says nothing more
        return found

    async def export(
        self,
        *,
        by: str = "",
        job: str = "",
        profile: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> AsyncIterator[Recorded]:
        """The rows that fit, oldest first; read in pieces, however many they are. Raises LedgerUnreadableError."""
        wanted = _wanted(by=by, job=job, profile=profile, since=since, until=until)
        last = 0
        while True:
            piece = wanted.where(table.c.seq > last).order_by(table.c.seq).limit(_BATCH)
            async with self._database.connect() as connection:
                rows = (await connection.execute(piece)).mappings().all()
            for row in rows:
                yield _recorded(row)
            if len(rows) < _BATCH:
                return
            last = rows[-1]["seq"]

    async def head(self) -> Head:
        """How many rows there are, and the hash of the last one."""
        async with self._database.connect() as connection:
            return await _head(connection) or Head()

    async def verify(self, anchor: Anchor | None = None) -> tuple[Head, Bad | None]:
        """What was found to be whole, and the first bad row, if any.

        Head and rows are read as they are at one instant, so the bot may go on adding meanwhile.
        """
        checker = Checker(anchor)
        raw = select(*(type_coerce(column, NullType()).label(column.name) for column in table.c)).order_by(table.c.seq)
        async with self._database.connect() as connection:
            if self._database.dialect == "postgresql":
                connection = await connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901 - the same one, told how to read
            head = await _head(connection)
            async with connection.stream(raw) as rows:
                async for row in rows.mappings():
                    bad = checker.feed(_unbelieved(row))
                    if bad is not None:
                        return checker.head, bad
        return checker.head, checker.end(head)

    async def erase_notes(self, *, by: str, at: datetime, profile: str = "", author: str = "") -> int:
        """Erase the text of the notes on a profile or of an author; returns how many.

        One row for each pair says so, made by `by` (who ran it): without it a missing text counts as tampering.
        """
        matching: list[ColumnElement[bool]] = [table.c.note.is_not(None)]
        matching += [table.c.profile_key == profile] if profile else []
        matching += [table.c.user == author] if author else []
        async with self._database.begin() as connection:
            found = select(table.c.seq, table.c.profile_key, table.c.job_key).where(*matching).order_by(table.c.seq)
            pairs: dict[tuple[str, str], list[int]] = {}
            for seq, profile_key, job_key in (await connection.execute(found)).all():
                pairs.setdefault((profile_key, job_key), []).append(seq)
            for (profile_key, job_key), rows in pairs.items():
                erasure = LedgerEntry(
                    kind=Kind.ERASURE, at=at, by=by, profile_key=profile_key, job_key=job_key, about=tuple(rows)
                )
                await append(connection, erasure)
                await connection.execute(update(table).where(table.c.seq.in_(rows)).values(note=None, salt=None))
        return sum(map(len, pairs.values()))


def _wanted(*, by: str, job: str, profile: str, since: datetime | None, until: datetime | None) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = []
    for column, value in ((table.c.user, by), (table.c.job_key, job), (table.c.profile_key, profile)):
        if value:
            conditions.append(column == value)
    if since is not None:
        conditions.append(table.c.at >= since)
    if until is not None:
        conditions.append(table.c.at < until)
    return select(*_READ).where(*conditions)


def _recorded(row: Any) -> Recorded:
    """What a row says. Raises LedgerUnreadableError."""
    try:
        entry = read_entry(row["entry"], row["note"])
    except (ValueError, TypeError, RecursionError):
        raise LedgerUnreadableError(row["seq"]) from None
    return Recorded(row["seq"], entry, row["hash"], row["entry"], row["salt"] or "")


async def _head(connection: AsyncConnection) -> Head | None:
    rows = (await connection.execute(select(head_table.c.count, head_table.c.hash))).all()
    return Head(*rows[0]) if len(rows) == 1 else None


def _unbelieved(row: Any) -> Row:
    """The row as the database has it, whatever somebody may have put there."""
    columns = {name: row[column] for column, name in _COPIES.items()}
    columns["at"] = _moment(columns["at"])
    return Row(row["seq"], row["entry"], row["hash"], row["note"], row["salt"], columns)


def _moment(stored: Any) -> Any:
    if isinstance(stored, str):  # SQLite keeps text, in UTC and without a zone
        try:
            stored = datetime.fromisoformat(stored)
        except ValueError:
            return stored
    if not isinstance(stored, datetime):
        return stored
    return moment_text(stored if stored.tzinfo else stored.replace(tzinfo=UTC))
