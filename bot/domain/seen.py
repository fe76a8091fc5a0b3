"""What somebody had before them when they decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.ledger import Seen, seen_filters
from bot.domain.posts import pair

if TYPE_CHECKING:
    from bot.domain.posts import Pair, Post


def seen(post: Post, of: Pair, *, opened: bool) -> Seen | None:
    """The line of that pair on the list, and how the list came about; None where it never was on it.

    An older drawing may show a page that the list shows no more. `opened` tells whether they had opened its details.
    """
    match = next((each for each in post.ranking.matches if pair(each) == of), None)
    earlier = (entry for page in post.shown for entry in page if (entry.profile_key, entry.job_key) == of)
    line = match or next(earlier, None)
    if line is None:
        return None
    query = post.ranking.query
    return Seen(
        rank=line.rank,
        score=line.score,
        command=query.command,
        filters=seen_filters(query, name=match.profile.name if match else None),
        sort=query.sorted_by,
        order=query.order,
        reasons_opened=opened,
    )
