"""Points, streaks and badges: given once, explained always."""

from gynergy_app.services.gamification.completion import Completion, UnlockedBadge
from gynergy_app.services.gamification.crediting import credit, look_for_badges
from gynergy_app.services.gamification.keeping import already_kept, count, keep
from gynergy_app.services.gamification.shelf import NoSuchBadge, Shelf, ShowcaseFull
from gynergy_app.services.gamification.statement import Statement, kept_at

__all__ = [
    "Completion",
    "NoSuchBadge",
    "Shelf",
    "ShowcaseFull",
    "Statement",
    "UnlockedBadge",
    "already_kept",
    "count",
    "credit",
    "keep",
    "kept_at",
    "look_for_badges",
]
