"""Digests and what they have delivered."""

from __future__ import annotations

revision = "0003_digests"
down_revision = "0002_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
