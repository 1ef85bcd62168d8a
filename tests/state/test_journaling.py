"""What a browser is told about the page it writes on, and what it may not make a handler do."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import psycopg
import pytest
import reflex as rx
from psycopg import sql
from reflex.istate.data import ReflexURL, RouterData
from sqlalchemy.exc import DBAPIError

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import ActionDraft, EveningDraft, MorningDraft
from gynergy_app.guard import acting_as
from gynergy_app.services import programs
from gynergy_app.state.journaling import GratitudeActionState, MorningState
from gynergy_app.state.journaling.fields import as_draft, as_fields
from gynergy_app.state.journaling.sheet import NotThisPage
from tests.features.conftest import as_somebody

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
"""Day 4 of a session that began on Monday 2 March 2026."""

MORNING = MorningDraft(
    mood_score=6,
    mood_contribution="A slow start and good coffee.",
    affirmations=tuple(f"I am here, line {n}." for n in range(1, 6)),
    gratitudes=("The rain", "My sister's call", "Warm bread"),
    excitements=("A walk", "Soup", "An early night"),
    mantra="Slowly, and then it is done.",
)

Screen = TypeVar("Screen", bound=rx.State)
NewMember = Callable[..., Awaitable[Member]]


@pytest.fixture
async def new_member(
    owner_db: psycopg.AsyncConnection, new_person: Callable[..., Awaitable[UUID]]
) -> NewMember:
    async def enroll(first_name: str = "Ana") -> Member:
        session_id, start = uuid4(), NOON.date() - timedelta(days=3)
        await owner_db.execute(
            "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
            " select %s, id, %s, %s, 'active', 'Aurora' from books where slug = 'date-zero-gratitude'",
            [session_id, start, start + timedelta(days=44)],
        )
        person = await new_person(first_name)
        member = as_somebody(person, "UTC", first_name)
        async with as_member(person) as db:
            await programs.enroll(db, member, session_id, now=NOON)
        return member

    return enroll


@pytest.fixture
async def ana(new_member: NewMember) -> Member:
    return await new_member("Ana")


@pytest.fixture
async def ledger_refuses(
    owner_db: psycopg.AsyncConnection,
) -> AsyncIterator[Callable[[Member], Awaitable[None]]]:
    """The last step of finishing a page fails for one member."""
    await owner_db.execute(
        "create function refuse_for_a_test() returns trigger language plpgsql"
        " as $$ begin raise exception 'The ledger is closed'; end $$"
    )

    async def refuse(member: Member) -> None:
        refused = sql.SQL(
            "create trigger refuse_for_a_test before insert on points_transactions"
            " for each row when (new.user_id = {}) execute function refuse_for_a_test()"
        )
        await owner_db.execute(refused.format(sql.Literal(member.id)))

    yield refuse
    await owner_db.execute("drop function refuse_for_a_test() cascade")


@contextmanager
def being(who: Member, moment: datetime = NOON) -> Iterator[None]:
    with acting_as(who), clock.travelling(moment):
        yield


async def a_screen(kind: type[Screen]) -> Screen:
    return await rx.State().get_state(kind)


async def opened(who: Member, kind: type[MorningState] = MorningState) -> MorningState:
    screen = await a_screen(kind)
    with being(who):
        await call(screen, "open")
    return screen


async def call(screen: rx.State, handler: str, *given: Any) -> None:
    await type(screen).event_handlers[handler].fn(screen, *given)


def told(screen: rx.State) -> dict[str, Any]:
    """The delta: all that would be sent, without the suffix of Reflex's names."""
    delta = screen.get_delta()[screen.get_full_name()]
    return {name.removesuffix("_rx_state_"): value for name, value in delta.items()}


class TestFields:
    @pytest.mark.parametrize(
        "draft",
        [
            MORNING,
            MorningDraft(),
            EveningDraft(mood_score=10, dreams=("One", "", "Three", "", "")),
            ActionDraft(is_done=False, items=("Ana", "Ben"), obstacles="Rain"),
            ActionDraft(is_done=True),
        ],
    )
    def test_a_form_gives_back_the_draft_it_was_filled_with(self, draft: MorningDraft):
        assert as_draft(type(draft), as_fields(draft)) == draft

    def test_a_form_has_a_field_for_every_line_and_none_for_photos(self):
        assert set(as_fields(ActionDraft(images=("a.webp",)))) == {
            "is_done", "note", "reflection", "obstacles", *(f"items.{n}" for n in range(20)),
        }  # fmt: skip

    @pytest.mark.parametrize("hostile", [{"mood_score": "11"}, {"is_done": "maybe"}, {"affirmations.x": "?"}])
    def test_what_makes_no_sense_becomes_empty(self, hostile: dict[str, str]):
        assert as_draft(MorningDraft, hostile) == MorningDraft()


