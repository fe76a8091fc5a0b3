"""What people asked and saved, and what channels default to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_people"
down_revision = "0001_core"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "recent_queries",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user", "token", name="pk_recent_queries"),
    )
    op.create_index("ix_recent_queries_at", "recent_queries", ["at"])
    op.create_table(
        "saved_queries",
        sa.Column("id", _COUNTER, nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_queries"),
        sa.UniqueConstraint("owner", "folded", name="uq_saved_queries_owner_folded"),
    )
    op.create_table(
        "channels",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("decider_users", sa.JSON(), nullable=False),
        sa.Column("decider_groups", sa.JSON(), nullable=False),
        sa.Column("decider_channels", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_channels"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("channels")
    op.drop_table("saved_queries")
    op.drop_table("recent_queries")
