"""What somebody should know before she pays, in words."""

from dataclasses import dataclass
from datetime import datetime

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.receipts import Stage, masked
from gynergy_app.domain.text import spoken_day
from gynergy_app.services.payments.receipts import Receipt
from gynergy_app.services.rate_limits import spoken

NO_SECOND = ("bank", "review", "disputed")
ON_PURPOSE = ("access", "bought")


@dataclass(frozen=True)
class Standing:
    """`kind` is empty for somebody who has begun nothing. `href` leads where she goes on, if anywhere."""

    kind: str = ""
    headline: str = ""
    words: str = ""
    action: str = ""
    href: str = ""

    @property
    def may_pay(self) -> bool:
        return self.kind not in NO_SECOND

    @property
    def asks_again(self) -> bool:
        """Whether paying has to be chosen on purpose."""
        return self.kind in ON_PURPOSE


def standing(who: Member | None, last: Receipt | None, place: str, now: datetime) -> Standing:
    """`place` is what the start is called in which a seat is kept for her."""
    if last and last.stage in (Stage.bank, Stage.review):
        return _of(last, who, place, now)
    if who and who.entitlement.challenge(now) is Door.open:
        return Standing(
            "access",
            "You have a place already.",
            "A second payment brings you two more friend codes, and nothing else.",
            "Open Today",
            routes.TODAY,
        )
    return _of(last, who, place, now) if last else Standing()


def _of(last: Receipt, who: Member | None, place: str, now: datetime) -> Standing:
    zone = who.timezone if who else "UTC"
    match last.stage:
        case Stage.paying:
            kept = _kept(last, place, now)
            return Standing(
                "paying", "You began to pay and have not finished.", f"Nothing was charged. {kept}"
            )
        case Stage.bank:
            return Standing("bank", "Your bank has been asked to pay.", _bank(last, place, zone))
        case Stage.review:
            words = "What was paid is not what was asked for. Please do not pay again meanwhile."
            return Standing("review", "A person is looking at your payment.", words)
        case Stage.failed:
            words = "Nothing was charged. You can begin again, with another way to pay."
            return Standing("failed", "Your last payment did not arrive.", words)
        case Stage.expired:
            words = "Nothing was charged. You can begin again."
            return Standing("expired", "The page on which you began to pay has closed.", words)
        case Stage.refunded:
            day = spoken_day(clock.day_in(zone, last.refunded_at or now))
            return Standing("refunded", f"Your place was refunded on {day}.", "You can buy one again.")
        case Stage.disputed:
            words = "Your bank has asked for the money back. Access is closed until that is decided."
            return Standing("disputed", "Your payment is disputed.", words)
        case Stage.paid if last.owner_id is None:
            return _bought(last)
        case _:
            return Standing()


def _kept(last: Receipt, place: str, now: datetime) -> str:
    if last.seat_until is None or not place:
        return "The page to pay on is still open."
    return f"Your place in {place} is kept for {spoken(last.seat_until - now)} more."


def _bank(last: Receipt, place: str, zone: str) -> str:
    until = ""
    if last.seat_until and place:
        until = f" Your place in {place} is kept until {spoken_day(clock.day_in(zone, last.seat_until))}."
    return f"That takes a few days, and nothing is needed from you: we write when it is decided.{until}"


def _bought(last: Receipt) -> Standing:
    return Standing(
        "bought",
        "A place was bought in this browser.",
        f"It waits for {masked(last.email)}: make an account with that address, or sign in with it.",
        "Make my account",
        f"{routes.SIGN_UP}?next={routes.WELCOME}",
    )
