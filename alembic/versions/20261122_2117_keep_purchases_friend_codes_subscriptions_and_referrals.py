"""Keep purchases, friend codes, subscriptions and referrals.

Revision ID: 5707c15efd3a
Revises: 3aeab1fe1bf7
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5707c15efd3a"
down_revision = "3aeab1fe1bf7"
branch_labels = None
depends_on = None

TABLES = (
    "purchases",
    "refunds",
    "friend_codes",
    "subscriptions",
    "webhook_events",
    "referral_codes",
    "referrals",
    "referral_milestones",
    "user_referral_milestones",
    "referral_reviews",
)
CAME_BY = "ck_user_entitlements_challenge_access_type_known"


def upgrade() -> None:
    op.create_table(
        "referral_milestones",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("referrals_required", sa.Integer(), nullable=False),
        sa.Column("points_bonus", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=True),
        sa.Column("reward_description", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("points_bonus >= 0", name=op.f("ck_referral_milestones_bonus_counted")),
        sa.CheckConstraint("referrals_required > 0", name=op.f("ck_referral_milestones_asks_for_somebody")),
        sa.ForeignKeyConstraint(
            ["badge_id"],
            ["badges.id"],
            name=op.f("fk_referral_milestones_badge_id_badges"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_milestones")),
        sa.UniqueConstraint("referrals_required", name=op.f("uq_referral_milestones_referrals_required")),
    )
    op.create_index(
        op.f("ix_referral_milestones_badge_id"), "referral_milestones", ["badge_id"], unique=False
    )
    op.create_table(
        "referral_codes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("uses_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("total_points_earned", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_referral_codes_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_referral_codes_code")),
        sa.UniqueConstraint("user_id", name=op.f("uq_referral_codes_user_id")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("stripe_subscription_id", sa.Text(), nullable=False),
        sa.Column("stripe_customer_id", sa.Text(), nullable=True),
        sa.Column("stripe_price_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), server_default="usd", nullable=False),
        sa.Column("interval", sa.Text(), server_default="month", nullable=False),
        sa.Column("current_period_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("current_period_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_at_period_end", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("canceled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trial_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trial_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("past_due_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("interval in ('month', 'year')", name=op.f("ck_subscriptions_interval_known")),
        sa.CheckConstraint(
            "status in ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled')",
            name=op.f("ck_subscriptions_status_known"),
        ),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_subscriptions_amount_counted")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_subscriptions_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("stripe_subscription_id", name=op.f("uq_subscriptions_stripe_subscription_id")),
    )
    op.create_index(op.f("ix_subscriptions_status"), "subscriptions", ["status"], unique=False)
    op.create_index(op.f("ix_subscriptions_user_id"), "subscriptions", ["user_id"], unique=False)
    op.create_table(
        "user_referral_milestones",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=False),
        sa.Column("achieved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["referral_milestones.id"],
            name=op.f("fk_user_referral_milestones_milestone_id_referral_milestones"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_user_referral_milestones_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_referral_milestones")),
        sa.UniqueConstraint(
            "user_id", "milestone_id", name=op.f("uq_user_referral_milestones_user_id_milestone_id")
        ),
    )
    op.create_index(
        op.f("ix_user_referral_milestones_milestone_id"),
        "user_referral_milestones",
        ["milestone_id"],
        unique=False,
    )
    op.create_table(
        "webhook_events",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("provider", sa.Text(), server_default="stripe", nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("stripe_event_id", sa.Text(), nullable=True),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="received", nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "next_attempt_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by", sa.Uuid(), nullable=True),
        sa.Column("dismissed_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status in ('received', 'processing', 'processed', 'failed', 'dead', 'ignored', 'dismissed')",
            name=op.f("ck_webhook_events_status_known"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_webhook_events_attempts_counted")),
        sa.ForeignKeyConstraint(
            ["dismissed_by"],
            ["users.id"],
            name=op.f("fk_webhook_events_dismissed_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_events")),
        sa.UniqueConstraint("provider", "event_id", name=op.f("uq_webhook_events_provider_event_id")),
        sa.UniqueConstraint("stripe_event_id", name=op.f("uq_webhook_events_stripe_event_id")),
    )
    op.create_index(op.f("ix_webhook_events_dismissed_by"), "webhook_events", ["dismissed_by"], unique=False)
    op.create_index(
        "ix_webhook_events_due",
        "webhook_events",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("status in ('received', 'processing', 'failed')"),
    )
    op.create_index(
        op.f("ix_webhook_events_status_received_at"),
        "webhook_events",
        ["status", "received_at"],
        unique=False,
    )
    op.create_table(
        "purchases",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("purchase_type", sa.Text(), server_default="challenge", nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("amount_refunded_cents", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("currency", sa.Text(), server_default="usd", nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_lower", sa.Text(), sa.Computed("lower(email)", persisted=True), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("seat_held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referral_code", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("checkout_url", sa.Text(), nullable=True),
        sa.Column("checkout_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stripe_checkout_session_id", sa.Text(), nullable=True),
        sa.Column("stripe_payment_intent_id", sa.Text(), nullable=True),
        sa.Column("stripe_customer_id", sa.Text(), nullable=True),
        sa.Column(
            "metadata",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("review_reason", sa.Text(), nullable=True),
        sa.Column("purchased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "purchase_type in ('challenge', 'challenge_friend_code')",
            name=op.f("ck_purchases_purchase_type_known"),
        ),
        sa.CheckConstraint(
            "status in ('pending', 'completed', 'failed', 'expired', 'refunded', 'disputed', 'review')",
            name=op.f("ck_purchases_status_known"),
        ),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_purchases_amount_counted")),
        sa.CheckConstraint(
            "amount_refunded_cents between 0 and amount_cents",
            name=op.f("ck_purchases_refunded_within_amount"),
        ),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_purchases_attempt_counts_from_one")),
        sa.CheckConstraint(
            "seat_held_until is null or session_id is not null", name=op.f("ck_purchases_seat_has_session")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_purchases_session_id_book_sessions"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_purchases_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchases")),
        sa.UniqueConstraint(
            "stripe_checkout_session_id", name=op.f("uq_purchases_stripe_checkout_session_id")
        ),
        sa.UniqueConstraint("stripe_payment_intent_id", name=op.f("uq_purchases_stripe_payment_intent_id")),
    )
    op.create_index(op.f("ix_purchases_email_lower"), "purchases", ["email_lower"], unique=False)
    op.create_index(op.f("ix_purchases_purchased_at"), "purchases", ["purchased_at"], unique=False)
    op.create_index(
        "ix_purchases_seats_held",
        "purchases",
        ["session_id"],
        unique=False,
        postgresql_where=sa.text("seat_held_until is not null"),
    )
    op.create_index(op.f("ix_purchases_session_id"), "purchases", ["session_id"], unique=False)
    op.create_index(
        op.f("ix_purchases_status_created_at"), "purchases", ["status", "created_at"], unique=False
    )
    op.create_index(
        op.f("ix_purchases_stripe_customer_id"), "purchases", ["stripe_customer_id"], unique=False
    )
    op.create_index(op.f("ix_purchases_user_id"), "purchases", ["user_id"], unique=False)
    op.create_table(
        "friend_codes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=True),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("used_by_id", sa.Uuid(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "revoked_by in ('giver', 'refunded', 'disputed', 'admin')",
            name=op.f("ck_friend_codes_revoked_by_known"),
        ),
        sa.CheckConstraint(
            "is_active = (revoked_at is null)", name=op.f("ck_friend_codes_revoked_at_some_time")
        ),
        sa.CheckConstraint(
            "used_by_id is null or used_at is not null", name=op.f("ck_friend_codes_used_at_some_time")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["users.id"], name=op.f("fk_friend_codes_creator_id_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchases.id"],
            name=op.f("fk_friend_codes_purchase_id_purchases"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["used_by_id"], ["users.id"], name=op.f("fk_friend_codes_used_by_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_friend_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_friend_codes_code")),
        sa.UniqueConstraint("used_by_id", name=op.f("uq_friend_codes_used_by_id")),
    )
    op.create_index(op.f("ix_friend_codes_creator_id"), "friend_codes", ["creator_id"], unique=False)
    op.create_index(op.f("ix_friend_codes_expires_at"), "friend_codes", ["expires_at"], unique=False)
    op.create_index(op.f("ix_friend_codes_purchase_id"), "friend_codes", ["purchase_id"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("referrer_id", sa.Uuid(), nullable=False),
        sa.Column("referred_id", sa.Uuid(), nullable=False),
        sa.Column("referral_code_id", sa.Uuid(), nullable=True),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("points_awarded", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("converted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('pending', 'converted', 'expired')", name=op.f("ck_referrals_status_known")
        ),
        sa.CheckConstraint("referrer_id <> referred_id", name=op.f("ck_referrals_nobody_invites_herself")),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchases.id"],
            name=op.f("fk_referrals_purchase_id_purchases"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["referral_code_id"],
            ["referral_codes.id"],
            name=op.f("fk_referrals_referral_code_id_referral_codes"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["referred_id"], ["users.id"], name=op.f("fk_referrals_referred_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["referrer_id"], ["users.id"], name=op.f("fk_referrals_referrer_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("referred_id", name=op.f("uq_referrals_referred_id")),
    )
    op.create_index(op.f("ix_referrals_purchase_id"), "referrals", ["purchase_id"], unique=False)
    op.create_index(op.f("ix_referrals_referral_code_id"), "referrals", ["referral_code_id"], unique=False)
    op.create_index(
        op.f("ix_referrals_referrer_id_status"), "referrals", ["referrer_id", "status"], unique=False
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("stripe_refund_id", sa.Text(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("provider_fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')",
            name=op.f("ck_refunds_status_known"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_refunds_amount_counted")),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchases.id"],
            name=op.f("fk_refunds_purchase_id_purchases"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["users.id"], name=op.f("fk_refunds_requested_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("stripe_refund_id", name=op.f("uq_refunds_stripe_refund_id")),
    )
    op.create_index(op.f("ix_refunds_purchase_id"), "refunds", ["purchase_id"], unique=False)
    op.create_index(op.f("ix_refunds_requested_by"), "refunds", ["requested_by"], unique=False)
    op.create_table(
        "referral_reviews",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("signals", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('waiting', 'approved', 'rejected')", name=op.f("ck_referral_reviews_status_known")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_referral_reviews_decided_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchases.id"],
            name=op.f("fk_referral_reviews_purchase_id_purchases"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referrals.id"],
            name=op.f("fk_referral_reviews_referral_id_referrals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_reviews")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_referral_reviews_referral_id")),
    )
    op.create_index(op.f("ix_referral_reviews_decided_by"), "referral_reviews", ["decided_by"], unique=False)
    op.create_index(
        op.f("ix_referral_reviews_purchase_id"), "referral_reviews", ["purchase_id"], unique=False
    )
    op.create_index(
        op.f("ix_referral_reviews_status_created_at"),
        "referral_reviews",
        ["status", "created_at"],
        unique=False,
    )
    op.add_column(
        "user_entitlements",
        sa.Column("challenge_access_granted_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "user_entitlements", sa.Column("challenge_expires_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("user_entitlements", sa.Column("challenge_session_id", sa.Uuid(), nullable=True))
    op.add_column(
        "user_entitlements", sa.Column("admin_granted_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "user_entitlements", sa.Column("challenge_closed_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("user_entitlements", sa.Column("challenge_closed_reason", sa.Text(), nullable=True))
    op.add_column("user_entitlements", sa.Column("journal_subscription_id", sa.Uuid(), nullable=True))
    op.create_index(
        op.f("ix_user_entitlements_challenge_session_id"),
        "user_entitlements",
        ["challenge_session_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_user_entitlements_journal_subscription_id"),
        "user_entitlements",
        ["journal_subscription_id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("fk_user_entitlements_journal_subscription_id_subscriptions"),
        "user_entitlements",
        "subscriptions",
        ["journal_subscription_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_foreign_key(
        op.f("fk_user_entitlements_challenge_session_id_book_sessions"),
        "user_entitlements",
        "book_sessions",
        ["challenge_session_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.drop_constraint(op.f(CAME_BY), "user_entitlements", type_="check")
    op.create_check_constraint(
        op.f(CAME_BY),
        "user_entitlements",
        "challenge_access_type in ('purchased', 'friend_code', 'admin_granted')",
    )
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    op.execute(
        "update user_entitlements set challenge_access_type = null"
        " where challenge_access_type = 'admin_granted'"
    )
    op.drop_constraint(op.f(CAME_BY), "user_entitlements", type_="check")
    op.create_check_constraint(
        op.f(CAME_BY), "user_entitlements", "challenge_access_type in ('purchased', 'friend_code')"
    )
    op.drop_constraint(
        op.f("fk_user_entitlements_challenge_session_id_book_sessions"),
        "user_entitlements",
        type_="foreignkey",
    )
    op.drop_constraint(
        op.f("fk_user_entitlements_journal_subscription_id_subscriptions"),
        "user_entitlements",
        type_="foreignkey",
    )
    op.drop_index(op.f("ix_user_entitlements_journal_subscription_id"), table_name="user_entitlements")
    op.drop_index(op.f("ix_user_entitlements_challenge_session_id"), table_name="user_entitlements")
    op.drop_column("user_entitlements", "journal_subscription_id")
    op.drop_column("user_entitlements", "challenge_closed_reason")
    op.drop_column("user_entitlements", "challenge_closed_at")
    op.drop_column("user_entitlements", "admin_granted_at")
    op.drop_column("user_entitlements", "challenge_session_id")
    op.drop_column("user_entitlements", "challenge_expires_at")
    op.drop_column("user_entitlements", "challenge_access_granted_at")
    op.drop_index(op.f("ix_referral_reviews_status_created_at"), table_name="referral_reviews")
    op.drop_index(op.f("ix_referral_reviews_purchase_id"), table_name="referral_reviews")
    op.drop_index(op.f("ix_referral_reviews_decided_by"), table_name="referral_reviews")
    op.drop_table("referral_reviews")
    op.drop_index(op.f("ix_refunds_requested_by"), table_name="refunds")
    op.drop_index(op.f("ix_refunds_purchase_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_index(op.f("ix_referrals_referrer_id_status"), table_name="referrals")
    op.drop_index(op.f("ix_referrals_referral_code_id"), table_name="referrals")
    op.drop_index(op.f("ix_referrals_purchase_id"), table_name="referrals")
    op.drop_table("referrals")
    op.drop_index(op.f("ix_friend_codes_purchase_id"), table_name="friend_codes")
    op.drop_index(op.f("ix_friend_codes_expires_at"), table_name="friend_codes")
    op.drop_index(op.f("ix_friend_codes_creator_id"), table_name="friend_codes")
    op.drop_table("friend_codes")
    op.drop_index(op.f("ix_purchases_user_id"), table_name="purchases")
    op.drop_index(op.f("ix_purchases_stripe_customer_id"), table_name="purchases")
    op.drop_index(op.f("ix_purchases_status_created_at"), table_name="purchases")
    op.drop_index(op.f("ix_purchases_session_id"), table_name="purchases")
    op.drop_index(
        "ix_purchases_seats_held",
        table_name="purchases",
        postgresql_where=sa.text("seat_held_until is not null"),
    )
    op.drop_index(op.f("ix_purchases_purchased_at"), table_name="purchases")
    op.drop_index(op.f("ix_purchases_email_lower"), table_name="purchases")
    op.drop_table("purchases")
    op.drop_index(op.f("ix_webhook_events_status_received_at"), table_name="webhook_events")
    op.drop_index(
        "ix_webhook_events_due",
        table_name="webhook_events",
        postgresql_where=sa.text("status in ('received', 'processing', 'failed')"),
    )
    op.drop_index(op.f("ix_webhook_events_dismissed_by"), table_name="webhook_events")
    op.drop_table("webhook_events")
    op.drop_index(op.f("ix_user_referral_milestones_milestone_id"), table_name="user_referral_milestones")
    op.drop_table("user_referral_milestones")
    op.drop_index(op.f("ix_subscriptions_user_id"), table_name="subscriptions")
    op.drop_index(op.f("ix_subscriptions_status"), table_name="subscriptions")
    op.drop_table("subscriptions")
    op.drop_table("referral_codes")
    op.drop_index(op.f("ix_referral_milestones_badge_id"), table_name="referral_milestones")
    op.drop_table("referral_milestones")
