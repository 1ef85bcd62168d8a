"""The form before the first page, as its visitor has it."""

import psycopg

from gynergy_app import routes
from gynergy_app.state.programs.starts import Start
from gynergy_app.state.programs.welcome import WelcomeState
from tests.features.conftest import Living
from tests.state.conftest import AScreen, call


async def test_a_place_that_was_just_taken_is_no_complaint(living: Living, a_screen: AScreen):
    """The second of two clicks comes after the first has given her the place."""
    screen = await a_screen(WelcomeState)
    started = str(living.session_id)
    screen.starts = [Start(started, "Aurora cohort", "", "", "", False, "")]
    form = {
        "first_name": "Ana",
        "timezone": living.member.timezone,
        "morning_reminder_time": "07:00",
        "evening_reminder_time": "20:00",
        "start": started,
    }

    answer = await call(WelcomeState.take_place, screen, living.member, living.at(1, 12), form)

    assert routes.TODAY in str(answer)
    assert screen.problems == {}


async def test_who_came_with_a_place_is_asked_for_the_rest_once(
    living: Living, a_screen: AScreen, owner_db: psycopg.AsyncConnection
):
    forget = "update profile_settings set onboarded_at = null where user_id = %s"
    await owner_db.execute(forget, [living.member.id])
    screen = await a_screen(WelcomeState)
    form = {"first_name": "Ana", "timezone": living.member.timezone, "morning_reminder_time": "25:00"}

    await call(WelcomeState.open, screen, living.member, living.at(1, 12))
    assert (screen.is_loading, screen.has_start, screen.action) == (False, True, "Go to my first page")
    await call(WelcomeState.settle_in, screen, living.member, living.at(1, 12), form)
    assert set(screen.problems) == {"morning_reminder_time", "evening_reminder_time"}
    form |= {"morning_reminder_time": "06:15", "evening_reminder_time": "21:00"}
    done = await call(WelcomeState.settle_in, screen, living.member, living.at(1, 12), form)

    assert routes.TODAY in str(done)
    again = await call(WelcomeState.open, await a_screen(WelcomeState), living.member, living.at(1, 12))
    assert routes.TODAY in str(again)
