"""Writing: the pages of a day and of a week, what each asks to be done, and sitting still."""

from gynergy_app.services.journaling import challenges, gratitude_actions, meditations, pages, weekly
from gynergy_app.services.journaling.writing import NotEnrolled, OpenPage, Saved, Sheet, WrittenElsewhere

__all__ = [
    "NotEnrolled",
    "OpenPage",
    "Saved",
    "Sheet",
    "WrittenElsewhere",
    "challenges",
    "gratitude_actions",
    "meditations",
    "pages",
    "weekly",
]
