"""The worker as a whole: it takes what is waiting, says that it is alive, and leaves politely."""

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlmodel import select

from gynergy_app import clock, jobs
from gynergy_app.db import as_service, as_visitor
from gynergy_app.emails.letters import AccountSecurityNotice, SecurityEvent
from gynergy_app.jobs.housekeeping import forget_old_sign_ins, forget_rate_limits, take_up_lost_jobs
from gynergy_app.jobs.queue import connector, queue
from gynergy_app.jobs.schedule import SCHEDULE
from gynergy_app.local import kept_mail, mailbox
from gynergy_app.local.processes import environment
from gynergy_app.models.private import RateLimit, WebSession
from gynergy_app.repositories.jobs import worker_seen_at
from gynergy_app.services import mail
from gynergy_app.settings import ROOT, settings

NOTICE = AccountSecurityNotice("Ana", SecurityEvent.password_changed, datetime(2026, 1, 5, tzinfo=UTC), "UTC")


async def promise(to: str) -> None:
    async with as_service() as db:
        await mail.enqueue(db, NOTICE, to=to, user_id=None, dedupe_key=f"test:{uuid4()}", now=clock.now())


async def execute(statement: str, **values: object) -> list[tuple]:
    async with as_service() as db:
        result = await (await db.connection()).execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []


async def test_the_worker_sends_what_was_promised_and_forgets_the_finished_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("delete from jobs.procrastinate_jobs where status = 'todo'")  # left by other tests
    box = await mailbox.start("127.0.0.1", 0, tmp_path)
    monkeypatch.setattr(settings, "smtp_url", SecretStr(box.url))
    address = f"{uuid4()}@example.com"
    await promise(address)

    await jobs.work(until_idle=True)

    assert len(kept_mail.search(tmp_path, address)) == 1
    left = (
        "select from jobs.procrastinate_jobs j join email_messages m on m.id::text = j.args ->> 'message_id'"
        " where m.to_email = :address"
    )
    assert await execute(left, address=address) == []
    await box.close()


async def test_a_worker_is_seen_while_it_works_and_leaves_when_asked():
    await execute("delete from jobs.procrastinate_workers")
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "gynergy_app", "worker"),
        cwd=ROOT,
        env=environment(
            {
                "DATABASE_WORKER_URL": settings.database_worker_url.get_secret_value(),
                "SUPABASE_SERVICE_ROLE_KEY": "a key nobody asks for here",
            }
        ),
    )

    seen = await first_sign_of_life()
    worker.send_signal(signal.SIGTERM)
    status = await asyncio.wait_for(worker.wait(), timeout=20)

    assert abs(clock.now() - seen) < timedelta(minutes=1)
    assert status == 0
    async with as_visitor() as db:
        assert await worker_seen_at(db) is None


async def first_sign_of_life() -> datetime:
    async with asyncio.timeout(90):
        while True:
            async with as_visitor() as db:
                if seen := await worker_seen_at(db):
                    return seen
            await asyncio.sleep(0.1)


async def test_the_jobs_of_a_killed_worker_are_taken_up_again():
    [(worker,)] = await execute(
        "insert into jobs.procrastinate_workers (last_heartbeat)"
        " values (now() - interval '1 hour') returning id"
    )
    [(job,)] = await execute(
        "insert into jobs.procrastinate_jobs (queue_name, task_name, status, worker_id)"
        " values ('default', 'send_mail', 'doing', :worker) returning id",
        worker=worker,
    )

    with queue.replace_connector(connector()) as connected:
        async with connected.open_async():
            await take_up_lost_jobs(timestamp=0)

    status = "select status::text from jobs.procrastinate_jobs where id = :job"
    assert await execute(status, job=job) == [("todo",)]
    await execute("delete from jobs.procrastinate_jobs where id = :job", job=job)


async def test_rate_limits_whose_window_is_over_are_forgotten():
    now, past, running = clock.now(), f"test:{uuid4()}", f"test:{uuid4()}"
    async with as_service() as db:
        db.add(RateLimit(key=past, hits=3, window_ends_at=now - timedelta(seconds=1)))
        db.add(RateLimit(key=running, hits=3, window_ends_at=now + timedelta(minutes=1)))

    await forget_rate_limits(timestamp=0)

    async with as_service() as db:
        left = (await db.exec(select(RateLimit.key))).all()
    assert running in left
    assert past not in left


def a_sign_in(of: UUID, *, expires: timedelta, revoked: timedelta | None = None) -> WebSession:
    now = clock.now()
    return WebSession(
        token_hash=uuid4().bytes,
        user_id=of,
        refresh_token_encrypted=b"",
        access_token_encrypted=b"",
        access_expires_at=now,
        expires_at=now + expires,
        revoked_at=now + revoked if revoked else None,
    )


async def test_sign_ins_are_forgotten_when_they_ended_long_enough_ago(ana: UUID):
    month = timedelta(days=31)
    over = [a_sign_in(ana, expires=-month), a_sign_in(ana, expires=month, revoked=-month)]
    kept = [a_sign_in(ana, expires=month), a_sign_in(ana, expires=month, revoked=-timedelta(days=2))]
    async with as_service() as db:
        db.add_all([*over, *kept])

    await forget_old_sign_ins(timestamp=0)

    async with as_service() as db:
        left = (await db.exec(select(WebSession.token_hash).where(WebSession.user_id == ana))).all()
    assert set(left) == {each.token_hash for each in kept}


def test_every_recurring_job_waits_at_most_once():
    """A worker that was away for an hour comes back to one sweep, not to sixty."""
    assert all(task.queueing_lock for _, task in SCHEDULE)
