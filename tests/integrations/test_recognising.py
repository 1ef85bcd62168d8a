"""A crowd that arrives at once is recognised with few questions, and nobody is taken for somebody else."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.repositories import user_entitlements
from gynergy_app.services import sessions
from gynergy_app.services.sessions import ahead, living, remembered
from gynergy_app.settings import settings
from tests.bench.statements import overheard

NewPerson = Callable[..., Awaitable[UUID]]


@pytest.fixture(autouse=True)
def _the_auth_service_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing out ends our own rows whether or not anybody else can be told."""
    monkeypatch.setattr(settings, "supabase_url", "http://127.0.0.1:9")
    monkeypatch.setattr(settings, "supabase_anon_key", SecretStr("a key"))


@pytest.fixture
def sign_in():
    async def open_session(person: UUID) -> str:
        now = clock.now()
        auth = AuthSession(
            user_id=person,
            email=f"{person}@example.com",
            access_token="access",
            refresh_token="refresh",
            expires_at=now + timedelta(days=1),
            is_anonymous=False,
            session_id=uuid4(),
        )
        return await sessions.open(auth, "Chromium", "127.0.0.1", now)

    return open_session


async def test_a_crowd_is_recognised_with_two_questions(new_person: NewPerson, sign_in):
    people = [await new_person(f"Member {n}") for n in range(30)]
    values = [await sign_in(person) for person in people]

    with overheard() as heard:
        found = await asyncio.gather(*(sessions.find(value, clock.now()) for value in values))

    assert [member.id if member else None for member in found] == people
    assert len([statement for statement, _ in heard if "recognised" in statement]) <= 2


async def test_among_a_crowd_ended_and_suspended_sign_ins_are_nobody(
    new_person: NewPerson, sign_in, owner_db: psycopg.AsyncConnection
):
    ana, ben, kim = [await new_person(name) for name in ("Ana", "Ben", "Kim")]
    anas, bens, kims = [await sign_in(person) for person in (ana, ben, kim)]
    await sessions.revoke(bens, clock.now())
    await owner_db.execute("update users set suspended_at = now() where id = %s", [kim])

    found = await asyncio.gather(
        *(sessions.find(value, clock.now()) for value in (anas, bens, kims, "unheard of"))
    )

    assert [member.id if member else None for member in found] == [ana, None, None, None]


@pytest.mark.parametrize("status", [PurchaseStatus.refunded, PurchaseStatus.disputed])
async def test_with_somebody_comes_what_became_of_the_place_she_had_bought(
    new_person: NewPerson, sign_in, owner_db: psycopg.AsyncConnection, status: PurchaseStatus
):
    ana = await new_person("Ana")
    value = await sign_in(ana)
    await owner_db.execute("insert into user_entitlements (user_id) values (%s)", [ana])
    await owner_db.execute(
        "insert into purchases (user_id, status, amount_cents, purchased_at) values (%s, %s, 99700, now())",
        [ana, status],
    )

    found = await sessions.find(value, clock.now())

    async with as_service() as db:
        assert (await user_entitlements.read(db, ana)).taken_back is status
    assert found
    assert found.entitlement.taken_back is status


async def test_who_stops_waiting_takes_the_answer_from_nobody(new_person: NewPerson, sign_in):
    ana = await new_person("Ana")
    value = await sign_in(ana)

    impatient, patient = [asyncio.create_task(sessions.find(value, clock.now())) for _ in range(2)]
    await asyncio.sleep(0)
    impatient.cancel()

    member = await patient
    assert member is not None
    assert member.id == ana


async def test_a_sign_out_that_comes_between_is_not_remembered_over(new_person: NewPerson, sign_in):
    ana = await new_person("Ana")
    value = await sign_in(ana)

    looking = asyncio.create_task(sessions.find(value, clock.now()))
    await asyncio.sleep(0)
    await sessions.revoke(value, clock.now())
    await looking

    assert remembered.find(living.hash_of(value), clock.now()) is None
    assert await sessions.find(value, clock.now()) is None


async def test_an_error_reaches_everybody_who_asked(
    new_person: NewPerson, sign_in, owner_db: psycopg.AsyncConnection
):
    values = [await sign_in(await new_person(name)) for name in ("Ana", "Ben")]
    await owner_db.execute("alter function private.recognised rename to hidden")

    answers = await asyncio.gather(
        *(sessions.find(value, clock.now()) for value in values), return_exceptions=True
    )
    await owner_db.execute("alter function private.hidden rename to recognised")

    assert all(isinstance(answer, Exception) for answer in answers)


async def test_who_keeps_writing_never_waits_for_the_question(new_person: NewPerson, sign_in):
    value, began = await sign_in(await new_person("Ana")), clock.now()
    await sessions.find(value, began)

    later = began + ahead.AGEING + timedelta(seconds=1)
    with overheard() as before_answering:
        await sessions.find(value, later)
        assert before_answering == []
    await until(lambda: remembered.age(living.hash_of(value), later) == timedelta())

    with overheard() as heard:
        member = await sessions.find(value, later + ahead.AGEING - timedelta(milliseconds=1))
    assert member is not None
    assert heard == []


async def test_a_sign_in_that_ended_elsewhere_is_found_out_ahead_of_time(
    new_person: NewPerson, sign_in, owner_db: psycopg.AsyncConnection
):
    ana, began = await new_person("Ana"), clock.now()
    value = await sign_in(ana)
    await sessions.find(value, began)
    await owner_db.execute("update private.web_sessions set revoked_at = now() where user_id = %s", [ana])

    later = began + ahead.AGEING
    await sessions.find(value, later)

    await until(lambda: remembered.find(living.hash_of(value), later) is None)
    assert await sessions.find(value, later) is None


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("It did not come about in ten seconds.")
