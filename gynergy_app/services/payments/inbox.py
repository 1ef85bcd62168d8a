"""The inbox of events: taken in once, followed up until done, and shown to a person when that does not work.

    take_in ─► received ─► processing ─► processed     what Stripe says now is in our rows
                  ▲            ├───────► ignored       about nothing of ours
                  │            ├───────► failed ─► …   tried again, with a longer wait each time
                  │            └───────► dead          twelve times in vain: an admin is told
                  └─ replay ◄──┴── dismiss ─► dismissed, with a reason

An event only says where to look. What is written into our rows is what Stripe answers when asked, in the same
transaction that marks the event: a worker that dies on the way leaves both undone.
"""

import logging
import random
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification_drafts import reason_problem
from gynergy_app.domain.payments.inbox import PAYLOAD_IS_KEPT, subject_of, wait_after
from gynergy_app.domain.payments.kinds import WebhookStatus
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Conflict, Invalid, Unavailable
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object
from gynergy_app.models.payments import WebhookEvent
from gynergy_app.repositories import jobs, webhook_events
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.payments import alerts, applying
from gynergy_app.services.payments.applying import Told

log = logging.getLogger(__name__)

STRIPE = "stripe"
TASK = "take_stripe_event"
LEASE = timedelta(minutes=5)
"""Longer than everything Stripe is asked for one event can take."""
LONGEST_ERROR = 500
UNDER_WAY = (WebhookStatus.received, WebhookStatus.processing)


class NotInTheInbox(Conflict):
    def __init__(self) -> None:
        super().__init__("This event is not waiting for anybody. Please load the page again.")


class Overtaken(Unavailable):
    """Another answer was written while this one was on its way."""

    def __init__(self) -> None:
        super().__init__("This changed while we looked. Please try again.")


class WordsAreGone(Conflict):
    def __init__(self) -> None:
        super().__init__("The words of this event were removed after 30 days, so it cannot be replayed.")


# -- Taking in ----------------------------------------------------------------------------------------------


async def take_in(db: AsyncSession, event: Object, *, now: datetime) -> bool:
    """Keep a signed event and wake the worker. False when it was kept before."""
    row = WebhookEvent(
        id=uuid4(),
        provider=STRIPE,
        event_id=event["id"],
        stripe_event_id=event["id"],
        event_type=event["type"],
        object_id=_thing(event).get("id"),
        payload=event,
        next_attempt_at=now,
        received_at=now,
    )
    async with elevated(db):
        is_new = await webhook_events.add_once(db, row)
        if is_new:
            await jobs.enqueue(db, TASK, row_id=str(row.id))
    return is_new


def _thing(event: Object) -> Object:
    thing = (event.get("data") or {}).get("object")
    return thing if isinstance(thing, dict) else {}


# -- Following up -------------------------------------------------------------------------------------------


async def claim(
    db: AsyncSession, *, now: datetime, row_id: UUID | None = None
) -> tuple[WebhookEvent, datetime] | None:
    """The next event that is due, and the moment after which Stripe is asked about it."""
    event = await webhook_events.claim(db, now=now, until=now + LEASE, row_id=row_id)
    return (event, await webhook_events.moment(db)) if event else None


async def ask(event: WebhookEvent, asked_at: datetime) -> Told | None:
    """What Stripe says now about what the event is about; None: nothing is to be done. Opens no door."""
    subject = subject_of(event.event_type)
    if subject is None or event.payload is None:
        return None
    try:
        return await applying.ask(event.event_type, subject, _thing(event.payload), asked_at)
    except NotAtStripe:
        log.warning("Event %s is about something Stripe no longer has.", event.event_id)
        return None


async def follow(db: AsyncSession, event: WebhookEvent, told: Told | None, *, now: datetime) -> bool:
    """Write the answer into our rows and the event off, together. False when the claim had run out.

    Raises `Overtaken` when it is to be asked again.
    """
    if told is not None and not await applying.apply(db, told, now=now):
        raise Overtaken
    is_known = subject_of(event.event_type) is not None
    status = WebhookStatus.processed if is_known else WebhookStatus.ignored
    return await webhook_events.settle(db, event, status=status, processed_at=now, error_message=None)


