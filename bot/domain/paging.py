"""Turning the pages of a post: what it has shown is remembered by keys, so that nobody is skipped or shown twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.posts import entries
from bot.domain.query import ANY_STAGE, ProfilesQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.posts import Entry, Post
    from bot.domain.ranking import Match, Ranking


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader has seen: the `keys` of the items, the last `rank`, and how many of them stand in each stage now.

    `stages` is a guess where stages are set elsewhere too: the list itself tells. For jobs all stand in "". `passed`
    are those before the first rank shown, whom somebody who began on a later page did not ask to see.
    """

    keys: frozenset[str]
    rank: int
    stages: Mapping[str, int]
    passed: int = 0


def shown(post: Post) -> Shown:
    """What the readers of a post have seen. For a list of any stage nobody is passed over: four lists have no ranks."""
    ranks_profiles = post.ranking.of == "profile"
    listed = [entry for page in post.shown for entry in page]
    first = min((entry.rank for entry in listed), default=1)
    return Shown(
        keys=frozenset(entry.profile_key if ranks_profiles else entry.job_key for entry in listed),
        rank=max((entry.rank for entry in listed), default=0),
        stages=Counter(_stage(post, entry) if ranks_profiles else "" for entry in listed),
        passed=0 if _any_stage(post) else first - 1,
    )


def _stage(post: Post, entry: Entry) -> str:
    """Where it stands as far as we know: where it was listed, unless somebody has decided since."""
    standing = post.standings.get((entry.profile_key, entry.job_key))
    if standing is not None:
        return standing.stage.value
    query = post.ranking.query
    if not isinstance(query, ProfilesQuery):
        return ""
    return entry.stage if query.stage == ANY_STAGE else query.stage


def first_rank(post: Post) -> int:
    """The first rank on the page that it shows, 0 where there is nothing on it."""
    return post.ranking.matches[0].rank if post.ranking.matches else 0


def place_of(post: Post, rank: int) -> int | None:
    """Which of the shown pages begins with that rank."""
    return next((place for place, page in enumerate(post.shown) if page and page[0].rank == rank), None)


def has_next(post: Post) -> bool:
    """There is a page behind the one that it shows, as far as is known."""
    ranking = post.ranking
    if not ranking.matches or post.page < len(post.shown) - 1:
        return bool(ranking.matches)
    last = ranking.matches[-1].rank
    return last < ranking.total if ranking.total is not None else len(ranking.matches) >= ranking.query.limit


def has_previous(post: Post) -> bool:
    """There is a page before it: one that was shown, or one that was passed over when the list was asked for."""
    if not post.ranking.matches:
        return False
    return post.page > 0 or (first_rank(post) > 1 and not _any_stage(post))


def show(post: Post, place: int, matches: tuple[Match, ...]) -> None:
    """Show a page again that was shown before, with its content."""
    _put_away(post)
    post.page = place
    post.ranking = replace(post.ranking, matches=matches)


def append(post: Post, found: Ranking) -> None:
    """Show the page behind the last one; with nothing on it, the last one was the last."""
    if not found.matches:
        last = shown(post).rank
        post.ranking = replace(post.ranking, total=last)
        return
    _put_away(post)
    post.shown = (*post.shown, entries(found))
    post.page = len(post.shown) - 1
    post.ranking = replace(post.ranking, matches=found.matches, total=found.total, sorted_among=found.sorted_among)


def prepend(post: Post, found: Ranking) -> None:
    """Show the page before the first one."""
    if not found.matches:
        return
    _put_away(post)
    post.shown = (entries(found), *post.shown)
    post.page = 0
    post.ranking = replace(post.ranking, matches=found.matches)


def _put_away(post: Post) -> None:
    """Keep what is shown now, in memory, for the way back."""
    if post.ranking.matches:
        post.contents[first_rank(post)] = post.ranking.matches


def _any_stage(post: Post) -> bool:
    query = post.ranking.query
    return isinstance(query, ProfilesQuery) and query.stage == ANY_STAGE
