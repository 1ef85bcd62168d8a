"""Today as a browser is told about it, and what opening it asks the database."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import ActionDraft
from gynergy_app.guard import acting_as
from gynergy_app.state.programs.today import DAY_TITLE, TodayState
from gynergy_app.state.shell import ShellState
from tests.bench.statements import Statement, overheard
from tests.features.conftest import Living, as_somebody

MOST_STATEMENTS = 6
"""For the frame and the day together, with the one that says who is asking."""

AScreen = Callable[[type], Awaitable[Any]]


@pytest.fixture
async def settled(living: Living, owner_db: psycopg.AsyncConnection) -> Living:
    """Ana, who has been welcomed already."""
    query = "update profile_settings set onboarded_at = now() where user_id = %s"
    await owner_db.execute(query, [living.member.id])
    return living


async def opened(screen: TodayState, living: Living, day: int, hour: int = 12) -> list[Statement]:
    """Every statement its opening sent."""
    with acting_as(living.member), clock.travelling(living.at(day, hour)), overheard() as heard:
        await TodayState.open.fn(screen)
    return heard


class TestWhatOpeningAsks:
    @pytest.mark.parametrize("hour", [7, 12])
    @pytest.mark.parametrize("day", [0, 1, 4, 9, 45, 46])
    async def test_an_unwritten_day(self, a_screen: AScreen, settled: Living, day: int, hour: int):
        heard = await opened(await a_screen(TodayState), settled, day, hour)

        assert 0 < len(heard) <= MOST_STATEMENTS

    async def test_a_finished_day_in_the_week_of_meditation(self, a_screen: AScreen, settled: Living):
        await settled.morning(7)
        await settled.whole_day(9)
        screen = await a_screen(TodayState)

        heard = await opened(screen, settled, 9, hour=22)

        assert screen.view.is_finished
        assert any(row.name == "Meditation" for row in screen.view.week.rows)
        assert 0 < len(heard) <= MOST_STATEMENTS

    async def test_it_goes_through_one_door(self, a_screen: AScreen, settled: Living):
        heard = await opened(await a_screen(TodayState), settled, 4)

        assert ["set_config" in statement for statement, _ in heard] == [True] + [False] * (len(heard) - 1)


class TestWhoIsLetIn:
    async def test_who_was_given_a_place_is_not_sent_to_choose_one(self, a_screen: AScreen, living: Living):
        """The page of choosing sends whoever has a place back here: the two must never disagree."""
        screen = await a_screen(TodayState)

        with acting_as(living.member), clock.travelling(living.at(4, 12)):
            led_to = await TodayState.open.fn(screen)

        assert (led_to, screen.is_loading, screen.has_place) == ([], False, True)

    async def test_the_frame_is_told_who_is_here(self, a_screen: AScreen, settled: Living):
        screen = await a_screen(TodayState)

        await opened(screen, settled, 4)

        shell = await screen.get_state(ShellState)
        assert (shell.member_name, shell.cohort_name) == ("Ana", "Aurora")
        assert not screen.is_loading

    async def test_a_newcomer_is_led_to_the_welcome(
        self, a_screen: AScreen, new_person: Callable[..., Awaitable[UUID]]
    ):
        eve: Member = as_somebody(await new_person("Eve"))
        screen = await a_screen(TodayState)

        with acting_as(eve):
            (way,) = await TodayState.open.fn(screen)

        assert routes.WELCOME in str(way.args)
        assert screen.is_loading


async def test_a_finished_day_ends_with_her_words_and_tomorrows_action(a_screen: AScreen, settled: Living):
    await settled.whole_day(9)
    screen = await a_screen(TodayState)

    await opened(screen, settled, 9, hour=22)
    tomorrow = await a_screen(TodayState)
    await opened(tomorrow, settled, 10)

    assert screen.view.own_words == "The letter went out."
    asked = next(card for card in tomorrow.view.cards if card.short_name == "Action")
    assert screen.view.tomorrow_action
    assert screen.view.tomorrow_action == asked.prompt


async def test_points_for_an_early_page_are_named_once_there_are_any(a_screen: AScreen, settled: Living):
    before, first, late = [await a_screen(TodayState) for _ in range(3)]

    await opened(before, settled, 0, hour=6)
    await opened(first, settled, 1, hour=6)
    await opened(late, settled, 1, hour=8)

    assert before.view.before_start
    assert not any("point" in card.note for card in before.view.cards)
    assert first.view.cards[0].note == "About eight minutes. Before 08:00 adds five points."
    assert not any("08:00" in card.note for card in late.view.cards)


class TestAfterAnEmptyDay:
    async def test_an_absence_ends_with_the_shortest_page(self, a_screen: AScreen, settled: Living):
        await settled.whole_day(2)
        screen = await a_screen(TodayState)

        await opened(screen, settled, 16)

        missed = screen.view.missed
        assert (missed.title, missed.begin_href) == ("Welcome back.", routes.GRATITUDE_ACTION)
        assert "day 16" in missed.words
        assert missed.rest_label == ""
        await settled.action(16, draft=ActionDraft(is_done=False, obstacles="I was away."))
        await opened(screen, settled, 16)
        assert screen.view.streak == "1-day streak"
        assert screen.view.missed.title != missed.title

    async def test_the_keyboard_goes_on_when_the_card_goes(self, a_screen: AScreen, settled: Living):
        await settled.morning(2)
        screen = await a_screen(TodayState)
        await opened(screen, settled, 4)

        led_to = screen.let_yesterday_rest()

        assert screen.view.missed.title == ""
        assert f"ref_{DAY_TITLE.replace('-', '_')}" in str(led_to)
