"""What is shown when a page is finished. Sized to the event."""

from dataclasses import dataclass

from gynergy_app import routes
from gynergy_app.domain.gamification import Activity, Award
from gynergy_app.domain.programs import PROGRAM_DAYS
from gynergy_app.services.gamification import Completion, UnlockedBadge

NAMES: dict[Activity | None, str] = {
    Activity.morning_journal: "Morning journal",
    Activity.gratitude_action: "Gratitude action",
    Activity.evening_journal: "Evening journal",
    Activity.weekly_reflection: "Weekly reflection",
    Activity.weekly_challenge: "Weekly challenge",
    Activity.vision: "Vision",
    None: "Life map",
}
NEXT = {
    Activity.morning_journal: ("Write this morning", routes.MORNING_JOURNAL),
    Activity.gratitude_action: ("Open today’s action", routes.GRATITUDE_ACTION),
    Activity.evening_journal: ("Write this evening", routes.EVENING_JOURNAL),
}
OF_NO_DAY = (Activity.vision, None)
"""Of no day, so nothing of the day is told beside it."""


@dataclass(frozen=True)
class Row:
    label: str
    note: str
    figure: str
    is_total: bool = False


@dataclass(frozen=True)
class BadgeCard:
    key: str
    name: str
    words: str
    icon: str
    rarity: str
    points: int

    @classmethod
    def of(cls, badge: UnlockedBadge) -> "BadgeCard":
        return cls(badge.key, badge.name, badge.words, badge.icon, badge.rarity, badge.points)


@dataclass(frozen=True)
class Celebration:
    """`is_open` comes with everything else: only what is already stored is celebrated.

    A milestone has its own card unless the badge of that name says it. `curtain` names it for the browser,
    which shows its full screen once.
    """

    is_open: bool = False
    title: str = ""
    line: str = ""
    points: int = 0
    rows: tuple[Row, ...] = ()
    badges: tuple[BadgeCard, ...] = ()
    badge_note: str = ""
    milestone_day: int = 0
    milestone_name: str = ""
    has_milestone_card: bool = False
    closing: str = ""
    next_label: str = ""
    next_href: str = ""
    milestone_label: str = ""
    milestone_href: str = ""
    curtain: str = ""

    @classmethod
    def of(cls, completion: Completion, *, kept_at: str, next_activity: Activity | None) -> "Celebration":
        label, href = _way_on(completion, next_activity)
        return cls(
            is_open=True,
            title=_title(completion),
            line=f"{NAMES[completion.activity]}, {kept_at}",
            points=completion.award.final if completion.award and not completion.was_already else 0,
            rows=_rows(completion.award, NAMES[completion.activity]) if completion.award else (),
            badges=tuple(BadgeCard.of(badge) for badge in completion.badges),
            badge_note=_badge_note(completion.badges),
            milestone_day=completion.milestone_day or 0,
            milestone_name=completion.milestone_name,
            has_milestone_card=bool(completion.milestone_name) and not _is_badge(completion),
            closing=_closing(completion, next_activity),
            next_label=label,
            next_href=href,
            milestone_label=_milestone_label(completion),
            milestone_href=_milestone_href(completion),
            curtain=f"{completion.milestone_day} {kept_at}" if completion.milestone_day else "",
        )


def _way_on(completion: Completion, next_activity: Activity | None) -> tuple[str, str]:
    if completion.activity in OF_NO_DAY:
        return "Back to your visions", routes.VISIONS
    if next_activity and not completion.is_practice:
        return NEXT[next_activity]
    return "Back to Today", routes.TODAY


def _milestone_label(completion: Completion) -> str:
    if completion.milestone_day == PROGRAM_DAYS:
        return "Open your graduation"
    return f"See the way to day {completion.milestone_day}" if completion.milestone_day else ""


def _milestone_href(completion: Completion) -> str:
    if completion.milestone_day == PROGRAM_DAYS:
        return routes.GRADUATION
    return routes.milestone(completion.milestone_day) if completion.milestone_day else ""


def _is_badge(completion: Completion) -> bool:
    return completion.milestone_name in {badge.name for badge in completion.badges}


def _title(completion: Completion) -> str:
    if completion.is_practice:
        return "That is how it works."
    return "Changes kept." if completion.was_already else "Kept."


def _closing(completion: Completion, next_activity: Activity | None) -> str:
    if completion.is_practice:
        return "This was practice: it counts for nothing, and your words stay on this device."
    if completion.was_already:
        return "The points were given when you first kept this page. They stay."
    if next_activity or completion.activity in OF_NO_DAY:
        return ""
    return "All three pages are written. Nothing is left to do today."


def _rows(award: Award, name: str) -> tuple[Row, ...]:
    first, *middle, total = award.explain()
    opening = Row(name, first.label, first.figure)
    between = (Row(line.label, line.note, line.figure) for line in middle)
    return (opening, *between, Row(total.label, total.note, total.figure, is_total=True))


def _badge_note(badges: tuple[UnlockedBadge, ...]) -> str:
    if not badges:
        return ""
    added = ", ".join(f"{badge.name} added {badge.points}" for badge in badges)
    return f"Badge points are separate: {added}, never multiplied."
