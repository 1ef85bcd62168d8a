"""Say of which invoice money went back.

Revision ID: a41c6f0e9d27
Revises: 7c0e5b8d41fa
"""

import sqlalchemy as sa
from alembic import op

revision = "a41c6f0e9d27"
down_revision = "7c0e5b8d41fa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was paid it is known; of what went back it is written down when Stripe tells of it again."""
    op.add_column("subscription_payments", sa.Column("invoice_id", sa.Text(), nullable=True))
    op.execute("update subscription_payments set invoice_id = stripe_id where kind = 'paid'")


def downgrade() -> None:
    op.drop_column("subscription_payments", "invoice_id")
