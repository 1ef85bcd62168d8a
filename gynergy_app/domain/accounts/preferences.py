"""What a member can choose about reminders, visibility and looks, and how each choice is read."""

from datetime import time

from gynergy_app.domain.accounts.people import DigestFrequency, Theme
from gynergy_app.errors import Invalid

Choice = bool | str | time

SWITCHES = frozenset(
    {
        "morning_reminder_enabled",
        "evening_reminder_enabled",
        "streak_warning_enabled",
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
OPTIONS = {"theme": Theme, "email_digest_frequency": DigestFrequency}


def read_choice(name: str, said: object) -> Choice:
    """The value to keep. Raises `Invalid` with the sentence for its field.

    >>> read_choice("quiet_from", "22:30"), read_choice("theme", "dark"), read_choice("show_streak", False)
    (datetime.time(22, 30), <Theme.dark: 'dark'>, False)
    """
    if name in SWITCHES and isinstance(said, bool):
        return said
    if name in TIMES:
        return _read_time(name, said)
    if name in OPTIONS and said in set(OPTIONS[name]):
        return OPTIONS[name](str(said))
    raise Invalid({name: "Please choose one of the options shown."})


def _read_time(name: str, said: object) -> time:
    try:
        read = time.fromisoformat(str(said))
    except ValueError:
        raise Invalid({name: "Please give a time of day, such as 07:00."}) from None
    return read.replace(second=0, microsecond=0, tzinfo=None)
