"""A member's session as the rules want to see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Page, Story, StreakEventKind, freezes_due
from gynergy_app.domain.journaling import open_from
from gynergy_app.repositories import kept_pages
from gynergy_app.repositories.kept_pages import KeptPage
from gynergy_app.services.programs import Enrolled


@dataclass(frozen=True)
class Record:
    """Every finished page of a session, every forgiven day and every day with a meditation, read at once.

    Beside them how many of the visions are finished, how many areas of the life map are filled in, how many
    people who were invited have a place, how often somebody was encouraged, and how many actions are shared.
    """

    pages: tuple[KeptPage, ...]
    forgiven: Mapping[StreakEventKind, frozenset[date]]
    sittings: frozenset[date]
    visions: int = 0
    areas: int = 0
    invited: int = 0
    encouragements: int = 0
    shared: int = 0

    def story(
        self, member: Member, enrolled: Enrolled, now: datetime, *, without: UUID | None = None
    ) -> Story:
        """What the rules may know. Pages tried out before the first day are not in it."""
        counted = (
            page for page in self.pages if page.day >= enrolled.start_date and page.source_id != without
        )
        return Story(
            start=enrolled.start_date,
            today=enrolled.today,
            pages=tuple(_as_page(page, member.timezone) for page in counted),
            forgiven=self.forgiven,
            open_from=open_from(now, member.timezone),
            joined=enrolled.enrollment.enrollment_date,
            visions=self.visions,
            journey_areas=self.areas,
            invited=self.invited,
            encouragements=self.encouragements,
            shares=self.shared,
        )


async def read(
    db: AsyncSession, member: Member, enrolled: Enrolled, *, words_of: date | None = None
) -> Record:
    """`words_of`: a day whose evening comes with what it is to be remembered by."""
    past = await kept_pages.of_session(db, enrolled.session_id, member.id, words_of=words_of)
    return Record(
        pages=past.pages,
        forgiven=past.forgiven,
        sittings=past.sittings,
        visions=past.visions,
        areas=past.areas,
        invited=past.invited,
        encouragements=past.encouragements,
        shared=past.shared,
    )


def with_freezes(story: Story) -> Story:
    """The story with the freezes that the next page will write down; until then they are only worked out."""
    kept = story.kept
    due = freezes_due(
        kept.any_day,
        kept.frozen,
        story.open_from or story.today,
        story.start,
        repaired=kept.repaired,
        crossed=kept.crossed,
    )
    return replace(story, forgiven=freeze(story.forgiven, due))


def freeze(
    forgiven: Mapping[StreakEventKind, frozenset[date]], days: Iterable[date]
) -> dict[StreakEventKind, frozenset[date]]:
    """The same with these days frozen as well."""
    frozen = forgiven.get(StreakEventKind.freeze, frozenset()) | frozenset(days)
    return {**forgiven, StreakEventKind.freeze: frozen}


def _as_page(page: KeptPage, timezone: str) -> Page:
    return Page(page.activity, page.day, page.shown_at(timezone), page.mood)
