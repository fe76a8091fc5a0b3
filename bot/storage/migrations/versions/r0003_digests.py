"""Digests, what they have delivered, what each place has been told, and which notices their makers got."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_digests"
down_revision = "0002_people"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "digests",
        sa.Column("number", _COUNTER, nullable=False, autoincrement=True),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("channel_name", sa.String(), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("say_empty", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paused_until", _MOMENT),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("reached", _MOMENT, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_digests"),
    )
    op.create_table(
        "deliveries",
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("slot", _MOMENT, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("held_until", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("started_at", _MOMENT),
        sa.Column("finished_at", _MOMENT),
        sa.PrimaryKeyConstraint("digest", "slot", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_channel_state_slot", "deliveries", ["channel", "state", "slot"])
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.create_table(
        "digest_items",
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("job_key", sa.String(), nullable=False),
        sa.Column("profile_key", sa.String(), nullable=False),
        sa.Column("board_key", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "channel", "job_key", "profile_key", name="pk_digest_items"),
    )
    op.create_table(
        "digest_notices",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person", "about", name="pk_digest_notices"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("digest_notices", "digest_items", "deliveries", "digests"):
        op.drop_table(name)
