"""The outbox, against a real mail server on this machine that keeps, refuses, stalls or hangs up."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pydantic import SecretStr
from sqlmodel import col, delete, select

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.notifications import MailStatus, MailStream
from gynergy_app.emails.letters import AccountSecurityNotice, SecurityEvent
from gynergy_app.jobs.send_mail import send_due, send_one
from gynergy_app.local import kept_mail, mailbox
from gynergy_app.local.processes import environment
from gynergy_app.models.notifications import EmailMessage, EmailSuppression
from gynergy_app.repositories import email_messages
from gynergy_app.services import mail
from gynergy_app.settings import ROOT, settings

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
NOTICE = AccountSecurityNotice("Ana", SecurityEvent.password_changed, NOON, "UTC")


class Server(mailbox.Keeper):
    """The mailbox, counting what is said to it, and answering as a test wishes."""

    def __init__(self, folder: Path, *, to_rcpt: str | None = None, to_data: str | None = None) -> None:
        super().__init__(folder)
        self.to_rcpt, self.to_data = to_rcpt, to_data
        self.greeted = self.handed_over = 0
        self.kept, self.may_answer = asyncio.Event(), asyncio.Event()
        self.may_answer.set()

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greeted += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_rcpt is None:
            envelope.rcpt_tos.append(address)
        return self.to_rcpt or "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.handed_over += 1
        if self.to_data == "hang up":
            await super().handle_DATA(server, session, envelope)
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 never heard"
        answer = self.to_data or await super().handle_DATA(server, session, envelope)
        self.kept.set()
        await self.may_answer.wait()
        return answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mailbox"


@pytest.fixture
def server(folder: Path) -> Server:
    return Server(folder)


@pytest.fixture(autouse=True)
async def an_empty_outbox(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    async with as_service() as db:
        await db.exec(delete(EmailMessage))
        await db.exec(delete(EmailSuppression))
    async with listening(server, folder, monkeypatch):
        with clock.travelling(to=NOON):
            yield


@asynccontextmanager
async def listening(
    server: Server, folder: Path, patch: pytest.MonkeyPatch, *, login: str = "", **options: Any
) -> AsyncIterator[None]:
    box = await mailbox.serve(server, "127.0.0.1", 0, folder, **options)
    patch.setattr(settings, "smtp_url", SecretStr(f"smtp://{login}127.0.0.1:{box.port}"))
    yield
    await box.close()


async def promised(key: str = "", *, to: str = "ana@example.com", stream: MailStream | None = None) -> str:
    key = key or f"test:{uuid4()}"
    async with as_service() as db:
        await mail.enqueue(db, NOTICE, to=to, user_id=None, dedupe_key=key, now=clock.now())
    if stream:
        async with as_service() as db:
            (await found(db, key)).stream = stream
    return key


async def found(db: Any, key: str) -> EmailMessage:
    return (await db.exec(select(EmailMessage).where(EmailMessage.dedupe_key == key))).one()


async def row(key: str) -> EmailMessage:
    async with as_service() as db:
        return await found(db, key)


async def suppressed_streams(email: str) -> set[str]:
    async with as_service() as db:
        query = select(EmailSuppression.stream).where(col(EmailSuppression.email) == email)
        return set((await db.exec(query)).all())


async def test_a_promise_is_kept_once_however_often_it_is_given(folder: Path, server: Server):
    key = await promised()
    await promised(key)

    await send_due()
    await send_due()

    [kept] = kept_mail.search(folder)
    sent = await row(key)
    assert (sent.status, sent.attempts, sent.sent_at) == (MailStatus.sent, 1, NOON)
    assert (kept.to, kept.subject) == ("ana@example.com", "Your password was changed")
    assert kept.message["Message-ID"] == sent.message_id == f"<{sent.id}@gynergy.localhost>"
    assert "Your password was changed." in kept.html
    assert "Your password was changed." in kept.text
    assert server.handed_over == 1


async def test_what_is_rolled_back_was_never_promised():
    async with as_service() as db:
        await mail.enqueue(db, NOTICE, to="a@example.com", user_id=None, dedupe_key="gone", now=NOON)
        await db.rollback()

    assert await send_due() == 0


async def test_two_workers_hand_each_mail_over_once(folder: Path, server: Server):
    for number in range(12):
        await promised(to=f"member{number}@example.com")

    await asyncio.gather(send_due(), send_due())

    assert server.handed_over == len(kept_mail.search(folder)) == 12


async def test_a_worker_killed_between_sending_and_recording_leaves_one_mail(folder: Path, server: Server):
    key = await promised()
    server.may_answer.clear()
    worker = await another_worker()
    await server.kept.wait()
    worker.kill()
    await worker.wait()
    server.may_answer.set()
    held = await row(key)
    assert held.status == MailStatus.sending
    assert held.claimed_until

    assert await send_due() == 0, "while the claim lasts, nobody else may send it"
    with clock.travelling(to=held.claimed_until + timedelta(seconds=1)):
        await asyncio.gather(send_due(), send_due())

    sent = await row(key)
    assert (sent.status, sent.attempts) == (MailStatus.sent, 2)
    assert server.handed_over == 2, "SMTP cannot tell, so it is offered once more"
    assert len(kept_mail.search(folder)) == 1, "and recognised by its Message-ID"


async def another_worker() -> asyncio.subprocess.Process:
    code = "import asyncio; from gynergy_app.jobs.send_mail import send_due; asyncio.run(send_due())"
    addresses = {
        "DATABASE_WORKER_URL": settings.database_worker_url.get_secret_value(),
        "SMTP_URL": settings.smtp_url.get_secret_value(),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=ROOT, env=environment(addresses)
    )


async def lost(key: str) -> None:
    """A worker claims the mail, and is never heard of again; its claim runs out."""
    async with as_service() as db:
        assert await mail.claim(db, now=clock.now(), message_id=(await found(db, key)).id)
    with clock.travelling(to=clock.now() + mail.LEASE + timedelta(seconds=1)):
        await send_due()


async def test_a_worker_that_comes_back_late_does_not_speak_for_the_one_that_took_over():
    key = await promised()
    async with as_service() as db:
        late = await mail.claim(db, now=NOON)
    assert late
    after_the_lease = NOON + mail.LEASE + timedelta(seconds=1)
    async with as_service() as db:
        await email_messages.release_lost(db, now=after_the_lease)
        assert await mail.claim(db, now=after_the_lease)

    async with as_service() as db:
        await mail.record(db, late, None, now=after_the_lease)

    now_held = await row(key)
    assert (now_held.status, now_held.attempts) == (MailStatus.sending, 2)


async def test_marketing_mail_is_never_sent_on_a_guess(server: Server):
    key = await promised(stream=MailStream.marketing)

    await lost(key)

    assert (await row(key)).status == MailStatus.unknown
    assert server.handed_over == 0


async def test_after_a_second_silence_nothing_happens_by_itself(server: Server):
    key = await promised()
    server.to_data = "hang up"

    await send_due()
    first = await row(key)
    with clock.travelling(to=NOON + timedelta(hours=1)):
        await send_due()
    with clock.travelling(to=NOON + timedelta(days=3)):
        await send_due()

    assert (first.status, first.unknown_at) == (MailStatus.queued, NOON)
    assert ((await row(key)).status, server.handed_over) == (MailStatus.unknown, 2)


async def test_a_busy_server_is_asked_again_later_and_later_then_no_more(server: Server):
    server.to_rcpt = "451 4.3.2 Try again later"
    key, waits, now = await promised(), [], NOON

    for _ in range(len(mail.WAITS)):
        with clock.travelling(to=now):
            await send_due()
        later = (await row(key)).next_attempt_at
        waits.append(later - now)
        now = later
    with clock.travelling(to=now):
        await send_due()

    assert tuple(waits) == mail.WAITS
    given_up = await row(key)
    assert (given_up.status, given_up.error) == (MailStatus.failed, "451 4.3.2 Try again later")


async def test_no_server_at_all_only_delays(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "smtp_url", SecretStr("smtp://127.0.0.1:1"))
    key = await promised()

    await send_due()

    assert (await row(key)).next_attempt_at == NOON + mail.WAITS[0]


async def test_an_address_that_does_not_exist_is_not_written_to_again(server: Server):
    server.to_rcpt = "550 5.1.1 No such person"
    first = await promised(to="Nobody@example.com")
    await send_due()
    second = await promised(to="nobody@example.com")
    await send_due()

    assert (await row(first)).status == MailStatus.failed
    assert (await row(second)).status == MailStatus.suppressed
    assert await suppressed_streams("nobody@example.com") == {"transactional", "marketing"}
    assert server.greeted == 1


async def test_a_mail_refused_for_its_content_does_not_condemn_the_address(server: Server):
    server.to_data = "554 5.7.1 We do not like it"
    key = await promised()

    await send_due()

    assert (await row(key)).status == MailStatus.failed
    assert await suppressed_streams("ana@example.com") == set()


async def test_who_wants_no_news_still_hears_about_the_account(folder: Path):
    async with as_service() as db:
        db.add(EmailSuppression(email="ana@example.com", stream=MailStream.marketing, reason="asked"))
    news, notice = await promised(stream=MailStream.marketing), await promised()

    await send_due()

    assert [(await row(key)).status for key in (news, notice)] == [MailStatus.suppressed, MailStatus.sent]
    assert len(kept_mail.search(folder)) == 1


async def test_a_wrong_password_stops_the_queue_and_loses_nothing(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    keys = [await promised(to=f"member{number}@example.com") for number in range(3)]

    def refuse(*_: Any) -> AuthResult:
        return AuthResult(success=False, handled=False)

    options = {"authenticator": refuse, "auth_require_tls": False}
    async with listening(server, folder, monkeypatch, login="us:wrong@", **options):
        await send_due()
        await send_one((await row(keys[2])).id)
    rows = [await row(key) for key in keys]
    assert {each.status for each in rows} == {MailStatus.queued}
    assert [each.attempts for each in rows] == [0, 0, 0]
    assert server.greeted == 1, "the server was asked once, not once a mail"
    assert "535" in caplog.text

    async with listening(server, folder, monkeypatch):
        with clock.travelling(to=NOON + mail.STOPPED_FOR):
            await send_due()
    assert len(kept_mail.search(folder)) == 3


async def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(folder: Path):
    broken, sound = await promised(), await promised(to="ben@example.com")
    async with as_service() as db:
        (await found(db, broken)).context = {"event": "unheard_of"}

    await send_due()

    assert [(await row(key)).status for key in (broken, sound)] == [MailStatus.failed, MailStatus.sent]
    assert [kept.to for kept in kept_mail.search(folder)] == ["ben@example.com"]
