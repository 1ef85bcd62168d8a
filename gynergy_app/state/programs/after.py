"""The last day and after it: what is open, what closes and when, where to go next."""

from collections.abc import Mapping
from dataclasses import dataclass

from gynergy_app import routes
from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.domain.payments.kinds import OVER
from gynergy_app.domain.payments.offers import Offer, Sold
from gynergy_app.domain.text import spoken_day
from gynergy_app.services.graduation import days_kept, days_of
from gynergy_app.services.today import Today


@dataclass(frozen=True)
class After:
    """No `title`: the last day has not come. `is_closed`: nothing can be written any more.

    `has_other_books`: another session has its yearbook. `opens_href`: where writing goes on, if it is closed.
    """

    title: str = ""
    words: str = ""
    is_closed: bool = False
    has_written: bool = False
    has_graduation: bool = False
    has_other_books: bool = False
    next_words: str = ""
    next_href: str = ""
    next_label: str = ""
    opens_href: str = ""
    journal: str = ""
    """What a journal of her own would cost, for whoever has none."""


NOT_YET = After()


def journal_words(hers: Entitlement, offers: Mapping[Sold, Offer]) -> str:
    """Empty for whoever has a subscription. Nothing begins by itself."""
    if hers.subscription and hers.subscription not in OVER:
        return ""
    month, year = (offers[sold].words for sold in (Sold.journal_month, Sold.journal_year))
    return (
        f"It goes on day after day, for {month} a month or {year} a year, and begins only when you choose "
        "it. Without it reading and export stay free, for good."
    )


def after_view(day: Today, *, may_write: bool, may_start: bool) -> After:
    place, has_written = day.enrolled, bool(day.story.pages)
    if place.today < place.end_date or (place.today == place.end_date and not has_written):
        return NOT_YET
    is_last = place.today == place.end_date
    return After(
        title=_title(day, is_last),
        words=_words(day, is_last, may_write),
        is_closed=day.is_closed,
        has_written=has_written,
        has_graduation=has_written and not place.is_personal,
        has_other_books=place.has_graduated_elsewhere,
        next_words=_next_words(day),
        next_href=(routes.WELCOME if may_start else routes.PRICING) if day.next_start else "",
        next_label="See the starts" if may_start else "See what opens it",
        opens_href="" if may_write else routes.PRICING,
    )


def _next_words(day: Today) -> str:
    if day.next_start is None:
        return ""
    if day.next_start > day.enrolled.today:
        return f"A new session begins on {spoken_day(day.next_start)}."
    return f"A session that began on {spoken_day(day.next_start)} still takes members."


def _title(day: Today, is_last: bool) -> str:
    days = days_of(day.enrolled)
    if is_last:
        return f"This is the last of your {days} days."
    return f"Your {days} days are behind you." if day.story.pages else f"The {days} days are over."


def _words(day: Today, is_last: bool, may_write: bool) -> str:
    if is_last and day.enrolled.is_personal:
        return "Your yearbook can be made. Today still takes its pages, and tomorrow your next days begin."
    if is_last and may_write:
        return "Your graduation is open, and your yearbook can be made. Today still takes its pages."
    kept = f"{days_kept(day.enrolled, day.story)} of {days_of(day.enrolled)} days kept."
    until = spoken_day(day.enrolled.open_until)
    if day.is_closed:
        return f"{kept} Writing closed on {until}. Every page stays yours to read and to take with you."
    if not may_write:
        return f"{kept} Every page stays yours to read and to take with you."
    return f"{kept} If you like, go on: pages can be written until {until}."
