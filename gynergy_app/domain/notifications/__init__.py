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
from gynergy_app.domain.notifications.reminders import (
    LATEST,
    MOST_UNANSWERED,
    WINDOW,
    Due,
    Occasion,
    Practice,
    Reminder,
    Wishes,
    due,
    occasions,
    reminder_key,
    reminder_notice,
    told_by,
)

__all__ = [
    "LATEST",
    "MOST_UNANSWERED",
    "STREAK_MARKS",
    "WINDOW",
    "Due",
    "MailStatus",
    "MailStream",
    "Notice",
    "NotificationCategory",
    "Occasion",
    "Practice",
    "Reminder",
    "Wishes",
    "badge_notice",
    "due",
    "freeze_notice",
    "milestone_notice",
    "occasions",
    "reminder_key",
    "reminder_notice",
    "streak_notice",
    "told_by",
]
