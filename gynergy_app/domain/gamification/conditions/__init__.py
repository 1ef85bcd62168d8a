"""Badges as data: `parse` reads `badges.unlock_condition`; words and progress come from that one value."""

from collections.abc import Mapping
from typing import Any

from gynergy_app.domain.gamification.conditions.base import Condition, Progress
from gynergy_app.domain.gamification.conditions.chains import Combo, First, Streak, Weekend
from gynergy_app.domain.gamification.conditions.moments import BetterMood, Comeback, TimeOfDay
from gynergy_app.domain.gamification.conditions.ways import (
    Complete,
    Encourage,
    Graduate,
    Milestone,
    Referral,
    Share,
)
from gynergy_app.errors import Invalid

_TYPES: dict[str, type[Condition]] = {
    condition.type: condition
    for condition in (
        BetterMood,
        Combo,
        Comeback,
        Complete,
        Encourage,
        First,
        Graduate,
        Milestone,
        Referral,
        Share,
        Streak,
        TimeOfDay,
        Weekend,
    )
}


def parse(unlock_condition: Mapping[str, Any]) -> Condition:
    """The condition a badge was given; `Invalid` when it makes no sense.

    >>> parse({"type": "streak", "activity": "morning_journal", "count": 7}).words
    'Finish the morning journal seven days in a row.'
    """
    try:
        return _TYPES[unlock_condition["type"]].read(unlock_condition)
    except (KeyError, TypeError, ValueError) as mistake:
        raise Invalid({"unlock_condition": f"This badge condition cannot be read: {mistake}."}) from mistake


__all__ = ["Condition", "Milestone", "Progress", "parse"]
