"""Builds the envelopes of the API (reference hrflow-api §1.2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

Dialect = Literal["seed", "current"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its number, the size asked for, the items on it and the number in all."""

    number: int
    limit: int
    count: int
    total: int

    @property
    def last(self) -> int:
        """The number of pages; an empty list has one (reference hrflow-api §9, row 13)."""
        return max(1, -(-self.total // self.limit))

    def meta(self) -> dict[str, int]:
        """Pagination as jobs, boards and everything of the later generation carry it."""
        return {"page": self.number, "maxPage": self.last, "count": self.count, "total": self.total}

    def top_level(self) -> dict[str, int]:
        """Pagination as the seed's profile lists carry it."""
        return {"page": self.number, "max_page": self.last, "count": self.count, "total": self.total}


def respond(status: int, message: str, data: Any = None, pagination: Mapping[str, Any] | None = None) -> web.Response:
    """Return a reply whose HTTP status and `code` agree.

    The content type is exactly `application/json`: with a charset the official Python SDK throws the body away
    (reference hrflow-api §8.1).
    """
    body: dict[str, Any] = {"code": status, "message": message, **(pagination or {})}
    if data is not None:
        body["data"] = data
    return web.Response(
        status=status, body=json.dumps(body).encode("ascii"), headers={"Content-Type": "application/json"}
    )
