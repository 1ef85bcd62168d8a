"""What the first page shows of a day is what the product would do on that day."""

from datetime import date, datetime, time

import pytest

from gynergy_app.components.home.example import FROZEN, PAGES, POINTS, REACHED, TODAY
from gynergy_app.components.home.stretches import MILESTONES
from gynergy_app.domain.gamification import (
    Activity,
    Rules,
    StreakEventKind,
    award_for,
    kept_from,
)
from gynergy_app.domain.programs import MILESTONE_DAYS, PROGRAM_DAYS, date_of
from gynergy_app.pages import home
from gynergy_app.pages.journaling import evening, gratitude_action, morning
from gynergy_app.settings import ROOT
from tests.rules import catalogue

START = date(2026, 3, 1)
ORDER = (Activity.morning_journal, Activity.gratitude_action, Activity.evening_journal)
CLOCK = {
    Activity.morning_journal: time(6, 40),
    Activity.gratitude_action: time(12, 50),
    Activity.evening_journal: time(21, 4),
}
BASE = {
    Activity.morning_journal: 10,
    Activity.gratitude_action: 15,
    Activity.evening_journal: 10,
}


def before(activity: Activity):
    """All she had kept when she finished that page of the twelfth day."""
    written = [
        (each, date_of(START, day)) for day, pages in PAGES.items() if day < TODAY for each in ORDER[:pages]
    ]
    written += [(each, date_of(START, TODAY)) for each in ORDER[: ORDER.index(activity)]]
    frozen = frozenset(date_of(START, day) for day in FROZEN)
    return kept_from(written, {StreakEventKind.freeze: frozen}, START)


@pytest.mark.parametrize("activity", ORDER)
def test_the_points_shown_are_the_points_given(activity: Activity):
    day = date_of(START, TODAY)
    award = award_for(
        activity,
        BASE[activity],
        before(activity),
        Rules.of(catalogue.multipliers()),
        day=day,
        local_at=datetime.combine(day, CLOCK[activity]),
        open_from=day,
    )

    assert award.final == POINTS[activity]
    assert award.streak == 11


def test_sixteen_minutes_and_twelve_hours_are_what_the_pages_say():
    assert "eight minutes" in morning.SAID.length
    assert "two minutes" in gratitude_action.SAID.length
    assert "six minutes" in evening.SAID.length
    assert (8 + 2 + 6) * PROGRAM_DAYS == 12 * 60


def test_milestones_are_named_and_reached_as_in_the_program():
    seeded = (ROOT / "alembic/sql/reference/books_milestones.sql").read_text()

    assert all(f"'{name}'" in seeded for name in MILESTONES)
    assert [day for day in MILESTONE_DAYS if day < TODAY] == list(REACHED)


def test_its_questions_are_asked_by_the_pages():
    drawn = str(home.page().render())

    for asked in (morning.SAID.titles[2], evening.SAID.titles[1], evening.SAID.titles[2]):
        assert asked in drawn
    assert "'Share a good memory'" in (ROOT / "alembic/sql/reference/books_actions.sql").read_text()


def test_there_is_one_filled_action():
    assert str(home.page().render()).count("btn-primary") == 1
