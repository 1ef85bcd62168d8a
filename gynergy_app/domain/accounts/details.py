"""Names, addresses and time zones as people type them."""

import re
from functools import cache
from zoneinfo import available_timezones

from gynergy_app.domain.text import tidy_line

NAME_LIMIT = 80
EMAIL_LIMIT = 254
LOCAL_PART_LIMIT = 64

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_LINK = re.compile(r"https?:|www\.|://", re.IGNORECASE)
_NOT_PLACES = {"Factory", "localtime", "posixrules"}


def tidy_name(name: object) -> str:
    """
    >>> tidy_name("  Ana   María ")
    'Ana María'
    """
    return tidy_line(name)


def name_problem(name: str) -> str | None:
    if not name:
        return "Please tell us what to call you."
    if len(name) > NAME_LIMIT:
        return f"Please keep your name under {NAME_LIMIT} characters."
    return "A name cannot hold a link." if _LINK.search(name) else None


def tidy_email(email: object) -> str:
    """One spelling for one address: trimmed, composed, in small letters.

    >>> tidy_email(" Ana@Example.COM ")
    'ana@example.com'
    """
    return tidy_line(email).lower()


def email_problem(email: str) -> str | None:
    """
    >>> email_problem("ana@example.com")
    >>> email_problem("ana@example")
    'This does not look like an e-mail address. It should be like name@example.com.'
    """
    local, _, domain = email.rpartition("@")
    labels = domain.split(".")
    if (
        not _ADDRESS.fullmatch(email)
        or len(email) > EMAIL_LIMIT
        or len(local) > LOCAL_PART_LIMIT
        or len(labels) < 2
        or not all(_LABEL.fullmatch(label) for label in labels)
        or local.startswith(".")
        or local.endswith(".")
        or ".." in local
    ):
        return "This does not look like an e-mail address. It should be like name@example.com."
    return None


@cache
def known_timezones() -> frozenset[str]:
    """Every place the tz database knows, old spellings included: browsers still send them."""
    return frozenset(available_timezones() - _NOT_PLACES)


def is_timezone(name: object) -> bool:
    """
    >>> is_timezone("Asia/Calcutta"), is_timezone("../etc/passwd"), is_timezone("UTC+2")
    (True, False, False)
    """
    return isinstance(name, str) and name in known_timezones()


def timezone_problem(name: object) -> str | None:
    return None if is_timezone(name) else "Please choose a time zone from the list, such as Europe/Lisbon."


def timezone_or_utc(name: object) -> str:
    """What a browser said, if it means anything."""
    return name if isinstance(name, str) and is_timezone(name) else "UTC"
