"""After a second session the first stays readable: every page that shows a session can show each of hers."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import routes
from gynergy_app.db import as_member
from gynergy_app.domain.journaling import VisionType
from gynergy_app.services import programs
from gynergy_app.state.gamification.badges import BadgesState
from gynergy_app.state.gamification.points import PointsState
from gynergy_app.state.journaling import LifeMapState, MantraState, MeditationState, VisionsState
from gynergy_app.state.journaling.meditation import Sitting
from gynergy_app.state.programs.graduation import GraduationState
from gynergy_app.state.programs.history import HistoryState
from gynergy_app.state.programs.insight import InsightState
from gynergy_app.state.programs.milestone import MilestoneState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.programs.weeks import WeeksState
from gynergy_app.state.programs.welcome import WelcomeState
from tests.features.conftest import START, Living, NewRun
from tests.features.visions import Visionary
from tests.features.weeks import SITTING, Weeks
from tests.state.conftest import call

Screen = TypeVar("Screen", bound=rx.State)
Look = Callable[..., Awaitable[Any]]
GRADUATED, NOW = 45, 54
"""Days of the first session; the second began on its day 46."""


@pytest.fixture
async def later(living: Living, new_run: NewRun) -> Living:
    """Graduated, with a vision, and on day 9 of a second session in which nothing is written."""
    await living.whole_day(1)
    await Visionary(living).finish(VisionType.mantra)
    await living.morning(GRADUATED)
    run = await new_run(start=START + timedelta(days=GRADUATED))
    async with as_member(living.member.id) as db:
        await programs.enroll(db, living.member, run, now=living.at(GRADUATED + 1, 6))
    return Living(living.member, run)


@pytest.fixture
def look(a_screen: Callable[[type], Awaitable[Any]], living: Living) -> Look:
    """`screen, answer = await look(HistoryState, "/history")`."""

    async def opened(state: type[Screen], address: str, on: int = NOW) -> tuple[Screen, Any]:
        screen = await a_screen(state)
        screen.router = RouterData(url=ReflexURL(f"http://localhost:3000{address}"))  # type: ignore[misc]
        answer = await call(state.open, screen, living.member, living.at(on, 12))  # type: ignore[attr-defined]
        return screen, answer

    return opened


def in_first(living: Living, path: str) -> str:
    return routes.in_session(path, str(living.session_id))


@pytest.mark.parametrize("path", ["/history", "/visions", "/badges", "/milestones/45"])
async def test_the_lived_session_is_offered_first(living: Living, later: Living, look: Look, path: str):
    sessions, _ = await look(SessionsState, in_first(living, path))

    assert [one.is_lived for one in sessions.links] == [True, False]
    assert [one.is_open for one in sessions.links] == [False, True]
    assert sessions.links[1].href == in_first(living, path)
    assert sessions.links[1].dates == "2 March 2026 to 15 April 2026"
    assert (sessions.is_former, sessions.is_unknown) == (True, False)


async def test_with_one_session_there_is_nothing_to_choose(living: Living, look: Look):
    sessions, _ = await look(SessionsState, "/history")

    assert (sessions.links, sessions.is_former, sessions.query) == ([], False, "")


async def test_only_sessions_of_ones_own_are_opened(
    living: Living, later: Living, new_run: NewRun, look: Look
):
    another = await new_run()
    for said in (str(another), str(uuid4()), "mine"):
        sessions, _ = await look(SessionsState, f"/history?session={said}")
        past, _ = await look(HistoryState, f"/history?session={said}")

        assert (sessions.is_unknown, sessions.is_former) == (True, False)
        assert past.lede == "Day 9. No days kept."


async def test_history_shows_the_days_of_the_session_asked_for(living: Living, later: Living, look: Look):
    now, _ = await look(HistoryState, "/history")
    past, _ = await look(HistoryState, in_first(living, "/history"))

    assert now.lede == "Day 9. No days kept."
    assert past.lede == "2 March 2026 to 15 April 2026. Two days kept, two days at rest."
    assert past.cells[0].href == in_first(living, "/history/2026-03-02")
    assert past.cells[0].morning
    assert [card.href for card in past.visions] == [in_first(living, routes.MANTRA)]


async def test_a_day_of_an_earlier_session_leads_there(living: Living, later: Living, look: Look):
    _, answer = await look(HistoryState, "/history/2026-03-02")
    assert in_first(living, "/history/2026-03-02") in str(answer)

    past, _ = await look(HistoryState, in_first(living, "/history/2026-03-02"))
    assert past.opened.title == "Monday 2 March"
    assert past.opened.morning.parts
    assert past.opened.morning.edit_href == ""
    assert (past.opened.earlier, past.opened.later) == ("", in_first(living, "/history/2026-03-03"))


async def test_a_day_of_two_sessions_is_of_the_one_she_had_come_to(
    living: Living, new_run: NewRun, look: Look
):
    """The second began on day 40 of the first, and she came to it on its day 7."""
    await living.morning(GRADUATED)
    run = await new_run(start=START + timedelta(days=39))
    async with as_member(living.member.id) as db:
        await programs.enroll(db, living.member, run, now=living.at(GRADUATED + 1, 6))

    _, of_both = await look(HistoryState, f"/history/{living.day(GRADUATED)}", on=GRADUATED + 2)
    now, _ = await look(HistoryState, f"/history/{living.day(GRADUATED + 1)}", on=GRADUATED + 2)

    assert str(living.session_id) in str(of_both)
    assert now.opened.place.startswith("Day 7, ")


async def test_a_page_of_the_other_session_takes_no_change(living: Living, later: Living, look: Look):
    """Its last days would still take pages if she lived it: that is what a new place ends."""
    past, _ = await look(HistoryState, in_first(living, "/history/2026-04-15"), on=GRADUATED + 1)

    assert past.opened.morning.parts
    assert past.opened.morning.edit_href == ""
    assert past.opened.challenge.edit_href == past.opened.reflection.edit_href == ""


async def test_visions_of_that_session_are_read_and_not_changed(living: Living, later: Living, look: Look):
    hub, _ = await look(VisionsState, in_first(living, routes.VISIONS))
    mantra, _ = await look(MantraState, in_first(living, routes.MANTRA))
    unwritten, _ = await look(LifeMapState, in_first(living, routes.LIFE_MAP))

    assert [card.note for card in hub.cards].count("Nothing was written.") == 3
    assert hub.map_href == in_first(living, routes.LIFE_MAP)
    assert (mantra.mode, mantra.sheet.is_writable) == ("reading", False)
    assert mantra.heading.day_line == "2 March 2026 to 15 April 2026, kept to be read"
    assert unwritten.mode == "closed"
    assert "kept to be read" in unwritten.notice
    assert (await look(MantraState, routes.MANTRA))[0].sheet.fields["mantra"] == ""


async def test_the_log_of_that_session_is_read_without_a_timer(living: Living, new_run: NewRun, look: Look):
    await Weeks(living).sit(3)
    run = await new_run(start=START + timedelta(days=GRADUATED))
    async with as_member(living.member.id) as db:
        await programs.enroll(db, living.member, run, now=living.at(GRADUATED + 1, 6))

    log, _ = await look(MeditationState, in_first(living, routes.MEDITATION))
    now, _ = await look(MeditationState, routes.MEDITATION)
    unknown, _ = await look(MeditationState, f"{routes.MEDITATION}?session={uuid4()}")

    assert (log.mode, log.sheet.key, log.log_title) == ("reading", "", "One sitting")
    assert log.heading.day_line == "2 March 2026 to 15 April 2026, kept to be read"
    assert log.sittings == [Sitting("Wednesday 4 March", "Day 3", SITTING.reflection)]
    assert (now.mode, now.sittings) == (unknown.mode, unknown.sittings) == ("writing", [])


async def test_a_log_of_that_session_without_a_sitting_says_so(living: Living, later: Living, look: Look):
    log, _ = await look(MeditationState, in_first(living, routes.MEDITATION))

    assert (log.mode, log.notice) == ("closed", "No sitting was logged in this session.")


async def test_figures_are_those_of_the_session_asked_for(living: Living, later: Living, look: Look):
    def first(path: str) -> str:
        return in_first(living, path)

    points, _ = await look(PointsState, first(routes.POINTS))
    badges, _ = await look(BadgesState, first(routes.BADGES))
    insight, _ = await look(InsightState, first(routes.INSIGHT))
    weeks, _ = await look(WeeksState, first(routes.WEEKS))

    assert points.view.total != "0"
    assert points.view.is_former
    assert points.view.csv_href == first(routes.POINTS_CSV)
    assert first("/history/2026-03-02") in [row.href for day in points.view.days for row in day.rows]
    assert badges.earned
    assert "The others stay as far as they had come." in badges.lede
    assert insight.lede.startswith("From two written days.")
    assert [week.title for week in weeks.weeks][-1] == "Week 1"
    assert {row.href for week in weeks.weeks for row in week.rows} == {
        "",
        first(routes.LIFE_MAP),
        first(routes.MEDITATION),
    }
    assert (await look(PointsState, routes.POINTS))[0].view.total == "0"


async def test_a_reached_milestone_says_so_for_its_own_session(living: Living, later: Living, look: Look):
    reached, _ = await look(MilestoneState, in_first(living, "/milestones/45"))
    ahead, _ = await look(MilestoneState, routes.milestone(45))

    assert reached.view.line == "Reached on Wednesday 15 April."
    assert reached.view.steps[0].href == in_first(living, "/milestones/9")
    assert not ahead.view.is_reached


async def test_graduation_says_nothing_untrue_after_a_second_session(
    living: Living, later: Living, look: Look
):
    _, answer = await look(GraduationState, routes.GRADUATION)
    assert in_first(living, routes.GRADUATION) in str(answer)

    screen, _ = await look(GraduationState, in_first(living, routes.GRADUATION))
    titles = [opening.title for opening in screen.view.openings]
    assert "Reading and export, for good" in titles
    assert not [title for title in titles if title.startswith("Writing, until")]
    assert screen.view.yearbook_href == in_first(living, routes.YEARBOOK)


async def test_taking_a_second_place_says_beforehand_what_it_does(living: Living, look: Look):
    await living.morning(1)

    welcome, _ = await look(WelcomeState, routes.WELCOME, on=50)
    over, _ = await look(WelcomeState, routes.WELCOME, on=100)

    assert "2 March 2026 to 15 April 2026 stays yours to read" in welcome.before
    assert "Until Friday 15 May it takes pages; with a place in a new session that ends." in welcome.before
    assert "points and badges begin anew" in over.before
    assert "takes pages" not in over.before
