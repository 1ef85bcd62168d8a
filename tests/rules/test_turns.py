"""What turned in a subscription between two answers."""

from dataclasses import replace

import pytest

from gynergy_app.domain.payments.kinds import Interval, SubscriptionStatus
from gynergy_app.domain.payments.turns import Terms, turns

ACTIVE = Terms(SubscriptionStatus.active, 3995, "usd", Interval.month)
TRIAL = replace(ACTIVE, status=SubscriptionStatus.trialing)
OWED = replace(ACTIVE, status=SubscriptionStatus.past_due)
OVER = replace(ACTIVE, status=SubscriptionStatus.canceled)
ENDING = replace(ACTIVE, is_ending=True)
YEAR = replace(ACTIVE, amount_cents=39900, interval=Interval.year)


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        (None, TRIAL, ["subscribed"]),
        (None, ACTIVE, ["subscribed"]),
        (None, ENDING, ["subscribed", "cancelled"]),
        (None, OWED, ["subscribed", "past_due"]),
        (None, OVER, ["subscribed", "ended"]),
        (ACTIVE, ACTIVE, []),
        (TRIAL, ACTIVE, ["trial_ended"]),
        (TRIAL, OWED, ["trial_ended", "past_due"]),
        (ACTIVE, YEAR, ["switched"]),
        (ACTIVE, OWED, ["past_due"]),
        (OWED, OWED, []),
        (OWED, ACTIVE, ["mended"]),
        (ACTIVE, ENDING, ["cancelled"]),
        (ENDING, ACTIVE, ["resumed"]),
        (ENDING, YEAR, ["switched", "resumed"]),
        (ENDING, OVER, ["ended"]),
        (OVER, OVER, []),
    ],
)
def test_each_turn_is_told(before: Terms | None, after: Terms, turned: list[str]):
    assert turns(before, after) == turned
