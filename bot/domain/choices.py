"""Choice: a question that could not be asked because its words name several things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.query import Query
    from bot.errors import Sought


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`query` waits for one of `hits` (key, name, hint) of that `kind` to take the place of its `words`.

    `viewer` is the Slack user who was asked.
    """

    id: str
    viewer: str
    query: Query
    kind: Sought
    words: str
    hits: tuple[tuple[str, str, str], ...]
    total: int
