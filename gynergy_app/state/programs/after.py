"""After the last day: what is open, what closes and when, where to go next. In words for several screens."""

from dataclasses import dataclass
from datetime import date

from gynergy_app import routes
from gynergy_app.domain.text import spoken_day


@dataclass(frozen=True)
class After:
    """No title: the last day has not come, or nothing was written."""

    title: str = ""
    words: str = ""
    is_open: bool = False
    has_yearbook: bool = False
    next_words: str = ""
    next_href: str = ""


def after_words(
    *, days: int, days_kept: int, open_until: date, is_open: bool, has_written: bool, next_start: str = ""
) -> After:
    """What is true on a day after the last one; `next_start` names the next session that takes members."""
    return After(
        title=f"Your {days} days are behind you." if has_written else f"The {days} days are over.",
        words=f"{_kept(days_kept, days, has_written)} {_writing(open_until, is_open)}",
        is_open=is_open,
        has_yearbook=has_written,
        next_words=f"A new session begins on {next_start}." if next_start else "",
        next_href=routes.WELCOME if next_start else "",
    )


def _kept(kept: int, days: int, has_written: bool) -> str:
    return f"{kept} of {days} days kept." if has_written else "No page was finished in them."


def _writing(open_until: date, is_open: bool) -> str:
    if is_open:
        return f"You can go on writing until {spoken_day(open_until)}; these pages keep a streak as before."
    return f"Writing in this session closed on {spoken_day(open_until)}. Every page stays open to read."
