"""Who gets in at the bot's port: signed requests of Slack, and two health checks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from tests.integration.conftest import Signed

BODY = urlencode({"command": "/shortlist", "text": "help", "user_id": "U_ANN", "team_id": "T_SANDBOX"})


async def test_a_signed_command_is_acknowledged(slack: Signed) -> None:
    reply = await slack.send(BODY)

    assert reply.status_code == 200


@pytest.mark.parametrize(
    "signature",
    ["", "v0=", "v0=" + "0" * 64, "v1=" + "a" * 64, "v0=\u00e9", "x" * 5000],
)
async def test_a_bad_signature_gets_401(slack: Signed, signature: str) -> None:
    reply = await slack.send(BODY, signature=signature)

    assert reply.status_code == 401


@pytest.mark.parametrize("age", [-301, 301, 400, 10_000_000])
async def test_an_old_or_future_signature_gets_401(slack: Signed, age: int) -> None:
    reply = await slack.send(BODY, at=str(int(time.time()) - age))

    assert reply.status_code == 401


@pytest.mark.parametrize("at", ["", "now", "1.5", "-5", "1e9", "0x10", "9" * 5000, "\u0663"])
async def test_a_timestamp_that_is_no_number_gets_401(slack: Signed, at: str) -> None:
    reply = await slack.send(BODY, at=at)

    assert reply.status_code == 401


async def test_a_request_without_any_header_gets_401(slack: Signed) -> None:
    reply = await slack.http.post(f"http://127.0.0.1:{slack.port}/slack/events", content=BODY)

    assert reply.status_code == 401


async def test_a_changed_body_gets_401(slack: Signed) -> None:
    from slack_sdk.signature import SignatureVerifier  # noqa: PLC0415 - this test alone signs one body and sends another

    at = str(int(time.time()))
    signature = SignatureVerifier(slack.secret).generate_signature(timestamp=at, body=BODY)

    reply = await slack.send(BODY + "&x=1", at=at, signature=str(signature))

    assert reply.status_code == 401


@pytest.mark.parametrize("body", ["payload=%7Bnot+json", "payload=%5B1%5D", "payload=1", "", "\x00", "a=b"])
async def test_a_signed_request_that_means_nothing_is_refused_without_a_crash(slack: Signed, body: str) -> None:
    reply = await slack.send(body)

    assert reply.status_code in (400, 404)


async def test_bytes_that_are_no_text_are_refused_without_a_crash(slack: Signed) -> None:
    reply = await slack.send(b"\xff\xfe\xfd")

    assert reply.status_code == 401


async def test_a_huge_request_is_refused(slack: Signed) -> None:
    reply = await slack.send("text=" + "a" * 1_100_000)

    assert reply.status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/slack", "/slack/events/", "/slack/install", "/metrics", "/healthz/x", "/SLACK/EVENTS"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_nothing_else_is_reachable(slack: Signed, method: str, path: str) -> None:
    reply = await slack.http.request(method, f"http://127.0.0.1:{slack.port}{path}")

    assert reply.status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_health_checks_answer_without_a_signature(slack: Signed, path: str) -> None:
    reply = await slack.http.get(f"http://127.0.0.1:{slack.port}{path}")

    assert reply.status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_the_slack_endpoint_takes_posts_only(slack: Signed, method: str) -> None:
    reply = await slack.http.request(method, f"http://127.0.0.1:{slack.port}/slack/events")

    assert reply.status_code == 405


async def test_url_verification_is_answered(slack: Signed) -> None:
    """Slack asks this once when a request address is set."""
    reply = await slack.http.post(
        f"http://127.0.0.1:{slack.port}/slack/events",
        **_signed_json(slack, '{"type":"url_verification","challenge":"abc"}'),  # type: ignore[arg-type]
    )

    assert reply.json() == {"challenge": "abc"}


def _signed_json(slack: Signed, body: str) -> dict[str, object]:
    from slack_sdk.signature import SignatureVerifier  # noqa: PLC0415 - as above

    at = str(int(time.time()))
    signature = str(SignatureVerifier(slack.secret).generate_signature(timestamp=at, body=body))
    headers = {"Content-Type": "application/json", "X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}
    return {"content": body, "headers": headers}
