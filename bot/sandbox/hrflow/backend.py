"""What the endpoints share: the stored objects, the settings, and looking things up by key or reference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .config import HrflowConfig
from .corpus.keys import FOREIGN_KEY
from .errors import ForeignObjectError, InvalidSourcesError, NotFoundError
from .labels import job_key_of
from .params import Params
from .records import JobRecord, ProfileRecord, Raw
from .replies import Dialect
from .scores import Scorer
from .shapes import seed_job, seed_profile
from .store import Collection
from .text import fold


@dataclass(slots=True)
class Backend:
    """One HrFlow team: boards and sources by key, objects, secrets. `seed` makes the keys of new objects."""

    seed: int
    dialect: Dialect
    api_key: str
    user_email: str
    agent_key: str
    team_id: str
    config: HrflowConfig
    boards: dict[str, Raw]
    sources: dict[str, Raw]
    jobs: Collection[JobRecord]
    profiles: Collection[ProfileRecord]
    scorer: Scorer
    trackings: list[Raw] = field(default_factory=list)

    def permission(self, key: str) -> str | None:
        """Return what a key may do: with the prefix `ask_` `all`, `askr_` `read`, `askw_` `write`; None for others.

        There are two keys: `api_key`, and one in the format that the official Python SDK insists on before it asks
        `/auth` (reference hrflow-api §1.1), whose 32 hexadecimal digits are the seed.
        """
        if key == self.api_key:
            return "all"
        prefix, _, rest = key.partition("_")
        known = (self.api_key.partition("_")[2], f"{self.seed % 16**32:032x}")
        return {"ask": "all", "askr": "read", "askw": "write"}.get(prefix) if rest and rest in known else None

    def owner(self, kind: str, key: object, *, newer: bool = False) -> Raw:
        """Return the board or source (`kind`) with this key; 401 for one of another team, 400 for an unknown one.

        The calls of the later generation (`newer`) have a message of their own for the 400.
        """
        if key == FOREIGN_KEY:
            raise ForeignObjectError(kind, FOREIGN_KEY)
        found = (self.boards if kind == "board" else self.sources).get(key) if isinstance(key, str) else None
        if found is None:
            raise NotFoundError(kind, newer=newer)
        return found

    def source_keys(self, params: Params, *, newer: bool = False) -> frozenset[str]:
        """Return the sources that a list is about; at least one, all known. `newer` as for `owner`."""
        keys = params.words("source_keys", "source_ids")
        if FOREIGN_KEY in keys:
            raise ForeignObjectError("source", FOREIGN_KEY)
        if not keys or not self.sources.keys() >= set(keys):
            raise NotFoundError("source", newer=True) if newer else InvalidSourcesError
        return frozenset(keys)

    def board_keys(self, params: Params, *, newer: bool = False) -> frozenset[str]:
        """Return the boards that a list is about; at least one, all known. `newer` as for `owner`."""
        keys = params.words("board_keys", "board_ids")
        if not keys:
            raise NotFoundError("board", newer=newer)
        for key in keys:
            self.owner("board", key, newer=newer)
        return frozenset(keys)

    def find_profile(self, source_key: object, given: Mapping[str, Any]) -> ProfileRecord:
        """Return the stored profile of a source by reference, key or e-mail; the first of them that is given counts."""
        source = self.owner("source", source_key)["key"]
        found: ProfileRecord | None = None
        if isinstance(given.get("reference"), str):
            found = self.profiles.by_reference(source, given["reference"])
        elif isinstance(given.get("key"), str):
            found = self.profiles.get(source, given["key"])
        elif isinstance(given.get("email"), str):
            email = fold(given["email"]).strip()
            found = next((each for each in self.profiles.owned_by(source) if each.email == email), None)
        if found is None:
            raise NotFoundError("profile")
        return found

    def find_job(self, board_key: object, given: Mapping[str, Any]) -> JobRecord:
        """Return the stored job of a board by reference or key; the reference counts where both are given."""
        board = self.owner("board", board_key)["key"]
        found: JobRecord | None = None
        if isinstance(given.get("reference"), str):
            found = self.jobs.by_reference(board, given["reference"])
        elif isinstance(given.get("key"), str):
            found = self.jobs.get(board, given["key"])
        if found is None:
            raise NotFoundError("job")
        return found

    def indexed_job(self, params: Params) -> JobRecord:
        """Return the job that profiles are scored for, as the index knows it.

        The board may be left out where the job is unique without it (reference hrflow-api §9, row 14).
        """
        board_key = params.text("board_key", "board_id")
        if board_key is not None:
            self.owner("board", board_key)
        index = self.jobs.index(self.config.lag_ms)
        key, reference = params.text("job_key", "job_id"), params.text("job_reference")
        if key is not None:
            found = [index[key]] if key in index else []
        else:
            found = [job for job in index.values() if reference is not None and job.reference == reference]
        found = [job for job in found if board_key in (None, job.board_key)]
        if len(found) != 1:
            raise NotFoundError("job")
        return found[0]

    def indexed_profile(self, params: Params) -> ProfileRecord:
        """Return the profile that jobs are scored for, as the index knows it."""
        given = {
            "key": params.text("profile_key", "profile_id"),
            "reference": params.text("profile_reference"),
        }
        if given["key"] is not None:
            given["reference"] = None
        stored = self.find_profile(params.text("source_key", "source_id"), given)
        found = self.profiles.index(self.config.lag_ms).get(stored.key)
        if found is None:
            raise NotFoundError("profile")
        return found

    def show_jobs(self, jobs: Iterable[JobRecord]) -> list[Raw]:
        """Return jobs in the shape of the dialect."""
        return [self.show_job(job) for job in jobs]

    def show_job(self, job: JobRecord) -> Raw:
        """Return one job in the shape of the dialect."""
        return seed_job(job.raw) if self.dialect == "seed" else job.raw

    def show_profiles(self, profiles: Iterable[ProfileRecord]) -> list[Raw]:
        """Return profiles in the shape that lists of the dialect have."""
        if self.dialect == "current":
            return [profile.raw for profile in profiles]
        return [seed_profile(each.raw, each.received, self.team_id, self._labelled_job) for each in profiles]

    def _labelled_job(self, label: Mapping[str, Any]) -> Raw | None:
        key, reference, board_key = job_key_of(label), label.get("job_reference"), label.get("board_key")
        job = self.jobs.by_key(key) if key is not None else None
        if job is None and key is None and board_key is not None and reference is not None:
            job = self.jobs.by_reference(board_key, reference)
        elif job is None and key is None and reference is not None:
            of_boards = (self.jobs.by_reference(board, reference) for board in self.boards)
            job = next((each for each in of_boards if each is not None), None)
        return job.raw if job is not None else None
