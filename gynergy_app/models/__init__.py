"""Every table, one class each. Importing the package makes `SQLModel.metadata` whole."""

from sqlmodel import SQLModel

from gynergy_app.models.accounts import Consent, ProfileSettings, User, UserRole
from gynergy_app.models.audit import AuditLog
from gynergy_app.models.automation import AutomationEvent
from gynergy_app.models.cohorts import Cohort, CohortMembership
from gynergy_app.models.columns import check_choices
from gynergy_app.models.gamification import (
    Badge,
    MultiplierConfig,
    PointsTransaction,
    PointTotal,
    StreakEvent,
    UserBadge,
)
from gynergy_app.models.journaling import ActionLog, Journal, JournalEntry, Meditation, UserVision
from gynergy_app.models.journey import Journey
from gynergy_app.models.notifications import EmailMessage, EmailSuppression, Notification, PushSubscription
from gynergy_app.models.private import PointTotalCount, RateLimit, StepUp, WebSession
from gynergy_app.models.programs import (
    Action,
    Book,
    BookMilestone,
    BookSession,
    Quote,
    SessionEnrollment,
    Waitlist,
)

check_choices(SQLModel.metadata)

__all__ = [
    "Action",
    "ActionLog",
    "AuditLog",
    "AutomationEvent",
    "Badge",
    "Book",
    "BookMilestone",
    "BookSession",
    "Cohort",
    "CohortMembership",
    "Consent",
    "EmailMessage",
    "EmailSuppression",
    "Journal",
    "JournalEntry",
    "Journey",
    "Meditation",
    "MultiplierConfig",
    "Notification",
    "PointTotal",
    "PointTotalCount",
    "PointsTransaction",
    "ProfileSettings",
    "PushSubscription",
    "Quote",
    "RateLimit",
    "SessionEnrollment",
    "StepUp",
    "StreakEvent",
    "User",
    "UserBadge",
    "UserRole",
    "UserVision",
    "Waitlist",
    "WebSession",
]
