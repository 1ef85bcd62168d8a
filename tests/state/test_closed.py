"""What is closed to a member as her screens tell it: why, what opens it, and nothing of hers out of reach."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import routes
from gynergy_app.db import as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus, SubscriptionStatus
from gynergy_app.services import personal_sessions
from gynergy_app.state.closed import FIRST_OF_ALL
from gynergy_app.state.journaling import CreedState, EveningState, LifeMapState, MeditationState, MorningState
from gynergy_app.state.programs.history import HistoryState
from gynergy_app.state.programs.today import TodayState
from gynergy_app.state.programs.weeks import WeeksState
from gynergy_app.state.programs.welcome import WelcomeState
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState
from tests import access
from tests.features.conftest import Living, as_somebody
from tests.features.weeks import CHALLENGE, REFLECTION, SITTING, Weeks
from tests.state.conftest import AScreen, call

NOTHING = Entitlement()
JOURNAL = Entitlement(subscription=SubscriptionStatus.active)
GONE_BACK = Entitlement(taken_back=PurchaseStatus.refunded)
NewPerson = Callable[..., Awaitable[UUID]]


def without(living: Living, hers: Entitlement = NOTHING) -> Member:
    return replace(living.member, entitlement=hers)


class TestToday:
    async def test_of_a_newcomer_says_what_opens_it_and_leads_nowhere_by_itself(
        self, a_screen: AScreen, new_person: NewPerson, living: Living
    ):
        iris = replace(as_somebody(await new_person("Iris")), entitlement=NOTHING)
        screen = await a_screen(TodayState)

        led_to = await call(TodayState.open, screen, iris, living.at(4, 12))

        assert (led_to, screen.is_loading, screen.has_place) == ([], False, False)
        assert (screen.closed.href, screen.closed.also_href) == (routes.PRICING, routes.REDEEM)
        assert not screen.may_choose_start

    async def test_of_somebody_whose_place_went_back_shows_her_days_and_no_page(
        self, a_screen: AScreen, living: Living
    ):
        await living.whole_day(3)
        screen = await a_screen(TodayState)

        await call(
            TodayState.open,
            screen,
            without(living, GONE_BACK),
            living.at(4, 12),
        )

        assert screen.has_place
        assert screen.view.number == "4"
        assert (screen.closed.title, screen.closed.has_written) == ("Your place is closed", True)
        assert not screen.view.missed.title
        assert not screen.view.pulse.words

    async def test_of_a_place_that_is_closed_counts_down_to_no_first_day(
        self, a_screen: AScreen, living: Living
    ):
        screen = await a_screen(TodayState)

        await call(TodayState.open, screen, living.member, living.at(-3, 12))
        assert (screen.view.above, screen.view.number, screen.view.phase) == ("Day 1 in", "4", "days")
        await call(TodayState.open, screen, without(living, GONE_BACK), living.at(-3, 12))

        assert screen.closed.title == "Your place is closed"
        day = living.day(-3)
        assert (screen.view.above, screen.view.number, screen.view.phase) == (
            "Today", str(day.day), f"{day:%B}",
        )  # fmt: skip
        assert not screen.view.before_start

    async def test_after_the_days_of_grace_tells_what_is_over_once(self, a_screen: AScreen, living: Living):
        await living.whole_day(3)
        over = Entitlement(came_by=AccessType.purchased, challenge_until=living.at(76, 15))
        screen = await a_screen(TodayState)

        await call(TodayState.open, screen, without(living, over), living.at(77, 12))

        assert screen.view.after.is_closed
        assert screen.view.after.opens_href == routes.PRICING
        assert not screen.closed.title

    async def test_of_a_subscriber_between_two_rounds_begins_her_days(
        self, a_screen: AScreen, new_person: NewPerson, living: Living, owner_db: psycopg.AsyncConnection
    ):
        iris = replace(as_somebody(await new_person("Iris")), entitlement=JOURNAL)
        await access.subscribe(owner_db, iris.id)
        screen = await a_screen(TodayState)

        await call(TodayState.open, screen, iris, living.at(4, 12))

        assert (screen.has_place, screen.view.number, screen.closed.title) == (True, "1", "")
        assert "yours alone" in screen.view.own

    async def test_of_a_subscriber_with_a_place_to_choose_says_so_beside_her_own_days(
        self, a_screen: AScreen, new_person: NewPerson, living: Living, owner_db: psycopg.AsyncConnection
    ):
        both = replace(JOURNAL, came_by=AccessType.purchased)
        iris = replace(as_somebody(await new_person("Iris")), entitlement=both)
        await access.subscribe(owner_db, iris.id)
        async with as_service() as db:
            await personal_sessions.begin(db, iris, now=living.at(4, 12))
        today, welcome = await a_screen(TodayState), await a_screen(WelcomeState)

        await call(TodayState.open, today, iris, living.at(5, 12))
        led_to = await call(WelcomeState.open, welcome, iris, living.at(5, 12))

        assert (today.has_place, today.may_choose_start) == (True, True)
        assert (led_to, welcome.is_loading) == (None, False)
        assert welcome.before.startswith("Your own days go on until")


class TestAPageThatBeginsWithAPlace:
    @pytest.mark.parametrize(
        ("hers", "title"),
        [
            (NOTHING, FIRST_OF_ALL),
            (GONE_BACK, "Your place is closed"),
            (Entitlement(subscription=SubscriptionStatus.canceled), "Your journal subscription has ended"),
            (Entitlement(came_by=AccessType.purchased), ""),
            (JOURNAL, ""),
        ],
    )
    async def test_gives_the_reason_that_today_gives_and_none_where_a_start_is_hers_to_choose(
        self, a_screen: AScreen, new_person: NewPerson, living: Living, hers: Entitlement, title: str
    ):
        iris, now = replace(as_somebody(await new_person("Iris")), entitlement=hers), living.at(4, 12)
        frame, today, history = [await a_screen(kind) for kind in (MemberState, TodayState, HistoryState)]
        shell = await frame.get_state(ShellState)

        await call(MemberState.enter, frame, iris, now)
        await call(HistoryState.open, history, iris, now)
        await call(TodayState.open, today, iris, now)

        assert (history.has_place, shell.without_place.title) == (False, title)
        assert shell.without_place == today.closed
        assert ("start" in shell.lacks) is (hers.came_by is None)


class TestAPageToWriteOn:
    @pytest.mark.parametrize("kind", [MorningState, EveningState])
    async def test_opens_nothing_and_forgets_what_the_tab_remembered(
        self, a_screen: AScreen, living: Living, kind: Any
    ):
        screen = await a_screen(kind)
        await call(kind.open, screen, living.member, living.at(4, 12))
        assert (screen.mode, screen.sheet.is_writable) == ("writing", True)

        await call(kind.open, screen, without(living), living.at(4, 13))

        assert (screen.mode, screen.sheet.key, screen.sheet.is_writable) == ("closed", "", False)
        assert not screen.heading.day_line

    async def test_is_not_reopened_by_words_that_ask_for_their_day(self, a_screen: AScreen, living: Living):
        screen = await a_screen(MorningState)

        await call(MorningState.reopen, screen, without(living), living.at(4, 12), "")

        assert screen.mode == "closed"

    async def test_opens_again_with_what_was_saved(self, a_screen: AScreen, living: Living):
        screen = await a_screen(MorningState)
        await call(MorningState.open, screen, living.member, living.at(4, 12))
        fields = {**screen.sheet.fields, "mantra": "Slowly."}
        await call(
            MorningState.keep, screen, living.member, living.at(4, 12), screen.sheet.key, fields, 0, "a"
        )
        await call(MorningState.open, screen, without(living), living.at(4, 13))

        await call(MorningState.open, screen, without(living, JOURNAL), living.at(4, 14))

        assert screen.mode == "writing"
        assert screen.sheet.fields["mantra"] == "Slowly."

    async def test_leaves_what_was_begun_to_be_read_in_the_history(self, a_screen: AScreen, living: Living):
        writing = await a_screen(MorningState)
        await call(MorningState.open, writing, living.member, living.at(4, 12))
        fields = {**writing.sheet.fields, "mantra": "Slowly."}
        await call(
            MorningState.keep, writing, living.member, living.at(4, 12), writing.sheet.key, fields, 0, "a"
        )
        history = await a_screen(HistoryState)
        address = f"http://localhost:3000{routes.history_day(living.day(4).isoformat())}"
        history.router = RouterData(url=ReflexURL(address))  # type: ignore[misc]

        await call(HistoryState.open, history, without(living), living.at(4, 13))

        assert "Slowly." in str(history.opened)


class TestWeeks:
    async def test_lead_to_the_days_on_which_their_words_are_read(self, a_screen: AScreen, living: Living):
        await Weeks(living).take_up(on=2)
        await Weeks(living).reflect(1, on=9)
        weeks = await a_screen(WeeksState)

        await call(WeeksState.open, weeks, without(living), living.at(9, 20))

        second, first = weeks.weeks
        assert [row.href for row in first.rows] == [
            routes.history_day(living.day(1).isoformat()),
            routes.history_day(living.day(7).isoformat()),
        ]
        assert [(row.name, row.href) for row in second.rows if row.href] == [
            ("Meditation", routes.MEDITATION)
        ]
        assert not [row.note for row in second.rows if "Open" in row.note]

    async def test_are_read_in_the_history_which_leads_to_no_page_that_is_closed(
        self, a_screen: AScreen, living: Living
    ):
        await living.whole_day(9)
        await Weeks(living).take_up(on=2)
        await Weeks(living).keep_reflection(1, on=9)
        history = await a_screen(HistoryState)
        for day in (7, 9):
            address = f"http://localhost:3000{routes.history_day(living.day(day).isoformat())}"
            history.router = RouterData(url=ReflexURL(address))  # type: ignore[misc]

            await call(HistoryState.open, history, living.member, living.at(9, 22))
            assert "/journal/" in str(history.opened)
            await call(HistoryState.open, history, without(living), living.at(9, 22))

            assert "/journal/" not in str(history.opened)
            assert history.opened.title
            if day == 7:
                said = [part.text for part in history.opened.reflection.parts]
                assert said == [REFLECTION.wins, REFLECTION.challenges, REFLECTION.lessons]
                assert CHALLENGE.reward in str(history.opened.challenge)


class TestMeditations:
    @pytest.mark.parametrize("hers", [NOTHING, GONE_BACK])
    async def test_are_read_where_they_are_not_logged(
        self, a_screen: AScreen, living: Living, hers: Entitlement
    ):
        await Weeks(living).sit(3)
        screen = await a_screen(MeditationState)

        await call(MeditationState.open, screen, without(living, hers), living.at(4, 12))

        assert (screen.mode, screen.log_title) == ("reading", "One sitting")
        assert [each.reflection for each in screen.sittings] == [SITTING.reflection]

    async def test_leave_the_words_that_the_device_holds_to_the_device(
        self, a_screen: AScreen, living: Living
    ):
        """A sheet would be taken for what is stored, and what the device holds of it be let go."""
        await Weeks(living).sit(3)
        screen = await a_screen(MeditationState)
        await call(MeditationState.open, screen, living.member, living.at(4, 12))
        assert (screen.mode, screen.log_title) == ("writing", "One sitting so far")

        await call(MeditationState.reopen, screen, without(living), living.at(4, 13), screen.sheet.key)

        assert (screen.mode, screen.sheet.key, screen.sheet.is_writable) == ("reading", "", False)

    async def test_that_an_archive_brought_back_are_read_by_somebody_who_never_came_in(
        self, a_screen: AScreen, living: Living, new_person: NewPerson, owner_db: psycopg.AsyncConnection
    ):
        iris = replace(as_somebody(await new_person("Iris")), entitlement=NOTHING)
        await _bring_back_a_sitting(owner_db, iris, living)
        screen = await a_screen(MeditationState)

        await call(MeditationState.open, screen, iris, living.at(60, 12))

        assert screen.mode == "reading"
        assert [each.reflection for each in screen.sittings] == ["The clock."]

    async def test_of_which_there_are_none_are_closed(
        self, a_screen: AScreen, living: Living, new_person: NewPerson
    ):
        iris = replace(as_somebody(await new_person("Iris")), entitlement=NOTHING)
        for who in (without(living), iris):
            screen = await a_screen(MeditationState)

            await call(MeditationState.open, screen, who, living.at(4, 12))

            assert (screen.mode, screen.sittings) == ("closed", [])


async def _bring_back_a_sitting(owner_db: psycopg.AsyncConnection, who: Member, living: Living) -> None:
    """In a session of her own, as an archive leaves it."""
    session = uuid4()
    await owner_db.execute(
        "insert into book_sessions"
        " (id, book_id, start_date, end_date, status, is_personal, owner_user_id)"
        " select %s, book_id, start_date, end_date, 'completed', true, %s from book_sessions where id = %s",
        [session, who.id, living.session_id],
    )
    await owner_db.execute(
        "insert into session_enrollments (id, user_id, book_id, session_id, enrollment_date)"
        " select %s, %s, book_id, id, start_date from book_sessions where id = %s",
        [uuid4(), who.id, session],
    )
    await owner_db.execute(
        "insert into meditations (id, user_id, session_id, entry_date, reflection)"
        " values (%s, %s, %s, %s, 'The clock.')",
        [uuid4(), who.id, session, living.day(7)],
    )


class TestWhatBelongsToASession:
    async def test_is_read_and_not_written(self, a_screen: AScreen, living: Living):
        creed, map_ = await a_screen(CreedState), await a_screen(LifeMapState)
        for kind, screen, name in ((CreedState, creed, "creed"), (LifeMapState, map_, None)):
            await call(kind.open, screen, living.member, living.at(4, 12))
            field = name or next(iter(screen.sheet.fields))
            said = {**screen.sheet.fields, field: "I answer kindly."}
            await call(kind.keep, screen, living.member, living.at(4, 12), screen.sheet.key, said, 0, "a")

            await call(kind.open, screen, without(living), living.at(5, 12))

            assert (screen.mode, screen.sheet.is_writable) == ("reading", False)
            assert screen.sheet.fields[field] == "I answer kindly."

    async def test_that_was_never_begun_is_closed(self, a_screen: AScreen, living: Living):
        screen = await a_screen(CreedState)

        await call(CreedState.open, screen, without(living), living.at(4, 12))

        assert screen.mode == "closed"
