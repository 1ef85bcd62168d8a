"""Notices on devices: written down in the transaction that caused them, sent later by the worker.

    enqueue ─► queued ─► sending ─► sent
                 ▲          ├─────► failed       refused for good, or too often delayed
                 │          ├─────► cancelled    no news any more by the time it could go
                 │          ├─────► (deleted)    the browser has left, and its subscription with it
                 └──────────┘       queued again: delayed, or nobody heard the answer

A device is told of one cause once: the outbox takes one row for both, and a row is claimed, committed, before
it is sent. If the answer is lost the row is sent again under the same Topic, which replaces a copy that still
waits, and the same tag, by which the device replaces the notice it shows.
"""

import base64
import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import MailStatus
from gynergy_app.integrations import vapid, web_push
from gynergy_app.models.notifications import PushMessage, PushSubscription
from gynergy_app.repositories import jobs, push_messages, push_subscriptions
from gynergy_app.repositories.push_messages import Claimed

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
"""Longer than the slowest conversation with a push service can take."""
WAITS = tuple(timedelta(seconds=seconds) for seconds in (20, 60, 300, 900, 1800))
"""After the first, second, … delay, if the push service asks for no longer one."""


@dataclass(frozen=True)
class Shown:
    """What a device shows. Others may see it, so it names a page and never what is written there."""

    title: str
    body: str
    href: str
    dedupe_key: str


async def enqueue(
    db: AsyncSession, user_id: UUID, shown: Shown, *, now: datetime, expires_at: datetime
) -> None:
    """Promise a notice to each of the member's devices. For the worker's own transactions."""
    if not vapid.public_key():
        return
    devices = await push_subscriptions.of_member(db, user_id)
    messages = [_message(device, shown, now, expires_at) for device in devices]
    for message_id in await push_messages.add_once(db, messages):
        await jobs.enqueue(db, "send_push", message_id=str(message_id))


def _message(device: PushSubscription, shown: Shown, now: datetime, expires_at: datetime) -> PushMessage:
    return PushMessage(
        user_id=device.user_id,
        subscription_id=device.id,
        dedupe_key=shown.dedupe_key,
        title=shown.title,
        body=shown.body,
        href=shown.href,
        next_attempt_at=now,
        expires_at=expires_at,
        created_at=now,
    )


async def claim(db: AsyncSession, *, now: datetime, message_id: UUID | None = None) -> Claimed | None:
    """Take the next notice that is due; those that come too late are set aside."""
    while claimed := await push_messages.claim(db, now=now, until=now + LEASE, message_id=message_id):
        message, _ = claimed
        if message.expires_at is None or message.expires_at > now:
            return claimed
        message.status, message.claimed_until = MailStatus.cancelled, None
    return None


async def deliver(claimed: Claimed, *, now: datetime) -> web_push.CannotPush | None:
    """Hand it over. What went wrong is returned, because it has to be recorded."""
    message, device = claimed
    address = web_push.Address(device.endpoint, device.p256dh, device.auth)
    ends = message.expires_at or now + LEASE
    sent = web_push.Message(_content(message), topic(message.dedupe_key), int((ends - now).total_seconds()))
    try:
        await web_push.send(address, sent, now)
    except web_push.CannotPush as failure:
        return failure
    return None


def _content(message: PushMessage) -> bytes:
    tag = topic(message.dedupe_key)
    said = {"title": message.title, "body": message.body, "href": message.href, "tag": tag}
    return json.dumps(said, ensure_ascii=False).encode()


def topic(dedupe_key: str) -> str:
    """A cause as push services name it: 32 characters that say nothing to them."""
    return base64.urlsafe_b64encode(hashlib.sha256(dedupe_key.encode()).digest()[:24]).decode()


async def record(
    db: AsyncSession, claimed: Claimed, failure: web_push.CannotPush | None, *, now: datetime
) -> None:
    """Write down what became of it, and what follows."""
    message, device = claimed
    if isinstance(failure, web_push.Gone):
        await push_subscriptions.remove(db, device.user_id, device.id)
        return
    outcome = _outcome(message, failure, now)
    if not await push_messages.settle(db, message, **outcome):
        log.warning("The claim on push %s ran out before its outcome was known.", message.id)
    if failure is None:
        await push_subscriptions.change(db, device.user_id, device.endpoint, {"last_used_at": now})
    else:
        log.warning("Push %s is %s: %s", message.id, outcome["status"], failure)


def _outcome(message: PushMessage, failure: web_push.CannotPush | None, now: datetime) -> dict[str, Any]:
    match failure:
        case None:
            return {"status": MailStatus.sent, "sent_at": now, "error": None}
        case web_push.Delayed() if message.attempts <= len(WAITS):
            again = now + max(WAITS[message.attempts - 1], failure.retry_after)
            return {"status": MailStatus.queued, "next_attempt_at": again, "error": str(failure)}
        case _:
            return {"status": MailStatus.failed, "error": str(failure)}
