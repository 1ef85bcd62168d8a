"""Every table, one class each. Importing the package makes `SQLModel.metadata` whole."""

from sqlmodel import SQLModel

from gynergy_app.models.accounts import (
    Consent,
    DataExport,
    DataImport,
    ProfileSettings,
    User,
    UserEntitlement,
    UserRole,
)
from gynergy_app.models.audit import AuditLog
from gynergy_app.models.automation import AutomationEvent
from gynergy_app.models.cohorts import Cohort, CohortMembership
from gynergy_app.models.columns import check_choices
from gynergy_app.models.community import CommunityPost, ModerationReport
from gynergy_app.models.encouragements import Encouragement, UserBlock
from gynergy_app.models.gamification import (
    Badge,
    MultiplierConfig,
    PointsTransaction,
    PointTotal,
    PointValue,
    Recount,
    RecountDifference,
    StreakEvent,
    UserBadge,
)
from gynergy_app.models.journaling import (
    ActionLog,
    Journal,
    JournalEntry,
    Meditation,
    UserVision,
    VisionVersion,
)
from gynergy_app.models.journey import Journey
from gynergy_app.models.notifications import (
    EmailMessage,
    EmailSuppression,
    Notification,
    PushMessage,
    PushSubscription,
)
from gynergy_app.models.payments import FriendCode, Purchase, Refund, Subscription, WebhookEvent
from gynergy_app.models.private import PointTotalCount, RateLimit, StepUp, WebSession
from gynergy_app.models.programs import (
    Action,
    Book,
    BookMilestone,
    BookSession,
    Quote,
    SessionEnrollment,
    Waitlist,
    Yearbook,
)
from gynergy_app.models.referrals import (
    Referral,
    ReferralCode,
    ReferralMilestone,
    ReferralReview,
    UserReferralMilestone,
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
    "CommunityPost",
    "Consent",
    "DataExport",
    "DataImport",
    "EmailMessage",
    "EmailSuppression",
    "Encouragement",
    "FriendCode",
    "Journal",
    "JournalEntry",
    "Journey",
    "Meditation",
    "ModerationReport",
    "MultiplierConfig",
    "Notification",
    "PointTotal",
    "PointTotalCount",
    "PointValue",
    "PointsTransaction",
    "ProfileSettings",
    "Purchase",
    "PushMessage",
    "PushSubscription",
    "Quote",
    "RateLimit",
    "Recount",
    "RecountDifference",
    "Referral",
    "ReferralCode",
    "ReferralMilestone",
    "ReferralReview",
    "Refund",
    "SessionEnrollment",
    "StepUp",
    "StreakEvent",
    "Subscription",
    "User",
    "UserBadge",
    "UserBlock",
    "UserEntitlement",
    "UserReferralMilestone",
    "UserRole",
    "UserVision",
    "VisionVersion",
    "Waitlist",
    "WebSession",
    "WebhookEvent",
    "Yearbook",
]
