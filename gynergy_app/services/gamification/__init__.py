"""Points, streaks and badges: given once, explained always."""

from gynergy_app.services.gamification.completion import Completion, UnlockedBadge
from gynergy_app.services.gamification.keeping import already_kept, keep

__all__ = ["Completion", "UnlockedBadge", "already_kept", "keep"]
