"""structlog: a console on a terminal, JSON elsewhere; one line per interaction, never a person's data.

Nothing here may log a payload, a query, a profile or a key. Of an unexpected exception the log gets its type and where
it happened, not its message: messages quote values.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping


def configure(*, log_format: str = "auto", level: str = "info") -> None:
    """Set up logging for this process; log lines go to standard error."""
    console = log_format == "console" or (log_format == "auto" and sys.stderr.isatty())
    renderer: Any = structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer()
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries speak at warning and above only. Bolt would log whole request bodies below that, httpx whole addresses.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    for name in ("slack_bolt", "slack_sdk", "httpx", "httpcore", "aiohttp"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _where(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception becomes its type and the places it passed."""
    error = event.pop("error", None)
    if isinstance(error, BaseException):
        event["error_type"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        event["where"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    return event
