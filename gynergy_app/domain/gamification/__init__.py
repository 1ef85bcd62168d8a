from gynergy_app.domain.gamification.kinds import (
    DAILY,
    Activity,
    BadgeCategory,
    MultiplierType,
    Rarity,
    StreakEventKind,
)

__all__ = ["DAILY", "Activity", "BadgeCategory", "MultiplierType", "Rarity", "StreakEventKind"]
