"""Say how somebody first came: to which page, and when, as it stands above her story.

Revision ID: b3f2c7a91e58
Revises: c2f4a7e19b60
"""

import sqlalchemy as sa
from alembic import op

revision = "b3f2c7a91e58"
down_revision = "c2f4a7e19b60"
branch_labels = None
depends_on = None

TABLES = ("users", "purchases")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("came_to", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))
        op.create_check_constraint(
            op.f(f"ck_{table}_came_somewhere_sometime"), table, "(came_to is null) = (came_at is null)"
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "came_at")
        op.drop_column(table, "came_to")
    op.execute("drop function if exists private.remember_arrival(text, timestamptz)")
