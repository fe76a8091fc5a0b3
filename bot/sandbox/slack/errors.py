"""The two ways in which the Slack side says no: to an app (ApiError) and to a person's client (Refused)."""

from typing import Any


class ApiError(Exception):
    """A Web API call is answered `{"ok": false, "error": code}` plus `details` (HTTP 200)."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class RateLimitedError(Exception):
    """A call is answered HTTP 429 with `Retry-After: seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


class Refused(Exception):  # noqa: N818 - it is no fault of the sandbox but its answer
    """A `/workspace` call is answered with `status` (400, 403 or 404) and `{"error": reason}`."""

    def __init__(self, status: int, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.details = details


class ResponseUrlError(Exception):
    """A post to a response_url is answered with an HTTP status and a plain text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
