"""The calendar, and the day an address names."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import clock
from gynergy_app.guard import acting_as
from gynergy_app.state.programs.history import NO_SUCH_DAY, HistoryState
from tests.features.conftest import Living

AScreen = Callable[[type[HistoryState]], Awaitable[HistoryState]]


async def opened_at(path: str, living: Living, a_screen: AScreen) -> HistoryState:
    screen = await a_screen(HistoryState)
    screen.router = RouterData(url=ReflexURL(f"http://localhost:3000{path}"))
    with acting_as(living.member), clock.travelling(living.at(4, 12)):
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
