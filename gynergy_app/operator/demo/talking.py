"""What the demo people say to their cohort, and which of their gratitude actions they tell it about."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import PostType
from gynergy_app.operator.demo.people import RUNNING, Person
from gynergy_app.services.community import posts, sharing


@dataclass(frozen=True)
class Line:
    """`kind` is None for the gratitude action of the day, shared with these words."""

    name: str
    day: int
    at: time
    kind: PostType | None
    words: str


LINES = (
    Line("Freya", 1, time(20, 10), PostType.celebration, "Day one. I lit an actual candle for it."),
    Line("Giulia", 2, time(13, 5), None, "He thought I had the wrong number. Then he laughed for a while."),
    Line(
        "Ana",
        3,
        time(13, 20),
        None,
        "I wrote it by hand and left it on her desk. She says nothing, and waters my plant.",
    ),
    Line(
        "Jonas",
        4,
        time(21, 40),
        PostType.reflection,
        "The good parts of my day are very short. They are not rare. They are short.",
    ),
    Line(
        "Kofi",
        5,
        time(7, 15),
        PostType.win,
        "Wrote before the phone, five days running. I did not think I was that person.",
    ),
    Line("Lucia", 6, time(12, 50), None, ""),
    Line(
        "Elif",
        7,
        time(19, 25),
        PostType.encouragement,
        "To whoever missed yesterday: the page does not know. It is still there.",
    ),
    Line(
        "Chidi",
        8,
        time(6, 50),
        PostType.question,
        "What gets you to the page on the mornings when nothing in you wants to?",
    ),
    Line("Ben", 8, time(12, 30), PostType.win, "My father picked up the phone. Eleven minutes."),
)


async def talk(person: Person, member: Member, start: date) -> None:
    """Each line at its own moment, as far as that has come."""
    if person.cohort != RUNNING:
        return
    for line in (line for line in LINES if line.name == person.first_name):
        day = start + timedelta(days=line.day - 1)
        moment = datetime.combine(day, line.at, ZoneInfo(person.timezone)).astimezone(UTC)
        if moment > clock.now():
            continue
        say = _share(member, day, line) if line.kind is None else _post(member, line)
        with clock.travelling(moment):
            async with as_member(member.id) as db:
                await say(db, moment)


Saying = Callable[[AsyncSession, datetime], Awaitable[None]]


def _post(member: Member, line: Line) -> Saying:
    async def say(db: AsyncSession, moment: datetime) -> None:
        feed = await posts.read(db, member, now=moment)
        if feed and line.kind:
            await posts.publish(db, member, feed.cohort.id, line.kind, line.words, now=moment)

    return say


def _share(member: Member, day: date, line: Line) -> Saying:
    async def say(db: AsyncSession, moment: datetime) -> None:
        """Only of a day whose action was done."""
        if await sharing.offer(db, member, day, now=moment):
            await sharing.share(db, member, day, line.words, now=moment)

    return say
