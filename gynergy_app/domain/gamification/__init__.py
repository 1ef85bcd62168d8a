from gynergy_app.domain.gamification.kinds import (
    BADGE_REWARD,
    DAILY,
    Activity,
    BadgeCategory,
    MultiplierType,
    Rarity,
    StreakEventKind,
)

__all__ = [
    "BADGE_REWARD",
    "DAILY",
    "Activity",
    "BadgeCategory",
    "MultiplierType",
    "Rarity",
    "StreakEventKind",
]
