"""The kinds of things that are counted. The values are stored."""

from enum import StrEnum
from typing import cast


class Activity(StrEnum):
    """What a member can earn points for by doing it."""

    morning_journal = "morning_journal"
    evening_journal = "evening_journal"
    gratitude_action = "gratitude_action"
    weekly_reflection = "weekly_reflection"
    weekly_challenge = "weekly_challenge"
    vision = "vision"


class Extra(StrEnum):
    """What may be added to the points of a page, and is never multiplied."""

    early_morning = "early_morning"
    whole_day = "whole_day"
    perfect_week = "perfect_week"


Priced = cast(type[StrEnum], StrEnum("Priced", [(one.name, one.value) for one in (*Activity, *Extra)]))
"""Everything a value can be announced for."""


DAILY = (Activity.morning_journal, Activity.evening_journal, Activity.gratitude_action)
"""The three pages of a day. One of them keeps the day; all three make it whole."""


class StreakEventKind(StrEnum):
    """What may stand on a day without a page. `crossing`: a journey took the day from the member's clock."""

    freeze = "freeze"
    repair = "repair"
    crossing = "crossing"


BADGE_REWARD = "badge_reward"
"""The ledger's word for points that come with a badge."""


class MultiplierType(StrEnum):
    streak = "streak"
    combo = "combo"
    time = "time"
    special = "special"


class BadgeCategory(StrEnum):
    consistency = "consistency"
    completion = "completion"
    speed = "speed"
    social = "social"
    milestone = "milestone"
    special = "special"


class Rarity(StrEnum):
    common = "common"
    uncommon = "uncommon"
    rare = "rare"
    epic = "epic"
    legendary = "legendary"


class RecountScope(StrEnum):
    """Whose ledger is worked out anew."""

    everybody = "everybody"
    cohort = "cohort"
    member = "member"


class RecountStatus(StrEnum):
    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"


class DifferenceKind(StrEnum):
    """What does not agree: a row of the ledger, a sum of it, a badge, a forgiven day, or a counter."""

    missing = "missing"
    unfounded = "unfounded"
    figures = "figures"
    arithmetic = "arithmetic"
    total = "total"
    badge = "badge"
    freeze = "freeze"
    counter = "counter"
