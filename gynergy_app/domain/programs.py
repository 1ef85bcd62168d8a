"""The shape of a program: its days, phases and milestones."""

from enum import StrEnum


class SessionStatus(StrEnum):
    upcoming = "upcoming"
    active = "active"
    grace_period = "grace_period"
    completed = "completed"


class ActionType(StrEnum):
    daily = "daily"
    weekly = "weekly"


MILESTONE_DAYS = (9, 18, 27, 36, 45)
