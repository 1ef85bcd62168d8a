"""The pages of a week as a browser is told about them."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import psycopg
import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import clock, routes
from gynergy_app.domain.journaling import ChallengeDraft, MeditationDraft, WeeklyDraft
from gynergy_app.guard import acting_as
from gynergy_app.state.journaling import ChallengeState, MeditationState, WeeklyState
from gynergy_app.state.journaling.fields import as_fields
from gynergy_app.state.programs.history import HistoryState
from gynergy_app.state.programs.today import TodayState
from gynergy_app.state.programs.weeks import WeekRow, WeeksState, WeekView
from tests.features.conftest import Living, NewLiving

REFLECTION = as_fields(WeeklyDraft("Three dinners.", "The call on Thursday.", "Evenings need an end."))
SITTING = as_fields(MeditationDraft("My thoughts went to the sea."))

Screen = TypeVar("Screen", bound=rx.State)
AScreen = Callable[[type[Screen]], Awaitable[Screen]]


@contextmanager
def being(living: Living, moment: datetime) -> Iterator[None]:
    with acting_as(living.member), clock.travelling(moment):
        yield


async def press(handler: Any, screen: rx.State, *arguments: object) -> None:
    await handler.fn(screen, *arguments)


async def opened(a_screen: AScreen, state: type[Screen], living: Living, day: int, hour: int = 12) -> Screen:
    screen = await a_screen(state)
    with being(living, living.at(day, hour)):
        await press(state.open, screen)  # pyright: ignore[reportAttributeAccessIssue]
    return screen


def row(view: WeekView, name: str) -> WeekRow:
    return next(row for row in view.rows if row.name == name)


async def test_before_day_seven_the_reflection_says_when_it_opens(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, WeeklyState, living, day=3)

    assert screen.mode == "closed"
    assert screen.notice == "This page opens on Sunday 8 March, day 7."


async def test_the_reflection_says_its_week_and_until_when(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, WeeklyState, living, day=9)

    assert screen.mode == "writing"
    assert screen.heading.day_line == "Week 1, open until Saturday 14 March"
    assert not screen.heading.may_change_day


async def test_a_week_is_finished_from_the_page(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, WeeklyState, living, day=9)

    with being(living, living.at(9, 12)):
        await press(WeeklyState.finish, screen, screen.sheet.key, REFLECTION, 0, "a1")

    assert screen.mode == "reading"
    assert screen.sheet.answers == "a1"
    assert screen.celebration.is_open
    assert (screen.celebration.points, screen.celebration.line) == (25, "Weekly reflection, Tuesday 12:00")
    assert screen.heading.open_until == "Sunday 15 March"


async def test_a_week_that_is_closed_is_read_by_its_number(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, WeeklyState, living, day=9)
    with being(living, living.at(9, 12)):
        await press(WeeklyState.finish, screen, screen.sheet.key, REFLECTION, 0, "a1")

    with being(living, living.at(20, 12)):
        await press(WeeklyState.reopen, screen, screen.sheet.key)

    assert (screen.mode, screen.heading.day_line, screen.heading.open_until) == ("reading", "Week 1", "")


async def test_a_finish_that_is_repeated_celebrates_once(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, WeeklyState, living, day=9)

    with being(living, living.at(9, 12)):
        await press(WeeklyState.finish, screen, screen.sheet.key, REFLECTION, 0, "a1")
        await press(WeeklyState.close_celebration, screen)
        await press(WeeklyState.finish, screen, screen.sheet.key, REFLECTION, 0, "a1")

    assert not screen.celebration.is_open


async def test_the_meditation_week_tells_its_log_and_asks_nothing(a_screen: AScreen, living: Living):
    sitting = await opened(a_screen, MeditationState, living, day=10)
    with being(living, living.at(10, 12)):
        await press(MeditationState.finish, sitting, sitting.sheet.key, SITTING, 0, "a1")

    challenge = await opened(a_screen, ChallengeState, living, day=10)

    assert sitting.celebration.line.startswith("Weekly challenge")
    assert challenge.ask.is_meditation
    assert challenge.ask.sittings == "One of seven logged"
    assert challenge.mode == "reading"


async def test_a_sitting_in_another_week_is_logged_without_a_party(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, MeditationState, living, day=3)

    with being(living, living.at(3, 12)):
        await press(MeditationState.finish, screen, screen.sheet.key, SITTING, 0, "a1")

    assert screen.mode == "reading"
    assert not screen.celebration.is_open
    assert [(each.date, each.place) for each in screen.sittings] == [("Wednesday 4 March", "Day 3")]


async def test_nothing_is_kept_of_a_sitting_before_it_is_logged(
    a_screen: AScreen, living: Living, owner_db: psycopg.AsyncConnection
):
    screen = await opened(a_screen, MeditationState, living, day=3)

    with being(living, living.at(3, 12)):
        await press(MeditationState.keep, screen, screen.sheet.key, SITTING, 0, "a1")

    query = "select count(*) from meditations where user_id = %s"
    assert await (await owner_db.execute(query, [living.member.id])).fetchone() == (0,)


async def test_a_refused_challenge_names_what_is_open(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, ChallengeState, living, day=3)

    with being(living, living.at(3, 12)):
        done = as_fields(ChallengeDraft(is_done=True, reward="A quieter head."))
        await press(ChallengeState.finish, screen, screen.sheet.key, done, 0, "a1")

    assert set(screen.sheet.problems) == {"motivation", "purpose", "success", "focus"}
    assert screen.mode == "writing"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_a_page_of_no_week_is_refused_in_a_sentence(a_screen: AScreen, living: Living, day: str):
    screen = await opened(a_screen, ChallengeState, living, day=3)
    owner, session, _, kind = screen.sheet.key.split(".")

    with being(living, living.at(3, 12)):
        await press(ChallengeState.keep, screen, f"{owner}.{session}.{day}.{kind}", {"reward": "?"}, 0, "a1")

    assert screen.notice
    assert screen.sheet.answers == "a1"


async def test_today_says_how_the_week_stands(a_screen: AScreen, living: Living):
    third = (await opened(a_screen, TodayState, living, day=3)).view.week
    ninth = (await opened(a_screen, TodayState, living, day=9)).view.week

    assert third.title == "Week 1"
    assert row(third, "Reflection on week 1") == WeekRow(
        "Reflection on week 1", "Opens on Sunday, day 7", "notebook-pen"
    )
    assert row(ninth, "Reflection on week 1").note == "Open until Saturday"
    assert row(ninth, "Meditation").note == "None of seven logged so far"
    assert row(ninth, "Ten quiet minutes a day").href == routes.WEEKLY_CHALLENGE


async def test_its_last_day_is_tonight(a_screen: AScreen, living: Living):
    last = (await opened(a_screen, TodayState, living, day=7)).view.week

    assert row(last, "Keep one ritual of care every day").note == "The week’s challenge. Open until tonight"


async def test_every_week_stands_with_what_it_kept(a_screen: AScreen, living: Living):
    page = await opened(a_screen, WeeklyState, living, day=9)
    with being(living, living.at(9, 12)):
        await press(WeeklyState.finish, page, page.sheet.key, REFLECTION, 0, "a1")

    latest, _, first = (await opened(a_screen, WeeksState, living, day=16)).weeks

    assert (latest.title, latest.days) == ("Week 3", "Days 15 to 21")
    assert row(first, "Reflection on week 1") == WeekRow(
        "Reflection on week 1",
        "Kept on Tuesday 10 March",
        "notebook-pen",
        "/journal/weekly?day=2026-03-08",
        points="25 points",
        is_done=True,
    )
    assert row(first, "Keep one ritual of care every day").note == "The week’s challenge. Not written"


async def test_a_week_before_she_came_is_no_page_left_out(a_screen: AScreen, new_living: NewLiving):
    late = await new_living("Eve", joins_on=9)

    _, first = (await opened(a_screen, WeeksState, late, day=9)).weeks

    assert row(first, "Keep one ritual of care every day").note == "The week’s challenge. Before you came"
    assert row(first, "Reflection on week 1").note == "Open until Saturday"


async def test_a_page_says_the_hour_it_was_kept_at_wherever_its_writer_is_now(
    a_screen: AScreen, living: Living
):
    page = await opened(a_screen, WeeklyState, living, day=9)
    with being(living, living.at(9, 22, 28)):
        await press(WeeklyState.finish, page, page.sheet.key, REFLECTION, 0, "a1")
    tokyo = Living(replace(living.member, timezone="Asia/Tokyo"), living.session_id)
    history = await a_screen(HistoryState)
    history.router = RouterData(url=ReflexURL(f"http://localhost{routes.history_day('2026-03-04')}"))

    with being(tokyo, living.at(10, 12)):
        await press(HistoryState.open, history)
        await press(WeeklyState.open, page)
    listed = await opened(a_screen, WeeksState, tokyo, day=16)

    assert page.heading.kept_line == "Kept on Tuesday 10 March at 22:28"
    assert history.opened.reflection.foot == "Kept on Tuesday 10 March at 22:28 · 25 points"
    assert row(listed.weeks[-1], "Reflection on week 1").note == "Kept on Tuesday 10 March"


async def test_no_id_of_hers_is_sent_but_in_the_name_of_the_page(a_screen: AScreen, living: Living):
    screen = await opened(a_screen, WeeksState, living, day=9)
    listed = await opened(a_screen, MeditationState, living, day=9)

    assert str(living.member.id) not in str(screen.dict())
    assert str(living.member.id) not in str(listed.dict()).replace(listed.sheet.key, "")


async def test_history_tells_on_which_day_of_its_week_a_page_was_kept(a_screen: AScreen, living: Living):
    page = await opened(a_screen, WeeklyState, living, day=9)
    with being(living, living.at(9, 12)):
        await press(WeeklyState.finish, page, page.sheet.key, REFLECTION, 0, "a1")
    screen = await a_screen(HistoryState)
    screen.router = RouterData(url=ReflexURL(f"http://localhost{routes.history_day('2026-03-04')}"))

    with being(living, living.at(16, 12)):
        await press(HistoryState.open, screen)

    assert screen.opened.week == "Week 1"
    assert [part.text for part in screen.opened.reflection.parts] == list(REFLECTION.values())
    assert screen.opened.reflection.foot == "Kept on Tuesday 10 March at 12:00 · 25 points"
    assert screen.opened.reflection.edit_href == ""
