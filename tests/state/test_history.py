"""The calendar, and the day an address names."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.journaling import JournalType
from gynergy_app.guard import acting_as
from gynergy_app.services.journaling import pages
from gynergy_app.state.programs.history import NO_SUCH_DAY, HistoryState
from tests.features.conftest import MORNING, Living, NewLiving

AScreen = Callable[[type[HistoryState]], Awaitable[HistoryState]]


async def opened_at(path: str, living: Living, a_screen: AScreen, *, on: int = 4) -> HistoryState:
    screen = await a_screen(HistoryState)
    screen.router = RouterData(url=ReflexURL(f"http://localhost:3000{path}"))
    with acting_as(living.member), clock.travelling(living.at(on, 12)):
        await HistoryState.open.fn(screen)  # pyright: ignore[reportAttributeAccessIssue]
    return screen


@pytest.mark.parametrize("named", ["2026-99-99", "2020-01-01", "9999-12-31", "yesterday", "1"])
async def test_an_address_of_no_day_says_so(named: str, living: Living, a_screen: AScreen):
    screen = await opened_at(f"/history/{named}", living, a_screen)

    assert (screen.problem, screen.opened.title) == (NO_SUCH_DAY, "")


async def test_a_day_that_was_lived_opens(living: Living, a_screen: AScreen):
    lived: date = living.day(3)

    screen = await opened_at(f"/history/{lived.isoformat()}", living, a_screen)

    assert screen.problem == ""
    assert screen.opened.place.startswith("Day 3")


async def test_the_calendar_alone_says_nothing_of_a_day(living: Living, a_screen: AScreen):
    assert (await opened_at("/history", living, a_screen)).problem == ""


async def test_a_page_after_the_last_day_is_reached_and_not_counted(living: Living, a_screen: AScreen):
    for day in (1, 2, 45):
        await living.whole_day(day)
    await living.morning(49)

    screen = await opened_at("/history", living, a_screen, on=49)
    later = [(day.name, day.href) for day in screen.later_days]

    assert screen.lede == "3 of 45 days kept, two at rest."
    assert later == [("Day 49, Sunday 19 April", "/history/2026-04-19")]
    assert screen.chart.points[-1].left == "100.00%"
    assert (await opened_at(later[0][1], living, a_screen, on=49)).opened.title == "Sunday 19 April"


async def test_days_before_she_came_are_no_pages_left_out(new_living: NewLiving, a_screen: AScreen):
    late = await new_living("Eve", joins_on=9)

    screen = await opened_at(f"/history/{late.day(3).isoformat()}", late, a_screen, on=10)

    assert screen.opened.is_before_her
    assert [cell.number for cell in screen.cells if cell.is_before_her] == [str(day) for day in range(1, 9)]
    assert screen.cells[2].says == "Day 3, Wednesday 4 March: before you came"
    assert screen.cells[8].says == "Day 9, Tuesday 10 March: no pages of three"


async def test_a_page_she_wrote_is_hers_whenever_she_came(new_living: NewLiving, a_screen: AScreen):
    late = await new_living("Eve", joins_on=9)
    async with as_member(late.member.id) as db:
        await pages.finish(
            db,
            late.member,
            JournalType.morning,
            MORNING,
            day=late.day(8),
            base_revision=0,
            now=late.at(9, 2),
        )

    screen = await opened_at("/history", late, a_screen, on=10)

    assert screen.cells[7].says == "Day 8, Monday 9 March: one page of three"
