"""What somebody had before them when they decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.ledger import Seen, seen_filters
from bot.domain.posts import pair

if TYPE_CHECKING:
    from bot.domain.posts import Pair, Post


def seen(post: Post, of: Pair, *, opened: bool) -> Seen | None:
    """The line of that pair on the list, and how the list came about; None where it is not on it.

    `opened`: whether they had looked at its details.
    """
    match = next((each for each in post.ranking.matches if pair(each) == of), None)
    if match is None:
        return None
    query = post.ranking.query
    return Seen(
        rank=match.rank,
        score=match.score,
        command=query.command,
        filters=seen_filters(query, name=match.profile.name),
        sort=query.sorted_by,
        order=query.order,
        reasons_opened=opened,
    )