async def test_a_page_is_opened_for_its_day(ana: Member):
    screen = await opened(ana)

    assert told(screen).keys() == {"mode", "sheet", "heading", "notice"}
    assert screen.mode == "writing"
    assert screen.heading.day_line == "Thursday 5 March, day 4"
    assert screen.sheet.revision == 0


async def test_nothing_of_another_member_is_told(ana: Member, new_member: NewMember):
    theirs = await opened(ana)
    with being(ana):
        await call(
            theirs, "keep", theirs.sheet.key, as_fields(replace(MORNING, mantra="Only Ana's.")), 0, "one"
        )

    bens = await opened(await new_member("Ben"))

    assert "Only Ana's." not in str(told(bens))
    assert str(ana.id) not in str(told(bens))


async def test_what_is_kept_is_answered_by_name(ana: Member):
    screen = await opened(ana)

    with being(ana):
        await call(screen, "keep", screen.sheet.key, as_fields(MorningDraft(mantra="Slowly.")), 0, "one")

    assert (screen.sheet.answers, screen.sheet.revision, screen.sheet.saved_at) == ("one", 1, "12:00")
    assert screen.sheet.fields["mantra"] == "Slowly."


async def test_a_message_that_comes_twice_changes_nothing(ana: Member):
    screen = await opened(ana)
    message = (screen.sheet.key, as_fields(MorningDraft(mantra="Slowly.")), 0)

    with being(ana):
        await call(screen, "keep", *message, "one")
        await call(screen, "keep", *message, "two")

    assert (screen.sheet.answers, screen.sheet.revision) == ("two", 1)


async def test_words_from_elsewhere_are_shown_and_not_overwritten(ana: Member):
    phone, desk = await opened(ana), await opened(ana)
    key = phone.sheet.key

    with being(ana):
        await call(desk, "keep", key, as_fields(MorningDraft(mantra="From the desk.")), 0, "one")
        await call(phone, "keep", key, as_fields(MorningDraft(mantra="From the phone.")), 0, "two")

    assert (phone.sheet.fields["mantra"], phone.sheet.revision) == ("From the desk.", 1)
    assert (phone.sheet.answers, phone.sheet.outcome) == ("two", "elsewhere")


async def test_an_unfinished_page_names_what_is_open(ana: Member):
    screen = await opened(ana)

    with being(ana):
        await call(screen, "finish", screen.sheet.key, as_fields(replace(MORNING, mantra="")), 0, "one")

    assert screen.sheet.problems == {"mantra": "One sentence to carry with you today."}
    assert (screen.sheet.outcome, screen.sheet.refusals, screen.mode) == ("refused", 1, "writing")
    assert not screen.celebration.is_open


async def test_a_finished_page_is_celebrated_and_explained(ana: Member):
    screen = await opened(ana)

    with being(ana):
        await call(screen, "finish", screen.sheet.key, as_fields(MORNING), 0, "one")

    shown = screen.celebration
    assert (screen.mode, shown.is_open, shown.points) == ("reading", True, 10)
    assert [(row.label, row.figure) for row in shown.rows] == [("Morning journal", "10"), ("This page", "10")]
    assert shown.next_href == "/journal/gratitude-action"


async def test_a_practice_page_leaves_the_words_where_they_are(ana: Member):
    screen, before = await a_screen(MorningState), NOON - timedelta(days=6)
    with being(ana, before):
        await call(screen, "open")
        await call(screen, "finish", screen.sheet.key, as_fields(MORNING), 0, "one")

    sheet, shown = screen.sheet, screen.celebration
    assert (sheet.answers, sheet.outcome, sheet.saved_at, screen.mode) == ("one", "tried", "", "writing")
    assert (shown.title, shown.points, shown.next_href) == ("That is how it works.", 0, "/today")


async def test_the_same_finish_is_celebrated_once(ana: Member):
    screen = await opened(ana)
    message = (screen.sheet.key, as_fields(MORNING), 0, "one")

    with being(ana):
        await call(screen, "finish", *message)
        await call(screen, "close_celebration")
        await call(screen, "finish", *message)

    assert not screen.celebration.is_open


