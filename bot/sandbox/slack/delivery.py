"""How the workspace reaches the app: envelopes, signatures, the 3 s budget (slack-platform §1.2, §2.1, §6.1)."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.journal import Journal

ACK_SECONDS = 3.0
USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
TIMEOUT = "operation_timeout"
FAILED = "dispatch_failed"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing to deliver; `attempt` counts the retries of an event, with the reason of the failure before."""

    kind: Literal["slash_commands", "interactive", "events_api"]
    payload: dict[str, Any]
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """What came back within 3 s: `status` 0 and an error when nothing did.

    `error` is None, `operation_timeout` (late) or `dispatch_failed` (unreachable, or not 200).
    """

    status: int
    ack_ms: int
    error: str | None = None
    body: str = ""
    retry: bool = True

    def outcome(self, **more: object) -> dict[str, Any]:
        """Return the reply of a `/workspace` call that delivered something."""
        return {"status": self.status, "ack_ms": self.ack_ms, "error": self.error, **more}

    def json(self) -> Any:
        """Return the body as JSON, None when it is empty or no JSON."""
        try:
            return json.loads(self.body) if self.body.strip() else None
        except ValueError:
            return None


class Delivery(Protocol):
    """One way to the app."""

    async def deliver(self, envelope: Envelope) -> Ack:
        """Send an envelope; return within about 3 s and never raise for what the app does."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the v0 signature of a raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpDelivery:
    """Signed POSTs to the app's request URL, which is set once it is known."""

    def __init__(self, session: aiohttp.ClientSession, signing_secret: str, journal: Journal) -> None:
        self.url: str | None = None
        self._session = session
        self._secret = signing_secret
        self._journal = journal

    async def deliver(self, envelope: Envelope) -> Ack:
        """Send one envelope as Slack does and record it in the journal."""
        content_type, body = _encoded(envelope)
        started = time.monotonic()
        ack = await self._send(content_type, body, envelope, started)
        self._journal.record(
            target="bot",
            method="POST",
            path=self.url or "",
            params={},
            body=envelope.payload,
            status=ack.status,
            user_agent=USER_AGENT,
            ms=ack.ack_ms,
        )
        return ack

    async def _send(self, content_type: str, body: bytes, envelope: Envelope, started: float) -> Ack:
        if self.url is None:
            return Ack(0, 0, FAILED)
        # The app compares the timestamp with its own clock, which no test can move.
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": USER_AGENT,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if envelope.attempt:
            headers |= {"X-Slack-Retry-Num": str(envelope.attempt), "X-Slack-Retry-Reason": envelope.reason}
        try:
            async with (
                asyncio.timeout(ACK_SECONDS),
                self._session.post(self.url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                text = (await response.read()).decode("utf-8", "replace")
        except TimeoutError:
            return Ack(0, _ms(started), TIMEOUT)
        except (aiohttp.ClientError, OSError):
            return Ack(0, _ms(started), FAILED)
        return Ack(
            response.status,
            _ms(started),
            None if response.status == 200 else FAILED,
            text,
            retry=response.headers.get("X-Slack-No-Retry") != "1",
        )


def _encoded(envelope: Envelope) -> tuple[str, bytes]:
    if envelope.kind == "events_api":
        return "application/json", json.dumps(envelope.payload, ensure_ascii=False).encode()
    form = envelope.payload
    if envelope.kind == "interactive":
        form = {"payload": json.dumps(envelope.payload, ensure_ascii=False)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def _ms(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
