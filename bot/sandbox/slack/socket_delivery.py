"""How the workspace reaches an app in Socket Mode: envelopes out, acks in (slack-platform §6.4)."""

import asyncio
import json
import time
import uuid
from typing import Any

from bot.sandbox.journal import Journal
from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.delivery import ACK_SECONDS, FAILED, TIMEOUT, USER_AGENT, Ack, Envelope
from bot.sandbox.slack.sockets import Sockets

# How the reason of a retry is called in an envelope, where HTTP's header has another word for it.
_REASONS = {"http_timeout": "timeout"}


class SocketDelivery:
    """Envelopes over any one of the open connections; an ack counts from whichever connection it comes."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self.sockets = Sockets(clock, self._hear)
        self._journal = journal
        self._waiting: dict[str, asyncio.Future[Any]] = {}

    async def deliver(self, envelope: Envelope) -> Ack:
        """Send one envelope as Slack does, wait for its ack, and record both in the journal."""
        started = time.monotonic()
        ack = await self._send(envelope, started)
        self._journal.record(
            target="bot",
            method="SOCKET",
            path=envelope.kind,
            params={},
            body=envelope.payload,
            status=ack.status,
            user_agent=USER_AGENT,
            ms=ack.ack_ms,
        )
        return ack

    async def _send(self, envelope: Envelope, started: float) -> Ack:
        frame = _frame(envelope)
        answer = self._waiting[frame["envelope_id"]] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(ACK_SECONDS):
                while True:
                    connection = self.sockets.next()
                    if connection is None:
                        return Ack(0, _ms(started), FAILED)
                    try:
                        await connection.send(frame)
                        connection.delivered += 1
                        break
                    except ConnectionError:
                        connection.greeted = False
                payload = await answer
        except TimeoutError:
            return Ack(0, _ms(started), TIMEOUT)
        finally:
            del self._waiting[frame["envelope_id"]]
        body = _body(payload) if frame["accepts_response_payload"] else ""
        return Ack(200, _ms(started), None, body)

    def _hear(self, text: str) -> None:
        """Take an ack; anything else, and an ack for what nobody waits for, means nothing."""
        try:
            said = json.loads(text)
        except ValueError:
            return
        envelope_id = said.get("envelope_id") if isinstance(said, dict) else None
        answer = self._waiting.get(envelope_id) if isinstance(envelope_id, str) else None
        if answer is not None and not answer.done():
            answer.set_result(said.get("payload"))


def _frame(envelope: Envelope) -> dict[str, Any]:
    frame = {
        "envelope_id": str(uuid.uuid4()),
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.kind != "events_api",
    }
    if envelope.kind == "events_api":
        frame["retry_attempt"] = envelope.attempt
        frame["retry_reason"] = _REASONS.get(envelope.reason, envelope.reason)
    return frame


def _body(payload: Any) -> str:
    """Return what an HTTP app would have answered: nothing, a text, or JSON."""
    if payload is None:
        return ""
    return payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)


def _ms(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
