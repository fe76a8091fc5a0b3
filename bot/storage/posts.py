"""Lists, kept without names so that they can be drawn again.

Posted copies, which everybody in a place can see, for thirty days; private ones, which Slack itself forgets when its
window is opened anew, for twelve hours.

Kept of a list are its query as typed, the key of what it was asked about, and keys, rank and score of each item. What
the items are called is read from HrFlow when the list is drawn again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.deliveries import Note, Slip
from bot.domain.entities import Stage
from bot.domain.posts import Entry
from bot.storage.tables import post_pairs, posts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.domain.posts import Pair
    from bot.storage.database import Database

KEEP = timedelta(days=30)
KEEP_PRIVATE = timedelta(hours=12)
PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """A list without names. `query` is canonical text; `subject` key and container of what it is about.

    `ts` is "" until Slack has taken the message, and of a private list; `version` counts the times that its content was
    saved. `receipts` is what its filters hide, as `Receipts.kept` gives it; `locale` that of the one who sees a private
    list.
    """

    id: str
    kind: str
    viewer: str
    channel: str
    ts: str = ""
    version: int = 0
    asked_at: datetime
    query: str
    of: str
    subject: tuple[str, str]
    shown: tuple[tuple[Entry, ...], ...]
    page: int = 0
    total: int | None = None
    sorted_among: int | None = None
    slip: Slip | None = None
    receipts: Mapping[str, Any] | None = None
    locale: str = ""


class StoredPosts:
    """The table of lists."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        add = (sqlite if database.dialect == "sqlite" else postgresql).insert(posts)
        changed = {"content": add.excluded.content, "version": add.excluded.version}
        # What another process has saved since stays: it is the newer page.
        newer = posts.c.version <= add.excluded.version
        self._keep = add.on_conflict_do_update(index_elements=[posts.c.id], set_=changed, where=newer)

    async def get(self, post_id: str) -> StoredPost | None:
        """The list of that id, unless it is too old."""
        wanted = select(posts).where(posts.c.id == post_id, not_(self._old()))
        async with self._database.connect() as connection:
            row = (await connection.execute(wanted)).mappings().first()
        return None if row is None else _read(row)

    async def holding(self, pair: Pair) -> list[str]:
        """The ids of the copies that show, or have shown, that pair."""
        profile_key, job_key = pair
        wanted = (
            select(posts.c.id)
            .join(post_pairs, post_pairs.c.post_id == posts.c.id)
            .where(post_pairs.c.job_key == job_key, post_pairs.c.profile_key == profile_key)
            .where(posts.c.created_at > self._now() - KEEP)
            .order_by(posts.c.created_at.desc())
        )
        async with self._database.connect() as connection:
            return list((await connection.execute(wanted)).scalars())

    async def keep(self, private: Collection[StoredPost]) -> None:
        """Save private lists as they are now, new or not, unless a later version of one is saved already.

        Nothing finds them by what is on them.
        """
        now = self._now()
        rows = [{"id": post.id, "created_at": now, **_values(post)} for post in private]
        async with self._database.begin() as connection:
            await connection.execute(self._keep, rows)

    async def add(self, post: StoredPost) -> StoredPost:
        """Save a new copy; where there is one of that id already, that one is returned and stays."""
        async with self._database.begin() as connection:
            row = (await connection.execute(select(posts).where(posts.c.id == post.id))).mappings().first()
            if row is not None:
                return _read(row)
            values = _values(post)
            await connection.execute(insert(posts).values(id=post.id, created_at=self._now(), **values))
            await _pairs(connection, post)
        return post

    async def save(self, post: StoredPost) -> StoredPost:
        """Save what it shows now; its version goes up by one."""
        async with self._database.begin() as connection:
            held = select(posts.c.version).where(posts.c.id == post.id).with_for_update()
            version = ((await connection.execute(held)).scalar() or 0) + 1
            values = _values(post) | {"version": version}
            await connection.execute(update(posts).where(posts.c.id == post.id).values(**values))
            await connection.execute(delete(post_pairs).where(post_pairs.c.post_id == post.id))
            await _pairs(connection, post)
        return _with_version(post, version)

    async def complete(self, post_id: str, channel: str, ts: str) -> None:
        """Slack has taken it: note where it stands."""
        async with self._database.begin() as connection:
            await connection.execute(update(posts).where(posts.c.id == post_id).values(channel=channel, ts=ts))

    async def remove(self, post_id: str) -> None:
        """It is gone from Slack, or never got there."""
        async with self._database.begin() as connection:
            await connection.execute(delete(posts).where(posts.c.id == post_id))

    async def purge(self) -> int:
        """Forget what is too old; returns how many."""
        async with self._database.begin() as connection:
            done = await connection.execute(delete(posts).where(self._old()))
        return done.rowcount

    def _old(self) -> ColumnElement[bool]:
        now, made = self._now(), posts.c.created_at
        return or_(made <= now - KEEP, and_(posts.c.kind == PRIVATE, made <= now - KEEP_PRIVATE))


