"""What happened to somebody, said in a line each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gynergy_app import clock, routes
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.receipts import order_number
from gynergy_app.domain.payments.stripe_words import WON, money
from gynergy_app.domain.text import counted
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.services.desks.timeline import Happening, Step
from gynergy_app.state.admin.member_words import mail_row
from gynergy_app.state.admin.money_words import (
    DISPUTES,
    TAKEN_BACK_BY,
    failure_words,
    price,
    refund_state,
)
from gynergy_app.state.admin.words import audit_line, day_words, moment, short_date

MONEY, DAYS, MAIL, STAFF, PERSON = "money", "days", "mail", "staff", "person"
GROUPS = {
    Step.came: PERSON, Step.joined: PERSON, Step.invited: PERSON, Step.enrolled: DAYS, Step.milestone: DAYS,
    Step.graduated: DAYS, Step.mail: MAIL, Step.staff: STAFF,
}  # fmt: skip
"""Whatever is not here is about money."""


_PAGES = {
    "home": "the first page", "pricing": "the prices", "sign-up": "the page to sign up",
    "sign-in": "the page to sign in", "join": "the page of a friend code",
    "redeem": "the page to enter a code", "privacy": "the privacy notice", "terms": "the terms",
}  # fmt: skip
"""Where somebody may have come first: see `domain/arrivals.py`."""


@dataclass(frozen=True)
class TimelineRow:
    when: str
    what: str
    more: str
    group: str
    href: str = ""


Said = tuple[str, str, str]
"""What happened, what else is known of it, and where it leads."""


def rows_of(happened: list[Happening], zone: str, now: datetime) -> list[TimelineRow]:
    return [_row(each, zone, now) for each in happened]


def _row(each: Happening, zone: str, now: datetime) -> TimelineRow:
    what, more, href = _SAY[each.step](each, zone, now)
    return TimelineRow(
        when=day_words(each.at, zone, now) if each.is_day else moment(each.at, zone, now),
        what=what,
        more=more,
        group=GROUPS.get(each.step, MONEY),
        href=href,
    )


def _name(each: Happening, otherwise: str = "somebody whose account is gone") -> str:
    return each.names[0] if each.names and each.names[0] else otherwise


def _person(each: Happening) -> str:
    return routes.admin_member(each.links[0]) if each.links else ""


def _bought(purchase: Any) -> str:
    return routes.admin_purchase(str(purchase.id))


def _came(each: Happening, zone: str, now: datetime) -> Said:
    return f"First came to {_PAGES.get(each.about, 'a page of ours')}", "", ""


def _joined(each: Happening, zone: str, now: datetime) -> Said:
    return "Made an account", "", ""


def _invited(each: Happening, zone: str, now: datetime) -> Said:
    states = {"pending": "not counted yet", "converted": "counted", "expired": "does not count"}
    return f"Came by the link of {_name(each)}", states[each.about.status], _person(each)


def _began(each: Happening, zone: str, now: datetime) -> Said:
    purchase = each.about
    tries = "" if each.number == 1 else f"Checkout opened {counted(each.number, 'time')}"
    amount = money(purchase.amount_cents, purchase.currency)
    return f"Began to buy the challenge, {amount}", tries, _bought(purchase)


def _did_not_pay(each: Happening, zone: str, now: datetime) -> Said:
    failed = each.about.status is PurchaseStatus.failed
    return ("The bank did not pay" if failed else "The checkout closed unpaid"), "", _bought(each.about)


def _paid(each: Happening, zone: str, now: datetime) -> Said:
    purchase = each.about
    said = [f"Order {order_number(purchase.id)}"]
    if purchase.claimed_at or purchase.user_id is None:
        said.append("as a guest")
    what = f"Paid {money(purchase.amount_cents, purchase.currency)} for the challenge"
    return what, ", ".join(said), _bought(purchase)


def _given(each: Happening, zone: str, now: datetime) -> Said:
    code = each.about.code if each.about else ""
    return f"Was given a place by {_name(each)}", code, _person(each)


def _claimed(each: Happening, zone: str, now: datetime) -> Said:
    return "The guest’s purchase became hers, by her proved address", "", _bought(each.about)


def _codes_made(each: Happening, zone: str, now: datetime) -> Said:
    return f"Got {counted(each.number, 'friend code')} to give", "", ""


def _code_used(each: Happening, zone: str, now: datetime) -> Said:
    return f"Code {each.about.code} was used by {_name(each)}", "", _person(each)


def _code_back(each: Happening, zone: str, now: datetime) -> Said:
    by = TAKEN_BACK_BY[each.about.revoked_by] if each.about.revoked_by else ""
    return f"Code {each.about.code} was taken back", by, ""


def _refund(each: Happening, zone: str, now: datetime) -> Said:
    refund, purchase = each.about
    state = refund_state(refund.status, refund.stripe_refund_id)[0]
    why = failure_words(refund.failure or "")
    by = f"asked for by {_name(each)}" if refund.requested_by else "made at Stripe"
    amount = money(refund.amount_cents, purchase.currency)
    return f"Refund of {amount}, {by}", f"{state}. {why}" if why else state, _bought(purchase)


def _refunded(each: Happening, zone: str, now: datetime) -> Said:
    return "The whole price is back", "", _bought(each.about)


def _disputed(each: Happening, zone: str, now: datetime) -> Said:
    dispute, purchase = each.about
    amount = money(dispute.amount_cents, purchase.currency)
    state = DISPUTES.get(dispute.status) or str(dispute.status)
    if dispute.status == WON:
        state += ": the place and its codes were closed meanwhile, and are open again"
    return f"The bank asked for {amount} back", state, _bought(purchase)


def _subscribed(each: Happening, zone: str, now: datetime) -> Said:
    return f"Subscribed to the journal, {_terms(each)}", each.about.stripe_id, ""


def _switched(each: Happening, zone: str, now: datetime) -> Said:
    return f"Changed the journal to {_terms(each)}", each.about.stripe_id, ""


def _terms(each: Happening) -> str:
    terms = each.about.terms
    return price(terms.amount_cents, terms.currency, terms.interval)


def _invoice_paid(each: Happening, zone: str, now: datetime) -> Said:
    row = each.about
    return f"Paid {money(row.amount_cents, row.currency)} for the journal", row.stripe_id, ""


def _invoice_back(each: Happening, zone: str, now: datetime) -> Said:
    row = each.about
    return f"{money(row.amount_cents, row.currency)} paid for the journal went back", row.stripe_id, ""


def _enrolled(each: Happening, zone: str, now: datetime) -> Said:
    place = each.about
    cohort = f"the cohort {place.cohort_name}" if place.cohort_name else place.book_name
    start = short_date(place.session.start_date, clock.day_in(zone, now))
    return f"Took a place in {cohort}", f"day 1 is {start}", ""


def _milestone(each: Happening, zone: str, now: datetime) -> Said:
    day, kept, reached = each.about
    late = "" if day == reached else f", reached on day {reached}"
    return f"Milestone of day {day}{late}", f"{kept} of {reached} days kept", ""


def _mail(each: Happening, zone: str, now: datetime) -> Said:
    row = mail_row(each.about, zone, now)
    return f"Mail “{row.name}”", row.state, ""


def _staff(each: Happening, zone: str, now: datetime) -> Said:
    recorded: Recorded = each.about
    line = audit_line(recorded, zone, now, names_subject=False)
    return f"{line.what}, by {line.who}", line.reason, ""


def _plainly(words: str) -> Callable[[Happening, str, datetime], Said]:
    return lambda each, zone, now: (words, "", "")


_SAY: dict[Step, Callable[[Happening, str, datetime], Said]] = {
    Step.came: _came,
    Step.joined: _joined,
    Step.invited: _invited,
    Step.began_to_pay: _began,
    Step.did_not_pay: _did_not_pay,
    Step.paid: _paid,
    Step.given: _given,
    Step.claimed: _claimed,
    Step.codes_made: _codes_made,
    Step.code_used: _code_used,
    Step.code_taken_back: _code_back,
    Step.refund: _refund,
    Step.refunded: _refunded,
    Step.disputed: _disputed,
    Step.subscribed: _subscribed,
    Step.trial_ended: _plainly("The trial ended"),
    Step.invoice_paid: _invoice_paid,
    Step.invoice_back: _invoice_back,
    Step.switched: _switched,
    Step.past_due: _plainly("The card for the journal was refused"),
    Step.mended: _plainly("What was owed for the journal was paid"),
    Step.cancelled: _plainly("Cancelled the journal"),
    Step.resumed: _plainly("Kept the journal after all"),
    Step.ended: _plainly("The journal subscription ended"),
    Step.enrolled: _enrolled,
    Step.milestone: _milestone,
    Step.graduated: _plainly("Came to the last day"),
    Step.mail: _mail,
    Step.staff: _staff,
}
