"""What the page of a friend code says: what it promises, or why it opens nothing and what to do then."""

from dataclasses import dataclass
from datetime import datetime

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.codes import Refusal
from gynergy_app.domain.programs import programme_day
from gynergy_app.domain.text import spoken_day
from gynergy_app.services.payments.redeeming import Invitation
from gynergy_app.services.programs import OpenSession
from gynergy_app.state.payments.looking import Looked


@dataclass(frozen=True)
class Promise:
    """A code that is good. `giver` is empty unless she wished to be named; `whom` stands in her place."""

    code: str = ""
    giver: str = ""
    title: str = ""
    lead: str = ""
    until: str = ""
    begins: str = ""
    begins_about: str = ""
    unseen: str = ""
    named: str = ""
    warning: str = ""
    account: str = ""
    account_about: str = ""


@dataclass(frozen=True)
class Ending:
    """A code that opens nothing here. `has_field` offers to correct what was typed."""

    title: str = ""
    words: str = ""
    action: str = ""
    href: str = ""
    has_field: bool = False


@dataclass(frozen=True)
class Choice:
    """A start she can choose with the code."""

    id: str
    label: str
    when: str


_PRICE = ("See what a place costs", routes.PRICING)
_NEXT = {
    Refusal.unknown: (*_PRICE, True),
    Refusal.misread: (*_PRICE, True),
    Refusal.own: ("See your codes", routes.FRIEND_CODES, False),
    Refusal.used: (*_PRICE, True),
    Refusal.revoked: (*_PRICE, True),
    Refusal.expired: (*_PRICE, True),
    Refusal.has_access: ("Open Today", routes.TODAY, False),
    Refusal.redeemed_before: (*_PRICE, False),
}
"""What to do then: its words, where it leads, and whether another code can be typed here."""
_ASK = "Whoever sent it to you may have another."
_MORE = {Refusal.used: _ASK, Refusal.revoked: _ASK}


def ending(refusal: Refusal, *, is_hers: bool = False) -> Ending:
    """What is said beside a field, with its first sentence as the page's heading.

    A cohort that is full ends nothing: there are other starts.
    """
    if is_hers:
        return Ending(
            "This code gave you your place.",
            "You have used it, so it is spent, and your place is yours.",
            "Open Today",
            routes.TODAY,
        )
    action, href, has_field = _NEXT[refusal]
    first, stop, rest = refusal.sentence.partition(". ")
    words = " ".join(filter(None, (rest, _MORE.get(refusal))))
    return Ending(first + stop.strip(), words, action, href, has_field=has_field)


def too_many(sentence: str) -> Ending:
    return Ending("Let us wait a little.", sentence, "The front page", routes.HOME)


def promise(looked: Looked, who: Member | None, now: datetime, worth: str) -> Promise:
    given = looked.invitation
    giver, friend = given.giver or "Your friend", given.giver or "your friend"
    begins, about = _begins(looked, who, now)
    return Promise(
        code=given.code,
        giver=given.giver,
        title=f"{given.giver or 'A friend'} gave you a place.",
        lead=f"It is the whole 45 days, worth {worth}. "
        "You pay nothing, no card is asked for, and no subscription starts.",
        until=_until(given, who),
        begins=begins,
        begins_about=about,
        unseen=f"{giver} will not see what you write, and you will not see what {friend} writes. "
        f"{giver} is told that the code was used, and when. In a cohort people see each other’s name, "
        "picture and points, unless they are hidden.",
        named=f"Tell {friend} my first name",
        warning=_warning(who),
        account="You have an account" if who else "An account with your address",
        account_about=(
            "The place becomes part of it."
            if who
            else "It takes a minute. The link we mail leads back to this place."
        ),
    )


def _begins(looked: Looked, who: Member | None, now: datetime) -> tuple[str, str]:
    given = looked.invitation
    if looked.lives_a_session:
        return "You stay in your session", "Your days go on as they are."
    if given.starts_on is None:
        return "You choose your start", _none_or_some(looked, who)
    if given.is_full:
        theirs = f"{given.giver}’s cohort" if given.giver else "your friend’s cohort"
        return "You choose another start", f"Every place in {theirs} is taken. {_none_or_some(looked, who)}"
    cohort = f"{given.label} cohort, with {given.giver or 'your friend'}. " if given.label else ""
    day = programme_day(given.starts_on, clock.day_in(who.timezone if who else "UTC", now))
    if day >= 1:
        return f"Your cohort is on day {day}", f"{cohort}You join on the day it is living."
    return f"Day 1 is {spoken_day(given.starts_on)}", f"{cohort}Until then you can try the pages out."


def _none_or_some(looked: Looked, who: Member | None) -> str:
    if who is None:
        return "The next ones are shown once you are signed in."
    if looked.offers:
        return "Choose one beside this."
    if looked.invitation.is_full:
        return "No other start is open: come back when a place opens. The code waits meanwhile."
    return "No start is open just now: take the place, and choose when the next one is set."


def _until(given: Invitation, who: Member | None) -> str:
    """On her own calendar. Whoever has not signed in has none here, so the hour and its zone are said."""
    if given.valid_until is None:
        return ""
    if who is None:
        return f"Good until {spoken_day(given.valid_until.date())} {given.valid_until:%Y, %H:%M} UTC"
    day = clock.day_in(who.timezone, given.valid_until)
    return f"Good until {spoken_day(day)} {day.year}"


def _warning(who: Member | None) -> str:
    if who is None or not who.is_anonymous:
        return ""
    return "Your account has no address: without one the place is lost when this browser forgets you."


def choice(offer: OpenSession) -> Choice:
    begun = offer.day_today >= 1
    day = spoken_day(offer.starts_on)
    when = f"Began {day}; today is day {offer.day_today}" if begun else f"Begins {day}"
    return Choice(str(offer.session_id), f"{offer.label} cohort", when)
