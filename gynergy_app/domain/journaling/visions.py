"""The four visions: a highest self, a mantra, a creed, and what fifteen questions bring to light."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from gynergy_app.domain.journaling.drafts import Draft
from gynergy_app.domain.journaling.kinds import VisionType

MANTRA_WORDS = 1000
FIRST_WORDS = 140
"""How much of a text stands for it in a list, in characters."""


@dataclass(frozen=True)
class HighestSelfDraft(Draft):
    """Somebody she is becoming. An emblem may stand beside it and is never asked for."""

    name: str = ""
    abilities: str = ""
    purpose: str = ""
    traits: str = ""

    def missing(self) -> dict[str, str]:
        return self._open_texts(
            {
                "name": "A name is enough. It can change.",
                "abilities": "One thing this self can do.",
                "purpose": "A few words on what this self is here for.",
                "traits": "Two or three words on how this self is.",
            }
        )


@dataclass(frozen=True)
class MantraDraft(Draft):
    mantra: str = ""

    def missing(self) -> dict[str, str]:
        return self._open_texts({"mantra": "One sentence to come back to."})

    def too_long(self) -> dict[str, str]:
        count = len(self.mantra.split())
        if count <= MANTRA_WORDS:
            return super().too_long()
        shorten = f"This is {count:,} words long and a mantra holds {MANTRA_WORDS:,}. Nothing is cut."
        return {"mantra": f"{shorten} The creed has room for more."}


@dataclass(frozen=True)
class CreedDraft(Draft):
    creed: str = ""

    def missing(self) -> dict[str, str]:
        return self._open_texts({"creed": "One thing you stand by."})


@dataclass(frozen=True)
class DiscoveryDraft(Draft):
    """Fifteen questions. Any of them may be answered first; with the last one it is complete."""

    qualities: str = ""
    achievements: str = ""
    importance: str = ""
    self_values: str = ""
    lifestyle: str = ""
    foreseen: str = ""
    relationships: str = ""
    legacy: str = ""
    improvement: str = ""
    self_evaluation: str = ""
    interests: str = ""
    triggers: str = ""
    envision: str = ""
    milestones: str = ""
    contributions: str = ""

    def missing(self) -> dict[str, str]:
        sentence = "Still open. A few words are enough, and this can wait: what you have is saved."
        return self._open_texts({field.name: sentence for field in fields(self)})


VISION_DRAFTS: Mapping[VisionType, type[Draft]] = {
    VisionType.highest_self: HighestSelfDraft,
    VisionType.mantra: MantraDraft,
    VisionType.creed: CreedDraft,
    VisionType.discovery: DiscoveryDraft,
}


def answered(draft: Draft) -> int:
    """How many of its questions hold something."""
    return sum(bool(value) for value in draft.as_dict().values())


def first_words(texts: Mapping[str, Any], limit: int = FIRST_WORDS) -> str:
    """The beginning of the first answer, for a list.

    >>> first_words({"name": "", "purpose": "To be  easy\\nto live with."}, 12)
    'To be easy…'
    """
    found = next((text for text in texts.values() if isinstance(text, str) and text), "")
    line = " ".join(found.split())
    return line if len(line) <= limit else f"{line[:limit].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
