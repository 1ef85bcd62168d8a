"""Writing: pages of the morning and the evening, and the gratitude action between them."""

from gynergy_app.services.journaling import gratitude_actions, pages
from gynergy_app.services.journaling.writing import NotEnrolled, Saved, Sheet, WrittenElsewhere

__all__ = ["NotEnrolled", "Saved", "Sheet", "WrittenElsewhere", "gratitude_actions", "pages"]
