"""Say why a refund failed.

Revision ID: 4c1f6a83d7b2
Revises: 9b41d07c52ae
"""

import sqlalchemy as sa
from alembic import op

revision = "4c1f6a83d7b2"
down_revision = "9b41d07c52ae"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refunds", sa.Column("failure", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("refunds", "failure")
