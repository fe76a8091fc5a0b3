"""The vendor's own Python SDK 4.3.0, pointed at a running sandbox, and the same account seen by plain HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hrflow import Hrflow  # type: ignore[import-untyped]  # the SDK has no type hints

from tests.helpers.workspace import Workspace, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    Raw = dict[str, Any]

STAGES = ("new", "yes", "later", "no")
# The format that the SDK insists on before it asks /auth; the digits are the seed (docs/hrflow.md).
DOCUMENTED_KEY = "ask_" + "7".zfill(32)


@dataclass
class Account:
    """One account of a sandbox: `sdk` is the vendor's client of it, `plain` asks the same by plain HTTP."""

    workspace: Workspace
    dialect: str

    def __post_init__(self) -> None:
        self.sdk = self.client(DOCUMENTED_KEY)
        self.sources = [each["key"] for each in self.plain("/sources")["data"]]
        self.boards = [each["key"] for each in self.plain("/boards")["data"]]

    def client(self, key: str | None, email: str = "sandbox@example.com") -> Any:
        return Hrflow(api_url=f"{self.workspace.url}/hrflow/v1/", api_secret=key, api_user=email)

    def plain(self, path: str, **params: Any) -> Any:
        wire = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        return self.workspace.hrflow(path, **wire)

    def stored_profiles(self) -> list[Raw]:
        return self._all_pages("/storing/profiles", source_keys=self.sources, return_profile=True)

    def stored_jobs(self) -> list[Raw]:
        return self._all_pages("/storing/jobs", board_keys=self.boards, return_job=True)

    def job_and_board(self, title: str = "Data Engineer") -> tuple[Raw, str]:
        """That job and the key of its board; the seed's jobs do not name it themselves."""
        for board in self.boards:
            for job in self.plain("/storing/jobs", board_keys=[board], return_job=True, limit=100)["data"]:
                if job["name"] == title:
                    return job, board
        pytest.fail(f"no job {title}")

    def key_of(self, item: Raw) -> str:
        """The key of a profile in a list, which the seed calls its id."""
        return str(item["profile_id"] if self.dialect == "seed" else item["key"])

    def pages_of(self, reply: Raw) -> Raw:
        """Pagination of a list of profiles by the later names, whichever generation it came from."""
        found: Raw = reply.get("meta") or {
            "page": reply["page"],
            "maxPage": reply["max_page"],
            "count": reply["count"],
            "total": reply["total"],
        }
        return found

    def _all_pages(self, path: str, **params: Any) -> list[Raw]:
        first = self.plain(path, **params, limit=100)
        found: list[Raw] = first["data"]
        for page in range(2, first["meta"]["maxPage"] + 1):
            found += self.plain(path, **params, limit=100, page=page)["data"]
        return found


@pytest.fixture(scope="session", params=["seed", "current"])
def account(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """An account in each dialect, in a sandbox of its own process."""
    log = tmp_path_factory.mktemp("sdk") / "log.txt"
    with sandbox(["--no-bot", "--dialect", request.param, "--profiles", "120"], log) as workspace:
        yield Account(workspace, request.param)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK obeys the proxy settings of the machine; the loopback needs none."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
