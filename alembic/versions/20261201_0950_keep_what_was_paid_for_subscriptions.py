"""Keep what was paid for subscriptions, so that every day's money is all of it.

Revision ID: e5a90d3c6b14
Revises: b3f2c7a91e58
"""

import sqlalchemy as sa
from alembic import op

revision = "e5a90d3c6b14"
down_revision = "b3f2c7a91e58"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was paid before is filled in by the next look back at Stripe."""
    op.create_table(
        "subscription_payments",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), server_default="usd", nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_subscription_payments_amount_counted")),
        sa.CheckConstraint("kind in ('paid', 'back')", name=op.f("ck_subscription_payments_kind_known")),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_subscription_payments_subscription_id_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_payments")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_subscription_payments_stripe_id")),
    )
    for column in ("subscription_id", "happened_at"):
        op.create_index(op.f(f"ix_subscription_payments_{column}"), "subscription_payments", [column])
    op.execute("alter table subscription_payments enable row level security")


def downgrade() -> None:
    op.drop_table("subscription_payments")
