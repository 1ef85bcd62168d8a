"""What was done at the desks, said in words: no field of a table, no id, no piece of code."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from gynergy_app.models.audit import AuditLog
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.services.audit import Act
from gynergy_app.state.admin.words import ACTS, AuditLine, audit_line

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def line(act: Act, before: dict[str, Any] | None, after: dict[str, Any] | None) -> AuditLine:
    row = AuditLog(
        actor_id=uuid4(),
        action=act,
        subject_type=act.partition(".")[0],
        subject_id=uuid4(),
        before=before,
        after=after,
        created_at=NOW,
    )
    return audit_line(Recorded(row, "Carla", ""), "UTC", NOW)


def test_every_act_has_its_words():
    assert {act for act in Act if act not in ACTS} == set()


@pytest.mark.parametrize(
    ("act", "before", "after", "said"),
    [
        (
            Act.band_changed,
            {"condition": {"min": 3, "max": 6}, "multiplier_value": "1.20", "is_active": True},
            {"condition": {"min": 3, "max": None}, "multiplier_value": "1.40", "is_active": False},
            ("times 1.2, switched on, streak of 3 to 6 days",
             "times 1.4, switched off, streak of 3 days and more"),
        ),
        (
            Act.value_announced,
            None,
            {"activity": "morning_journal", "points": 15, "effective_on": "2026-03-20",
             "book_id": str(uuid4())},
            ("", "for morning journal, from 20 Mar 2026, points 15"),
        ),
        (Act.points_awarded, None, {"points": 40, "row": str(uuid4())}, ("", "points 40")),
        (
            Act.cohort_moved,
            {"cohort": "Aurora"},
            {"cohort": "Boreas", "to": str(uuid4())},
            ("cohort Aurora", "cohort Boreas"),
        ),
        (Act.badge_changed, {"points_reward": 10}, {"points_reward": 20}, ("points 10", "points 20")),
    ],
)  # fmt: skip
def test_a_change_is_said_in_words(
    act: Act, before: dict[str, Any] | None, after: dict[str, Any] | None, said: tuple[str, str]
):
    told = line(act, before, after)

    assert (told.before, told.after) == said
