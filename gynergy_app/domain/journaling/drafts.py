"""A page as it is being written: what each field asks for, and what is still open.

Drafts are values. `of` takes whatever a browser sent and never raises; `problems` says what is missing, one
kind sentence for a field; `too_long` alone decides what cannot even be kept as a draft. No text is ever cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from gynergy_app.domain.journaling.moods import is_mood
from gynergy_app.domain.text import spelled, tidy

FIELD_LIMIT = 10_000
LIST_LIMIT = 50
PHOTO_LIMIT = 4


@dataclass(frozen=True)
class Draft:
    """What the three drafts share. Their fields hold a text, lines of text, a mood or a yes or no."""

    lines: ClassVar[Mapping[str, int]] = {}
    """How many lines a list is made of; 0 where the writer decides."""

    @classmethod
    def of(cls, raw: object) -> Self:
        """The draft in a form, a stored row or a browser's memory. What makes no sense becomes empty."""
        given: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        return cls(**{field.name: cls._read(field.name, given.get(field.name)) for field in fields(cls)})

    @classmethod
    def _read(cls, name: str, value: Any) -> Any:
        if name == "mood_score":
            return _mood(value)
        if name == "is_done":
            return value if isinstance(value, bool) else None
        if name in cls.lines:
            return _as_lines(value, cls.lines[name])
        return tidy(value)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; `of` reads it back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @property
    def is_empty(self) -> bool:
        return self == type(self)()

    @property
    def is_complete(self) -> bool:
        return not self.problems()

    def problems(self) -> dict[str, str]:
        """A sentence for each field that keeps this page from being finished, in the order of the page."""
        found = self.missing() | self.too_long()
        return {field.name: found[field.name] for field in fields(self) if field.name in found}

    def missing(self) -> dict[str, str]:
        raise NotImplementedError

    def too_long(self) -> dict[str, str]:
        """The fields that cannot be kept until they are shorter."""
        sentences = {field.name: _excess(field.name, getattr(self, field.name)) for field in fields(self)}
        return _without_none(sentences)

    def _open_lines(self) -> dict[str, str]:
        return _without_none({name: _open(getattr(self, name)) for name in self.lines})

    def _open_texts(self, asked: Mapping[str, str]) -> dict[str, str]:
        return {name: sentence for name, sentence in asked.items() if not getattr(self, name)}


def _open(lines: tuple[str, ...]) -> str | None:
    """None when every line holds something."""
    left = sum(not line for line in lines)
    if not left:
        return None
    if left == len(lines):
        return f"{spelled(left).capitalize()} short lines belong here. A few words each are enough."
    verb = "is" if left == 1 else "are"
    return f"{spelled(left).capitalize()} of {spelled(len(lines))} lines {verb} still open."


def _excess(name: str, value: Any) -> str | None:
    """The sentence for a field that holds more than can be kept. A mood or a yes is never too long."""
    if isinstance(value, tuple):
        limit = PHOTO_LIMIT if name == "images" else LIST_LIMIT
        if len(value) > limit:
            return f"Up to {limit} fit here and there are {len(value)}. Nothing is cut: please take some out."
    texts = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    longest = max(map(len, texts), default=0)
    if longest <= FIELD_LIMIT:
        return None
    return (
        f"This is {longest:,} characters long and a field holds {FIELD_LIMIT:,}. "
        "Nothing is cut: please move a part of it."
    )


def _mood(value: Any) -> int | None:
    """A whole number from 1 to 10, also when a form sent it as text."""
    is_digits = isinstance(value, str) and len(value) < 4 and value.isascii() and value.isdigit()
    score = int(value) if is_digits else value
    return score if isinstance(score, int) and is_mood(score) else None


def _as_lines(value: Any, count: int) -> tuple[str, ...]:
    """Exactly `count` lines in their places, the missing ones empty; for 0 any number, without gaps."""
    given = [tidy(item) for item in value] if isinstance(value, list | tuple) else []
    if not count:
        return tuple(line for line in given if line)
    return tuple((given + [""] * count)[:count])


def _mood_problem(score: int | None) -> dict[str, str]:
    return {} if is_mood(score) else {"mood_score": "Choose a number from 1 to 10. You can change it later."}


def _without_none(sentences: Mapping[str, str | None]) -> dict[str, str]:
    return {name: sentence for name, sentence in sentences.items() if sentence}


@dataclass(frozen=True)
class MorningDraft(Draft):
    """A dream if there was one, five lines, three and three, one sentence, and the mood."""

    lines: ClassVar[Mapping[str, int]] = {"affirmations": 5, "gratitudes": 3, "excitements": 3}

    captured_essence: str = ""
    affirmations: tuple[str, ...] = ("",) * 5
    gratitudes: tuple[str, ...] = ("",) * 3
    excitements: tuple[str, ...] = ("",) * 3
    mantra: str = ""
    mood_score: int | None = None
    mood_contribution: str = ""

    def missing(self) -> dict[str, str]:
        asked = {
            "mood_contribution": "A few words on what shaped your mood.",
            "mantra": "One sentence to carry with you today.",
        }
        return self._open_lines() | _mood_problem(self.mood_score) | self._open_texts(asked)


@dataclass(frozen=True)
class EveningDraft(Draft):
    """The mood, what the day taught, what went well, what changes, and five lines as if already lived."""

    lines: ClassVar[Mapping[str, int]] = {"dreams": 5}

    insight: str = ""
    insight_impact: str = ""
    success: str = ""
    changes: str = ""
    freeflow: str = ""
    dreams: tuple[str, ...] = ("",) * 5
    mood_score: int | None = None

    def missing(self) -> dict[str, str]:
        asked = {
            "insight": "One thought this day leaves you with.",
            "insight_impact": "A word on what that thought changes for you.",
            "success": "One thing that went well. Small counts.",
            "changes": "One thing you would do differently tomorrow.",
        }
        return self._open_lines() | _mood_problem(self.mood_score) | self._open_texts(asked)


@dataclass(frozen=True)
class ActionDraft(Draft):
    """Done or not, and a word about it. Note, list and photos are there to be used or left."""

    lines: ClassVar[Mapping[str, int]] = {"items": 0, "images": 0}

    is_done: bool | None = None
    note: str = ""
    items: tuple[str, ...] = ()
    reflection: str = ""
    obstacles: str = ""
    images: tuple[str, ...] = ()

    def missing(self) -> dict[str, str]:
        if self.is_done is None:
            return {"is_done": "Did you get to it today? Both answers count."}
        if self.is_done:
            return self._open_texts({"reflection": "A few words on how it felt."})
        return self._open_texts({"obstacles": "A few words on what got in the way. That counts as well."})


@dataclass(frozen=True)
class ShortDraft(Draft):
    """Two lines for a missed day, which repair its streak. Kept as that day's evening, unfinished."""

    success: str = ""
    insight: str = ""

    def missing(self) -> dict[str, str]:
        return self._open_texts(
            {
                "success": "One thing from that day worth keeping.",
                "insight": "One thought it leaves you with.",
            }
        )
