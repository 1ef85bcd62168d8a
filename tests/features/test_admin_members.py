"""The members desk: who is here, that they wrote, and the acts that are written down."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.emails.letters import AccountSecurityNotice, SecurityEvent
from gynergy_app.errors import Conflict, GynergyError, Invalid
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.repositories import users
from gynergy_app.services import accounts, mail, roles, sessions
from gynergy_app.services.accounts import AccountSuspended
from gynergy_app.services.desks import by_hand, cohorts, gamification, members, overview, programs
from gynergy_app.services.desks.members import Group
from tests.conftest import NewPerson
from tests.features.conftest import ACTION, EVENING, MORNING, Living, NewLiving, as_somebody

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
REASON = "Asked for it by mail"

Act = Callable[..., Awaitable[None]]


async def act(
    doing: Act, by: Member, on: UUID, reason: str = REASON, at: datetime = NOW
) -> GynergyError | None:
    try:
        async with as_member(by.id) as db:
            await doing(db, by, on, reason, now=at)
    except GynergyError as refused:
        return refused
    return None


async def audit_of(owner_db: psycopg.AsyncConnection, person: UUID) -> list[tuple]:
    query = (
        "select actor_id, action, reason, before, after from audit_log"
        " where subject_user_id = %s order by created_at"
    )
    return await (await owner_db.execute(query, [person])).fetchall()


async def is_admin(owner_db: psycopg.AsyncConnection, person: UUID) -> bool:
    query = "select exists (select from user_roles where user_id = %s and role = 'admin')"
    row = await (await owner_db.execute(query, [person])).fetchone()
    return bool(row and row[0])


async def test_a_member_is_made_an_admin_and_it_is_written_down(
    carla: Member, ben: UUID, owner_db: psycopg.AsyncConnection
):
    refused = await act(roles.appoint, carla, ben)

    assert refused is None
    assert await is_admin(owner_db, ben)
    assert await audit_of(owner_db, ben) == [
        (carla.id, "admin.appointed", REASON, {"admin": False}, {"admin": True})
    ]


async def test_an_admin_is_dismissed_and_it_is_written_down(
    carla: Member, admin: UUID, owner_db: psycopg.AsyncConnection
):
    await act(roles.dismiss, carla, admin)

    assert not await is_admin(owner_db, admin)
    assert await audit_of(owner_db, admin) == [
        (carla.id, "admin.dismissed", REASON, {"admin": True}, {"admin": False})
    ]


@pytest.mark.parametrize("doing", [roles.appoint, roles.dismiss, roles.suspend, roles.reinstate])
async def test_nobody_acts_on_herself(doing: Act, carla: Member, owner_db: psycopg.AsyncConnection):
    assert isinstance(await act(doing, carla, carla.id), roles.NotOnYourself)
    assert await audit_of(owner_db, carla.id) == []


@pytest.mark.parametrize("doing", [roles.appoint, roles.dismiss, roles.suspend, roles.reinstate])
async def test_a_member_may_not_act_at_all(
    doing: Act, ana: UUID, ben: UUID, owner_db: psycopg.AsyncConnection
):
    assert isinstance(await act(doing, as_somebody(ana), ben), roles.NoLongerAdmin)
    assert await audit_of(owner_db, ben) == []


async def test_two_admins_who_dismiss_each_other_leave_one(
    carla: Member, admin: UUID, owner_db: psycopg.AsyncConnection
):
    ruth = as_somebody(admin, first_name="Ruth")

    answers = await asyncio.gather(act(roles.dismiss, carla, ruth.id), act(roles.dismiss, ruth, carla.id))

    assert sorted(type(answer).__name__ for answer in answers) == ["NoLongerAdmin", "NoneType"]
    assert [await is_admin(owner_db, who.id) for who in (carla, ruth)].count(True) == 1


@pytest.mark.parametrize(("said", "sentence"), [("  ", "Please give the reason"), ("x" * 201, "under 200")])
async def test_an_act_needs_its_reason(
    said: str, sentence: str, carla: Member, ben: UUID, owner_db: psycopg.AsyncConnection
):
    refused = await act(roles.suspend, carla, ben, said)

    assert isinstance(refused, Invalid)
    assert sentence in refused.problems["reason"]
    assert await audit_of(owner_db, ben) == []


async def _signed_in(person: UUID) -> str:
    auth = AuthSession(
        user_id=person,
        email="somebody@example.com",
        access_token="access",
        refresh_token="refresh",
        expires_at=NOW + timedelta(days=1),
        is_anonymous=False,
        session_id=uuid4(),
    )
    return await sessions.open(auth, "Firefox", "127.0.0.1", NOW)


async def test_suspending_signs_out_everywhere_and_says_why_at_the_door(
    carla: Member, ben: UUID, owner_db: psycopg.AsyncConnection
):
    devices = [await _signed_in(ben), await _signed_in(ben)]
    assert await sessions.find(devices[0], NOW)

    await act(roles.suspend, carla, ben, "Wrote to others in anger")
    sessions.forget_member(ben)

    assert [await sessions.find(device, NOW) for device in devices] == [None, None]
    with pytest.raises(AccountSuspended, match="The reason given: Wrote to others in anger"):
        async with as_member(ben) as db:
            await accounts.admit(db, ben, now=NOW)
    left = "select count(*) from private.web_sessions where user_id = %s and refresh_token_encrypted <> ''"
    row = await (await owner_db.execute(left, [ben])).fetchone()
    assert row == (0,)


async def test_reinstating_opens_the_door_again(carla: Member, ben: UUID, owner_db: psycopg.AsyncConnection):
    await act(roles.suspend, carla, ben)

    await act(roles.reinstate, carla, ben, "Talked it over", NOW + timedelta(days=1))

    async with as_member(ben) as db:
        await accounts.admit(db, ben, now=NOW)
    told = [(row[1], row[2]) for row in await audit_of(owner_db, ben)]
    assert told == [("member.suspended", REASON), ("member.reinstated", "Talked it over")]
    assert isinstance(await act(roles.reinstate, carla, ben), roles.AlreadyDone)


async def test_an_act_that_fails_leaves_no_record(
    carla: Member, ben: UUID, owner_db: psycopg.AsyncConnection
):
    async def fail_after(*said: Any, **more: Any) -> None:
        await roles.appoint(*said, **more)
        raise Conflict("The light went out.")

    assert isinstance(await act(fail_after, carla, ben), Conflict)

    assert not await is_admin(owner_db, ben)
    assert await audit_of(owner_db, ben) == []


async def test_the_operator_appoints_by_address(new_person: NewPerson, owner_db: psycopg.AsyncConnection):
    person = await new_person("Elif", email=f"Elif.{uuid4().hex[:6]}@Example.com")
    async with as_member(person) as db:
        address = (await users.get(db, person)).email or ""

    async with as_service() as db:
        await roles.appoint_by_email(db, f" {address.upper()} ", now=NOW)

    assert await is_admin(owner_db, person)
    assert [row[:2] for row in await audit_of(owner_db, person)] == [(None, "admin.appointed")]
    with pytest.raises(GynergyError, match="Nobody has signed up with nobody@example"):
        async with as_service() as db:
            await roles.appoint_by_email(db, "nobody@example.com", now=NOW)


async def _search(carla: Member, words: str, group: Group = Group.everyone, **more: Any) -> members.Found:
    async with as_member(carla.id) as db:
        return await members.search(db, words, group, now=NOW, **more)


async def test_people_are_found_by_name_and_by_address(carla: Member, new_person: NewPerson):
    mark = uuid4().hex[:8]
    person = await new_person("Łucja", f"Żak-{mark}", email=f"lucja.{mark}@Example.com")

    for words in (
        f"łucja żak-{mark}",
        f"ŻAK-{mark.upper()}",
        f"lucja.{mark}@EXAMPLE",
        f"  Łucja   Żak-{mark} ",
    ):
        assert [found.id for found in (await _search(carla, words)).members] == [person], words
    for words in ("%", "_", f"{mark}%", "' or true --"):
        assert (await _search(carla, words)).members == (), words


async def test_the_list_goes_on_where_it_ended(carla: Member, new_person: NewPerson):
    mark = uuid4().hex[:8]
    people = [await new_person("Many", f"{mark}-{n}") for n in range(members.PAGE_SIZE + 3)]

    first = await _search(carla, mark)
    late_comer = await new_person("Late", f"{mark}-late")
    second = await _search(carla, mark, after=first.last)

    seen = [found.id for found in (*first.members, *second.members)]
    assert seen == list(reversed(people))
    assert late_comer not in seen
    assert second.last is None


async def test_groups_hold_who_they_say(carla: Member, ben: UUID, ana: UUID):
    await act(roles.suspend, carla, ben)

    admins = {found.id for found in (await _search(carla, "", Group.admins)).members}
    suspended = {found.id for found in (await _search(carla, "", Group.suspended)).members}

    assert carla.id in admins
    assert not {ana, ben} & admins
    assert ben in suspended
    assert not {ana, carla.id} & suspended


async def test_a_member_who_asks_sees_nobody(ana: UUID, ben: UUID):
    async with as_member(ana) as db:
        found = await members.search(db, "", now=NOW)
        figures = await overview.desk_figures.mail_trouble(db, NOW)

    assert found.members == ()
    assert figures.failed == 0


async def test_her_file_says_that_she_wrote_and_what_it_earned(carla: Member, new_living: NewLiving):
    ana = await new_living("Ana", timezone="Europe/Lisbon")
    for day in (1, 2, 4):
        await ana.whole_day(day)

    async with as_member(carla.id) as db:
        file = await members.read(db, ana.member.id, now=ana.at(5, 12))

    progress = file.progress
    assert progress is not None
    assert progress.day == 5
    assert progress.kept.any_day == {ana.day(1), ana.day(2), ana.day(4)}
    assert progress.kept.frozen == {ana.day(3)}
    assert (progress.streak, progress.freezes_left) == (3, 1)
    assert file.entries[0].balance == progress.place.points == sum(entry.points for entry in file.entries)
    assert file.badges > 0
    assert [place.cohort_name for place in file.places] == ["Aurora"]


async def test_her_file_tells_which_mails_went_and_nothing_of_them(
    carla: Member, ben: UUID, owner_db: psycopg.AsyncConnection
):
    letter = AccountSecurityNotice("Ben", SecurityEvent.password_changed, NOW, "UTC")
    async with as_member(ben) as db:
        await mail.enqueue(
            db,
            letter,
            to="ben@secret.example",
            user_id=ben,
            dedupe_key=f"t:{ben}",
            now=NOW - timedelta(hours=1),
        )
    await owner_db.execute(
        "update email_messages set status = 'failed', updated_at = %s where user_id = %s", [NOW, ben]
    )

    async with as_member(carla.id) as db:
        file = await members.read(db, ben, now=NOW)

    assert [(sent.template_key, sent.status) for sent in file.mails] == [
        ("account_security_notice", "failed")
    ]
    assert "secret.example" not in repr(file.mails)


def _private_words() -> list[str]:
    typed = [MORNING.as_dict(), EVENING.as_dict(), ACTION.as_dict()]

    def texts(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value] if len(value) > 3 else []
        if isinstance(value, dict):
            value = list(value.values())
        return [text for each in value for text in texts(each)] if isinstance(value, list | tuple) else []

    return texts(typed)


async def test_nothing_a_member_wrote_reaches_a_desk(
    carla: Member, new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    ana: Living = await new_living()
    await ana.whole_day(1)
    now = ana.at(2, 12)
    words = _private_words()
    assert len(words) > 15
    kept = await (
        await owner_db.execute("select insight from journals where user_id = %s", [ana.member.id])
    ).fetchall()
    assert (EVENING.insight,) in kept

    async with as_member(carla.id) as db:
        book_id = (await programs.shelf(db, carla, now=now))[0].book.id
        seen = [
            await members.search(db, now=now),
            await members.read(db, ana.member.id, now=now),
            await overview.read(db, carla, now=now),
            await programs.shelf(db, carla, now=now),
            await programs.read(db, book_id),
            await gamification.read(db, now=now),
            await by_hand.recent(db),
            await cohorts.shelf(db, now=now),
        ]
        for cohort in (await cohorts.shelf(db, now=now)).cohorts:
            seen += [
                await cohorts.read(db, cohort.id, now=now),
                await cohorts.members(db, cohort, now=now),
            ]

    told = repr(seen)
    assert "Aurora" in told
    assert [text for text in words if text in told] == []


async def test_no_function_an_admin_may_call_returns_what_a_member_wrote(
    carla: Member, new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    """Every function that looks past the policies, found through the catalog: none is forgotten."""
    ana = await new_living()
    await ana.whole_day(1)
    query = (
        "select p.oid::regprocedure::text, pg_get_function_result(p.oid) from pg_proc p"
        " where p.pronamespace = 'private'::regnamespace and p.prosecdef"
        " and has_function_privilege('authenticated', p.oid, 'execute')"
    )
    rows = await (await owner_db.execute(query)).fetchall()
    columns = {row[0]: row[1] for row in rows}

    assert any("desk_members" in name for name in columns)
    suspicious = (
        "content",
        "insight",
        "note",
        "reflection",
        "context",
        "mantra",
        "freeflow",
        "answer",
        "body",
    )
    assert {name: shape for name, shape in columns.items() if any(word in shape for word in suspicious)} == {}
