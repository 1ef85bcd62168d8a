"""What the writing pages remember, and what their writer does."""

from gynergy_app.state.journaling.challenge import ChallengeState
from gynergy_app.state.journaling.evening import EveningState
from gynergy_app.state.journaling.gratitude_action import GratitudeActionState
from gynergy_app.state.journaling.life_map import LifeMapState
from gynergy_app.state.journaling.meditation import MeditationState
from gynergy_app.state.journaling.missed_day import MissedDayState
from gynergy_app.state.journaling.morning import MorningState
from gynergy_app.state.journaling.visions import (
    CreedState,
    DiscoveryState,
    HighestSelfState,
    MantraState,
    VisionsState,
)
from gynergy_app.state.journaling.weekly import WeeklyState

__all__ = [
    "ChallengeState",
    "CreedState",
    "DiscoveryState",
    "EveningState",
    "GratitudeActionState",
    "HighestSelfState",
    "LifeMapState",
    "MantraState",
    "MeditationState",
    "MissedDayState",
    "MorningState",
    "VisionsState",
    "WeeklyState",
]
