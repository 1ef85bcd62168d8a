from datetime import date, timedelta

import pytest

from gynergy_app.domain.programs import (
    PHASES,
    SessionStatus,
    can_enroll,
    completes_program,
    countdown,
    date_of,
    is_session_day,
    last_day,
    milestones_reached,
    next_milestone,
    nine_days_of,
    period_of,
    phase_of,
    programme_day,
    programme_week,
    read_phases,
    status_on,
)

START = date(2026, 3, 2)
END = last_day(START)


@pytest.mark.parametrize("day", range(-5, 80))
def test_a_day_and_its_date_lead_to_each_other(day: int):
    assert programme_day(START, date_of(START, day)) == day


def test_every_day_has_exactly_one_phase():
    phases = [[phase.order for phase in PHASES if phase.holds(day)] for day in range(1, 46)]

    assert phases == [[(day - 1) // 9 + 1] for day in range(1, 46)]
    assert phase_of(0) is None
    assert phase_of(46) is None


@pytest.mark.parametrize(("day", "week"), [(1, 1), (7, 1), (8, 2), (42, 6), (43, 7), (49, 7)])
def test_a_program_week_is_seven_days(day: int, week: int):
    assert programme_week(day) == week


@pytest.mark.parametrize(("day", "stretch"), [(1, 1), (9, 1), (10, 2), (45, 5), (46, 6)])
def test_nine_days_are_a_stretch(day: int, stretch: int):
    assert nine_days_of(day) == stretch


@pytest.mark.parametrize(("day", "period"), [(1, 1), (45, 45), (46, 1), (75, 30)])
def test_after_the_last_action_they_come_round_again(day: int, period: int):
    assert period_of(day) == period


@pytest.mark.parametrize(
    ("day", "reached"), [(0, 0), (8, 0), (9, 1), (17, 1), (18, 2), (44, 4), (45, 5), (70, 5)]
)
def test_a_milestone_is_reached_by_writing_on_or_after_its_day(day: int, reached: int):
    assert milestones_reached(day) == reached


def test_the_next_milestone_may_be_today():
    assert [next_milestone(day) for day in (1, 9, 10, 45, 46)] == [9, 9, 18, 45, None]


def test_the_community_opens_at_day_45_to_whoever_wrote_once():
    assert completes_program(45, has_written=True)
    assert not completes_program(44, has_written=True)
    assert not completes_program(45, has_written=False)


@pytest.mark.parametrize(("day", "is_open"), [(-30, True), (0, True), (1, True), (9, True), (10, False)])
def test_enrollment_closes_after_day_nine(day: int, is_open: bool):
    assert can_enroll(START, date_of(START, day)) is is_open


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (0, SessionStatus.upcoming),
        (1, SessionStatus.active),
        (45, SessionStatus.active),
        (46, SessionStatus.grace_period),
        (75, SessionStatus.grace_period),
        (76, SessionStatus.completed),
    ],
)
def test_a_session_is_what_its_dates_say(day: int, status: SessionStatus):
    assert status_on(date_of(START, day), START, END) is status


def test_pages_may_be_written_until_the_end_of_grace():
    grace_ends = END + timedelta(days=3)

    writable = [day for day in range(-1, 60) if is_session_day(date_of(START, day), START, END, grace_ends)]

    assert writable == list(range(1, 49))


@pytest.mark.parametrize(
    ("day", "words"),
    [(-12, "Starts in 13 days"), (-1, "Starts in two days"), (0, "Starts tomorrow"), (1, "Day 1")],
)
def test_the_countdown_speaks_in_words(day: int, words: str):
    assert countdown(START, date_of(START, day)) == words


def test_phases_are_read_in_order_and_without_what_is_unknown():
    rows = [
        {"order": 2, "name": "Then", "subtitle": "", "start_day": 10, "end_day": 18, "colour": "red"},
        {"order": 1, "name": "First", "subtitle": "", "start_day": 1, "end_day": 9, "description": "Here."},
    ]

    assert [phase.name for phase in read_phases(rows)] == ["First", "Then"]
