"""Seats kept while somebody pays, and the queue that hears when one is free again."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.notifications.money_notices import place_open_notice
from gynergy_app.domain.payments.access import Door
from gynergy_app.emails.money_letters import PlaceOpen
from gynergy_app.models.payments import Purchase
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories import book_sessions, jobs, purchases, users
from gynergy_app.routes import PRICING, WELCOME
from gynergy_app.services import mail, notifications
from gynergy_app.services.payments import entitlements
from gynergy_app.services.programs import EnrollmentClosed, SessionFull, SessionGone

LETTER_TASK = "write_of_open_place"
_REFUSED = {"full": SessionFull, "closed": EnrollmentClosed, "gone": SessionGone}


async def keep(
    db: AsyncSession, purchase: Purchase, session_id: UUID, *, until: datetime, now: datetime
) -> None:
    """Keep a seat for this purchase, or raise why there is none. Call while stepped up."""
    answer = await purchases.keep_seat(db, purchase.id, session_id, until=until, now=now)
    if refused := _REFUSED.get(answer):
        raise refused
    await db.refresh(purchase)


async def keep_for_guest(db: AsyncSession, purchase: Purchase, *, now: datetime) -> bool:
    """A guest has paid: her seat waits for her. False when it went to somebody else meanwhile."""
    if purchase.session_id is None:
        return True
    answer = await purchases.keep_seat(db, purchase.id, purchase.session_id, until=None, now=now)
    await db.refresh(purchase)
    return answer == "kept"


async def release(db: AsyncSession, purchase: Purchase, *, now: datetime) -> None:
    """Give the seat of a purchase back, and tell whoever waits for it. Call while stepped up."""
    if purchase.seat_held_until is None or purchase.session_id is None:
        return
    purchase.seat_held_until = None
    await db.flush()
    await tell_queue(db, [purchase.session_id], cause=purchase.id, now=now)


async def let_go(db: AsyncSession, *, now: datetime) -> list[UUID]:
    """Give back every seat whose time is over, and tell the queues. For the worker, every few minutes."""
    sessions = await purchases.let_go_of_seats(db, now)
    await tell_queue(db, sessions, cause=f"{now:%Y%m%d%H%M}", now=now)
    return sessions


async def tell_queue(db: AsyncSession, session_ids: Iterable[UUID], *, cause: object, now: datetime) -> None:
    """Tell as many of each queue as there are places now; once for one `cause`. A letter follows."""
    async with elevated(db):
        for session_id in session_ids:
            for user_id, label, has_access in await purchases.first_in_queue(db, session_id, now):
                notice = place_open_notice(label, session_id, cause, has_access=has_access)
                href = WELCOME if has_access else PRICING
                if await notifications.tell_another(db, user_id, notice, href=href, now=now):
                    await jobs.enqueue(
                        db, LETTER_TASK, user_id=str(user_id), session_id=str(session_id), cause=str(cause)
                    )


async def write_to(db: AsyncSession, user_id: UUID, session_id: UUID, cause: str, *, now: datetime) -> None:
    """The letter to somebody in a queue who was told. For the worker: her address is nobody else's business.

    None, when she has left the queue meanwhile or the session is gone.
    """
    session = await db.get(BookSession, session_id)
    if session is None or not await book_sessions.waits(db, session_id, user_id):
        return
    user = await users.find(db, user_id)
    if user is None or not user.email:
        return
    program = await book_sessions.book_name(db, session_id)
    has_access = (await entitlements.read(db, user_id)).challenge(now) is Door.open
    letter = PlaceOpen(user.first_name, program, session.start_date, has_access)
    key = f"place-open:{session_id}:{user_id}:{cause}"
    await mail.enqueue(db, letter, to=user.email, user_id=user_id, dedupe_key=key, now=now)
