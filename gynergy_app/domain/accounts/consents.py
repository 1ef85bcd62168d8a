"""What a member agrees to, and in which wording: a wording is known by the day it was written."""

from datetime import date
from enum import StrEnum


class ConsentKind(StrEnum):
    """The values are stored. The one about reminders is written down by the database when she chooses.

    `friend_code_name` is whether the page of a friend code may say who gave it.
    """

    terms = "terms"
    privacy = "privacy"
    reminder_mail = "reminder_mail"
    friend_code_name = "friend_code_name"


CURRENT = {ConsentKind.terms: date(2026, 12, 1), ConsentKind.privacy: date(2026, 12, 1)}
"""The wording that stands on the pages today. Whoever changes a sentence there changes its day here."""


def agreed_at_the_door() -> dict[str, str]:
    """What making an account agrees to."""
    return {kind.value: written.isoformat() for kind, written in CURRENT.items()}


def spoken_version(kind: ConsentKind) -> str:
    """
    >>> spoken_version(ConsentKind.terms)
    '1 December 2026'
    """
    written = CURRENT[kind]
    return f"{written.day} {written:%B %Y}"
