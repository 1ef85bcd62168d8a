"""Days as addresses name them."""

from datetime import date


def iso_day(said: str) -> date | None:
    """The day somebody asked for; None when it is none.

    >>> iso_day("2026-10-16"), iso_day("yesterday")
    (datetime.date(2026, 10, 16), None)
    """
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def day_at_end_of(path: str) -> date | None:
    """
    >>> day_at_end_of("/history/2026-10-16/")
    datetime.date(2026, 10, 16)
    """
    return iso_day(path.rstrip("/").rsplit("/", 1)[-1])
