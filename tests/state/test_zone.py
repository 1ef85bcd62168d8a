"""A device in another time zone: what Today asks, what each answer does, and that it is asked once."""

from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest
import reflex as rx

from gynergy_app import clock
from gynergy_app.guard import acting_as
from gynergy_app.state.programs.zone import Asked, ZoneState, ask
from tests.features.conftest import Living, NewLiving

AScreen = Callable[[type[ZoneState]], Awaitable[ZoneState]]
LOS_ANGELES, TOKYO, LONDON = "America/Los_Angeles", "Asia/Tokyo", "Europe/London"


@pytest.fixture
async def ana(new_living: NewLiving) -> Living:
    return await new_living("Ana", timezone=LOS_ANGELES)


@pytest.fixture
async def screen(a_screen: AScreen) -> ZoneState:
    return await a_screen(ZoneState)


async def do(handler: Any, screen: rx.State, living: Living, *said: str, day: int = 2, hour: int = 15) -> Any:
    with acting_as(living.member), clock.travelling(living.at(day, hour)):
        return await handler.fn(screen, *said)


async def zone_of(owner_db: psycopg.AsyncConnection, living: Living) -> str:
    query = "select timezone from profile_settings where user_id = %s"
    row = await (await owner_db.execute(query, [living.member.id])).fetchone()
    assert row
    return row[0]


async def test_both_clocks_are_named_and_what_changing_does(screen: ZoneState, ana: Living):
    await do(ZoneState.look, screen, ana, TOKYO, "")

    asked = screen.asked
    assert asked.title == "Your device says Tokyo; your days are counted in Los Angeles."
    assert asked.words == "It is Wednesday 08:00 in Tokyo, and Tuesday 15:00 in Los Angeles."
    assert asked.change_words.startswith("It is Wednesday from now on. Tuesday is over then;")


def test_on_one_day_and_a_day_behind_the_words_are_others(ana: Living):
    same = ask(LOS_ANGELES, LONDON, ana.at(2, 9))
    behind = ask(TOKYO, LOS_ANGELES, ana.at(2, 15))
    early = ask(LOS_ANGELES, TOKYO, ana.at(2, 8))

    assert same.change_words.startswith("Tuesday goes on, and ends by the clock there.")
    assert early.change_words == "It is Wednesday from now on; Tuesday can be written until 03:00 there."
    assert behind.change_words.startswith(
        "It is Tuesday again until it ends there, then Wednesday once more."
    )


@pytest.mark.parametrize("device", [LOS_ANGELES, "America/Tijuana", "Mars/Olympus", ""])
async def test_nothing_is_asked_where_the_clock_is_the_same_or_none(
    screen: ZoneState, ana: Living, device: str
):
    await do(ZoneState.look, screen, ana, device, "")

    assert screen.asked == Asked()


async def test_kept_it_is_remembered_for_this_clock_and_not_asked_again(
    screen: ZoneState, ana: Living, owner_db: psycopg.AsyncConnection
):
    await do(ZoneState.look, screen, ana, TOKYO, "")
    await do(ZoneState.keep, screen, ana)
    assert (screen.asked, screen.kept) == (Asked(), f"{TOKYO} {LOS_ANGELES}")

    await do(ZoneState.look, screen, ana, TOKYO, LOS_ANGELES)
    assert screen.asked == Asked()
    assert await zone_of(owner_db, ana) == LOS_ANGELES

    await do(ZoneState.look, screen, ana, LONDON, "")
    assert screen.asked.title.startswith("Your device says London;")


async def test_a_clock_kept_beside_another_zone_is_asked_about_again(screen: ZoneState, ana: Living):
    await do(ZoneState.look, screen, ana, TOKYO, LONDON)

    assert screen.asked.title


async def test_changed_her_days_follow_and_written_ones_stay(
    screen: ZoneState, ana: Living, owner_db: psycopg.AsyncConnection
):
    await ana.morning(2)
    await do(ZoneState.look, screen, ana, TOKYO, "")
    await do(ZoneState.change, screen, ana)

    assert await zone_of(owner_db, ana) == TOKYO
    query = "select entry_date from journals where user_id = %s"
    assert await (await owner_db.execute(query, [ana.member.id])).fetchall() == [(ana.day(2),)]
    assert screen.asked == Asked()


async def test_without_a_question_there_is_nothing_to_change(
    screen: ZoneState, ana: Living, owner_db: psycopg.AsyncConnection
):
    await do(ZoneState.change, screen, ana)
    await do(ZoneState.keep, screen, ana)

    assert await zone_of(owner_db, ana) == LOS_ANGELES
    assert screen.kept == ""
