"""Open a board of a million at once: who stands on it without a place has an index.

Revision ID: b1d40e7c92a6
Revises: 8e27b5d0914f
"""

import sqlalchemy as sa
from alembic import op

revision = "b1d40e7c92a6"
down_revision = "8e27b5d0914f"
branch_labels = None
depends_on = None

INDEX = "ix_profile_settings_without_points"


def upgrade() -> None:
    op.create_index(
        INDEX,
        "profile_settings",
        ["user_id"],
        postgresql_where=sa.text("show_on_leaderboard and not show_points"),
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="profile_settings")
