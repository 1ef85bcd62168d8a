"""What the database itself refused, by SQLSTATE."""

from sqlalchemy.exc import DBAPIError

SESSION_IS_FULL = "GY001"
SHOWCASE_IS_FULL = "GY003"
ENOUGH_TODAY = "GY006"
NOT_ALLOWED = "42501"
DISK_FULL = "53100"
UNIQUE_VIOLATION = "23505"


def sqlstate(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", "") or "")