def packed(post: StoredPost) -> dict[str, Any]:
    """All of a list that is kept, as JSON."""
    return {"kind": post.kind, "viewer": post.viewer, "content": _content(post)}


def unpacked(held: Mapping[str, Any]) -> StoredPost:
    """What `packed` gave, with the id beside it."""
    rest = {"channel": "", "ts": "", "version": 0}
    return _read({"id": held["id"], "kind": held["kind"], "viewer": held["viewer"], "content": held["content"], **rest})


def _content(post: StoredPost) -> dict[str, Any]:
    return {
        "query": post.query,
        "asked_at": post.asked_at.isoformat(),  # with its zone: "yesterday" depends on it
        "of": post.of,
        "subject": list(post.subject),
        "shown": [[_entry(entry) for entry in page] for page in post.shown],
        "page": post.page,
        "total": post.total,
        "sorted_among": post.sorted_among,
        "slip": None if post.slip is None else _slip_values(post.slip),
        "receipts": post.receipts,
        "locale": post.locale,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    """Its fields as they are: `asdict`, which copies every value, takes ten times as long, and each list has ten."""
    return {name: getattr(entry, name) for name in _ENTRY}


_ENTRY = tuple(each.name for each in fields(Entry))


def _values(post: StoredPost) -> dict[str, Any]:
    return {
        "kind": post.kind,
        "viewer": post.viewer,
        "channel": post.channel,
        "ts": post.ts,
        "version": post.version,
        "asked_at": post.asked_at,
        "content": _content(post),
    }


async def _pairs(connection: AsyncConnection, post: StoredPost) -> None:
    held = dict.fromkeys((entry.job_key, entry.profile_key) for page in post.shown for entry in page)
    if held:
        rows = [{"post_id": post.id, "job_key": job, "profile_key": profile} for job, profile in held]
        await connection.execute(insert(post_pairs), rows)


def _with_version(post: StoredPost, version: int) -> StoredPost:
    held = {name: getattr(post, name) for name in StoredPost.__slots__}
    return StoredPost(**held | {"version": version})


def _read(row: Any) -> StoredPost:
    content = row["content"]
    container = content["subject"]
    return StoredPost(
        id=row["id"],
        kind=row["kind"],
        viewer=row["viewer"],
        channel=row["channel"],
        ts=row["ts"],
        version=row["version"],
        asked_at=datetime.fromisoformat(content["asked_at"]),
        query=content["query"],
        of=content["of"],
        subject=(container[0], container[1]),
        shown=tuple(tuple(Entry(**entry) for entry in page) for page in content["shown"]),
        page=content["page"],
        total=content["total"],
        sorted_among=content["sorted_among"],
        slip=_read_slip(content.get("slip")),
        receipts=content.get("receipts"),
        locale=content.get("locale", ""),
    )


def _slip_values(slip: Slip) -> dict[str, Any]:
    """Without the names of what it speaks of."""
    return {**asdict(slip), "notes": [asdict(note) | {"name": ""} for note in slip.notes]}


def _read_slip(held: dict[str, Any] | None) -> Slip | None:
    if held is None:
        return None
    notes = tuple(Note(**note | {"stage": Stage(note["stage"])}) for note in held["notes"])
    return Slip(**held | {"notes": notes})
