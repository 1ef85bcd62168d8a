"""Let a day have one milestone: two would show each other's name on it.

Revision ID: 7c0e5b8d41fa
Revises: e5a90d3c6b14
"""

from alembic import op

revision = "7c0e5b8d41fa"
down_revision = "e5a90d3c6b14"
branch_labels = None
depends_on = None

NAME = "uq_book_milestones_book_id_end_point"


def upgrade() -> None:
    op.create_unique_constraint(NAME, "book_milestones", ["book_id", "end_point"])


def downgrade() -> None:
    op.drop_constraint(NAME, "book_milestones")
