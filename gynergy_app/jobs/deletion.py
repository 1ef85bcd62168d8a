"""Carries out what members asked for fourteen days before: their accounts, and everything with them."""

import logging
from collections import defaultdict
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.integrations import supabase_auth, supabase_files
from gynergy_app.jobs.queue import queue
from gynergy_app.services import deletion
from gynergy_app.services.payments import leaving

log = logging.getLogger(__name__)


@queue.task(name="delete_accounts", queueing_lock="delete_accounts")
async def delete_accounts(timestamp: int) -> None:
    await delete_due()


async def delete_due() -> int:
    """How many accounts are gone. One that cannot go now is tried again in an hour and holds up nobody."""
    async with as_service() as db:
        due = await deletion.due(db, now=clock.now())
    return sum([await _try(user_id) for user_id in due])


async def _try(user_id: UUID) -> bool:
    try:
        return await delete(user_id)
    except Exception:
        log.exception("The account %s could not be deleted and will be tried again.", user_id)
        return False


async def delete(user_id: UUID) -> bool:
    """False when its owner stays after all.

    Each step finds what an earlier attempt has left. The account is last: its row is how we know of the wish.
    """
    async with as_service() as db:
        if not await deletion.close(db, user_id, now=clock.now()):
            return False
        sessions = await deletion.sessions_of(db, user_id)
    await _end_payments(user_id)
    await _remove_files(user_id)
    await supabase_auth.delete_account(user_id)
    async with as_service() as db:
        await deletion.tell_who_waits(db, sessions, now=clock.now())
    log.info("The account %s is deleted.", user_id)
    return True


async def _end_payments(user_id: UUID) -> None:
    """Before anything of hers goes: nobody is charged who has left. While Stripe is away, she stays."""
    async with as_service() as db:
        leaver = await leaving.leaver(db, user_id)
    await leaving.end_at_stripe(leaver)


async def _remove_files(user_id: UUID) -> None:
    while True:
        async with as_service() as db:
            left = await deletion.files_left(db, user_id)
        if not left:
            return
        by_bucket = defaultdict(list)
        for file in left:
            by_bucket[file.bucket].append(file.key)
        for bucket, keys in by_bucket.items():
            await supabase_files.remove(bucket, *keys)
