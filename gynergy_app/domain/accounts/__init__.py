from gynergy_app.domain.accounts.archives import ArchiveStatus
from gynergy_app.domain.accounts.details import (
    EMAIL_LIMIT,
    NAME_LIMIT,
    email_problem,
    is_timezone,
    known_timezones,
    name_problem,
    tidy_email,
    tidy_name,
    timezone_or_utc,
    timezone_problem,
)
from gynergy_app.domain.accounts.passwords import LONGEST_BYTES, SHORTEST, password_problem
from gynergy_app.domain.accounts.people import DigestFrequency, Member, Role, Theme

__all__ = [
    "EMAIL_LIMIT",
    "LONGEST_BYTES",
    "NAME_LIMIT",
    "SHORTEST",
    "ArchiveStatus",
    "DigestFrequency",
    "Member",
    "Role",
    "Theme",
    "email_problem",
    "is_timezone",
    "known_timezones",
    "name_problem",
    "password_problem",
    "tidy_email",
    "tidy_name",
    "timezone_or_utc",
    "timezone_problem",
]
