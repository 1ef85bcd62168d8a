"""The desks' handlers: who may call them, what a refused form keeps, and what the browser is told."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, RouterData
from reflex_base.registry import RegistrationContext

from gynergy_app import clock, pages, routes
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.guard import Access, access_to, acting_as
from gynergy_app.repositories import book_sessions
from gynergy_app.services.desks import by_hand, programs
from gynergy_app.services.desks.programs import Kind
from gynergy_app.services.gamification import recounting
from gynergy_app.state.admin.book import BookState
from gynergy_app.state.admin.code_acts import CodeActState
from gynergy_app.state.admin.codes import CodesState
from gynergy_app.state.admin.cohort import CohortState
from gynergy_app.state.admin.cohort_acts import CohortActState
from gynergy_app.state.admin.cohorts import CohortsState
from gynergy_app.state.admin.editor import EditorState
from gynergy_app.state.admin.gamification import GamificationState
from gynergy_app.state.admin.gamification_acts import GamificationActState
from gynergy_app.state.admin.inbox import InboxState
from gynergy_app.state.admin.inbox_acts import InboxActState
from gynergy_app.state.admin.invitations import InvitationsState
from gynergy_app.state.admin.member import MemberFileState
from gynergy_app.state.admin.member_money import MemberMoneyState
from gynergy_app.state.admin.members import MembersState
from gynergy_app.state.admin.overview import OverviewState
from gynergy_app.state.admin.payments import PaymentsState
from gynergy_app.state.admin.phases import PhaseState
from gynergy_app.state.admin.programs import ProgramsState
from gynergy_app.state.admin.purchase import PurchaseState
from gynergy_app.state.admin.purchases import PurchasesState
from gynergy_app.state.admin.reconciliation import ReconciliationState
from gynergy_app.state.admin.recounts import RecountState
from gynergy_app.state.admin.refund import RefundState
from gynergy_app.state.admin.subscriptions import SubscriptionsState
from tests.conftest import NewPerson
from tests.features.conftest import ACTION, EVENING, MORNING, Living

DESKS = (
    BookState,
    CodeActState,
    CodesState,
    CohortActState,
    CohortsState,
    CohortState,
    EditorState,
    GamificationActState,
    GamificationState,
    InboxActState,
    InboxState,
    InvitationsState,
    MemberFileState,
    MemberMoneyState,
    MembersState,
    OverviewState,
    PaymentsState,
    PhaseState,
    ProgramsState,
    PurchaseState,
    PurchasesState,
    ReconciliationState,
    RecountState,
    RefundState,
    SubscriptionsState,
)


def test_every_handler_of_a_desk_is_for_admins_only():
    handlers = RegistrationContext.get().event_handlers
    ours = [name for name, known in handlers.items() if known.states and known.states[0] in DESKS]

    own = [name for name in ours if not name.endswith(".setvar")]
    assert len(own) > 15
    assert {access_to(name) for name in own} == {Access.admin}
    assert {access_to(name) for name in ours} <= {Access.admin, Access.nobody}


def test_every_page_under_admin_leads_others_away():
    desks = [page for page in pages.modules() if page.ROUTE.startswith(routes.ADMIN)]

    assert len(desks) == 15
    for page in desks:
        assert page.ACCESS == "admin", page
        opened = {access_to(f"{load.state_full_name}.{load.fn.__name__}") for load in page.ON_LOAD}
        assert opened == {Access.admin}


@pytest.fixture
async def carla(new_person: NewPerson) -> AsyncIterator[Member]:
    person = await new_person("Carla", "Winter", is_admin=True)
    who = Member(person, "carla@example.com", "Carla", "Winter", "UTC", is_admin=True)
    with acting_as(who):
        yield who


async def a_state(kind: type[Any]) -> Any:
    return await rx.State().get_state(kind)


async def call(handler: Any, state: Any, *said: Any) -> Any:
    answer = handler.fn(state, *said)
    return await answer if hasattr(answer, "__await__") else answer


@pytest.fixture
async def book(carla: Member) -> UUID:
    typed = {"name": "Third", "short_name": "Third", "slug": f"third-{uuid4().hex[:8]}"}
    points = dict.fromkeys(programs.FORMS[Kind.book].draft.of({}).typed(), "1")
    async with as_member(carla.id) as db:
        return await programs.add(db, carla, Kind.book, points | typed, book_id=None, now=clock.now())


async def _editing(carla: Member, kind: Kind, book_id: UUID, **typed: str) -> tuple[Any, UUID]:
    async with as_member(carla.id) as db:
        row_id = await programs.add(db, carla, kind, typed, book_id=book_id, now=clock.now())
    state = await a_state(EditorState)
    await call(EditorState.edit, state, kind, str(row_id))
    return state, row_id


async def test_everything_typed_survives_a_refused_save(carla: Member, book: UUID):
    state, _ = await _editing(carla, Kind.quote, book, day="3", content="Old words", author="A", source="B")
    typed = {"day": "99", "content": "New words, long thought about", "author": "C", "source": ""}

    await call(EditorState.save, state, typed)

    assert state.kind == "quote"
    assert state.typed == typed
    assert set(state.problems) == {"day"}


async def test_a_save_closes_the_dialog_and_says_so(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    state, row_id = await _editing(carla, Kind.quote, book, day="3", content="Old words")

    said = await call(EditorState.save, state, {"day": "4", "content": "New words"})

    assert state.kind == ""
    assert "Saved." in str(said)
    row = await (await owner_db.execute("select day, content from quotes where id = %s", [row_id])).fetchone()
    assert row == (4, "New words")


async def test_a_second_click_on_save_adds_nothing(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    state = await a_state(EditorState)
    state.kind, state._book_id = "session", book
    start = (clock.now() + timedelta(days=30)).date().isoformat()
    form = {"cohort_label": "Cedar", "start_date": start, "max_enrollments": ""}

    await call(EditorState.save, state, form)
    await call(EditorState.save, state, form)

    row = await (
        await owner_db.execute("select count(*) from book_sessions where book_id = %s", [book])
    ).fetchone()
    assert row == (1,)


async def test_removing_needs_the_question_first(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    state, row_id = await _editing(carla, Kind.quote, book, day="3", content="Old words")

    async def is_there() -> bool:
        row = await (await owner_db.execute("select count(*) from quotes where id = %s", [row_id])).fetchone()
        return row == (1,)

    await call(EditorState.remove, state)
    assert await is_there()
    await call(EditorState.ask_to_remove, state)
    assert "day 3" in state.removal
    await call(EditorState.remove, state)
    assert not await is_there()


@pytest.mark.parametrize(
    ("kind", "row_id"),
    [("users", "2fa35fcb-db2c-47d1-95e0-cd23f48b6996"), ("quote", "x"), ("quote", "../../etc")],
)
async def test_a_hostile_name_opens_nothing(kind: str, row_id: str, carla: Member):
    state = await a_state(EditorState)

    await call(EditorState.edit, state, kind, row_id)
    await call(EditorState.add, state, kind)

    assert state.kind == ""


async def test_the_dates_of_a_session_that_has_begun_are_not_asked_for(carla: Member, book: UUID):
    today = clock.now().date()
    state, _ = await _editing(carla, Kind.session, book, cohort_label="Now", start_date=today.isoformat())

    assert state.has_begun
    assert "its days stay" in state.note


async def test_the_last_day_is_said_as_soon_as_the_first_is_chosen(carla: Member, book: UUID):
    start = clock.now().date() + timedelta(days=30)
    state, _ = await _editing(carla, Kind.session, book, cohort_label="Next", start_date=start.isoformat())
    assert f"{start + timedelta(days=44):%B %Y}." in state.ends

    await call(EditorState.look_at_start, state, "2026-04-01")
    assert state.ends == "It lasts 45 days, until Friday 15 May 2026."
    await call(EditorState.look_at_start, state, "")
    assert state.ends == ""


async def _file_of(person: UUID) -> Any:
    state = await a_state(MemberFileState)
    state._member_id = person
    await state._show()
    return state


async def test_a_suspension_without_a_reason_asks_for_it_and_stays_open(carla: Member, ben: UUID):
    state = await _file_of(ben)
    await call(MemberFileState.ask, state, "suspend")
    assert state.question.title == "Suspend Ben Okafor?"

    await call(MemberFileState.decide, state, {"reason": " "})

    assert "reason" in state.problems
    assert state.question.act == "suspend"
    assert not state.view.is_suspended


async def test_a_suspension_is_shown_with_its_record(carla: Member, ben: UUID):
    state = await _file_of(ben)
    await call(MemberFileState.ask, state, "suspend")

    await call(MemberFileState.decide, state, {"reason": "Wrote in anger"})

    assert state.view.is_suspended
    assert state.view.suspended_why.endswith("Wrote in anger")
    [line] = state.view.audit
    assert (line.who, line.before, line.after, line.reason) == (
        "Carla Winter",
        "open",
        "suspended",
        "Wrote in anger",
    )


async def test_nothing_is_decided_that_was_not_asked(carla: Member, ben: UUID):
    state = await _file_of(ben)
    await call(MemberFileState.ask, state, "delete")

    await call(MemberFileState.decide, state, {"reason": "Because"})

    assert state.question.act == ""
    assert state.view.audit == []


async def test_an_address_of_nobody_is_a_page_that_says_so(carla: Member):
    for nobody in (uuid4(), None):
        state = await a_state(MemberFileState)
        state._member_id = nobody
        await state._show()
        assert (state.is_missing, state.is_loading) == (True, False)


async def test_the_browser_is_told_no_id_of_a_file_it_did_not_ask_for(carla: Member, ben: UUID):
    state = await _file_of(ben)

    delta = str(state.get_delta())

    assert "Ben Okafor" in delta
    assert "_member_id" not in delta


async def test_the_overview_says_when_and_where_it_was_counted(carla: Member):
    state = await a_state(OverviewState)

    await call(OverviewState.open, state)

    assert state.view.zone == "UTC"
    assert "counted at" in state.view.counted
    assert len(state.view.figures) == 6
    assert all(figure.definition.endswith(".") for figure in state.view.figures)
    assert f"{clock.now():%B}" in state.view.counted


async def _opened_at(kind: type[Any], path: str) -> Any:
    """A screen of its own tab, at this address, after its page has loaded."""
    state = await a_state(kind)
    state.router = RouterData(url=ReflexURL(f"http://localhost:3000{path}"))
    await call(kind.open, state)
    return state


@pytest.mark.parametrize("said", ["banana", "0b0e0a5e-0000-4000-8000-000000000000"])
@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (MemberFileState, routes.admin_member),
        (PurchaseState, routes.admin_purchase),
        (BookState, routes.admin_book),
        (CohortState, routes.admin_cohort),
    ],
)
async def test_a_desk_that_finds_nothing_still_keeps_the_admins_zone(
    new_person: NewPerson, kind: type[Any], address: Callable[[str], str], said: str
):
    person = await new_person("Dora", is_admin=True)
    with acting_as(Member(person, "dora@example.com", "Dora", "", "Asia/Tokyo", is_admin=True)):
        state = await _opened_at(kind, address(said))

    assert (state.is_missing, state.view.zone) == (True, "Asia/Tokyo")


async def test_nothing_a_member_wrote_stands_in_the_state_of_a_desk(carla: Member, living: Living):
    """Everything the browser of an admin is given, scanned for every word that was planted."""
    await living.whole_day(1)
    async with as_member(carla.id) as db:
        cohort_id = await book_sessions.cohort_of(db, living.session_id)
    told = []
    for kind, path in (
        (MemberFileState, routes.admin_member(str(living.member.id))),
        (MemberMoneyState, routes.admin_member(str(living.member.id))),
        (CohortState, routes.admin_cohort(str(cohort_id))),
        (CohortsState, routes.ADMIN_COHORTS),
        (GamificationState, routes.ADMIN_GAMIFICATION),
        (RecountState, routes.ADMIN_GAMIFICATION),
    ):
        state = await _opened_at(kind, path)
        told.append(repr(state.dict()))

    shown = " ".join(told)
    assert living.member.first_name in shown
    planted = {
        text
        for draft in (MORNING, EVENING, ACTION)
        for value in draft.as_dict().values()
        for text in (value if isinstance(value, tuple | list) else (value,))
        if isinstance(text, str) and len(text) > 5
    }
    assert len(planted) > 15
    assert [text for text in planted if text in shown] == []


async def test_a_cohorts_ledgers_are_compared_at_its_page(carla: Member, living: Living):
    await living.morning(1)
    async with as_member(carla.id) as db:
        cohort_id = await book_sessions.cohort_of(db, living.session_id)
    state = await a_state(RecountState)
    state.router = RouterData(url=ReflexURL(f"http://localhost:3000{routes.admin_cohort(str(cohort_id))}"))

    await call(RecountState.ask_cohort, state)

    async with as_member(carla.id) as db:
        asked = next(run.recount for run in await by_hand.recent(db) if run.recount.cohort_id == cohort_id)
    async with as_service() as db:
        while await recounting.go_on(db, asked.id, now=living.at(2, 10)):
            pass
    await call(RecountState.open, state)
    [run] = [row for row in state.view.runs if row.id == str(asked.id)]
    assert (run.whose, run.state, run.progress, run.found) == ("Aurora", "Done", "1 of 1", "None")
