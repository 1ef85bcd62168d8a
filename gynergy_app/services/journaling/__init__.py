"""Writing: the pages of a day and of a week, what each asks to be done, sitting still, and looking ahead."""

from gynergy_app.services.journaling import (
    challenges,
    gratitude_actions,
    life_map,
    meditations,
    pages,
    visions,
    weekly,
)
from gynergy_app.services.journaling.writing import NotEnrolled, OpenPage, Saved, Sheet, WrittenElsewhere

__all__ = [
    "NotEnrolled",
    "OpenPage",
    "Saved",
    "Sheet",
    "WrittenElsewhere",
    "challenges",
    "gratitude_actions",
    "life_map",
    "meditations",
    "pages",
    "visions",
    "weekly",
]
