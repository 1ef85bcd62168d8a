"""The pages about a member's data: what they show, and who of the staff is written down."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import pytest
import reflex as rx
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.archives import LASTS, TIME_TO_UNDO
from gynergy_app.errors import Conflict, TooMany
from gynergy_app.guard import acting_as
from gynergy_app.routes import DATA
from gynergy_app.services import accounts, deletion, flash
from gynergy_app.services.archives import exporting, importing
from gynergy_app.services.archives.exporting import Making
from gynergy_app.services.archives.importing import Reading
from gynergy_app.services.archives.restoring import Restored
from gynergy_app.services.archives.writing import Made
from gynergy_app.services.desks import members
from gynergy_app.state.accounts import DataState, StaffAccessState
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState
from tests import access

Screen = TypeVar("Screen", bound=rx.State)
Open = Callable[[type[Screen]], Awaitable[Screen]]


@pytest.fixture
def who(ana: UUID) -> Iterator[Member]:
    member = Member(ana, f"{ana}@example.com", "Ana", "Silva", "Europe/Lisbon")
    with acting_as(member):
        yield member


async def opened(a_screen: Open, kind: Any) -> Any:
    screen = await a_screen(kind)
    await kind.open.fn(screen)
    return screen


async def made(who: Member) -> UUID:
    async with as_member(who.id) as db:
        wish = await exporting.ask(db, who, now=clock.now())
    async with as_service() as db:
        await exporting.hand_over(db, Making(wish.id, who.id), Made(1_500_000, "ab12"), now=clock.now())
    return wish.id


async def test_asking_shows_that_it_is_under_way(a_screen: Open, who: Member):
    screen = await opened(a_screen, DataState)
    assert not screen.export.is_under_way

    assert await DataState.ask.fn(screen) == DataState.watch

    assert screen.export.is_under_way
    with pytest.raises(Conflict, match="One at a time"):
        async with as_member(who.id) as db:
            await exporting.ask(db, who, now=clock.now())


async def test_a_second_click_neither_asks_again_nor_complains(
    a_screen: Open, who: Member, owner_db: psycopg.AsyncConnection
):
    screen = await opened(a_screen, DataState)

    await DataState.ask.fn(screen)
    assert await DataState.ask.fn(screen) is None

    rows = await owner_db.execute("select count(*) from data_exports where user_id = %s", [who.id])
    assert await rows.fetchone() == (1,)
    assert screen.export.is_under_way


async def test_an_archive_that_was_brought_has_one_line_that_stays_true(
    a_screen: Open, who: Member, monkeypatch: pytest.MonkeyPatch
):
    async with as_member(who.id) as db:
        await importing.take(db, who, import_id := importing.new_id(), now=clock.now())
    screen = await a_screen(DataState)
    left = flash.Flash(DATA, note=importing.TAKEN, is_good_news=True)
    monkeypatch.setattr(flash, "find", lambda *_: left)
    await DataState.open.fn(screen)
    assert (screen.note, screen.has_just_brought) == ("", True)
    assert screen.brought.title == "Your archive is being read."

    async with as_service() as db:
        await importing.settle(db, Reading(import_id, who), Restored(pages=2), now=clock.now())
    await DataState.open.fn(screen)

    assert (screen.note, screen.brought.title) == ("", "Your archive is back.")


async def test_an_archive_that_is_ready_can_be_fetched_until_its_day_is_over(a_screen: Open, who: Member):
    wish = await made(who)

    screen = await opened(a_screen, DataState)
    assert screen.export.href == f"/archives/{wish}.zip"
    assert screen.export.words.startswith("1.5 MB, to be fetched until ")
    assert screen.export.sha256 == "ab12"

    with clock.travelling(clock.now() + LASTS):
        later = await opened(a_screen, DataState)
    assert later.export.href == ""


async def test_a_failure_says_what_happened_and_what_is_safe(a_screen: Open, who: Member):
    async with as_member(who.id) as db:
        wish = await exporting.ask(db, who, now=clock.now())
    async with as_service() as db:
        await exporting.give_up(
            db, wish.id, "The place where files are kept does not answer.", now=clock.now()
        )

    screen = await opened(a_screen, DataState)

    assert screen.export.is_failed
    assert (
        screen.export.words == "The place where files are kept does not answer. Nothing you wrote is touched."
    )


async def test_six_archives_a_day_are_enough(a_screen: Open, who: Member):
    screen = await opened(a_screen, DataState)
    for _ in range(6):
        await DataState.ask.fn(screen)
        async with as_member(who.id) as db:
            wish = await exporting.latest(db, who)
        assert wish
        async with as_service() as db:
            await exporting.give_up(db, wish.id, "", now=clock.now())

    with pytest.raises(TooMany, match="Six archives"):
        await DataState.ask.fn(screen)


async def test_every_page_says_that_the_account_is_leaving(a_screen: Open, who: Member):
    async with as_member(who.id) as db:
        leaves_at = await deletion.ask(db, who, now=clock.now())

    frame = await a_screen(MemberState)
    await MemberState.enter.fn(frame)

    shell = await frame.get_state(ShellState)
    assert str(clock.day_in(who.timezone, leaves_at).day) in shell.leaves_on
    assert leaves_at - clock.now() <= TIME_TO_UNDO

    async with as_member(who.id) as db:
        await deletion.stay(db, who, now=clock.now())
    await MemberState.enter.fn(frame)
    assert shell.leaves_on == ""


class TestConsents:
    @pytest.fixture
    async def agreed(self, owner_db: psycopg.AsyncConnection, who: Member) -> None:
        await owner_db.execute(
            "insert into consents (user_id, kind, version, given_at)"
            " values (%s, 'terms', '2026-11-22', '2026-11-22 23:30+00')",
            [who.id],
        )

    async def test_they_stand_with_their_wording_and_moment(self, a_screen: Open, who: Member, agreed: None):
        screen = await opened(a_screen, DataState)

        terms, reminders = screen.consents
        assert terms.words == "Wording of 2026-11-22, agreed to on Sunday 22 November at 23:30."
        assert (reminders.name, reminders.words) == ("Reminders by e-mail", "On, as it began.")

    async def test_taking_reminders_back_is_written_down_and_so_is_giving_them_again(
        self, a_screen: Open, who: Member
    ):
        for choice, state in ((False, "Off"), (True, "On")):
            async with as_member(who.id) as db:
                await accounts.choose(db, who, email_reminders_enabled=choice)
            screen = await opened(a_screen, DataState)
            assert screen.consents[-1].words.startswith(f"{state} since ")

    async def test_a_wording_the_browser_made_up_is_not_written_down(
        self, owner_db: psycopg.AsyncConnection, new_person: Callable
    ):
        person = await new_person("Ida")
        await owner_db.execute(
            "insert into auth.users (id, email, raw_user_meta_data) values"
            " (gen_random_uuid(), %s, %s::jsonb)",
            [
                f"{person}.x@example.com",
                '{"agreed": {"terms": "whatever", "privacy": "2026-11-22", "sale": "1"}}',
            ],
        )

        rows = await (
            await owner_db.execute(
                "select kind, version from consents c join users u on u.id = c.user_id where u.email = %s",
                [f"{person}.x@example.com"],
            )
        ).fetchall()
        assert rows == [("privacy", "2026-11-22")]


class TestWhoHasLooked:
    @pytest.fixture
    async def ruth(self, admin: UUID) -> Member:
        return Member(admin, "ruth@example.com", "Ruth", "Adeyemi", "UTC", is_admin=True)

    async def visit(self, ruth: Member, of: UUID, **later: int) -> None:
        async with as_member(ruth.id) as db:
            await members.note_visit(db, ruth, of, now=clock.now() + timedelta(**later))

    async def test_an_admin_who_opens_a_page_is_written_down_once_a_visit(
        self, a_screen: Open, who: Member, ruth: Member
    ):
        await self.visit(ruth, who.id)
        await self.visit(ruth, who.id, minutes=20)
        await self.visit(ruth, who.id, minutes=50)

        screen = await opened(a_screen, StaffAccessState)

        assert [row.who for row in screen.rows] == ["Ruth, admin", "Ruth, admin"]
        assert "Opened your page" in screen.rows[0].what
        assert "Adeyemi" not in str(screen.rows)

    async def test_points_given_and_taken_back_are_said_with_their_amount(
        self, a_screen: Open, who: Member, ruth: Member, owner_db: psycopg.AsyncConnection
    ):
        for action, before, after in (
            ("points.awarded", None, {"points": 40}),
            ("points.taken_back", {"points": 7}, {"points": 0}),
            ("cohort.moved", {"cohort": "Aurora"}, {"cohort": "Boreas"}),
        ):
            await owner_db.execute(
                "insert into audit_log (actor_id, action, subject_type, subject_user_id, before, after)"
                " values (%s, %s, 'points', %s, %s, %s)",
                [ruth.id, action, who.id, Jsonb(before) if before else None, Jsonb(after)],
            )

        rows = (await opened(a_screen, StaffAccessState)).rows

        assert {row.what for row in rows} == {
            "Gave you 40 points.",
            "Took back seven points that had been given.",
            "Moved you from the cohort Aurora to Boreas.",
        }

    async def test_her_own_page_leaves_no_line_and_nobody_reads_anothers(
        self, a_screen: Open, who: Member, ruth: Member, ben: UUID
    ):
        await self.visit(ruth, ruth.id)
        await self.visit(ruth, ben)

        assert (await opened(a_screen, StaffAccessState)).rows == []
        with acting_as(ruth):
            assert (await opened(a_screen, StaffAccessState)).rows == []

    async def test_what_the_operator_did_is_shown_without_a_name(
        self, a_screen: Open, who: Member, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute(
            "insert into audit_log (action, subject_type, subject_id, subject_user_id, reason)"
            " values ('admin.appointed', 'admin', %s, %s, 'First admin')",
            [who.id, who.id],
        )

        [row] = (await opened(a_screen, StaffAccessState)).rows

        assert row.who == "The operator, or an admin who has left"
        assert (row.what, row.why) == ("Made you an admin.", "First admin")


@pytest.mark.parametrize(
    ("status", "days", "is_ending", "said"),
    [
        ("trialing", 3, False, "Before that, on"),
        ("active", 3, False, "Before that, on"),
        ("active", 3, True, "nothing more is charged"),
        ("active", 20, False, "nothing more is charged"),
        ("past_due", 20, False, "may try the card again"),
        ("paused", 3, False, "nothing more is charged"),
        ("canceled", 3, False, ""),
    ],
)
async def test_leaving_says_what_a_subscription_may_still_cost(
    a_screen: Open, who: Member, owner_db: psycopg.AsyncConnection,
    status: str, days: int, is_ending: bool, said: str,
):  # fmt: skip
    await access.subscribe(owner_db, who.id, status)
    await owner_db.execute(
        "update subscriptions set current_period_end = now() + make_interval(days => %s),"
        " cancel_at_period_end = %s where user_id = %s",
        [days, is_ending, who.id],
    )

    screen = await opened(a_screen, DataState)

    assert said in screen.meanwhile
    assert bool(screen.meanwhile) is bool(said)
