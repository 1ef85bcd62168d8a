"""Let nobody wait for what is hers: whoever is enrolled leaves the queue.

Revision ID: 8e27b5d0914f
Revises: 4c1f6a83d7b2
"""

from alembic import op

revision = "8e27b5d0914f"
down_revision = "4c1f6a83d7b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From here on the database does this with every enrollment."""
    op.execute(
        "delete from waitlist w using session_enrollments e"
        " where e.session_id = w.session_id and e.user_id = w.user_id"
    )


def downgrade() -> None:
    """They waited for nothing."""
