"""What the writing pages remember, and what their writer does."""

from gynergy_app.state.journaling.evening import EveningState
from gynergy_app.state.journaling.gratitude_action import GratitudeActionState
from gynergy_app.state.journaling.morning import MorningState

__all__ = ["EveningState", "GratitudeActionState", "MorningState"]
