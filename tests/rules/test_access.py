"""What each way of paying opens, for how long, and what stays."""

from datetime import UTC, datetime, timedelta

import pytest

from gynergy_app.domain.payments.access import PAST_DUE_GRACE, Door, Entitlement, Right, journal_door
from gynergy_app.domain.payments.kinds import AccessType, SubscriptionStatus

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NOBODYS = Entitlement()
DOORS = {
    SubscriptionStatus.incomplete: Door.closed,
    SubscriptionStatus.incomplete_expired: Door.closed,
    SubscriptionStatus.trialing: Door.open,
    SubscriptionStatus.active: Door.open,
    SubscriptionStatus.past_due: Door.grace,
    SubscriptionStatus.unpaid: Door.closed,
    SubscriptionStatus.paused: Door.closed,
    SubscriptionStatus.canceled: Door.closed,
}


def test_all_eight_states_are_decided():
    assert set(DOORS) == set(SubscriptionStatus)


@pytest.mark.parametrize(("status", "door"), DOORS.items())
def test_what_a_subscription_opens(status: SubscriptionStatus, door: Door):
    assert journal_door(status, NOW, NOW) is door
    assert Entitlement(subscription=status, past_due_since=NOW).allows(Right.write, NOW) is (
        door is not Door.closed
    )


@pytest.mark.parametrize(
    ("since", "door"),
    [
        (timedelta(), Door.grace),
        (6 * DAY, Door.grace),
        (PAST_DUE_GRACE - timedelta(seconds=1), Door.grace),
        (PAST_DUE_GRACE, Door.closed),
        (30 * DAY, Door.closed),
    ],
)
def test_a_refused_card_leaves_seven_days(since: timedelta, door: Door):
    hers = Entitlement(subscription=SubscriptionStatus.past_due, past_due_since=NOW - since)

    assert hers.journal(NOW) is door
    assert hers.journal_closes_at == NOW - since + PAST_DUE_GRACE


def test_a_card_refused_long_ago_and_fixed_since_counts_no_days():
    assert journal_door(SubscriptionStatus.active, NOW - 30 * DAY, NOW) is Door.open
    assert Entitlement(subscription=SubscriptionStatus.active, past_due_since=NOW).journal_closes_at is None


@pytest.mark.parametrize("came_by", AccessType)
@pytest.mark.parametrize(
    ("until", "door"),
    [(None, Door.open), (NOW + DAY, Door.open), (NOW, Door.closed), (NOW - DAY, Door.closed)],
)
def test_the_challenge_is_open_until_its_last_day_of_grace(
    came_by: AccessType, until: datetime | None, door: Door
):
    hers = Entitlement(came_by=came_by, challenge_until=until)

    assert hers.challenge(NOW) is door
    assert hers.allows(Right.write, NOW) is (door is Door.open)
    assert hers.allows(Right.meet, NOW) is (door is Door.open)


def test_who_bought_nothing_opens_nothing():
    assert NOBODYS.challenge(NOW) is NOBODYS.journal(NOW) is Door.closed
    assert not NOBODYS.allows(Right.write, NOW)
    assert not NOBODYS.allows(Right.meet, NOW)


def test_a_subscriber_writes_after_the_challenge_and_meets_with_the_community_only():
    hers = Entitlement(
        came_by=AccessType.purchased, challenge_until=NOW - DAY, subscription=SubscriptionStatus.active
    )

    assert hers.allows(Right.write, NOW)
    assert not hers.allows(Right.meet, NOW)
    assert Entitlement(has_community=True).allows(Right.meet, NOW)
