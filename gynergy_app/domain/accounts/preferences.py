"""What a member can choose about reminders, visibility and looks, and how each choice is read."""

from datetime import time
from enum import StrEnum

from gynergy_app.domain.accounts.people import DigestFrequency, Theme
from gynergy_app.errors import Invalid

Choice = bool | StrEnum | time

SWITCHES = frozenset(
    {
        "morning_reminder_enabled",
        "evening_reminder_enabled",
        "streak_warning_enabled",
        "email_reminders_enabled",
        "push_enabled",
        "show_streak",
        "show_points",
        "show_badges",
        "show_cohort",
        "show_on_leaderboard",
        "allow_direct_messages",
        "allow_encouragements",
        "shortcuts_enabled",
    }
)
TIMES = frozenset({"morning_reminder_time", "evening_reminder_time", "quiet_from", "quiet_to"})
OPTIONS: dict[str, type[StrEnum]] = {"theme": Theme, "email_digest_frequency": DigestFrequency}


def choice_problem(name: str, said: object) -> str | None:
    """The sentence to show beside the field, or None.

    >>> choice_problem("quiet_from", "25:00")
    'Please give a time of day, such as 07:00.'
    """
    if name in TIMES:
        return None if _time(said) is not None else "Please give a time of day, such as 07:00."
    is_known = (name in SWITCHES and isinstance(said, bool)) or (
        name in OPTIONS and isinstance(said, str) and said in set(OPTIONS[name])
    )
    return None if is_known else "Please choose one of the options shown."


def read_choice(name: str, said: object) -> Choice:
    """The value to keep. Raises `Invalid` with the sentence for its field.

    >>> read_choice("quiet_from", "22:30"), read_choice("show_streak", False)
    (datetime.time(22, 30), False)
    """
    if problem := choice_problem(name, said):
        raise Invalid({name: problem})
    if name in OPTIONS:
        return OPTIONS[name](str(said))
    return (_time(said) or time()) if name in TIMES else bool(said)


def _time(said: object) -> time | None:
    try:
        return time.fromisoformat(str(said)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None
