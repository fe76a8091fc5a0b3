"""All tables. One set for SQLite and PostgreSQL; the migrations build them, and a test compares both.

No name, text or query result of a candidate is in any of them: keys, stages, scores, Slack ids, and what people typed
where they asked for it to be kept.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC: SQLite keeps no zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Only aware moments go in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Aware moments come out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

# An integer that counts up by itself: SQLite does so for INTEGER only.
Counter = BigInteger().with_variant(Integer(), "sqlite")

# What is known of a pair (profile, job). `claim` is the workflow that has won the next revision and is writing to
# HrFlow; the other claim columns say what it writes for whom, and since when. No claim: nothing is under way. `fault`
# says why the last claim ended without a decision; the columns beside it then tell whose it was.
pairs = Table(
    "pairs",
    metadata,
    Column("job_key", String, primary_key=True),
    Column("profile_key", String, primary_key=True),
    Column("board_key", String, nullable=False),
    Column("source_key", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("by", String, nullable=False),  # "" where the stage was set outside Slack
    Column("at", Moment, nullable=False),
    Column("before", String, nullable=False),
    Column("undo", Boolean, nullable=False),
    Column("workflow_id", String, nullable=False),
    Column("claim", String, nullable=False, server_default=""),
    Column("claim_by", String, nullable=False, server_default=""),
    Column("claim_stage", String, nullable=False, server_default=""),
    Column("claim_at", Moment),
    Column("claim_undo", Boolean, nullable=False, server_default=false()),
    Column("fault", String, nullable=False, server_default=""),
)

# What happened, one row each, never changed: `entry` is the text that the chain covers, the columns beside it are for
# searching. (job, profile, revision) is there once: that decides who wins; a note has no revision of its own. A note's
# text and salt are outside the chain, which has their digest: they alone can be erased.
ledger = Table(
    "ledger",
    metadata,
    Column("seq", Counter, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("user", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("profile_key", String, nullable=False),
    Column("job_key", String, nullable=False),
    Column("revision", Integer),
    Column("entry", String, nullable=False),
    Column("note", String),
    Column("salt", String),
    Column("hash", String, nullable=False),
    UniqueConstraint("job_key", "profile_key", "revision"),
    Index("ix_ledger_user_at", "user", "at"),
    Index("ix_ledger_profile_key", "profile_key"),
)

# One row: how many rows the ledger has and the hash of the last, so that rows missing at the end are noticed. Whoever
# adds a row changes it first, so that one at a time does.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("count", Counter, nullable=False),
    Column("hash", String, nullable=False),
)

# Posted copies. `content` holds the query as typed, the subject's key, and per item rank, keys and score: no names.
posts = Table(
    "posts",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("viewer", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("ts", String, nullable=False, server_default=""),  # "" until Slack has taken it
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("content", JSON, nullable=False),
    Index("ix_posts_channel_ts", "channel", "ts"),
    Index("ix_posts_created_at", "created_at"),
)

post_pairs = Table(
    "post_pairs",
    metadata,
    Column("post_id", String, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("job_key", String, primary_key=True),
    Column("profile_key", String, primary_key=True),
    Index("ix_post_pairs_job_key_profile_key", "job_key", "profile_key"),
)

# Accepted clicks: where each came from, so that its message can be drawn again after a restart (the address is removed
# after half an hour), and what the ledger will say of it. Removed when all is done.
clicks = Table(
    "clicks",
    metadata,
    Column("workflow_id", String, primary_key=True),
    Column("user", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("ts", String, nullable=False),
    Column("post_id", String, nullable=False),
    Column("response_url", String, nullable=False),
    Column("content", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_clicks_at", "at"),
)

# Which processes are alive: each writes its row every few seconds.
replicas = Table(
    "replicas",
    metadata,
    Column("id", String, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

# What people asked last, for them alone; `token` stands for the query where its text must not go.
recent_queries = Table(
    "recent_queries",
    metadata,
    Column("user", String, primary_key=True),
    Column("token", String, primary_key=True),
    Column("canonical", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_recent_queries_at", "at"),
)

# Queries under a name; `owner` is a person's or a channel's id. `folded` is the name as it is compared.
saved_queries = Table(
    "saved_queries",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("owner", String, nullable=False),
    Column("folded", String, nullable=False),
    Column("name", String, nullable=False),
    Column("query", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("owner", "folded", name="uq_saved_queries_owner_folded"),
)

# What a channel is about, and who may decide in it; an empty text or list means nothing of the kind is set.
channels = Table(
    "channels",
    metadata,
    Column("channel", String, primary_key=True),
    Column("job", String, nullable=False),
    Column("source", JSON, nullable=False),
    Column("board", String, nullable=False),
    Column("decider_users", JSON, nullable=False),
    Column("decider_groups", JSON, nullable=False),
    Column("decider_channels", JSON, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
)

# Digests. `reached` is the last slot that was taken care of; `state` is active, paused or removed: numbers are not
# given out twice. `query` is what its maker typed.
digests = Table(
    "digests",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("maker", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("channel_name", String, nullable=False),
    Column("schedule", String, nullable=False),
    Column("query", String, nullable=False),
    Column("say_empty", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("paused_until", Moment),
    Column("trouble", String, nullable=False),
    Column("reached", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# One row a slot, written before its workflow starts: it is due, prepared (what it says is decided, and may have been
# sent), or over. `items` is what its place knows once it is sent: keys, ranks, stages. `holder` is the replica at work.
deliveries = Table(
    "deliveries",
    metadata,
    Column("digest", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", Moment, primary_key=True),
    Column("kind", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False),
    Column("post_id", String, nullable=False),
    Column("by", String, nullable=False),
    Column("error", String, nullable=False),
    Column("items", JSON, nullable=False),
    Column("holder", String, nullable=False),
    Column("held_until", Moment),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Index("ix_deliveries_channel_state_slot", "channel", "state", "slot"),
    Index("ix_deliveries_state", "state"),
)

# What a place was told last by a digest: the top n as it stood then.
digest_items = Table(
    "digest_items",
    metadata,
    Column("digest", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", String, primary_key=True),
    Column("job_key", String, primary_key=True),
    Column("profile_key", String, primary_key=True),
    Column("board_key", String, nullable=False),
    Column("source_key", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("stage", String, nullable=False),
)

# Which person was told about which trouble on which day.
digest_notices = Table(
    "digest_notices",
    metadata,
    Column("person", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("day", String, nullable=False),
)
