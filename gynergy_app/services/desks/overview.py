"""The overview: how many, counted when and from what, and what needs somebody."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.repositories import audit_log, desk_figures, jobs
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.repositories.desk_figures import Figures, MailTrouble, Queue
from gynergy_app.services.desks import money
from gynergy_app.services.desks.money import InShort

CHART_DAYS = 30
AUDIT_SHOWN = 6


@dataclass(frozen=True)
class Overview:
    """Everything is counted at one moment, in days of the admin's own zone."""

    counted_at: datetime
    timezone: str
    today: date
    figures: Figures
    pages_by_day: tuple[tuple[date, int], ...]
    mail: MailTrouble
    queues: tuple[Queue, ...]
    next_start: date | None
    worker_seen_at: datetime | None
    lately: tuple[Recorded, ...]
    money: InShort


async def read(db: AsyncSession, admin: Member, *, now: datetime) -> Overview:
    today = clock.day_in(admin.timezone, now)
    return Overview(
        counted_at=now,
        timezone=admin.timezone,
        today=today,
        figures=await desk_figures.figures(db, now, admin.timezone),
        pages_by_day=tuple(await desk_figures.pages_by_day(db, now, admin.timezone, CHART_DAYS)),
        mail=await desk_figures.mail_trouble(db, now),
        queues=tuple(await desk_figures.queues(db, today)),
        next_start=await desk_figures.next_start(db, today),
        worker_seen_at=await jobs.worker_seen_at(db),
        lately=tuple(await audit_log.latest(db, AUDIT_SHOWN)),
        money=await money.read_in_short(db, admin.timezone, now=now),
    )
