"""What stands behind the bell: its words, and the key by which each thing is told once."""

from dataclasses import dataclass
from enum import StrEnum

from gynergy_app.domain.text import counted


class NotificationCategory(StrEnum):
    reminder = "reminder"
    achievement = "achievement"
    social = "social"
    system = "system"
    encouragement = "encouragement"


STREAK_MARKS = (7, 14, 21, 30, 45, 60, 90)
"""The lengths worth a word."""


@dataclass(frozen=True)
class Notice:
    """The words of one notification. `dedupe_key` lets it be told once, however often it is written."""

    category: NotificationCategory
    title: str
    body: str
    dedupe_key: str


def badge_notice(key: str, name: str, words: str, points: int, session_id: object) -> Notice:
    """
    >>> badge_notice("first-morning", "First Light", "Finish it once.", 10, 1).body
    'Finish it once. Ten points came with it.'
    """
    earned = f" {counted(points, 'point').capitalize()} came with it." if points else ""
    return Notice(
        NotificationCategory.achievement,
        f"New badge: {name}",
        f"{words}{earned}",
        f"badge:{session_id}:{key}",
    )


def milestone_notice(number: int, name: str, day: int, days_kept: int, session_id: object) -> Notice:
    return Notice(
        NotificationCategory.achievement,
        f"{name}, day {day}",
        f"You have reached this milestone with {counted(days_kept, 'day')} kept.",
        f"milestone:{session_id}:{number}",
    )


def streak_notice(length: int, session_id: object, day: object) -> Notice | None:
    """Words for the lengths that deserve some, whenever one is reached again; None for the others."""
    if length not in STREAK_MARKS:
        return None
    return Notice(
        NotificationCategory.achievement,
        f"{length} days in a row",
        "Each of them has a page. A day you miss is held by a freeze while you have one.",
        f"streak:{session_id}:{length}:{day}",
    )


def freeze_notice(day_words: str, left: int, session_id: object, day: object) -> Notice:
    """Tells of a freeze that was used. `day_words` is the missed day as people say it: Tuesday."""
    return Notice(
        NotificationCategory.reminder,
        f"A freeze held your streak on {day_words}",
        f"Nothing is lost. {counted(left, 'freeze').capitalize()} left in this session.",
        f"freeze:{session_id}:{day}",
    )


def graduation_notice(days_kept: int, days: int, session_id: object) -> Notice:
    return Notice(
        NotificationCategory.achievement,
        f"You have reached day {days}",
        f"{counted(days_kept, 'day').capitalize()} kept. The alumni cohort is open to you, "
        "and your yearbook can be made.",
        f"graduation:{session_id}",
    )


def session_ended_notice(days: int, open_until: str, session_id: object) -> Notice:
    """The days of the program are over for everybody. `open_until` as people say it: Friday 15 May."""
    return Notice(
        NotificationCategory.system,
        f"The {days} days are over",
        f"You can go on writing until {open_until}. What you wrote stays yours for good.",
        f"session-ended:{session_id}",
    )


def next_days_notice(days: int, session_id: object) -> Notice:
    """After days of her own that are over."""
    return Notice(
        NotificationCategory.system,
        f"Your next {days} days have begun",
        "They are your own, as those before were. What you wrote in those stays yours to read.",
        f"next-days:{session_id}",
    )


def session_closed_notice(session_id: object) -> Notice:
    return Notice(
        NotificationCategory.system,
        "Writing in this session has closed",
        "Every page stays open to read and to take with you.",
        f"session-closed:{session_id}",
    )


def encouragement_notice(name: str, words: str, encouragement_id: object) -> Notice:
    return Notice(
        NotificationCategory.encouragement,
        f"{name} encourages you",
        words,
        f"encouragement:{encouragement_id}",
    )
