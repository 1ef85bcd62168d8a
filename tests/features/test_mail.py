"""Promising a mail: by whom, in which transaction, and who may see it afterwards."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import as_member, as_service, as_visitor, elevated
from gynergy_app.emails.letters import AccountSecurityNotice, SecurityEvent
from gynergy_app.models.notifications import EmailMessage
from gynergy_app.repositories import jobs
from gynergy_app.services import mail


@pytest.fixture
def key() -> str:
    return f"test:{uuid4()}"


async def promise(db: AsyncSession, key: str, *, to: str = "ana@example.com") -> None:
    now = clock.now()
    notice = AccountSecurityNotice("Ana", SecurityEvent.signed_out_everywhere, now, "Europe/Berlin")
    await mail.enqueue(db, notice, to=to, user_id=None, dedupe_key=key, now=now)


async def promised(key: str) -> list[EmailMessage]:
    async with as_service() as db:
        return list((await db.exec(select(EmailMessage).where(EmailMessage.dedupe_key == key))).all())


async def waiting_jobs(message: EmailMessage) -> int:
    query = text("select count(*) from jobs.procrastinate_jobs where args ->> 'message_id' = :id")
    async with as_service() as db:
        return (await (await db.connection()).execute(query, {"id": str(message.id)})).scalar_one()


async def test_what_a_member_does_can_promise_a_mail_and_its_job(key: str):
    async with as_member(uuid4()) as db:
        await promise(db, key)

    [message] = await promised(key)
    assert message.context["event"] == "signed_out_everywhere"
    assert await waiting_jobs(message) == 1


async def test_so_can_what_a_stranger_does(key: str):
    async with as_visitor() as db:
        await promise(db, key)

    assert len(await promised(key)) == 1


async def test_promising_twice_is_one_mail_and_one_job_and_the_first_words_stand(key: str):
    for address in ("first@example.com", "second@example.com"):
        async with as_member(uuid4()) as db:
            await promise(db, key, to=address)

    [message] = await promised(key)
    assert message.to_email == "first@example.com"
    assert await waiting_jobs(message) == 1


async def test_a_promise_inside_an_elevated_block_leaves_the_block_elevated(key: str):
    async with as_member(uuid4()) as db, elevated(db):
        await promise(db, key)
        assert (await db.exec(select(EmailMessage.id).where(EmailMessage.dedupe_key == key))).all()

    assert len(await promised(key)) == 1


async def test_nobody_reads_the_outbox_nor_writes_to_it_by_themselves(key: str):
    async with as_member(uuid4()) as db:
        await promise(db, key)
        assert (await db.exec(select(EmailMessage.id))).all() == []

    with pytest.raises(ProgrammingError, match="row-level security"):
        async with as_member(uuid4()) as db:
            db.add(EmailMessage(dedupe_key=f"{key}:2", to_email="a@example.com", template_key="welcome"))


async def test_nobody_puts_jobs_in_the_queue_by_themselves():
    with pytest.raises(ProgrammingError, match="enqueued by the product itself"):
        async with as_member(uuid4()) as db:
            await jobs.enqueue(db, "send_mail", message_id=str(uuid4()))
