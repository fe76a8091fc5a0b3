"""The HrFlow client: one typed method an endpoint. The only user of httpx."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import httpx
import structlog

from bot import errors
from bot.domain.entities import Container, Job, Page, Profile
from bot.hrflow import readers, wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

log = structlog.get_logger(__name__)
LARGEST_REPLY = 8 * 1024 * 1024  # bytes; a larger reply is refused
CONNECTIONS = 64
_NOT_FOUND = (400, 404)  # "not found" is mostly a 400 (reference hrflow-api, fact 8)


class HrflowClient:
    """Calls the API with both required headers and a time-out on every call.

    Every method raises an HrflowError: refused, quota, busy, rejected, unavailable or malformed. Nothing is retried
    here, and no key, query or reply is ever logged.
    """

    def __init__(self, *, url: str, api_key: str, user_email: str, timeout: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            headers={"X-API-KEY": api_key, "X-USER-EMAIL": user_email, "Accept": "application/json"},
            timeout=None,  # noqa: S113 - each whole call has one time limit of its own, see _send
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            follow_redirects=False,
            trust_env=False,
        )
        self._timeout = timeout

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def profiles_scoring(self, params: Mapping[str, str]) -> Page[Profile]:
        """GET /profiles/scoring (seed page): profiles for a job, each with its score."""
        reply = await self._get("/profiles/scoring", params)
        return readers.read_page(reply, "profiles", readers.read_profile, wire.total_of(reply))

    async def jobs_scoring(self, params: Mapping[str, str]) -> Page[Job]:
        """GET /jobs/scoring (seed page): jobs for a profile, each with its score."""
        reply = await self._get("/jobs/scoring", params)
        return readers.read_page(reply, "jobs", readers.read_job, wire.total_of(reply))

    async def jobs_searching(self, board_keys: Sequence[str], *, page: int, limit: int = 30) -> Page[Job]:
        """GET /jobs/searching (reference §7): the jobs of those boards, oldest first so that pages stay stable."""
        params = {
            "board_keys": wire.json_text(list(board_keys)),
            "page": str(page),
            "limit": str(limit),
            "sort_by": "created_at",
            "order_by": "asc",
        }
        reply = await self._get("/jobs/searching", params)
        return readers.read_page(reply, "jobs", readers.read_job, wire.total_of(reply))

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
        reply = await self._get("/profiles/searching", params)
        return readers.read_page(reply, "profiles", readers.read_profile, wire.total_of(reply))

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
        data = await self._find("/profile/indexing", {name: value for name, value in asked.items() if value})
        return readers.read_profile(data) if data else None

    async def raw_profile(self, source_key: str, key: str) -> dict[str, Any]:
        """GET /profile/indexing: the stored object as it is, for reading and writing it back.

        Raises HrflowRejectedError where the profile does not exist (any more).
        """
        data = await self._find("/profile/indexing", {"source_key": source_key, "key": key})
        if data is None:
            raise errors.HrflowRejectedError("no such profile", status=404)
        return data

    async def put_profile(self, source_key: str, key: str, profile: Mapping[str, Any]) -> dict[str, Any]:
        """PUT /profile/indexing: replace the whole object (reference §6.3); returns what is stored now, or {}."""
        reply = await self._send("PUT", "/profile/indexing", body={**profile, "source_key": source_key, "key": key})
        data = reply.get("data")
        return data if isinstance(data, dict) else {}

    async def find_job(self, board_key: str, *, key: str = "", reference: str = "") -> Job | None:
        """GET /job/indexing by key or reference; None where that board has no such job."""
        asked = {"board_key": board_key, "key": key, "reference": reference}
        data = await self._find("/job/indexing", {name: value for name, value in asked.items() if value})
        job = readers.read_job(data) if data else None
        return job if job is None or job.board_key else replace(job, board_key=board_key)

    async def permission(self) -> str:
        """GET /auth: `all`, `read` or `write` (reference §1.1); "" where the reply does not say."""
        data = (await self._get("/auth", {})).get("data")
        found = data.get("api_key_permission") if isinstance(data, dict) else None
        return found if isinstance(found, str) else ""

    async def _containers(self, path: str) -> list[Container]:
        found: dict[str, Container] = {}
        for page in range(1, 100):
            reply = await self._get(path, {"page": str(page), "limit": "30"})
            listed = reply.get("data")
            pairs = [readers.read_container(raw) for raw in (listed if isinstance(listed, list) else [])]
            new = {pair[0]: Container(key=pair[0], name=pair[1]) for pair in pairs if pair and pair[0] not in found}
            found |= new
            total = wire.total_of(reply)
            if not new or total is None or len(found) >= total:
                break
        return list(found.values())

    async def _find(self, path: str, params: Mapping[str, str]) -> dict[str, Any] | None:
        try:
            data = (await self._get(path, params)).get("data")
        except errors.HrflowRejectedError as error:
            if error.status in _NOT_FOUND:
                return None
            raise
        return data if isinstance(data, dict) and data else None

    async def _get(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        return await self._send("GET", path, params=params)

    async def _send(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: Any = None
    ) -> dict[str, Any]:
        started = time.monotonic()
        status: int | None = None
        outcome = "ok"
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._http.stream(method, path, params=params, json=body) as response,
            ):
                status = response.status_code
                content = await self._read(response)
                retry_after = response.headers.get("Retry-After")
            return wire.envelope(status, content, retry_after=retry_after)
        except (TimeoutError, httpx.TimeoutException):
            outcome = f"no answer within {self._timeout:g} s"
            raise errors.HrflowUnavailableError(outcome) from None
        except httpx.HTTPError as error:
            outcome = f"the connection failed ({type(error).__name__})"
            raise errors.HrflowUnavailableError(outcome) from None
        except errors.HrflowError as error:
            outcome = error.detail
            raise
        finally:
            took = round((time.monotonic() - started) * 1000)
            expected = outcome == "ok" or status in _NOT_FOUND  # a look-up that finds nothing is no failure
            say = log.info if expected else log.warning
            say("hrflow", method=method, path=path, status=status, ms=took, outcome=outcome)

    async def _read(self, response: httpx.Response) -> bytes:
        """The body, never more than the largest reply that is read."""
        chunks: list[bytes] = []
        size = 0
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            if size > LARGEST_REPLY:
                raise errors.HrflowMalformedError("the reply is larger than 8 MB", status=response.status_code)
            chunks.append(chunk)
        return b"".join(chunks)
