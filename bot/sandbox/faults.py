"""Faults on demand: answers that are late, wrong or lost, for the calls that match (DESIGN §6, `/workspace/faults`)."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from aiohttp import web

from bot.sandbox.journal import Journal, describe, masked, target_of, wire_params

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Fault:
    """One armed fault.

    `status` None lets the call act after `delay_ms`, 0 drops the connection, anything else is answered with `body`.
    With `after` the call acts first and its reply is lost. `match` is a part of `METHOD path`.
    """

    target: Literal["hrflow", "slack"]
    match: str = ""
    status: int | None = None
    body: str | None = None
    retry_after: str | None = None
    delay_ms: int = 0
    times: int = 1
    after: bool = False


class Faults:
    """The armed faults, oldest first; the first one that matches a call is used up by it."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []

    def arm(self, fault: Fault) -> None:
        """Add a fault for the next `times` calls."""
        self._armed.append(fault)

    def clear(self) -> None:
        """Remove all faults."""
        self._armed.clear()

    def armed(self) -> list[dict[str, Any]]:
        """Return what is still armed."""
        return [asdict(fault) for fault in self._armed]

    def take(self, target: str, call: str) -> Fault | None:
        """Return the fault for a call (`METHOD path`) and count it down."""
        for fault in self._armed:
            if fault.target == target and fault.match in call:
                fault.times -= 1
                if fault.times <= 0:
                    self._armed.remove(fault)
                return fault
        return None


def middleware(faults: Faults, journal: Journal) -> Any:
    """Return the aiohttp middleware that records every call to both servers and lets faults act on it."""

    @web.middleware
    async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
        target = target_of(request.path)
        if target is None:
            return await handler(request)
        started = time.monotonic()
        params: dict[str, Any] = {}
        body: object = None
        status = 500
        try:
            params, body = await describe(request, target)
            fault = faults.take(target, f"{request.method} {request.path}")
            response = await (handler(request) if fault is None else _faulty(fault, target, request, handler))
            status = 0 if isinstance(response, _Dropped) else response.status
        except (web.HTTPRequestEntityTooLarge, web.RequestPayloadError) as refusal:
            status = 413 if isinstance(refusal, web.HTTPRequestEntityTooLarge) else 400
            params = masked(wire_params(request.query))
            return _unread(target, status)
        except web.HTTPException as answer:
            status = answer.status
            raise
        finally:
            journal.record(
                target=target,
                method=request.method,
                path=request.path,
                params=params,
                body=body,
                status=status,
                user_agent=request.headers.get("User-Agent", ""),
                ms=round((time.monotonic() - started) * 1000),
            )
        return response

    return record


def _unread(target: str, status: int) -> web.Response:
    """Refuse a body that is too large or cannot be unpacked.

    What was not read of it would be in the way of a next request on the connection, so that one is closed.
    """
    if target == "slack":
        body = {"ok": False, "error": "request_too_large" if status == 413 else "invalid_post_type"}
    else:
        reason = "Payload too large" if status == 413 else "Bad Request. The body cannot be unpacked"
        body = _refusal(status, reason)
    response = web.Response(status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    response.force_close()
    return response


class _Dropped(web.Response):
    """The answer that nobody gets, because the connection is closed before it."""


async def _faulty(fault: Fault, target: str, request: web.Request, handler: Handler) -> web.StreamResponse:
    if fault.delay_ms:
        await asyncio.sleep(fault.delay_ms / 1000)
        if request.transport is None or request.transport.is_closing():
            return _Dropped()  # a call that crawled in after its caller had gone: it never arrived
    if fault.status is None and not fault.after:
        return await handler(request)
    if fault.after:
        await handler(request)
    if not fault.status:
        if request.transport is not None:
            request.transport.abort()
        return _Dropped()
    headers = {"Content-Type": "application/json"}
    if fault.retry_after is not None:
        headers["Retry-After"] = fault.retry_after
    body = _default_body(target, fault.status) if fault.body is None else fault.body
    return web.Response(status=fault.status, body=body.encode(), headers=headers)


def _default_body(target: str, status: int) -> str:
    if target == "slack":
        return json.dumps({"ok": False, "error": "ratelimited" if status == 429 else "internal_error"})
    return json.dumps(_refusal(status, f"Fault {status} of the sandbox"))


def _refusal(status: int, message: str) -> dict[str, Any]:
    """Return the envelope of an HrFlow error (reference hrflow-api §1.2)."""
    return {"code": status, "message": message}
