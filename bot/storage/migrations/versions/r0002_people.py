"""What people asked and saved, and what channels default to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_people"
down_revision = "0001_core"
branch_labels = None
depends_on = None


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


def downgrade() -> None:
    """Drop them."""
    op.drop_table("recent_queries")
