"""Somebody of a cohort as a list draws her: a name, and a face or its initial in a tone of her own."""

from dataclasses import dataclass
from uuid import UUID

from gynergy_app.state.session import picture_url

TONES = ("warm", "uncommon", "rare", "accent", "epic", "gold")
NAMELESS = "A member"


@dataclass(frozen=True)
class Face:
    name: str
    initial: str
    picture: str
    tone: str

    @classmethod
    def of(cls, user_id: UUID, name: str, picture: str) -> "Face":
        name = name or NAMELESS
        return cls(name, name[0].upper(), picture_url(picture), TONES[user_id.int % len(TONES)])
