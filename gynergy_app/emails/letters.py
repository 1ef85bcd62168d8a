"""Every mail the product sends, and what must be known to write it.

A letter's class names its template (`AccountSecurityNotice` is `templates/account_security_notice.*`), and
its fields are the only names that template may use. They travel through the outbox as JSON.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from gynergy_app.domain.notifications import MailStream


@dataclass(frozen=True)
class Letter:
    stream: ClassVar[MailStream] = MailStream.transactional

    @property
    def template_key(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def context(self) -> dict[str, Any]:
        """The fields as JSON carries them: days and moments in ISO form."""
        return {name: _portable(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Welcome(Letter):
    """A member has a place in a book session."""

    first_name: str
    program: str
    day_one: date
    program_day: int
    """The day it is for this member now; below 1 while the session lies ahead."""
    total_days: int


@dataclass(frozen=True)
class WaitlistJoined(Letter):
    """The session was full."""

    first_name: str
    program: str
    day_one: date
    position: int


@dataclass(frozen=True)
class Graduated(Letter):
    """The last day of a session has come for a member who wrote in it."""

    first_name: str
    program: str
    days_kept: int
    total_days: int
    open_until: date
    """The last day on which she may still write."""


@dataclass(frozen=True)
class Reminding(Letter):
    """What every reminder knows. `unsubscribe` is the path that switches this one off."""

    stream = MailStream.marketing

    first_name: str
    program: str
    unsubscribe: str


@dataclass(frozen=True)
class MorningReminder(Reminding):
    program_day: int


@dataclass(frozen=True)
class EveningReminder(Reminding):
    program_day: int


@dataclass(frozen=True)
class StreakWarning(Reminding):
    """The streak ends tonight unless a page is written, and no freeze is left to hold it."""

    streak_days: int


@dataclass(frozen=True)
class WeeklyDigest(Reminding):
    """A look back at a programme week, in numbers: no word she wrote travels by mail."""

    week: int
    first: date
    last: date
    days_kept: str
    """In words: five of seven days."""
    pages: str
    points: int


class SecurityEvent(StrEnum):
    password_changed = "password_changed"
    email_changed = "email_changed"
    """Sent to the address the account is leaving."""
    signed_out_everywhere = "signed_out_everywhere"


@dataclass(frozen=True)
class AccountSecurityNotice(Letter):
    """Somebody changed how this account is entered."""

    first_name: str
    event: SecurityEvent
    happened_at: datetime
    timezone: str


def _portable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
