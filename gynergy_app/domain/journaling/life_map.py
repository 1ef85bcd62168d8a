"""The map of a life: eight areas, four questions each, sixteen panels of two."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gynergy_app.domain.journaling.drafts import Draft

FOCUS_LIMIT = 3
"""More than three at once are none."""


class Area(StrEnum):
    """The values are stored, and begin the names of columns."""

    romantic_relationship = "romantic_relationship"
    family_friend = "family_friend"
    quality_of_life = "quality_of_life"
    spiritual = "spiritual"
    health_fitness = "health_fitness"
    personal_dev = "personal_dev"
    career_business = "career_business"
    financial = "financial"


class Aspect(StrEnum):
    """What is asked of each area. The values end the names of columns."""

    situation = "situation"
    vision = "vision"
    why = "why"
    strategy = "strategy"


class Side(StrEnum):
    """The two panels of an area."""

    now_and_vision = "now_and_vision"
    why_and_strategy = "why_and_strategy"


ASPECTS = {
    Side.now_and_vision: (Aspect.situation, Aspect.vision),
    Side.why_and_strategy: (Aspect.why, Aspect.strategy),
}


def cell(area: Area, aspect: Aspect) -> str:
    """
    >>> cell(Area.spiritual, Aspect.why)
    'spiritual_why'
    """
    return f"{area}_{aspect}"


CELLS = tuple(cell(area, aspect) for area in Area for aspect in Aspect)


@dataclass(frozen=True)
class LifeMapDraft(Draft):
    """Thirty-two answers, every one of which may stay empty."""

    romantic_relationship_situation: str = ""
    romantic_relationship_vision: str = ""
    romantic_relationship_why: str = ""
    romantic_relationship_strategy: str = ""
    family_friend_situation: str = ""
    family_friend_vision: str = ""
    family_friend_why: str = ""
    family_friend_strategy: str = ""
    quality_of_life_situation: str = ""
    quality_of_life_vision: str = ""
    quality_of_life_why: str = ""
    quality_of_life_strategy: str = ""
    spiritual_situation: str = ""
    spiritual_vision: str = ""
    spiritual_why: str = ""
    spiritual_strategy: str = ""
    health_fitness_situation: str = ""
    health_fitness_vision: str = ""
    health_fitness_why: str = ""
    health_fitness_strategy: str = ""
    personal_dev_situation: str = ""
    personal_dev_vision: str = ""
    personal_dev_why: str = ""
    personal_dev_strategy: str = ""
    career_business_situation: str = ""
    career_business_vision: str = ""
    career_business_why: str = ""
    career_business_strategy: str = ""
    financial_situation: str = ""
    financial_vision: str = ""
    financial_why: str = ""
    financial_strategy: str = ""

    def missing(self) -> dict[str, str]:
        return {}

    def text(self, area: Area, aspect: Aspect) -> str:
        return getattr(self, cell(area, aspect))

    def words_in(self, area: Area, side: Side) -> int:
        """How many words stand in a panel."""
        return sum(len(self.text(area, aspect).split()) for aspect in ASPECTS[side])

    def answers_in(self, area: Area) -> int:
        return sum(bool(self.text(area, aspect)) for aspect in Aspect)

    @property
    def filled(self) -> tuple[Area, ...]:
        """The areas with all four answers."""
        return tuple(area for area in Area if self.answers_in(area) == len(Aspect))

    @property
    def begun(self) -> tuple[Area, ...]:
        return tuple(area for area in Area if self.answers_in(area))


def areas_of(names: Iterable[str]) -> tuple[Area, ...]:
    """The areas among these names, each once, in the order of the map.

    >>> areas_of(["spiritual", "pets", "spiritual"])
    (<Area.spiritual: 'spiritual'>,)
    """
    given = set(names)
    return tuple(area for area in Area if area in given)