async def test_a_tab_left_open_overnight_does_not_celebrate_yesterday(ana: Member):
    screen = await opened(ana)
    with being(ana):
        await call(screen, "finish", screen.sheet.key, as_fields(MORNING), 0, "one")

    with being(ana, NOON + timedelta(days=1)):
        await call(screen, "open")

    assert (screen.mode, screen.celebration.is_open) == ("writing", False)


async def test_a_failed_finish_celebrates_nothing(
    ana: Member, ledger_refuses: Callable[[Member], Awaitable[None]]
):
    screen = await opened(ana)
    await ledger_refuses(ana)

    with being(ana), pytest.raises(DBAPIError, match="The ledger is closed"):
        await call(screen, "finish", screen.sheet.key, as_fields(MORNING), 0, "one")

    assert not screen.celebration.is_open
    assert (await opened(ana)).sheet.revision == 0


async def test_words_for_another_members_page_are_refused(ana: Member, new_member: NewMember):
    ben = await new_member("Ben")
    screen = await opened(ana)

    with being(ben), pytest.raises(NotThisPage):
        await call(screen, "keep", screen.sheet.key, as_fields(MORNING), 0, "one")

    assert (await opened(ben)).sheet.fields["mantra"] == ""


@pytest.mark.parametrize(
    "key",
    ["", "....", "a.b.2026-03-05.morning", "{who}.s.2026-99-99.morning", "{who}.s.2026-03-05.evening"],
)
async def test_a_made_up_page_is_refused(ana: Member, key: str):
    screen = await opened(ana)

    with being(ana), pytest.raises(NotThisPage):
        await call(screen, "keep", key.replace("{who}", str(ana.id)), as_fields(MORNING), 0, "one")


async def test_a_day_that_is_over_is_answered_and_stays_closed(ana: Member):
    screen = await opened(ana)
    key = screen.sheet.key.replace("2026-03-05", "2026-03-02")

    with being(ana):
        await call(screen, "keep", key, as_fields(MORNING), 0, "one")

    assert screen.notice == "The page of Monday 2 March is closed for changes. It stays readable for good."
    assert (screen.sheet.answers, screen.sheet.is_writable) == ("one", False)


async def test_a_reconnect_after_midnight_stays_with_the_page_being_written(ana: Member):
    screen = await opened(ana)

    with being(ana, NOON + timedelta(hours=13)):
        await call(screen, "open")

    assert screen.heading.is_for_yesterday
    assert screen.heading.may_change_day
    with being(ana, NOON + timedelta(hours=16)):
        await call(screen, "open")
    assert screen.heading.day_line == "Friday 6 March, day 5"


async def test_after_three_words_for_yesterday_may_come_along_to_today(ana: Member):
    screen = await opened(ana)

    with being(ana, NOON + timedelta(hours=16)):
        await call(screen, "finish", screen.sheet.key, as_fields(MORNING), 0, "one")
        assert (screen.can_carry, screen.sheet.is_writable, screen.mode) == (True, False, "writing")
        await call(screen, "reopen", "")

    assert screen.heading.day_line == "Friday 6 March, day 5"
    assert screen.sheet.is_writable


async def test_who_has_no_place_is_shown_the_way(new_person: Callable[..., Awaitable[UUID]]):
    person = await new_person("Nia")
    screen = await opened(as_somebody(person, "UTC", "Nia"))

    assert (screen.mode, screen.can_enroll) == ("closed", True)


async def test_a_photo_of_somebody_else_cannot_be_put_on_a_page(ana: Member, new_member: NewMember):
    ben = await new_member("Ben")
    screen = await a_screen(GratitudeActionState)
    with being(ana):
        await call(screen, "open")

        with pytest.raises(NotThisPage):
            await call(screen, "put_back", f"{ben.id}/0123.webp")

    assert screen.photos == []


async def test_an_address_that_names_no_day_says_so_and_opens_today(ana: Member):
    screen = await a_screen(MorningState)
    screen.router = RouterData(url=ReflexURL("http://localhost:3000/journal/morning?day=banana"))

    with being(ana):
        await call(screen, "open")
    assert screen.aside.startswith("The address named a day that is none")
    assert screen.mode == "writing"

    screen.router = RouterData(url=ReflexURL("http://localhost:3000/journal/morning?day=2026-03-05"))
    with being(ana):
        await call(screen, "open")
    assert screen.aside == ""
