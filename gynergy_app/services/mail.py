"""Mail: written down in the transaction that caused it, sent later by the worker.

    enqueue ─► queued ─► sending ─► sent
                 ▲          ├─────► failed        refused for good, or too often delayed
                 │          ├─────► suppressed    nobody wants mail at this address
                 │          ├─────► cancelled     no news any more by the time it could go
                 └──────────┤       queued again  delayed, with a longer wait each time
                            └─────► unknown       handed over, but no answer came

A row is `sending`, committed, before the first byte of it leaves: two workers never send the same attempt.
If the worker dies, or the line breaks, between handing over and hearing the answer, nobody can know whether
the mail went. The rule then: transactional mail is tried once more with the same Message-ID, marketing mail
is not, and after a second silence the row stays `unknown`. So a person gets a mail twice only if the first
answer was lost *and* the provider does not recognise a Message-ID it already took; the mailbox of `local/`
does.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.notifications import MailStatus, MailStream
from gynergy_app.emails.letters import Letter
from gynergy_app.emails.render import CannotRender, render
from gynergy_app.integrations import email
from gynergy_app.models.notifications import EmailMessage
from gynergy_app.repositories import email_messages, jobs

log = logging.getLogger(__name__)

Failure = email.CannotSend | CannotRender

LEASE = timedelta(minutes=5)
"""Longer than the slowest conversation with a mail server can take."""
STOPPED_FOR = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
"""After the first, second, … delay. Then we give up: news of two days ago is no news."""


async def enqueue(
    db: AsyncSession,
    letter: Letter,
    *,
    to: str,
    user_id: UUID | None,
    dedupe_key: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Promise a mail, in the transaction that gives cause for it. The same `dedupe_key` promises it once."""
    message = EmailMessage(
        dedupe_key=dedupe_key,
        user_id=user_id,
        to_email=to,
        template_key=letter.template_key,
        context=letter.context,
        stream=letter.stream,
        next_attempt_at=now,
        expires_at=expires_at,
    )
    async with elevated(db):
        if await email_messages.add_once(db, message):
            await jobs.enqueue(db, "send_mail", message_id=str(message.id))


async def claim(db: AsyncSession, *, now: datetime, message_id: UUID | None = None) -> EmailMessage | None:
    """Take the next mail that is due and may go; those too late or unwanted are set aside."""
    while message := await email_messages.claim(db, now=now, until=now + LEASE, message_id=message_id):
        message.message_id = email.message_id(message.id)
        aside = await _set_aside(db, message, now)
        if aside is None:
            return message
        message.status, message.claimed_until = aside, None
    return None


async def _set_aside(db: AsyncSession, message: EmailMessage, now: datetime) -> MailStatus | None:
    if message.expires_at and message.expires_at < now:
        return MailStatus.cancelled
    return MailStatus.suppressed if await email_messages.is_suppressed(db, message) else None


async def deliver(message: EmailMessage) -> Failure | None:
    """Write the letter and hand it over. What went wrong is returned, because it has to be recorded."""
    try:
        letter = render(message.template_key, message.context)
        await email.send(
            email.Mail(
                message_id=message.message_id or email.message_id(message.id),
                to=message.to_email,
                subject=letter.subject,
                html=letter.html,
                text=letter.text,
                unsubscribe_url=letter.unsubscribe_url,
            )
        )
    except (email.CannotSend, CannotRender) as failure:
        return failure
    return None


async def record(
    db: AsyncSession, message: EmailMessage, failure: Failure | None, *, now: datetime
) -> MailStatus:
    """Write down what became of it, and what follows."""
    outcome = _outcome(message, failure, now)
    if isinstance(failure, email.Refused) and failure.address_is_bad:
        await email_messages.suppress(db, message.to_email, reason=str(failure))
    if not await email_messages.settle(db, message, **outcome):
        log.warning("The claim on mail %s ran out before its outcome was known.", message.id)
    if failure:
        level = logging.ERROR if isinstance(failure, email.NotConfigured | CannotRender) else logging.WARNING
        log.log(level, "Mail %s is %s: %s", message.id, outcome["status"], failure)
    return outcome["status"]


def _outcome(message: EmailMessage, failure: Failure | None, now: datetime) -> dict[str, Any]:
    match failure:
        case None:
            return {"status": MailStatus.sent, "sent_at": now, "error": None}
        case email.NotConfigured():
            # The mail is not to blame, so the attempt does not count; the row keeps the queue waiting.
            stopped = email_messages.STOPPED + str(failure)
            return _again(now + STOPPED_FOR, stopped) | {"attempts": message.attempts - 1}
        case email.Delayed() if message.attempts <= len(WAITS):
            return _again(now + WAITS[message.attempts - 1], str(failure))
        case email.OutcomeUnknown() if _may_try_again(message):
            return _again(now + WAITS[0], str(failure)) | {"unknown_at": now}
        case email.OutcomeUnknown():
            return {"status": MailStatus.unknown, "error": str(failure)}
        case _:
            return {"status": MailStatus.failed, "error": str(failure)}


def _again(when: datetime, error: str) -> dict[str, Any]:
    return {"status": MailStatus.queued, "next_attempt_at": when, "error": error}


def _may_try_again(message: EmailMessage) -> bool:
    return message.stream == MailStream.transactional and message.unknown_at is None
