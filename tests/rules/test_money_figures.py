"""Figures of money: stretches that add up, what comes again, and what an event means for people."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.payments.dead_letters import Concerned, meaning
from gynergy_app.domain.payments.figures import (
    MOST_STEPS,
    Period,
    Step,
    Subscribed,
    Takings,
    fitting,
    in_steps,
    period_problem,
    recurring,
    total,
)
from gynergy_app.domain.payments.inbox import FOLLOWED
from gynergy_app.domain.payments.kinds import Interval, PurchaseStatus, SubscriptionStatus
from gynergy_app.domain.payments.payloads import without_people

SPRING = date(2026, 2, 25)
active, trialing, past_due, canceled = (
    SubscriptionStatus.active,
    SubscriptionStatus.trialing,
    SubscriptionStatus.past_due,
    SubscriptionStatus.canceled,
)
pending, completed, refunded, disputed, review = (
    PurchaseStatus.pending,
    PurchaseStatus.completed,
    PurchaseStatus.refunded,
    PurchaseStatus.disputed,
    PurchaseStatus.review,
)


@given(
    length=st.integers(1, 200),
    step=st.sampled_from(Step),
    moved=st.lists(st.tuples(st.integers(0, 199), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=20),
)
def test_however_it_is_cut_the_stretches_add_up_and_leave_no_day_out(
    length: int, step: Step, moved: list[tuple[int, int, int]]
):
    period = Period(SPRING, SPRING + timedelta(days=length - 1))
    days = [Takings(SPRING + timedelta(days=n % length), 1, came, went) for n, came, went in moved]

    stretches = in_steps(period, step, days)

    assert total(period, stretches) == total(period, days)
    begins = [each.begins for each in stretches]
    assert begins[0] == period.first
    assert begins == sorted(set(begins))
    assert {step.begin(SPRING + timedelta(days=n)) for n in range(length)} == set(map(step.begin, begins))


@pytest.mark.parametrize(
    ("step", "days", "drawn"),
    [
        (Step.day, MOST_STEPS, Step.day),
        (Step.day, MOST_STEPS + 1, Step.week),
        (Step.week, 365, Step.week),
        (Step.day, 3660, Step.month),
        (Step.month, 1, Step.month),
    ],
)
def test_a_step_that_cannot_be_drawn_becomes_a_longer_one(step: Step, days: int, drawn: Step):
    assert fitting(step, Period(SPRING, SPRING + timedelta(days=days - 1))) is drawn


@pytest.mark.parametrize(
    ("first", "last", "is_fine"),
    [
        (SPRING, SPRING, True),
        (SPRING, SPRING - timedelta(days=1), False),
        (SPRING, SPRING + timedelta(days=3660), False),
        (None, SPRING, False),
        (SPRING, None, False),
    ],
)
def test_what_is_no_period_is_said(first: date | None, last: date | None, is_fine: bool):
    assert (period_problem(first, last) == "") is is_fine


def test_only_what_is_active_in_one_currency_comes_again():
    found = [
        Subscribed(active, Interval.month, "usd", 3, 3 * 3995, 1),
        Subscribed(active, Interval.year, "usd", 2, 2 * 39_900, 0),
        Subscribed(active, Interval.month, "eur", 9, 9 * 3500, 0),
        Subscribed(trialing, Interval.month, "usd", 5, 5 * 3995, 0),
        Subscribed(past_due, Interval.year, "usd", 4, 4 * 39_900, 0),
        Subscribed(canceled, Interval.month, "usd", 8, 8 * 3995, 0),
    ]

    now = recurring(found, "usd")

    assert (now.monthly, now.yearly, now.ending) == (3, 2, 1)
    assert now.month_cents == 3 * 3995 + 2 * 39_900 // 12
    assert now.year_cents == 12 * 3 * 3995 + 2 * 39_900
    assert recurring(found, "chf").month_cents == 0


@given(monthly=st.integers(0, 10**7), yearly=st.integers(0, 10**7))
def test_a_month_is_a_twelfth_of_a_year_to_half_a_cent(monthly: int, yearly: int):
    found = [
        Subscribed(active, Interval.month, "usd", 1, monthly, 0),
        Subscribed(active, Interval.year, "usd", 1, yearly, 0),
    ]

    now = recurring(found, "usd")

    assert abs(now.month_cents - Fraction(now.year_cents, 12)) <= Fraction(1, 2)


ANA = "Ana Silva"


@pytest.mark.parametrize(
    ("event_type", "about", "harm"),
    [
        (
            "checkout.session.completed",
            Concerned(pending, who=ANA),
            "Ana Silva has paid and has no place yet.",
        ),
        ("checkout.session.completed", Concerned(completed, who=ANA), None),
        ("checkout.session.completed", Concerned(refunded, who=ANA), None),
        ("checkout.session.completed", Concerned(review), "Somebody has paid and waits for a decision."),
        ("checkout.session.completed", Concerned(), "Somebody may have paid and have nothing."),
        ("checkout.session.completed", Concerned(subscription=canceled, who=ANA), "kept from writing"),
        ("checkout.session.expired", Concerned(pending), None),
        ("payment_intent.payment_failed", Concerned(pending), None),
        ("charge.refunded", Concerned(completed, who=ANA), "Access stays open for Ana Silva"),
        ("charge.refunded", Concerned(refunded, who=ANA), None),
        ("refund.failed", Concerned(refunded, who=ANA), "the money may not have arrived"),
        ("refund.updated", Concerned(), None),
        ("charge.dispute.created", Concerned(completed), "Access stays open for Somebody"),
        ("charge.dispute.closed", Concerned(disputed, who=ANA), "Ana Silva stays without access"),
        ("charge.dispute.closed", Concerned(refunded, who=ANA), None),
        ("customer.subscription.updated", Concerned(subscription=active, who=ANA), None),
        ("invoice.paid", Concerned(subscription=past_due, who=ANA), "Ana Silva may be kept from writing"),
        ("invoice.paid", Concerned(), "Somebody may have paid for the journal"),
        ("customer.updated", Concerned(), None),
        ("customer.source.expiring", Concerned(), None),
        ("price.updated", Concerned(), None),
        ("topup.created", Concerned(), None),
    ],
)
def test_an_event_nobody_followed_says_who_is_harmed_or_that_nobody_is(
    event_type: str, about: Concerned, harm: str | None
):
    means = meaning(event_type, about)

    assert means.is_harmful is (harm is not None)
    assert (harm or "Nobody is harmed.") in means.harm


@pytest.mark.parametrize("event_type", FOLLOWED)
def test_every_event_we_follow_has_its_words_whatever_we_hold(event_type: str):
    for purchase in (None, *PurchaseStatus):
        for subscription in (None, *SubscriptionStatus):
            means = meaning(event_type, Concerned(purchase, subscription))
            assert means.what.endswith(".")
            assert means.is_harmful is not means.harm.startswith("Nobody is harmed.")


PERSON = {
    "email": "ana@example.com",
    "name": ANA,
    "phone": "+351 900",
    "address": {"line1": "Rua 1"},
    "url": "https://pay.example.com/x",
    "client_secret": "secret",
    "something_new": ANA,
}


def test_a_payload_is_shown_without_the_people_in_it():
    thing = {
        "id": "cs_1", "amount_total": 99_700, "customer_details": PERSON, **PERSON,
        "metadata": {"purchase_id": "p", "note": ANA}, "lines": {"data": [{"id": "li_1", **PERSON}]},
        "last_payment_error": {"code": "card_declined", "payment_method": {"billing_details": PERSON}},
    }  # fmt: skip

    shown, left_out = without_people({"id": "evt_1", "data": {"object": thing}})

    assert shown == {
        "id": "evt_1",
        "data": {
            "object": {
                "id": "cs_1",
                "amount_total": 99_700,
                "metadata": {"purchase_id": "p"},
                "lines": {"data": [{"id": "li_1"}]},
                "last_payment_error": {"code": "card_declined"},
            }
        },
    }
    assert left_out == 1 + 7 + 1 + 7 + 1
