"""What finishing a page brought, as one value."""

from dataclasses import dataclass
from uuid import UUID

from gynergy_app.domain.gamification import Activity, Award


@dataclass(frozen=True)
class UnlockedBadge:
    """A badge that was just earned. `words` say what for."""

    user_badge_id: UUID
    key: str
    name: str
    words: str
    icon: str
    rarity: str
    points: int


@dataclass(frozen=True)
class Completion:
    """What to celebrate. `award` is None for a practice page; `was_already` means nothing new was earned.

    Without an activity it is about what earns no points by itself, and only brought badges.
    """

    activity: Activity | None
    award: Award | None = None
    points_total: int = 0
    streak_days: int = 0
    badges: tuple[UnlockedBadge, ...] = ()
    milestone_day: int | None = None
    milestone_name: str = ""
    was_already: bool = False
    is_practice: bool = False

    @classmethod
    def of_practice(cls, activity: Activity) -> "Completion":
        return cls(activity, is_practice=True)
