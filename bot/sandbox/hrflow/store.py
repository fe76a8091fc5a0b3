"""Holds the objects in two states: as written, and as the lists see them after the index lag."""

from collections import deque
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Generic, TypeVar

from .records import JobRecord, ProfileRecord

R = TypeVar("R", bound=ProfileRecord | JobRecord)


class Collection(Generic[R]):
    """Profiles or jobs by key. Reads by key and reference are fresh; `listed` lags behind."""

    def __init__(self, records: Iterable[R]) -> None:
        self._fresh: dict[str, R] = {record.key: record for record in records}
        self._indexed: dict[str, R] = dict(self._fresh)
        self._pending: deque[tuple[float, R]] = deque()
        self._references: dict[tuple[str, str], R] = {
            (_owner(each), each.raw["reference"]): each for each in self._fresh.values()
        }
        self.written: dict[str, R] = {}

    def __len__(self) -> int:
        return len(self._fresh)

    def get(self, owner: str, key: str) -> R | None:
        """Return the stored object by source or board key and its own key."""
        record = self._fresh.get(key)
        return record if record is not None and _owner(record) == owner else None

    def by_key(self, key: str) -> R | None:
        """Return the stored object with this key wherever it lives; keys are unique."""
        return self._fresh.get(key)

    def by_reference(self, owner: str, reference: str) -> R | None:
        """Return the stored object by source or board key and reference."""
        return self._references.get((owner, reference))

    def owned_by(self, owner: str) -> Iterator[R]:
        """Return the stored objects of one source or board."""
        return (record for record in self._fresh.values() if _owner(record) == owner)

    def write(self, record: R) -> None:
        """Store a new object or a new version of one."""
        before = self._fresh.get(record.key)
        if before is not None and before.raw.get("reference") is not None:
            self._references.pop((_owner(before), before.raw["reference"]), None)
        self._fresh[record.key] = record
        self.written[record.key] = record
        if record.raw.get("reference") is not None:
            self._references[_owner(record), record.raw["reference"]] = record
        self._pending.append((monotonic(), record))

    def index(self, lag_ms: int) -> dict[str, R]:
        """Return the objects by key as lists see them now, archived ones included."""
        due = monotonic() - lag_ms / 1000
        while self._pending and self._pending[0][0] <= due:
            record = self._pending.popleft()[1]
            self._indexed[record.key] = record
        return self._indexed


def _owner(record: ProfileRecord | JobRecord) -> str:
    return record.source_key if isinstance(record, ProfileRecord) else record.board_key
