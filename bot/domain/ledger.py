"""What the ledger says of a decision, an undo, a note or an erasure, and the one text of it that is kept.

No names of candidates: profile and job by key, people of ours by Slack user id, and of the question that led to the
list its filters, except where one may name a person. The text of a note is personal data (of its author and of the
candidate), so it is no part of the text that the chain covers: only a salted digest of it is. It can be erased later
and the chain still holds; an erasure is an entry of its own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.domain.entities import Stage
from bot.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.query import Query

VERSION = 1
LONGEST_NOTE = 2_000  # characters
_NAMING = {"/profiles": frozenset({"name", "email"}), "/jobs": frozenset[str]()}
_FREE = frozenset({"text", "summary", "experience", "education"})  # words of people, where the name is not at hand
_SHORTEST_NAME = 2  # letters; a shorter part of a name says nothing


class Kind(StrEnum):
    """What an entry records."""

    DECISION = "decision"
    UNDO = "undo"
    NOTE = "note"
    ERASURE = "erasure"


DECIDING = frozenset({Kind.DECISION, Kind.UNDO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody had before them when they decided.

    `filters` holds the canonical texts of each filter by its key, None where they may name a person.
    """

    rank: int
    score: float | None
    command: str
    filters: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    sort: str
    order: str
    reasons_opened: bool = False

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        filters = {key: None if texts is None else list(texts) for key, texts in self.filters.items()}
        return {
            "rank": self.rank,
            "score": self.score,
            "command": self.command,
            "filters": filters,
            "sort": self.sort,
            "order": self.order,
            "reasons_opened": self.reasons_opened,
        }

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Seen:
        """What `as_json` gave."""
        filters = {str(key): None if texts is None else tuple(texts) for key, texts in held["filters"].items()}
        return cls(**{**held, "filters": filters})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One thing that happened to the pair (profile, job).

    `by` is a Slack user id. `revision` counts the decisions of the pair: the one that this is, or the one that a note
    is about. `before` and `after` are empty for an erasure; a note repeats the stage that it is about. `note` is its
    text, "" where there is none or where it was erased (then `erased`). `about` lists the rows that an erasure erased.
    """

    kind: Kind
    at: datetime
    by: str
    profile_key: str
    job_key: str
    board_key: str = ""
    source_key: str = ""
    before: Stage | None = None
    after: Stage | None = None
    revision: int = 0
    reason: str = ""
    note: str = ""
    seen: Seen | None = None
    channel: str = ""
    message_ts: str = ""
    workflow_id: str = ""
    about: tuple[int, ...] = ()
    erased: bool = False


def canonical(entry: LedgerEntry, *, seq: int, note_digest: str) -> str:
    """The entry as row `seq`, as the one text that the chain covers: JSON in ASCII, keys sorted, no blanks.

    Of the note it holds `note_digest` only.
    """
    held = {
        "v": VERSION,
        "seq": seq,
        "kind": entry.kind.value,
        "at": moment_text(entry.at),
        "by": entry.by,
        "profile_key": entry.profile_key,
        "job_key": entry.job_key,
        "board_key": entry.board_key,
        "source_key": entry.source_key,
        "from": entry.before.value if entry.before else "",
        "to": entry.after.value if entry.after else "",
        "revision": entry.revision,
        "reason": entry.reason,
        "note_sha256": note_digest,
        "seen": entry.seen.as_json() if entry.seen else None,
        "channel": entry.channel,
        "message_ts": entry.message_ts,
        "workflow_id": entry.workflow_id,
        "about": list(entry.about),
    }
    return json.dumps(held, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def read_entry(text: str, note: str | None) -> LedgerEntry:
    """What `canonical` wrote, with the text of its note. Raises ValueError where it is none of ours."""
    held = json.loads(text)
    try:
        return LedgerEntry(
            kind=Kind(held["kind"]),
            at=datetime.fromisoformat(held["at"]),
            by=held["by"],
            profile_key=held["profile_key"],
            job_key=held["job_key"],
            board_key=held["board_key"],
            source_key=held["source_key"],
            before=Stage(held["from"]) if held["from"] else None,
            after=Stage(held["to"]) if held["to"] else None,
            revision=held["revision"],
            reason=held["reason"],
            note=note or "",
            seen=Seen.from_json(held["seen"]) if held["seen"] else None,
            channel=held["channel"],
            message_ts=held["message_ts"],
            workflow_id=held["workflow_id"],
            about=tuple(held["about"]),
            erased=bool(held["note_sha256"]) and note is None,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a ledger entry") from error


def exported(text: str, *, note: str | None, salt: str, hash: str) -> dict[str, Any]:  # noqa: A002 - its name there
    """A row as it is exported: what the chain covers, the note in words, and the hash.

    Without `hash`, `note` and `note_salt`, keys sorted and no blanks, it is the canonical text again.
    """
    held = json.loads(text)
    first = {name: held[name] for name in ("seq", "at", "by", "kind") if name in held}
    return {**first, **held, "note": note or "", "note_salt": salt, "hash": hash}


def moment_text(at: datetime) -> str:
    """An instant as the ledger writes it: UTC, always to the microsecond, so that texts sort as instants do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def note_digest(note: str, salt: str) -> str:
    """What the chain keeps of a note; without the salt nobody can find the text by trying."""
    return hashlib.sha256(f"{salt}:{note}".encode("utf-8", "surrogatepass")).hexdigest() if note else ""


def clean_note(typed: str) -> str:
    """A note as it is kept: line breaks stay, characters that no database takes go, cut at 2,000."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(char for char in line if char.isprintable() or char == "\t").rstrip() for line in lines)
    return "\n".join(kept).strip()[:LONGEST_NOTE].rstrip()


def seen_filters(query: Query, *, name: str | None) -> dict[str, tuple[str, ...] | None]:
    """The filters of a query by key, without those that may name a person; `name` is the candidate's, None: not known.

    The subject is never among them: for `/jobs` it names the person, for `/profiles` the job, whose key is known.
    """
    naming = _NAMING[query.command] | (_FREE if name is None else frozenset())
    names = {word for word in fold(name or "").replace("-", " ").split() if len(word) >= _SHORTEST_NAME}
    found: dict[str, tuple[str, ...] | None] = {}
    for parameter, value in query.given():
        texts = tuple(parameter.kind.write(value))
        unsafe = parameter.key in naming or (isinstance(value, (str, tuple)) and _names(texts, names))
        found[parameter.key] = None if unsafe else texts
    return found


def _names(texts: Iterable[str], names: set[str]) -> bool:
    """Whether any of the texts holds a part of that person's name."""
    return any(names & set(_words(fold(text))) for text in texts)


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def replay(entries: Iterable[LedgerEntry]) -> dict[tuple[str, str], Stage]:
    """The stage of each pair (profile key, job key) after all of it, in the order of the ledger."""
    stages: dict[tuple[str, str], Stage] = {}
    for entry in entries:
        if entry.kind in DECIDING and entry.after is not None:
            stages[entry.profile_key, entry.job_key] = entry.after
    return stages
