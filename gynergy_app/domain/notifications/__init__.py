"""What a member is told, when, and how a mail travels."""

from gynergy_app.domain.notifications.mail import MailStatus, MailStream
from gynergy_app.domain.notifications.notices import (
    STREAK_MARKS,
    Notice,
    NotificationCategory,
    badge_notice,
    freeze_notice,
    milestone_notice,
    streak_notice,
)

__all__ = [
    "STREAK_MARKS",
    "MailStatus",
    "MailStream",
    "Notice",
    "NotificationCategory",
    "badge_notice",
    "freeze_notice",
    "milestone_notice",
    "streak_notice",
]
