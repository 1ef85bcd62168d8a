"""The archive's first page: the whole journal by day, to be read without us.

One HTML file with its own styles, no script and nothing to load from anywhere; it is written day by day.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from gynergy_app.domain.encouragements import EncouragementKind, said
from gynergy_app.domain.journaling import mood_word
from gynergy_app.domain.journaling.life_map import Area, Aspect, cell
from gynergy_app.domain.journaling.questions import (
    ACTION_PARTS,
    CHALLENGE_PARTS,
    EVENING_PARTS,
    MORNING_PARTS,
    REFLECTION_PARTS,
)
from gynergy_app.domain.journaling.visions import VISION_DRAFTS
from gynergy_app.domain.programs import programme_day
from gynergy_app.domain.text import spoken_day
from gynergy_app.repositories.archive_rows import Day, Rows, Run
from gynergy_app.services import staff_acts

TEMPLATES = Path(__file__).parent / "templates"

Questions = Iterable[tuple[str, str]]

PAGES: Mapping[str, tuple[str, Questions]] = {
    "morning": ("Morning", MORNING_PARTS),
    "evening": ("Evening", EVENING_PARTS),
    "weekly": ("Looking back on the week", REFLECTION_PARTS),
}
ACTIONS: Mapping[str, tuple[str, Questions]] = {
    "gratitude": ("Gratitude action", ACTION_PARTS),
    "weekly-challenge": ("Challenge of the week", CHALLENGE_PARTS),
}
LISTED_AS = {
    "affirmations": "affirmation",
    "gratitudes": "gratitude",
    "excitements": "excitement",
    "dreams": "dream",
    "items": "list",
}
"""Lists whose rows call them by another name than their page does."""


@dataclass(frozen=True)
class Answer:
    title: str
    text: str = ""
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Leaf:
    """One page of a day. `foot` says what is known beside its words."""

    title: str
    answers: Sequence[Answer]
    foot: str = ""
    images: Sequence[str] = field(default_factory=tuple)


async def pages(rows: Rows, runs: Sequence[Run], now: datetime) -> AsyncIterator[bytes]:
    owner = await rows.owner()
    acts = [
        {**act, "what": staff_acts.told(act["action"], act["before"], act["after"])}
        for act in await rows.staff_acts()
    ]
    words = [
        {**row, "words": said(EncouragementKind(row["message_type"]), row["custom_message"])}
        for row in await rows.few_words()
    ]
    told = {"acts": acts, "words": words}
    story = {"owner": owner, "runs": [_run(rows, run) for run in runs], **told, "made": now}
    async for piece in _template().generate_async(story):
        yield piece.encode()


@cache
def _template() -> Template:
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        enable_async=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters["day"] = lambda day: f"{spoken_day(day)} {day.year}"
    return jinja.get_template("index.html.j2")


def _run(rows: Rows, run: Run) -> dict[str, Any]:
    return {"about": run, "days": _days(rows, run), "beside": _beside(rows, run)}


async def _days(rows: Rows, run: Run) -> AsyncIterator[dict[str, Any]]:
    async for day in rows.days(run):
        leaves = [leaf for leaf in _leaves(day) if leaf.answers or leaf.images]
        if leaves:
            yield {"day": day.day, "number": programme_day(run.start, day.day), "leaves": leaves}


def _leaves(day: Day) -> Iterable[Leaf]:
    for row in day.pages:
        title, questions = PAGES[row["journal_type"]]
        yield Leaf(title, _answers(row, questions), _mood(row), _images(row))
    for row in day.actions:
        title, questions = ACTIONS[row["action_type"]]
        asked = [Answer("What was asked", row["asked"])] if row["asked"] else []
        yield Leaf(title, [*asked, *_answers(row, questions)], _done(row), _images(row))
    for row in day.sittings:
        said = row["reflection"] or "Sat still."
        yield Leaf("Meditation", [Answer("What stayed", said)])


async def _beside(rows: Rows, run: Run) -> AsyncIterator[Leaf]:
    found = await rows.beside(run)
    for row in found["visions"]:
        questions = [(name, _title(name)) for name in VISION_DRAFTS[row["vision_type"]]().as_dict()]
        yield Leaf(_title(row["vision_type"]), _answers(row, questions), images=_images(row))
    for row in found["maps"]:
        for area in Area:
            leaf = Leaf(
                _title(area), _answers(row, [(cell(area, aspect), _title(aspect)) for aspect in Aspect])
            )
            if leaf.answers:
                yield leaf


def _answers(row: Mapping[str, Any], questions: Questions) -> list[Answer]:
    said = [(title, row.get(LISTED_AS.get(name, name))) for name, title in questions]
    return [_answer(title, value) for title, value in said if value and any(value)]


def _answer(title: str, value: str | list[str]) -> Answer:
    return (
        Answer(title, text=value)
        if isinstance(value, str)
        else Answer(title, lines=list(filter(None, value)))
    )


def _mood(row: Mapping[str, Any]) -> str:
    score = row["mood_score"]
    return f"Mood {score} of 10, {mood_word(score).lower()}" if score else ""


def _done(row: Mapping[str, Any]) -> str:
    return {True: "Done.", False: "Not this time, and that was an answer."}.get(row["is_done"], "")


def _images(row: Mapping[str, Any]) -> list[str]:
    return [f"media/{key.partition('/')[2]}" for key in row["images"]]


def _title(name: str) -> str:
    """
    >>> _title("highest-self"), _title("health_fitness")
    ('Highest self', 'Health fitness')
    """
    return name.replace("-", " ").replace("_", " ").capitalize()
