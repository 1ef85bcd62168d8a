"""Money that comes, money that goes back, and seats meanwhile."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from gynergy_app.domain.payments.kinds import PurchaseStatus, RefundStatus
from gynergy_app.domain.payments.paying import Payment, Price, money_back, status_after_refunds
from gynergy_app.domain.payments.seats import (
    checkout_ends,
    seat_while_bank_pays,
    seat_while_paying,
)
from gynergy_app.domain.referrals import next_milestone, tidy_referral_code

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FULL = 99_700
completed, refunded, disputed, pending, failed, expired, review = (
    PurchaseStatus.completed,
    PurchaseStatus.refunded,
    PurchaseStatus.disputed,
    PurchaseStatus.pending,
    PurchaseStatus.failed,
    PurchaseStatus.expired,
    PurchaseStatus.review,
)


@pytest.mark.parametrize(
    ("subtotal", "total", "is_fine"),
    [
        (Price(FULL), Price(FULL), True),
        (Price(FULL), Price(49_850), True),
        (Price(FULL), Price(0), True),
        (Price(FULL), Price(118_643), True),
        (Price(100), Price(100), False),
        (Price(FULL + 1), Price(FULL), False),
        (Price(FULL, "eur"), Price(FULL, "eur"), False),
        (Price(FULL), Price(FULL, "jpy"), False),
    ],
)
def test_a_promotion_or_a_tax_may_change_what_is_paid_but_not_what_it_is_for(
    subtotal: Price, total: Price, is_fine: bool
):
    assert (Payment(subtotal, total, NOW).mismatch(Price(FULL)) is None) is is_fine


@pytest.mark.parametrize(
    ("refunds", "arrived"),
    [
        ([], 0),
        ([(RefundStatus.succeeded, 5_000)], 5_000),
        ([(RefundStatus.succeeded, 5_000), (RefundStatus.succeeded, 1)], 5_001),
        ([(RefundStatus.pending, 5_000), (RefundStatus.requires_action, 1)], 0),
        ([(RefundStatus.failed, 5_000), (RefundStatus.canceled, 1), (RefundStatus.succeeded, 2)], 2),
    ],
)
def test_only_money_that_arrived_is_back(refunds: list[tuple[RefundStatus, int]], arrived: int):
    assert money_back(refunds) == arrived


@pytest.mark.parametrize(
    ("before", "back", "after"),
    [
        (completed, 0, completed),
        (completed, FULL - 1, completed),
        (completed, FULL, refunded),
        (disputed, FULL - 1, disputed),
        (disputed, FULL, refunded),
        (refunded, FULL, refunded),
        (refunded, FULL - 1, completed),
        (refunded, 0, completed),
        (pending, FULL, pending),
        (failed, FULL, failed),
        (expired, 0, expired),
        (review, FULL, refunded),
        (review, FULL - 1, review),
    ],
)
def test_only_the_whole_amount_changes_anything(before: PurchaseStatus, back: int, after: PurchaseStatus):
    assert status_after_refunds(before, FULL, back) is after


def test_nothing_was_paid_so_nothing_is_refunded():
    assert status_after_refunds(completed, 0, 0) is completed


def test_what_a_dispute_took_no_failed_refund_gives_back():
    assert status_after_refunds(refunded, FULL, 0, is_lost=True) is refunded


def test_once_paid_means_whatever_came_after():
    assert {status for status in PurchaseStatus if status.was_paid} == {completed, refunded, disputed}


def test_a_seat_outlasts_its_checkout_and_a_bank_has_days():
    ends = checkout_ends(NOW)

    moments = [NOW, ends, seat_while_paying(ends), seat_while_bank_pays(NOW)]

    assert all(earlier < later for earlier, later in pairwise(moments))
    assert timedelta(minutes=30) <= ends - NOW <= timedelta(hours=24), "what Stripe allows"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ANA-7K2Q", "ANA-7K2Q"),
        (" ana-7k2q ", "ANA-7K2Q"),
        ("gyn 2345", "GYN-2345"),
        ("ANAB_7K2Q", "ANAB-7K2Q"),
        ("A-7K2Q", None),
        ("ANABEL-7K2Q", None),
        ("ANA7K2Q", None),
        ("", None),
        ("ANA-7K2Q'--", None),
    ],
)
def test_a_code_from_a_link_is_a_code_or_nothing(typed: str, code: str | None):
    assert tidy_referral_code(typed) == code


@pytest.mark.parametrize(("converted", "ahead"), [(0, 1), (1, 2), (2, 5), (9, 10), (10, 25), (25, None)])
def test_the_next_milestone_lies_ahead(converted: int, ahead: int | None):
    assert next_milestone(converted, [25, 1, 10, 2, 5]) == ahead