async def put_back(
    db: AsyncSession, event: WebhookEvent, failure: Exception, *, now: datetime
) -> WebhookStatus:
    """It did not work: later again, or never again by itself."""
    wait = wait_after(event.attempts, random.random())  # noqa: S311  only spreads the load
    status = WebhookStatus.failed if wait else WebhookStatus.dead
    said = f"{type(failure).__name__}: {failure}"[:LONGEST_ERROR]
    later = {"last_failed_at": now, "next_attempt_at": now + (wait or LEASE)}
    await webhook_events.settle(db, event, status=status, error_message=said, **later)
    if status is WebhookStatus.dead:
        log.error("Event %s (%s) is given up: %s", event.event_id, event.event_type, said)
        await alerts.tell_of_dead_event(db, event.id, now=now)
    elif isinstance(failure, Unavailable):
        log.warning("Event %s waits: %s", event.event_id, said)
    else:
        log.error("Event %s (%s) failed.", event.event_id, event.event_type, exc_info=failure)
    return status


async def release_lost(db: AsyncSession, *, now: datetime) -> None:
    """Give back what a lost worker held. What has killed every worker is given up, and admins are told."""
    for row_id in await webhook_events.release_lost(db, now=now):
        log.error("Event %s is given up: it stopped every worker that took it.", row_id)
        await alerts.tell_of_dead_event(db, row_id, now=now)


# -- At the desk --------------------------------------------------------------------------------------------


async def replay(db: AsyncSession, admin: Member, row_id: UUID, *, now: datetime) -> None:
    """Follow it once more, from the first attempt on. Harmless for one that was done already.

    Raises `NotInTheInbox` for one that is under way, so that two admins have it followed once.
    """
    async with elevated(db):
        event = await webhook_events.hold(db, row_id)
        if event is None or event.status in UNDER_WAY:
            raise NotInTheInbox
        if event.payload is None:
            raise WordsAreGone
        before = event.status
        event.status, event.attempts, event.next_attempt_at = WebhookStatus.received, 0, now
        event.dismissed_by = event.dismissed_reason = None
        await db.flush()
        await jobs.enqueue(db, TASK, row_id=str(event.id))
    await _record(db, admin, Act.webhook_replayed, row_id, "", before, now)


async def replay_dead(db: AsyncSession, admin: Member, *, now: datetime) -> int:
    """Everything that was given up, once more; how many events that were."""
    count = 0
    for row_id in await webhook_events.dead_ids(db):
        try:
            await replay(db, admin, row_id, now=now)
        except NotInTheInbox:
            continue
        count += 1
    return count


async def dismiss(db: AsyncSession, admin: Member, row_id: UUID, reason: str, *, now: datetime) -> None:
    """Put it aside for good, saying why. Only what is stuck. Raises `Invalid` without a reason."""
    words = tidy_line(reason)
    if problem := reason_problem(words):
        raise Invalid({"reason": problem})
    async with elevated(db):
        event = await webhook_events.hold(db, row_id)
        if event is None or event.status not in (WebhookStatus.dead, WebhookStatus.failed):
            raise NotInTheInbox
        before, event.status = event.status, WebhookStatus.dismissed
        event.dismissed_by, event.dismissed_reason = admin.id, words
        event.processed_at = now
    await _record(db, admin, Act.webhook_dismissed, row_id, words, before, now)


async def _record(
    db: AsyncSession, admin: Member, act: Act, row_id: UUID, reason: str, before: WebhookStatus, now: datetime
) -> None:
    await audit.record(db, admin, act, subject_id=row_id, reason=reason, before={"status": before}, now=now)


# -- Forgetting ---------------------------------------------------------------------------------------------


async def scrub(db: AsyncSession, *, now: datetime) -> int:
    """Forget what events said a month after they were done with. That they came is kept."""
    return await webhook_events.scrub(db, before=now - PAYLOAD_IS_KEPT)
