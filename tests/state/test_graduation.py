"""The milestones, the last day, the book and the days after, as a browser is told about them."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

import psycopg
import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.payments.access import NOTHING
from gynergy_app.guard import acting_as
from gynergy_app.services import programs
from gynergy_app.services.gamification import Completion
from gynergy_app.state.journaling.celebration import Celebration
from gynergy_app.state.programs.graduation import GraduationState
from gynergy_app.state.programs.milestone import MilestoneState
from gynergy_app.state.programs.today import TodayState
from gynergy_app.state.programs.yearbook import YearbookState
from tests.features.conftest import Living, NewLiving, NewRun

Screen = TypeVar("Screen", bound=rx.State)
AScreen = Callable[[type[Screen]], Awaitable[Screen]]
GRACE, CLOSED = 50, 76


@contextmanager
def being(living: Living, moment: datetime) -> Iterator[None]:
    with acting_as(living.member), clock.travelling(moment):
        yield


async def press(handler: Any, screen: rx.State, *arguments: object) -> None:
    await handler.fn(screen, *arguments)


async def opened(a_screen: AScreen, state: type[Screen], living: Living, day: int, path: str = "/") -> Screen:
    screen = await a_screen(state)
    screen.router = RouterData(url=ReflexURL(f"http://localhost:3000{path}"))  # type: ignore[misc]
    with being(living, living.at(day, 12)):
        await press(state.open, screen)  # type: ignore[attr-defined]
    return screen


async def test_a_milestone_ahead_says_when_it_comes(a_screen: AScreen, living: Living):
    await living.morning(1)
    screen = await opened(a_screen, MilestoneState, living, 7, routes.milestone(9))

    assert not screen.view.is_reached
    assert "day 9, Tuesday 10 March: two days from here" in screen.view.ahead
    assert screen.view.figures == ()


async def test_a_reached_milestone_shows_her_numbers(a_screen: AScreen, living: Living):
    await living.whole_day(9)
    screen = await opened(a_screen, MilestoneState, living, 12, routes.milestone(9))

    figures = {figure.label: figure.value for figure in screen.view.figures}
    assert (screen.view.name, screen.view.line) == ("Basecamp", "Reached on Tuesday 10 March.")
    assert figures["Days kept"] == "1 of 9"
    assert figures["Gratitudes written"] == "3"
    assert figures["Mood"] == "Too few to say"


async def test_many_points_are_told_as_everywhere(
    a_screen: AScreen, living: Living, owner_db: psycopg.AsyncConnection
):
    await living.morning(9)
    await owner_db.execute(
        "insert into points_transactions"
        " (user_id, session_id, activity_type, final_points, source_type, source_id, earned_on)"
        " values (%s, %s, 'given_by_hand', 3000, 'hand', %s, %s)",
        [living.member.id, living.session_id, uuid4(), living.day(9)],
    )
    screen = await opened(a_screen, MilestoneState, living, 12, routes.milestone(9))

    points = next(figure.value for figure in screen.view.figures if figure.label == "Points")
    assert points.startswith("3,")


async def test_a_milestone_counts_from_the_day_she_came(a_screen: AScreen, new_living: NewLiving):
    late = await new_living("Eve", joins_on=9)
    await late.morning(10)
    screen = await opened(a_screen, MilestoneState, late, 12, routes.milestone(9))

    kept = next(figure for figure in screen.view.figures if figure.label == "Days kept")
    assert (kept.value, kept.note) == ("0 of 1", "since you came, on day 9")


@pytest.mark.parametrize("path", ["/milestones/10", "/milestones/x", "/milestones/٩", "/milestones/99999"])
async def test_where_no_milestone_stands_the_page_says_so(a_screen: AScreen, living: Living, path: str):
    screen = await opened(a_screen, MilestoneState, living, 12, path)

    assert screen.view.name == ""
    assert "9, 18, 27, 36 and 45" in screen.problem


async def test_graduation_before_its_day_without_a_page_and_after(a_screen: AScreen, living: Living):
    assert (await opened(a_screen, GraduationState, living, 44)).view.stage == "ahead"
    assert (await opened(a_screen, GraduationState, living, 45)).view.stage == "unwritten"

    await living.morning(45)

    view = (await opened(a_screen, GraduationState, living, 46)).view
    assert (view.stage, view.kept, view.days) == ("reached", "1", "45")
    assert [opening.title for opening in view.openings] == [
        "The alumni cohort",
        "Reading and export, for good",
        "Writing, until Friday 15 May",
        "A journal of your own, if you like",
    ]
    assert "$39.95 a month or $399 a year" in view.openings[-1].words
    assert view.openings[-1].href == routes.BILLING


async def test_writing_is_named_only_while_it_is_open(a_screen: AScreen, living: Living):
    async def named(who: Living, day: int) -> list[str]:
        view = (await opened(a_screen, GraduationState, who, day)).view
        return [opening.title for opening in view.openings if opening.title.startswith("Writing")]

    without = replace(living, member=replace(living.member, entitlement=NOTHING))
    assert "takes pages" not in (await opened(a_screen, GraduationState, without, GRACE)).view.ahead

    await living.morning(45)

    assert await named(living, CLOSED - 1) == ["Writing, until Friday 15 May"]
    assert await named(living, CLOSED) == []
    assert await named(without, GRACE) == []


async def test_the_page_of_day_45_leads_to_the_graduation(living: Living):
    def way_of(completion: Completion) -> tuple[str, str]:
        shown = Celebration.of(completion, kept_at="now", next_activity=None)
        return shown.milestone_label, shown.milestone_href

    assert way_of(await living.morning(9)) == ("See the way to day 9", "/milestones/9")
    assert way_of(await living.evening(9)) == ("", "")
    assert way_of(await living.morning(45)) == ("Open your graduation", "/graduation")


async def test_today_on_the_last_day_points_on(a_screen: AScreen, living: Living):
    assert (await opened(a_screen, TodayState, living, 45)).view.after.title == ""
    await living.morning(45)

    after = (await opened(a_screen, TodayState, living, 45)).view.after

    assert after.title == "This is the last of your 45 days."
    assert not after.is_closed


async def test_today_in_grace_says_until_when_and_takes_pages(a_screen: AScreen, living: Living):
    await living.morning(1)
    view = (await opened(a_screen, TodayState, living, GRACE)).view

    assert (
        view.after.words == "1 of 45 days kept. If you like, go on: pages can be written until Friday 15 May."
    )
    assert not view.after.is_closed
    assert any(card.is_next for card in view.cards)
    assert view.missed.title == ""
    await living.morning(GRACE)


async def test_today_after_grace_asks_for_nothing_and_offers_the_next_start(
    a_screen: AScreen, living: Living, new_run: NewRun
):
    await living.morning(1)
    await new_run(start=living.day(CLOSED + 5))

    after = (await opened(a_screen, TodayState, living, CLOSED)).view.after

    assert after.is_closed
    assert "Writing closed on Friday 15 May." in after.words
    assert after.next_words == "A new session begins on Thursday 21 May."
    assert after.next_href == routes.WELCOME


async def test_a_book_is_chosen_and_says_that_it_is_saved(a_screen: AScreen, living: Living):
    await living.morning(1)
    await living.evening(45)
    screen = await opened(a_screen, YearbookState, living, 45)
    first = screen.book.gratitudes.picks[0]
    assert screen.book.kept == "2 of 45 days kept"
    assert len(screen.book.rows) == 5

    with being(living, living.at(45, 21)):
        await press(YearbookState.choose, screen, "gratitudes", first.item, not first.is_in)
        await press(YearbookState.leave_out, screen, "words", False)

    assert screen.saved == "Saved 21:00"
    assert screen.book.gratitudes.picks[0].is_in is not first.is_in
    assert not screen.book.has_words
    again = await opened(a_screen, YearbookState, living, 46)
    assert again.book == screen.book


async def test_a_file_that_is_asked_for_is_waited_for(a_screen: AScreen, living: Living):
    await living.morning(45)
    screen = await opened(a_screen, YearbookState, living, 45)
    assert screen.file.state == "none"

    with being(living, living.at(45, 21)):
        await press(YearbookState.ask_for_file, screen)
        await press(YearbookState.look, screen)

    assert screen.file.state == "preparing"


async def test_without_a_book_the_page_says_when_there_is_one(a_screen: AScreen, living: Living):
    await living.morning(1)

    assert not (await opened(a_screen, YearbookState, living, 30)).has_book


async def test_a_book_is_opened_by_its_session_and_what_is_none_says_so(
    a_screen: AScreen, living: Living, new_run: NewRun
):
    await living.morning(45)
    run = await new_run(start=living.day(61))
    async with as_member(living.member.id) as db:
        await programs.enroll(db, living.member, run, now=living.at(61, 6))
    await Living(living.member, run).morning(105)

    latest = await opened(a_screen, YearbookState, living, 110)
    assert [one.is_open for one in latest.volumes] == [True, False]
    assert latest.volumes[1].dates == "2 March 2026 to 15 April 2026"

    earlier = await opened(a_screen, YearbookState, living, 110, latest.volumes[1].href)
    assert earlier.book.dates == latest.volumes[1].dates
    assert earlier.file.href == f"/yearbook.pdf?session={living.session_id}"
    with being(living, living.at(110, 21)):
        await press(YearbookState.leave_out, earlier, "words", False)
    assert (await opened(a_screen, YearbookState, living, 110)).book.has_words

    for address in ("/yearbook?session=mine", f"/yearbook?session={uuid4()}"):
        unknown = await opened(a_screen, YearbookState, living, 110, address)
        assert (unknown.has_book, unknown.is_unknown, len(unknown.volumes)) == (False, True, 2)

    after = (await opened(a_screen, TodayState, living, 110)).view.after
    assert after.has_other_books
