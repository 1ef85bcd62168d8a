"""Patterns in words: what is said, and what is not said from too little."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import reflex as rx

from gynergy_app import clock
from gynergy_app.guard import acting_as
from gynergy_app.state.programs.insight import InsightState
from tests.features.conftest import MORNING, Living, as_somebody

AScreen = Callable[[type[InsightState]], Awaitable[InsightState]]


async def looked(a_screen: AScreen, living: Living, day: int) -> InsightState:
    screen = await a_screen(InsightState)
    with acting_as(living.member), clock.travelling(living.at(day, 22)):
        await InsightState.open.fn(screen)  # pyright: ignore[reportAttributeAccessIssue]
    return screen


async def test_one_page_shows_its_mood_and_claims_nothing(a_screen: AScreen, living: Living):
    await living.morning(1)

    screen = await looked(a_screen, living, 1)

    assert screen.has_place
    assert screen.lede == "From one written day. Worked out now, kept nowhere."
    assert screen.trend_words == ""
    assert screen.weekday_words == "Each weekday speaks once there are two of it."
    assert [row.mood for row in screen.weekdays] == [""] * 7
    assert screen.words == []
    assert screen.kept_words == "One day kept."


async def test_two_weeks_have_a_lightest_and_a_heaviest_weekday(a_screen: AScreen, living: Living):
    for day in range(1, 15):
        mood = {1: 3, 4: 9}.get(day % 7, 6)
        await living.morning(day, draft=replace(MORNING, mood_score=mood))

    screen = await looked(a_screen, living, 14)

    assert screen.weekday_words == "Thursdays were lightest, at 9.0; Mondays heaviest, at 3.0."
    assert [(row.name, row.share) for row in screen.weekdays][:2] == [("Monday", "30%"), ("Tuesday", "60%")]
    assert screen.trend_words.endswith("A point up or down is ordinary.")


async def test_seven_even_weekdays_are_not_ranked(a_screen: AScreen, living: Living):
    for day in range(1, 15):
        await living.morning(day)

    screen = await looked(a_screen, living, 14)

    assert screen.weekday_words == "No weekday stands out: all seven lie within a point."


async def test_pages_after_the_last_day_stand_beside_the_days_kept(a_screen: AScreen, living: Living):
    await living.whole_day(45)
    await living.whole_day(49)

    screen = await looked(a_screen, living, 49)

    assert screen.kept_words == "One day kept, one of them with all three pages."
    assert [day.name for day in screen.later_days] == ["Day 49, Sunday 19 April"]


async def test_without_a_place_there_is_a_way_in(a_screen: AScreen, new_person: Callable[..., Awaitable]):
    member = as_somebody(await new_person())
    screen: rx.State = await a_screen(InsightState)
    with acting_as(member):
        await InsightState.open.fn(screen)  # pyright: ignore[reportAttributeAccessIssue]

    assert not screen.has_place  # pyright: ignore[reportAttributeAccessIssue]
    assert not screen.is_loading  # pyright: ignore[reportAttributeAccessIssue]
