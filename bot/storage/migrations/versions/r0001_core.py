"""Stages of pairs, the ledger, posted copies, clicks, replicas."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_core"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _pairs()
    _ledger()
    _posts()
    op.create_table(
        "clicks",
        sa.Column("workflow_id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("response_url", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workflow_id", name="pk_clicks"),
    )
    op.create_index("ix_clicks_at", "clicks", ["at"])
    op.create_table(
        "replicas",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_replicas"),
    )


def _pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("job_key", sa.String(), nullable=False),
        sa.Column("profile_key", sa.String(), nullable=False),
        sa.Column("board_key", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("undo", sa.Boolean(), nullable=False),
        sa.Column("workflow_id", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False, server_default=""),
        sa.Column("claim_by", sa.String(), nullable=False, server_default=""),
        sa.Column("claim_stage", sa.String(), nullable=False, server_default=""),
        sa.Column("claim_at", _MOMENT),
        sa.Column("claim_undo", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("fault", sa.String(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("job_key", "profile_key", name="pk_pairs"),
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("seq", _COUNTER, nullable=False, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("profile_key", sa.String(), nullable=False),
        sa.Column("job_key", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer()),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("note", sa.String()),
        sa.Column("salt", sa.String()),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger"),
        sa.UniqueConstraint("job_key", "profile_key", "revision", name="uq_ledger_job_key_profile_key_revision"),
    )
    op.create_index("ix_ledger_user_at", "ledger", ["user", "at"])
    op.create_index("ix_ledger_profile_key", "ledger", ["profile_key"])
    head = op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("count", _COUNTER, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
    )
    op.bulk_insert(head, [{"id": 1, "count": 0, "hash": "0" * 64}])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("viewer", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False, server_default=""),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
    )
    op.create_index("ix_posts_channel_ts", "posts", ["channel", "ts"])
    op.create_index("ix_posts_created_at", "posts", ["created_at"])
    op.create_table(
        "post_pairs",
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("job_key", sa.String(), nullable=False),
        sa.Column("profile_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "job_key", "profile_key", name="pk_post_pairs"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_post_pairs_post_id", ondelete="CASCADE"),
    )
    op.create_index("ix_post_pairs_job_key_profile_key", "post_pairs", ["job_key", "profile_key"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("replicas", "clicks", "post_pairs", "posts", "ledger_head", "ledger", "pairs"):
        op.drop_table(name)
