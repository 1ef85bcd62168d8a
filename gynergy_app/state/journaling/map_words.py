"""The life map in words and in a drawing, from the same answers."""

from collections.abc import Container
from dataclasses import dataclass

from gynergy_app.domain.journaling import Area, Aspect, LifeMapDraft, Side
from gynergy_app.drawing.radar import Axis, Radar, radar

AREAS = {
    Area.romantic_relationship: "Love and partnership",
    Area.family_friend: "Family and friends",
    Area.quality_of_life: "Quality of life",
    Area.spiritual: "Spirit",
    Area.health_fitness: "Health",
    Area.personal_dev: "Growth",
    Area.career_business: "Work",
    Area.financial: "Money",
}
BRIEFLY = {Area.romantic_relationship: "Love", Area.family_friend: "Family", Area.quality_of_life: "Living"}
SIDES = {Side.now_and_vision: "Now and vision", Side.why_and_strategy: "Why and strategy"}
QUESTIONS = {
    Aspect.situation: "How it is now",
    Aspect.vision: "How you would like it",
    Aspect.why: "Why it matters",
    Aspect.strategy: "How you get there",
}

FULL = 40
"""Words in a panel that reach the outer ring. More are welcome and reach no further."""
RINGS = (10, 40)


@dataclass(frozen=True)
class AreaView:
    """An area as its row shows it. `now` and `why` are how much stands in its two panels."""

    now: str = ""
    why: str = ""
    is_picked: bool = False
    is_hidden: bool = False
    is_covered: bool = False
    is_folded: bool = False


def area_view(
    draft: LifeMapDraft,
    area: Area,
    *,
    focus: Container[str],
    hidden: Container[str],
    uncovered: Container[str],
    folds: bool,
) -> AreaView:
    return AreaView(
        now=figure(draft.words_in(area, Side.now_and_vision)),
        why=figure(draft.words_in(area, Side.why_and_strategy)),
        is_picked=area in focus,
        is_hidden=area in hidden,
        is_covered=area in hidden and area not in uncovered,
        is_folded=folds and area not in focus,
    )


def figure(words: int) -> str:
    """A figure among figures, so never spelled out.

    >>> figure(0), figure(1), figure(8)
    ('no words', '1 word', '8 words')
    """
    return "no words" if not words else f"{words} word{'' if words == 1 else 's'}"


def draw(draft: LifeMapDraft, covered: Container[str] = ()) -> Radar:
    """The sixteen panels as two shapes over eight axes. A covered area is named and shows nothing."""
    axes = [Axis(BRIEFLY.get(area, AREAS[area]), _shares(draft, area, covered)) for area in Area]
    return radar(axes, rings=[_share(words) for words in RINGS], says=_says(draft, covered))


def _shares(draft: LifeMapDraft, area: Area, covered: Container[str]) -> tuple[float, ...] | None:
    if area in covered:
        return None
    return tuple(_share(draft.words_in(area, side)) for side in Side)


def _share(words: int) -> float:
    """The first words reach far: a panel with something in it is never at the centre.

    >>> _share(0), _share(10), _share(400)
    (0.0, 0.5, 1.0)
    """
    return min(words / FULL, 1) ** 0.5


def _says(draft: LifeMapDraft, covered: Container[str]) -> str:
    """The same figures as the table, in sentences."""
    told = [_told(draft, area) for area in Area if area not in covered and draft.answers_in(area)]
    if not told:
        return "Your life map. Nothing is written in the areas shown."
    return f"Your life map, by how much is written. {' '.join(told)} The table below says the same."


def _told(draft: LifeMapDraft, area: Area) -> str:
    panels = (f"{SIDES[side].lower()} {figure(draft.words_in(area, side))}" for side in Side)
    return f"{AREAS[area]}: {', '.join(panels)}."
