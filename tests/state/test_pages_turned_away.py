"""A page that does not open stands under its own words alone, and leads to where that day is read."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import routes
from gynergy_app.state.journaling import MorningState, WeeklyState
from gynergy_app.state.journaling.sheet import Heading
from gynergy_app.state.journaling.writing import WritingState
from tests.features.conftest import Living
from tests.state.conftest import call

Open = Callable[..., Awaitable[Any]]


@pytest.fixture
def go(living: Living) -> Open:
    """A tab that goes to an address on a day of the session."""

    async def to(screen: rx.State, kind: type[WritingState], address: str, on: int) -> None:
        screen.router = RouterData(url=ReflexURL(f"http://localhost:3000{address}"))  # type: ignore[misc]
        await call(kind.open, screen, living.member, living.at(on, 12))

    return to


@pytest.mark.parametrize(
    ("kind", "route", "on", "then"),
    [
        (MorningState, routes.MORNING_JOURNAL, 4, "2027-03-05"),
        (WeeklyState, routes.WEEKLY_REFLECTION, 8, "2026-03-02"),
    ],
)
async def test_nothing_of_the_page_before_is_left(
    living: Living,
    a_screen: Callable[[type], Awaitable[Any]],
    go: Open,
    kind: type[WritingState],
    route: str,
    on: int,
    then: str,
):
    await living.morning(4)
    screen = await a_screen(kind)
    await go(screen, kind, route, on)
    assert screen.heading.day_line
    assert screen.sheet.key

    await go(screen, kind, f"{route}?day={then}", on)

    assert screen.mode == "closed"
    assert screen.notice
    assert screen.heading == Heading()
    assert (screen.sheet.key, screen.sheet.saved_at, screen.sheet.is_writable) == ("", "", False)


async def test_a_day_before_the_first_reflection_is_not_said_to_lie_ahead(
    a_screen: Callable[[type], Awaitable[Any]], go: Open
):
    screen = await a_screen(WeeklyState)

    await go(screen, WeeklyState, f"{routes.WEEKLY_REFLECTION}?day=2026-03-02", 8)
    assert screen.notice == "On that day none was open yet. The first opened on Sunday 8 March, day 7."
    await go(screen, WeeklyState, f"{routes.WEEKLY_REFLECTION}?day=2026-03-02", 3)
    assert screen.notice == "This page opens on Sunday 8 March, day 7."


async def test_a_day_that_is_over_leads_to_where_it_is_read(
    living: Living, a_screen: Callable[[type], Awaitable[Any]], go: Open
):
    screen = await a_screen(MorningState)

    await go(screen, MorningState, f"{routes.MORNING_JOURNAL}?day=2026-03-03", 6)
    assert screen.read_href == "/history/2026-03-03"

    await go(screen, MorningState, f"{routes.MORNING_JOURNAL}?day=2026-03-30", 6)
    assert screen.read_href == ""
