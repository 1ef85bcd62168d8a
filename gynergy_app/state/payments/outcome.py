"""What became of a payment, in words. Whoever only holds its number learns nothing that is private."""

from dataclasses import dataclass, field
from datetime import datetime

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.offers import spoken_price
from gynergy_app.domain.payments.receipts import Stage, masked
from gynergy_app.domain.text import spoken_day
from gynergy_app.services.payments.receipts import Receipt
from gynergy_app.services.programs import Enrolled
from gynergy_app.state.payments.codes import Ticket

WAITING, BANK = "waiting", "bank"
PAID = ("paid", "guest", "elsewhere")


@dataclass(frozen=True)
class Outcome:
    """`kind` decides what the page shows; `looking` until it is known."""

    kind: str = "looking"
    order: str = ""
    amount: str = ""
    title: str = ""
    words: str = ""
    mail: str = ""
    action: str = ""
    href: str = ""


@dataclass(frozen=True)
class Paid:
    """What a buyer has now: where her days begin, and codes."""

    words: str
    needs_start: bool
    codes: list[Ticket] = field(default_factory=list)


def paid(who: Member, place: Enrolled | None, codes: list[Ticket], now: datetime) -> Paid:
    today = clock.day_in(who.timezone, now)
    if place is None or place.open_until < today:
        return Paid("Choose the start you want to live: your access waits for it.", True, codes)
    if place.day < 1:
        return Paid(f"Day 1 is {spoken_day(place.start_date)}. Until then nothing is missed.", False, codes)
    return Paid(f"Today is day {place.day} of your session.", False, codes)


def outcome(found: Receipt | None, who: Member | None, hers: Paid | None) -> Outcome:
    if found is None:
        return _unknown(who)
    facts = Outcome(
        order=found.order,
        amount=spoken_price(found.price),
        mail=found.email if who and found.owner_id == who.id else masked(found.email),
    )
    if found.stage is Stage.paid:
        return _paid(facts, found, who, hers)
    kind, title, words, action, href = _WORDS[found.stage]
    return _said(facts, kind, title, words, action, href)


def _said(facts: Outcome, kind: str, title: str, words: str, action: str, href: str) -> Outcome:
    return Outcome(kind, facts.order, facts.amount, title, words, facts.mail, action, href)


_AGAIN = ("Back to the price", routes.PRICING)
_WORDS = {
    Stage.paying: (
        WAITING,
        "Confirming your payment.",
        "This usually takes seconds. You can leave this page: nothing depends on it.",
        "",
        "",
    ),
    Stage.bank: (
        BANK,
        "Your bank has been asked to pay.",
        "That takes a few days, and nothing more is needed from you: we write when it is decided.",
        "",
        "",
    ),
    Stage.failed: (
        "failed",
        "The payment did not arrive.",
        "Nothing was charged. You can begin again, with another way to pay.",
        *_AGAIN,
    ),
    Stage.expired: (
        "expired",
        "The page to pay on has closed.",
        "Nothing was charged, and you can begin again.",
        *_AGAIN,
    ),
    Stage.review: (
        "review",
        "Your payment has arrived, and a person is looking at it.",
        "What was paid is not what was asked for. Nothing is open yet; please do not pay again meanwhile.",
        "",
        "",
    ),
    Stage.refunded: (
        "refunded",
        "This purchase was refunded.",
        "What was paid has been given back, and its place with it. What you wrote stays yours to read.",
        *_AGAIN,
    ),
    Stage.disputed: (
        "disputed",
        "This payment is disputed.",
        "Your bank has asked for the money back. What it opened is closed until that is decided.",
        "",
        "",
    ),
}


def unfinished(facts: Outcome) -> Outcome:
    """She came here without having paid."""
    words = "Nothing was charged. The page to pay on is still open, and you can go on there."
    return _said(facts, "open", "This payment is not finished.", words, "Go on paying", routes.PRICING)


def _paid(facts: Outcome, found: Receipt, who: Member | None, hers: Paid | None) -> Outcome:
    if hers and who:
        return _hers(facts, found, who, hers)
    if who is None:
        words = (
            f"It waits for you under {facts.mail}. Make an account with that address, or sign in with it: "
            "then the place and two codes for friends are yours."
        )
        href = f"{routes.SIGN_UP}?next={routes.WELCOME}"
        return _said(facts, "guest", "Your place is paid.", words, "Make my account", href)
    words = (
        f"It waits for {facts.mail}, and you are signed in with another address. Sign out and come back with "
        "that one, or make it the address of this account."
    )
    return _said(facts, "elsewhere", "This place is paid.", words, "Change my address", routes.SECURITY)


def _hers(facts: Outcome, found: Receipt, who: Member, hers: Paid) -> Outcome:
    title = f"You are in, {who.first_name}." if who.first_name else "You are in."
    if not hers.needs_start:
        return _said(facts, "paid", title, hers.words, "Go to my first page", routes.WELCOME)
    lost = "The last place in the start you chose went to somebody else while you paid. "
    words = f"{lost}{hers.words}" if found.has_lost_seat else hers.words
    return _said(facts, "paid", title, words, "Choose my start", routes.WELCOME)


def _unknown(who: Member | None) -> Outcome:
    words = (
        "This address names no purchase that we know for you. A payment is never lost with a page: its "
        "receipt comes by mail."
    )
    way = ("Open Today", routes.TODAY) if who else ("Sign in", routes.SIGN_IN)
    return _said(Outcome(), "unknown", "We find no purchase here.", words, *way)
