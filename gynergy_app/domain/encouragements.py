"""A few words from one member of a cohort to another: one of four ready sentences, or words of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Invalid

LONGEST = 200
MOST_A_DAY = 3
"""To the same person, in the sender's own day. The database counts."""


class EncouragementKind(StrEnum):
    custom = "custom"
    keep_going = "keep_going"
    great_job = "great_job"
    youve_got_this = "youve_got_this"
    proud_of_you = "proud_of_you"


READY = {
    EncouragementKind.keep_going: "Keep going. One page is enough for today.",
    EncouragementKind.great_job: "Well done, and thank you for being here.",
    EncouragementKind.youve_got_this: "You can do this, at your own pace.",
    EncouragementKind.proud_of_you: "I am proud of you.",
}


@dataclass(frozen=True)
class Words:
    """What is sent. `own` is None with a ready sentence: those are kept by name."""

    kind: EncouragementKind
    own: str | None = None

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> "Words":
        """Raises `Invalid` with the sentence for its field.

        >>> Words.read({"kind": "custom", "own": " Your  page was\\n early. "}).own
        'Your page was early.'
        >>> Words.read({"kind": "proud_of_you", "own": "left over"}).own is None
        True
        """
        kind, own = str(typed.get("kind", "")), tidy_line(typed.get("own"))
        if kind not in set(EncouragementKind):
            raise Invalid({"kind": "Please choose a sentence, or your own words."})
        if kind != EncouragementKind.custom:
            return cls(EncouragementKind(kind))
        if problem := own_problem(own):
            raise Invalid({"own": problem})
        return cls(EncouragementKind.custom, own)


def own_problem(own: str) -> str | None:
    """The sentence to show beside words of one's own, or None.

    >>> own_problem("x" * 201)
    'These are 201 characters; 200 fit.'
    """
    if not own:
        return "Please write a few words, or choose one of the sentences."
    return f"These are {len(own)} characters; {LONGEST} fit." if len(own) > LONGEST else None


def said(kind: EncouragementKind, own: str | None) -> str:
    """The words as they are read."""
    return READY.get(kind) or own or ""
