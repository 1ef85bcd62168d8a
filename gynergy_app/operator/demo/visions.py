"""What Ana and Nora are writing towards: one well on her way, the other with a first line."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import (
    Area,
    DiscoveryDraft,
    Draft,
    HighestSelfDraft,
    LifeMapDraft,
    MantraDraft,
    VisionType,
)
from gynergy_app.operator.demo.people import ANA, NORA, Person
from gynergy_app.services.journaling import life_map, visions

ANAS: Mapping[VisionType, tuple[int, Draft]] = {
    VisionType.mantra: (4, MantraDraft("Slowly, and then it is done.")),
    VisionType.highest_self: (
        6,
        HighestSelfDraft(
            "The gardener",
            "Waits without worry, and knows when to stop waiting. Says no early and kindly.",
            "To leave things growing wherever it has been.",
            "Calm, curious, a little stubborn about the truth.",
        ),
    ),
}
ANAS_QUESTIONS = DiscoveryDraft(
    qualities="People who stay when it gets quiet, and say one true thing instead of five pleasant ones.",
    achievements="The year with Rui’s mother. Learning to swim at thirty. The allotment.",
    importance="That the people at my table are glad to be there.",
    self_values="Honesty, patience, a sense of the ridiculous.",
    interests="Growing things from seed. Long trains. Fixing what others throw away.",
)
ANAS_MAP = LifeMapDraft(
    romantic_relationship_situation="Good, and a little tired. We talk about the house more than about us.",
    romantic_relationship_vision="One evening a week that belongs to nobody else.",
    romantic_relationship_why="He is the person I most want to be honest with, and the first I snap at.",
    romantic_relationship_strategy="Thursdays. Phones in the hall.",
    family_friend_situation="I answer late and mean it kindly.",
    family_friend_vision="Marta and I on the phone without an occasion.",
    quality_of_life_situation="The mornings are mine since I write in them.",
    health_fitness_situation="I sleep six hours and pretend they are eight.",
    health_fitness_vision="Swimming twice a week, also in winter. Asleep by eleven, four nights of seven.",
    health_fitness_why="I am kinder when I have slept.",
    health_fitness_strategy="Bag packed the evening before. Nothing with a screen after ten.",
    career_business_situation="Useful work, too much of it, most of it for the loudest.",
    career_business_vision="Three projects at a time and an honest list of what waits.",
    career_business_why="The good ideas come when there is room.",
)
ANAS_FOCUS = (Area.romantic_relationship, Area.health_fitness, Area.career_business)
NORAS_LINE = LifeMapDraft(quality_of_life_vision="A week that does not have to be survived.")


def finished(person: Person, member: Member, start: date) -> list[tuple[datetime, VisionType, Draft]]:
    """The visions somebody finishes, with the evenings of it: lived between her pages, in their order."""
    plan = ANAS if person is ANA else {}
    return sorted(
        ((_evening(member, start, day), kind, draft) for kind, (day, draft) in plan.items()),
        key=lambda planned: planned[0],
    )


async def finish(member: Member, moment: datetime, kind: VisionType, draft: Draft) -> None:
    with clock.travelling(moment):
        async with as_member(member.id) as db:
            await visions.finish(db, member, kind, draft, base_revision=0, now=moment)


async def write(person: Person, member: Member, start: date) -> None:
    async with as_member(member.id) as db:
        if person is ANA:
            await _as_ana(db, member, start)
        if person is NORA:
            await life_map.finish(db, member, NORAS_LINE, base_revision=0, now=clock.now())


async def _as_ana(db: AsyncSession, member: Member, start: date) -> None:
    now = _evening(member, start, 8)
    await visions.keep_draft(db, member, VisionType.discovery, ANAS_QUESTIONS, base_revision=0, now=now)
    await life_map.finish(db, member, ANAS_MAP, base_revision=0, now=now)
    await life_map.pick(db, member, ANAS_FOCUS, now=now)


def _evening(member: Member, start: date, day: int) -> datetime:
    moment = datetime.combine(start + timedelta(days=day - 1), time(20), ZoneInfo(member.timezone))
    return min(moment, clock.now())
