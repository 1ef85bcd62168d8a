"""Points, streaks and badges as arithmetic over dated rows."""

from gynergy_app.domain.gamification.boards import (
    Window,
    dense_ranks,
    first_day,
)
from gynergy_app.domain.gamification.conditions import (
    AHEAD,
    Condition,
    Feature,
    Milestone,
    Progress,
    parse,
)
from gynergy_app.domain.gamification.kinds import (
    BADGE_REWARD,
    DAILY,
    Activity,
    BadgeCategory,
    MultiplierType,
    Rarity,
    StreakEventKind,
)
from gynergy_app.domain.gamification.points import (
    Award,
    Bonus,
    Line,
    award_for,
    badge_award,
    completes_a_week,
    is_early,
)
from gynergy_app.domain.gamification.rules import (
    Band,
    MultiplierRow,
    Rules,
)
from gynergy_app.domain.gamification.story import (
    Page,
    Story,
    kept_from,
)
from gynergy_app.domain.gamification.streaks import (
    FREEZES_A_SESSION,
    Kept,
    freezes_due,
    freezes_left,
    longest_streak,
    longest_week_streak,
    repairable,
    streak_ending,
    streak_on,
    week_streak,
)
from gynergy_app.domain.gamification.worth import BOOK_COLUMNS, Announced, Worth

__all__ = [
    "AHEAD",
    "BADGE_REWARD",
    "BOOK_COLUMNS",
    "DAILY",
    "FREEZES_A_SESSION",
    "Activity",
    "Announced",
    "Award",
    "BadgeCategory",
    "Band",
    "Bonus",
    "Condition",
    "Feature",
    "Kept",
    "Line",
    "Milestone",
    "MultiplierRow",
    "MultiplierType",
    "Page",
    "Progress",
    "Rarity",
    "Rules",
    "Story",
    "StreakEventKind",
    "Window",
    "Worth",
    "award_for",
    "badge_award",
    "completes_a_week",
    "dense_ranks",
    "first_day",
    "freezes_due",
    "freezes_left",
    "is_early",
    "kept_from",
    "longest_streak",
    "longest_week_streak",
    "parse",
    "repairable",
    "streak_ending",
    "streak_on",
    "week_streak",
]
