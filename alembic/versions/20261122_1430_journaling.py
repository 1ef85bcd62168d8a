"""Let members write their pages: each kind once a day, each theirs alone.

Revision ID: c63e4d0bf213
Revises: b52d3cfae102
"""

import sqlalchemy as sa
from alembic import op

revision = "c63e4d0bf213"
down_revision = "b52d3cfae102"
branch_labels = None
depends_on = None

TABLES = ["action_logs", "journals", "journey", "meditations", "user_visions", "journal_entries"]


def upgrade() -> None:
    op.create_table(
        "action_logs",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("action_type", sa.Text(), nullable=False),
        sa.Column("period_key", sa.Text(), nullable=False),
        sa.Column("entry_date", sa.Date(), nullable=False),
        sa.Column("images", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=True),
        sa.Column("is_completed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reflection", sa.Text(), nullable=True),
        sa.Column("obstacles", sa.Text(), nullable=True),
        sa.Column("list", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("draw", sa.Text(), nullable=True),
        sa.Column("reward", sa.Text(), nullable=True),
        sa.Column("motivation", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("success", sa.Text(), nullable=True),
        sa.Column("focus", sa.Text(), nullable=True),
        sa.Column("eulogy", sa.Text(), nullable=True),
        sa.Column("freeflow", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "action_type in ('gratitude', 'weekly-challenge')", name=op.f("ck_action_logs_action_type_known")
        ),
        sa.CheckConstraint(
            "is_completed = (completed_at is not null)", name=op.f("ck_action_logs_completed_has_moment")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_action_logs_action_id_actions"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_action_logs_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_action_logs_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_logs")),
        sa.UniqueConstraint(
            "session_id",
            "user_id",
            "action_type",
            "period_key",
            name=op.f("uq_action_logs_session_id_user_id_action_type_period_key"),
        ),
    )
    op.create_index(op.f("ix_action_logs_action_id"), "action_logs", ["action_id"], unique=False)
    op.create_index(
        op.f("ix_action_logs_user_id_session_id_entry_date"),
        "action_logs",
        ["user_id", "session_id", "entry_date"],
        unique=False,
    )
    op.create_table(
        "journals",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("entry_date", sa.Date(), nullable=False),
        sa.Column("journal_type", sa.Text(), nullable=False),
        sa.Column("is_completed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("images", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("mood_score", sa.Integer(), nullable=True),
        sa.Column("mood_contribution", sa.Text(), nullable=True),
        sa.Column("captured_essence", sa.Text(), nullable=True),
        sa.Column("mantra", sa.Text(), nullable=True),
        sa.Column("insight", sa.Text(), nullable=True),
        sa.Column("insight_impact", sa.Text(), nullable=True),
        sa.Column("success", sa.Text(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=True),
        sa.Column("freeflow", sa.Text(), nullable=True),
        sa.Column("wins", sa.Text(), nullable=True),
        sa.Column("challenges", sa.Text(), nullable=True),
        sa.Column("lessons", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "journal_type in ('morning', 'evening', 'weekly')", name=op.f("ck_journals_journal_type_known")
        ),
        sa.CheckConstraint(
            "is_completed = (completed_at is not null)", name=op.f("ck_journals_completed_has_moment")
        ),
        sa.CheckConstraint("mood_score between 1 and 10", name=op.f("ck_journals_mood_in_range")),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=op.f("fk_journals_book_id_books")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_journals_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_journals_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journals")),
        sa.UniqueConstraint(
            "session_id",
            "user_id",
            "entry_date",
            "journal_type",
            name=op.f("uq_journals_session_id_user_id_entry_date_journal_type"),
        ),
    )
    op.create_index(op.f("ix_journals_book_id"), "journals", ["book_id"], unique=False)
    op.create_index(
        op.f("ix_journals_user_id_session_id_entry_date"),
        "journals",
        ["user_id", "session_id", "entry_date"],
        unique=False,
    )
    op.create_table(
        "journey",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("entry_date", sa.Date(), nullable=False),
        sa.Column("romantic_relationship_situation", sa.Text(), nullable=True),
        sa.Column("romantic_relationship_vision", sa.Text(), nullable=True),
        sa.Column("romantic_relationship_why", sa.Text(), nullable=True),
        sa.Column("romantic_relationship_strategy", sa.Text(), nullable=True),
        sa.Column("family_friend_situation", sa.Text(), nullable=True),
        sa.Column("family_friend_vision", sa.Text(), nullable=True),
        sa.Column("family_friend_why", sa.Text(), nullable=True),
        sa.Column("family_friend_strategy", sa.Text(), nullable=True),
        sa.Column("quality_of_life_situation", sa.Text(), nullable=True),
        sa.Column("quality_of_life_vision", sa.Text(), nullable=True),
        sa.Column("quality_of_life_why", sa.Text(), nullable=True),
        sa.Column("quality_of_life_strategy", sa.Text(), nullable=True),
        sa.Column("spiritual_situation", sa.Text(), nullable=True),
        sa.Column("spiritual_vision", sa.Text(), nullable=True),
        sa.Column("spiritual_why", sa.Text(), nullable=True),
        sa.Column("spiritual_strategy", sa.Text(), nullable=True),
        sa.Column("health_fitness_situation", sa.Text(), nullable=True),
        sa.Column("health_fitness_vision", sa.Text(), nullable=True),
        sa.Column("health_fitness_why", sa.Text(), nullable=True),
        sa.Column("health_fitness_strategy", sa.Text(), nullable=True),
        sa.Column("personal_dev_situation", sa.Text(), nullable=True),
        sa.Column("personal_dev_vision", sa.Text(), nullable=True),
        sa.Column("personal_dev_why", sa.Text(), nullable=True),
        sa.Column("personal_dev_strategy", sa.Text(), nullable=True),
        sa.Column("career_business_situation", sa.Text(), nullable=True),
        sa.Column("career_business_vision", sa.Text(), nullable=True),
        sa.Column("career_business_why", sa.Text(), nullable=True),
        sa.Column("career_business_strategy", sa.Text(), nullable=True),
        sa.Column("financial_situation", sa.Text(), nullable=True),
        sa.Column("financial_vision", sa.Text(), nullable=True),
        sa.Column("financial_why", sa.Text(), nullable=True),
        sa.Column("financial_strategy", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_journey_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_journey_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey")),
        sa.UniqueConstraint("session_id", "user_id", name=op.f("uq_journey_session_id_user_id")),
    )
    op.create_index(op.f("ix_journey_user_id_session_id"), "journey", ["user_id", "session_id"], unique=False)
    op.create_table(
        "meditations",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("entry_date", sa.Date(), nullable=False),
        sa.Column("reflection", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_meditations_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_meditations_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meditations")),
        sa.UniqueConstraint(
            "session_id", "user_id", "entry_date", name=op.f("uq_meditations_session_id_user_id_entry_date")
        ),
    )
    op.create_index(
        op.f("ix_meditations_user_id_session_id_entry_date"),
        "meditations",
        ["user_id", "session_id", "entry_date"],
        unique=False,
    )
    op.create_table(
        "user_visions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("vision_type", sa.Text(), nullable=False),
        sa.Column("images", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_completed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("abilities", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("traits", sa.Text(), nullable=True),
        sa.Column("symbols", sa.Text(), nullable=True),
        sa.Column("mantra", sa.Text(), nullable=True),
        sa.Column("creed", sa.Text(), nullable=True),
        sa.Column("qualities", sa.Text(), nullable=True),
        sa.Column("achievements", sa.Text(), nullable=True),
        sa.Column("importance", sa.Text(), nullable=True),
        sa.Column("self_values", sa.Text(), nullable=True),
        sa.Column("lifestyle", sa.Text(), nullable=True),
        sa.Column("foreseen", sa.Text(), nullable=True),
        sa.Column("relationships", sa.Text(), nullable=True),
        sa.Column("legacy", sa.Text(), nullable=True),
        sa.Column("improvement", sa.Text(), nullable=True),
        sa.Column("self_evaluation", sa.Text(), nullable=True),
        sa.Column("interests", sa.Text(), nullable=True),
        sa.Column("triggers", sa.Text(), nullable=True),
        sa.Column("envision", sa.Text(), nullable=True),
        sa.Column("milestones", sa.Text(), nullable=True),
        sa.Column("contributions", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "vision_type in ('highest-self', 'mantra', 'creed', 'discovery')",
            name=op.f("ck_user_visions_vision_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_user_visions_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_visions_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_visions")),
        sa.UniqueConstraint(
            "session_id",
            "user_id",
            "vision_type",
            name=op.f("uq_user_visions_session_id_user_id_vision_type"),
        ),
    )
    op.create_index(
        op.f("ix_user_visions_user_id_session_id"), "user_visions", ["user_id", "session_id"], unique=False
    )
    op.create_table(
        "journal_entries",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("journal_id", sa.Uuid(), nullable=False),
        sa.Column("entry_type", sa.Text(), nullable=False),
        sa.Column("content", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "entry_type in ('affirmation', 'gratitude', 'excitement', 'dream')",
            name=op.f("ck_journal_entries_entry_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journals.id"],
            name=op.f("fk_journal_entries_journal_id_journals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint(
            "journal_id", "entry_type", name=op.f("uq_journal_entries_journal_id_entry_type")
        ),
    )
    # Closed until the policies say who may: see sql/policies.
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
