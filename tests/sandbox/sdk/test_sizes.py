"""Long requests are read, and what is too large is refused in the envelope of the API."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.sandbox.sdk.conftest import Account

HEADERS = {"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com"}


def test_a_request_line_of_thirty_two_kilobytes_of_filters_is_read(account: Account) -> None:
    job, _ = account.job_and_board()
    words = [f"nobody-writes-this-{number:04}" for number in range(1_200)]

    reply = account.sdk.profile.scoring.list(account.sources, job_key=job["key"], text_keywords=words)

    assert len(json.dumps(words)) > 30_000
    assert (reply["code"], account.pages_of(reply)["total"]) == (200, 0)
    call = account.workspace.calls()[-1]
    assert json.loads(call["params"]["text_keywords"]) == words


@pytest.mark.parametrize(
    ("target", "path"), [("hrflow", "/hrflow/v1/profile/indexing"), ("slack", "/slack/api/chat.postMessage")]
)
def test_a_body_over_eight_megabytes_is_refused_and_the_next_request_is_answered(
    account: Account, target: str, path: str
) -> None:
    with httpx.Client(base_url=account.workspace.url, headers=HEADERS, trust_env=False) as client:
        refused = client.put(path, content=b'{"text":"' + b"x" * 9_000_000 + b'"}')
        answered = client.get("/hrflow/v1/boards")

    assert refused.status_code == 413
    assert refused.headers["Content-Type"] == "application/json"
    assert refused.headers["Connection"] == "close"
    expected = (
        {"code": 413, "message": "Payload too large"}
        if target == "hrflow"
        else {"ok": False, "error": "request_too_large"}
    )
    assert refused.json() == expected
    assert answered.status_code == 200
    assert account.workspace.calls(target)[-1 if target == "slack" else -2]["status"] == 413


def test_a_body_that_cannot_be_unpacked_is_refused(account: Account) -> None:
    broken = gzip.compress(b"{}")[:-9]

    reply = httpx.post(
        f"{account.workspace.url}/hrflow/v1/profile/indexing",
        content=b"\x00" + broken,
        headers={**HEADERS, "Content-Encoding": "gzip"},
        trust_env=False,
    )

    assert (reply.status_code, reply.json()["code"]) == (400, 400)
