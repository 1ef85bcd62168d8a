"""A look back at one programme week, in numbers and never in the member's words."""

from dataclasses import dataclass
from datetime import date, timedelta

from gynergy_app.domain.gamification import DAILY, Activity, Kept
from gynergy_app.domain.programs import WEEK_DAYS, date_of
from gynergy_app.domain.text import counted, spelled

PAGE_NAMES = {
    Activity.morning_journal: "morning",
    Activity.evening_journal: "evening",
    Activity.gratitude_action: "gratitude action",
}


@dataclass(frozen=True)
class LookBack:
    """What a week held. `days` are those that were hers to keep: who joined late missed nothing before."""

    week: int
    first: date
    last: date
    days: int
    days_kept: int
    mornings: int
    evenings: int
    actions: int
    points: int = 0

    @property
    def pages(self) -> str:
        """
        >>> LookBack(1, date(2026, 3, 2), date(2026, 3, 8), 7, 5, 4, 1, 0, 62).pages
        'four mornings and one evening'
        """
        numbers = (self.mornings, self.evenings, self.actions)
        some = [counted(n, PAGE_NAMES[page]) for page, n in zip(DAILY, numbers, strict=True) if n]
        return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)

    @property
    def days_in_words(self) -> str:
        return f"{spelled(self.days_kept)} of {counted(self.days, 'day')}"

    @property
    def words(self) -> tuple[str, str]:
        """Title and body of its line behind the bell."""
        earned = counted(self.points, "point")
        return (
            f"Week {self.week}: {self.days_in_words} kept",
            f"{self.pages.capitalize()}. {earned.capitalize()} came with the week.",
        )


def look_back(kept: Kept, start: date, hers_from: date, week: int) -> LookBack:
    """`hers_from` is the first day that was hers to keep. The points are the ledger's to say."""
    first = date_of(start, WEEK_DAYS * (week - 1) + 1)
    days = {first + timedelta(days=n) for n in range(WEEK_DAYS)}
    mornings, evenings, actions = (len(kept.of(page) & days) for page in DAILY)
    return LookBack(
        week=week,
        first=first,
        last=max(days),
        days=sum(day >= hers_from for day in days),
        days_kept=len((kept.any_day | kept.repaired) & days),
        mornings=mornings,
        evenings=evenings,
        actions=actions,
    )
