"""The inbox desk: what was given up first, then everything that arrived, and how it goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import WebhookStatus
from gynergy_app.domain.payments.payloads import without_people
from gynergy_app.domain.text import tidy_line
from gynergy_app.repositories import jobs, webhook_desk, webhook_events
from gynergy_app.repositories.webhook_desk import Arrived, Pulse
from gynergy_app.services.payments.inbox import WordsAreGone

PAGE_SIZE = 25
DEAD_SHOWN = 50
ID_LIMIT = 120
A_DAY = timedelta(days=1)


class Show(StrEnum):
    """Which events are listed."""

    every = "every"
    waiting = "waiting"
    again = "again"
    done = "done"
    not_ours = "not_ours"
    dead = "dead"
    aside = "aside"


_STATUSES = {
    Show.every: None,
    Show.waiting: (WebhookStatus.received, WebhookStatus.processing),
    Show.again: (WebhookStatus.failed,),
    Show.done: (WebhookStatus.processed,),
    Show.not_ours: (WebhookStatus.ignored,),
    Show.dead: (WebhookStatus.dead,),
    Show.aside: (WebhookStatus.dismissed,),
}


@dataclass(frozen=True)
class Inbox:
    pulse: Pulse
    dead: tuple[Arrived, ...]
    types: tuple[str, ...]
    worker_seen_at: datetime | None


@dataclass(frozen=True)
class FoundEvents:
    """`last` is where the next page begins; None at the end of the list."""

    events: tuple[Arrived, ...]
    last: tuple[datetime, UUID] | None


@dataclass(frozen=True)
class Sought:
    """What the list is narrowed to: an id is given whole, of an event or of what it is about."""

    show: Show = Show.every
    event_type: str = ""
    an_id: str = ""


async def read(db: AsyncSession, *, now: datetime) -> Inbox:
    return Inbox(
        pulse=await webhook_desk.pulse(db, now - A_DAY),
        dead=tuple(await webhook_desk.dead(db, DEAD_SHOWN)),
        types=tuple(await webhook_desk.types(db)),
        worker_seen_at=await jobs.worker_seen_at(db),
    )


async def find(
    db: AsyncSession, sought: Sought, *, before: tuple[datetime, UUID] | None = None
) -> FoundEvents:
    """A page of events, the newest first."""
    rows = await webhook_desk.page(
        db,
        statuses=_STATUSES[sought.show],
        event_type=sought.event_type,
        search=tidy_line(sought.an_id)[:ID_LIMIT],
        before=before,
        size=PAGE_SIZE + 1,
    )
    shown = rows[:PAGE_SIZE]
    has_more = len(rows) > PAGE_SIZE
    return FoundEvents(tuple(shown), (shown[-1].received_at, shown[-1].id) if has_more else None)


async def payload(db: AsyncSession, row_id: UUID) -> tuple[dict, int]:
    """What an event said, without the people in it; and how many fields were left out."""
    kept = await webhook_events.payload(db, row_id)
    if kept is None:
        raise WordsAreGone
    return without_people(kept)
