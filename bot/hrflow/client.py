"""The HrFlow client: one typed method an endpoint."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from bot import errors
from bot.domain.entities import Container, Job, Page, Profile
from bot.hrflow import pages, wire
from bot.hrflow.http import fast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from bot.domain.entities import Label, Stage
    from bot.domain.stages import StageMove
    from bot.hrflow.http import Decode, Exchange

_R = TypeVar("_R")


class HrflowClient:
    """Calls the API; lists are shared by those who ask the same at the same time, single objects are always read anew.

    Every method raises an HrflowError: refused, quota, busy, rejected, unavailable or malformed.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._exchange.close()

    @property
    def last_trouble(self) -> tuple[datetime, errors.HrflowError] | None:
        """When a call failed last since the start, and why; None where none did."""
        last = self._exchange.last_trouble
        return None if last is None else (datetime.fromtimestamp(last[0], UTC), last[1])

    def pace_used(self) -> float:
        """Which part of the calls of a minute was made in the last one: 0 to 1."""
        return self._exchange.pace_used()

    async def profiles_scoring(self, params: Mapping[str, str]) -> Page[Profile]:
        """GET /profiles/scoring (seed page): profiles for a job, each with its score."""
        return await self._exchange.get_shared("/profiles/scoring", params, pages.profiles)

    async def jobs_scoring(self, params: Mapping[str, str]) -> Page[Job]:
        """GET /jobs/scoring (seed page): jobs for a profile, each with its score."""
        return await self._exchange.get_shared("/jobs/scoring", params, pages.jobs)

    async def jobs_searching(self, board_keys: Sequence[str], *, page: int, limit: int = 30) -> Page[Job]:
        """GET /jobs/searching (reference §7): the jobs of those boards, oldest first so that pages stay stable."""
        params = {
            "board_keys": wire.json_text(list(board_keys)),
            "page": str(page),
            "limit": str(limit),
            "sort_by": "created_at",
            "order_by": "asc",
        }
        return await self._exchange.get_shared("/jobs/searching", params, pages.jobs)

    async def profiles_searching(
        self, source_keys: Sequence[str], *, name: str, stage: str, limit: int = 30
    ) -> Page[Profile]:
        """GET /profiles/searching (reference §7): profiles of one stage whose name holds `name`."""
        params = {
            "source_keys": wire.json_text(list(source_keys)),
            "name": name,
            "stage": stage,
            "page": "1",
            "limit": str(limit),
            "sort_by": "created_at",
            "order_by": "desc",
        }
        return await self._exchange.get_shared("/profiles/searching", params, pages.profiles)

    async def boards(self) -> list[Container]:
        """GET /boards: key and name of each board of the account."""
        return await self._containers("/boards")

    async def sources(self) -> list[Container]:
        """GET /sources: key and name of each source of the account."""
        return await self._containers("/sources")

    async def find_profile(
        self, source_key: str, *, key: str = "", reference: str = "", email: str = ""
    ) -> Profile | None:
        """GET /profile/indexing by key, reference or e-mail; None where that source has no such profile."""
        asked = {"source_key": source_key, "key": key, "reference": reference, "email": email}
        given = {name: value for name, value in asked.items() if value}
        return await self._found("/profile/indexing", given, pages.profile)

    async def stored_profile(self, source_key: str, key: str, job_key: str) -> tuple[bytes, tuple[Label, ...]]:
        """GET /profile/indexing: the reply as it came, for `set_label`, and the labels that may be about that job.

        Raises HrflowRejectedError where the profile does not exist (any more).
        """

        async def decode(body: bytes) -> tuple[bytes, str, tuple[Label, ...]]:
            return body, *await pages.labels(body, job_key)

        found = await self._found("/profile/indexing", {"source_key": source_key, "key": key}, decode)
        if found is None or not found[1]:
            raise errors.HrflowRejectedError("no such profile", status=404)
        return found[0], found[2]

    async def set_label(
        self, source_key: str, key: str, stored: bytes, *, job: Job, target: Stage, at: datetime
    ) -> tuple[Label, ...]:
        """PUT /profile/indexing (reference §6.3): the object that `stored_profile` gave, its label for `job` set.

        Returns the labels that are stored now and may be about that job, none where the reply does not say.
        """
        content = await pages.edited(stored, source_key, key, about=job, target=target, at=at)
        _, labels = await self._exchange.put("/profile/indexing", content, lambda body: pages.labels(body, job.key))
        return labels

    async def track(self, move: StageMove, *, author_email: str = "") -> None:
        """POST /tracking (reference §6.2): a line on what a recruiter decided. Sent once: each one adds a line."""
        body = {
            "action": move.target.value,
            "role": "recruiter",
            "source_key": move.source_key,
            "profile_key": move.profile_key,
            "board_key": move.board_key,
            "job_key": move.job_key,
            **({"author_email": author_email} if author_email else {}),
        }
        await self._exchange.post("/tracking", body)

    async def find_job(self, board_key: str, *, key: str = "", reference: str = "") -> Job | None:
        """GET /job/indexing by key or reference; None where that board has no such job."""
        asked = {"board_key": board_key, "key": key, "reference": reference}
        given = {name: value for name, value in asked.items() if value}
        job = await self._found("/job/indexing", given, pages.job)
        return job if job is None or job.board_key else replace(job, board_key=board_key)

    async def permission(self) -> str:
        """GET /auth: `all`, `read` or `write` (reference §1.1); "" where the reply does not say."""
        data = (await self._get("/auth", {})).get("data")
        found = data.get("api_key_permission") if isinstance(data, dict) else None
        return found if isinstance(found, str) else ""

    async def _containers(self, path: str) -> list[Container]:
        found: dict[str, Container] = {}
        for page in range(1, 100):
            params = {"page": str(page), "limit": "30"}
            pairs, total = await self._exchange.get_shared(path, params, pages.containers)
            new = {key: Container(key=key, name=name) for key, name in pairs if key not in found}
            found |= new
            if not new or len(found) == total:  # it may not say how many there are, or say it wrong
                break
        return list(found.values())

    async def _found(self, path: str, params: Mapping[str, str], decode: Decode[_R]) -> _R | None:
        """What `decode` makes of the reply; None where HrFlow has no such object."""
        try:
            return await self._exchange.get(path, params, decode)
        except errors.HrflowRejectedError as error:
            if error.status in wire.NOT_FOUND:
                return None
            raise

    async def _get(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        return await self._exchange.get_shared(path, params, fast)
