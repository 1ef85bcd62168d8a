"""The sections of the first page."""

from gynergy_app.components.home.answers import privacy, questions
from gynergy_app.components.home.claim import claim
from gynergy_app.components.home.clock import one_day
from gynergy_app.components.home.price import price
from gynergy_app.components.home.stretches import days

__all__ = ["claim", "days", "one_day", "price", "privacy", "questions"]
