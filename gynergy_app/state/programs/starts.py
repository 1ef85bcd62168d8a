"""Sessions somebody may still join, in words."""

from dataclasses import dataclass

from gynergy_app.domain.programs import countdown
from gynergy_app.services.programs import OpenSession


@dataclass(frozen=True)
class Start:
    """One session somebody may join, in words."""

    id: str
    label: str
    about: str
    when: str
    places: str
    is_full: bool
    queue: str


def start_in_words(offer: OpenSession) -> Start:
    day = f"{offer.starts_on:%A} {offer.starts_on.day} {offer.starts_on:%B}"
    begun = offer.day_today >= 1
    when = f"Began {day}; today is day {offer.day_today}" if begun else f"Begins {day}"
    soon = "" if begun else _countdown(offer)
    return Start(
        id=str(offer.session_id),
        label=f"{offer.label} cohort",
        about=offer.about,
        when=f"{when}. {soon}".strip() if soon else f"{when}. You join your cohort on the day it is living.",
        places=_places(offer),
        is_full=offer.is_full,
        queue=f"You are number {offer.waitlist_place} in the queue" if offer.waitlist_place else "",
    )


def _countdown(offer: OpenSession) -> str:
    today = offer.starts_on.fromordinal(offer.starts_on.toordinal() + offer.day_today - 1)
    return f"{countdown(offer.starts_on, today)}."


def _places(offer: OpenSession) -> str:
    if offer.places_left is None:
        return "Open"
    if offer.is_full:
        return "Full"
    return f"{offer.places_left} place{'' if offer.places_left == 1 else 's'} left"
