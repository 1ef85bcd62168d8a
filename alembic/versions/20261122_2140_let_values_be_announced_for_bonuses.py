"""Let values be announced for bonuses.

Revision ID: 9b41d07c52ae
Revises: 5707c15efd3a
"""

from alembic import op

revision = "9b41d07c52ae"
down_revision = "5707c15efd3a"
branch_labels = None
depends_on = None

KNOWN = "ck_point_values_activity_known"
ACTIVITIES = "'morning_journal', 'evening_journal', 'gratitude_action', 'weekly_reflection', 'weekly_challenge', 'vision'"
EXTRAS = "'early_morning', 'whole_day', 'perfect_week'"


def upgrade() -> None:
    op.drop_constraint(op.f(KNOWN), "point_values", type_="check")
    op.create_check_constraint(op.f(KNOWN), "point_values", f"activity in ({ACTIVITIES}, {EXTRAS})")


def downgrade() -> None:
    op.execute(f"delete from point_values where activity in ({EXTRAS})")  # noqa: S608  our own constant
    op.drop_constraint(op.f(KNOWN), "point_values", type_="check")
    op.create_check_constraint(op.f(KNOWN), "point_values", f"activity in ({ACTIVITIES})")
