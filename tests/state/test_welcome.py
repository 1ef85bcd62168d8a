"""The form before the first page, as its visitor has it."""

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
