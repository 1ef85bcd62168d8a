"""Streaks, freezes and repairs as functions of dated rows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.gamification import (
    DAILY,
    FREEZES_A_SESSION,
    Activity,
    Kept,
    freezes_due,
    freezes_left,
    longest_streak,
    longest_week_streak,
    repairable,
    streak_on,
    week_streak,
)
from tests.rules.stories import ACTION, EVENING, MORNING, START, march, the_day

days = st.frozensets(st.integers(1, 60).map(the_day), max_size=60)
numbers = st.integers(1, 60)


@pytest.mark.parametrize(
    ("today", "kept", "frozen", "repaired", "length"),
    [
        (1, [], [], [], 0),
        (1, [1], [], [], 1),
        (3, [1, 2], [], [], 2),  # today is not over yet
        (4, [1, 2], [], [], 0),  # the third was missed
        (4, [1, 2], [3], [], 2),  # and held: kept chain, no added length
        (4, [1, 2, 4], [3], [], 3),
        (4, [1, 2, 4], [], [3], 4),  # and repaired: it counts as kept
        (6, [1, 2, 5], [3], [], 1),  # one freeze does not hold two days
        (6, [1, 2, 5], [3, 4], [], 3),
        (6, [1, 2], [3, 4, 5], [], 2),
        (5, [4, 5], [1, 2, 3], [], 2),  # freezes before the first page add nothing
        (9, [1, 3, 5, 7, 9], [], [], 1),
        (4, [1, 2, 3, 5], [], [], 1),  # tomorrow's page, brought from further east
        (4, [1, 2, 3, 4, 5], [], [], 5),
        (4, [1, 2, 3, 9], [], [], 3),  # a page from a clock that was years ahead is left aside
    ],
)
def test_streak(today: int, kept: list[int], frozen: list[int], repaired: list[int], length: int):
    assert streak_on(the_day(today), march(*kept), march(*frozen), march(*repaired)) == length


def test_until_three_yesterday_is_not_missed_yet():
    kept = march(1, 2)

    assert streak_on(the_day(4), kept, open_from=the_day(3)) == 2
    assert streak_on(the_day(4), kept, open_from=the_day(4)) == 0


@given(days, days, numbers)
def test_a_page_for_today_never_lowers_a_streak(kept: frozenset[date], frozen: frozenset[date], today: int):
    before = streak_on(the_day(today), kept, frozen)

    assert streak_on(the_day(today), kept | march(today), frozen) >= before


@given(days, days, numbers, numbers)
def test_forgiveness_never_lowers_a_streak(
    kept: frozenset[date], frozen: frozenset[date], day: int, today: int
):
    before, over = streak_on(the_day(today), kept, frozen), min(day, today - 1)

    assert streak_on(the_day(today), kept, frozen | march(day)) >= before
    assert streak_on(the_day(today), kept, frozen, repaired=march(over)) >= before


@given(days, days, numbers)
def test_a_streak_holds_only_days_that_were_kept(kept: frozenset[date], frozen: frozenset[date], today: int):
    assert streak_on(the_day(today), kept, frozen) <= longest_streak(kept, frozen) <= len(kept)


@given(st.integers(1, 60), st.integers(1, 60))
def test_the_longest_streak_of_an_unbroken_row_is_the_row(first: int, length: int):
    row = march(*range(first, first + length))

    assert longest_streak(row) == length


def test_the_longest_streak_survives_what_came_after():
    assert longest_streak(march(1, 2, 3, 8)) == 3
    assert longest_streak(march(1, 2, 4), march(3)) == 3
    assert longest_streak(frozenset()) == 0


@pytest.mark.parametrize(
    ("week", "kept", "length"),
    [
        (1, [], 0),
        (1, [1], 1),
        (2, [1], 1),
        (3, [1], 0),
        (4, [1, 2, 3, 4], 4),
        (5, [2, 3, 4], 3),
        (4, [1, 2, 4], 1),
    ],
)
def test_week_streak(week: int, kept: list[int], length: int):
    assert week_streak(week, set(kept)) == length


def test_the_longest_row_of_weeks():
    assert longest_week_streak({1, 2, 3, 5, 6}) == 3
    assert longest_week_streak(set()) == 0


@pytest.mark.parametrize(
    ("kept", "open_from", "due"),
    [
        ([], 10, []),  # nothing to protect
        ([1, 2, 4], 5, [3]),
        ([1, 2, 4, 6], 7, [3, 5]),
        ([1, 2, 4, 6, 8], 9, [3, 5]),  # there are two
        ([1], 9, [2, 3]),  # held as long as they last
        ([5], 7, [6]),  # days before the first page are not missed
        ([1, 2], 3, []),  # the third may still be written
    ],
)
def test_freezes_are_used_on_missed_days(kept: list[int], open_from: int, due: list[int]):
    assert freezes_due(march(*kept), set(), the_day(open_from), START) == [the_day(day) for day in due]


def test_a_repair_gives_the_freeze_back():
    kept, frozen = march(1, 2, 4, 6, 8), march(3, 5)

    assert freezes_left(frozen) == 0
    assert freezes_left(frozen, kept, march(3)) == 1
    assert freezes_due(kept, frozen, the_day(9), START, repaired=march(3)) == [the_day(7)]


def test_a_crossing_needs_no_freeze():
    assert freezes_due(march(1, 3), set(), the_day(4), START, crossed=march(2)) == []


@given(days, numbers)
def test_asking_every_day_and_asking_once_freeze_the_same_days(kept: frozenset[date], until: int):
    asked_daily: set[date] = set()
    for number in range(1, until + 1):
        known = frozenset(day for day in kept if day < the_day(number))
        asked_daily |= set(freezes_due(known, asked_daily, the_day(number), START))

    assert sorted(asked_daily) == freezes_due(kept, set(), the_day(until), START)
    assert len(asked_daily) <= FREEZES_A_SESSION
    assert not asked_daily & kept


@given(days, numbers)
def test_a_freeze_is_used_only_where_it_holds_a_chain(kept: frozenset[date], until: int):
    due = freezes_due(kept, set(), the_day(until), START)

    for n, day in enumerate(due):
        assert streak_on(day, kept & march(*range(1, 61)) - {day}, set(due[:n]), open_from=day) >= 1


@pytest.mark.parametrize(
    ("missed", "today", "repaired", "is_open"),
    [
        (3, 3, [], False),  # today is simply written
        (3, 4, [], True),
        (3, 5, [], True),
        (3, 6, [], False),  # after the second day
        (2, 3, [], False),  # it was kept
        (8, 9, [4], False),  # one in each nine days
        (10, 11, [4], True),
        (0, 1, [], False),  # before the first day
    ],
)
def test_a_missed_day_can_be_repaired(missed: int, today: int, repaired: list[int], is_open: bool):
    kept = march(1, 2)

    assert repairable(the_day(missed), the_day(today), START, kept, march(*repaired)) is is_open


def test_a_day_is_kept_by_any_page_and_whole_with_all_three():
    kept = Kept({MORNING: march(1, 2, 3), EVENING: march(2, 3), ACTION: march(3, 4)})

    assert kept.any_day == march(1, 2, 3, 4)
    assert kept.whole_days == march(3)
    assert kept.streak(the_day(4)) == 4
    assert kept.streak_of(EVENING, the_day(4)) == 2
    assert kept.whole_streak(the_day(4)) == 1
    assert Kept().whole_days == Kept().any_day == frozenset()


def test_a_repaired_day_adds_to_the_day_and_holds_the_single_pages():
    kept = Kept({MORNING: march(1, 3)}, repaired=march(2))

    assert kept.streak(the_day(3)) == 3
    assert kept.streak_of(MORNING, the_day(3)) == 2


def test_one_more_page_changes_only_what_it_is():
    before = Kept({MORNING: march(1)}, {Activity.weekly_reflection: frozenset({1})}, frozen=march(2))

    after = before.with_page(EVENING, the_day(1))

    assert after.of(EVENING) == march(1)
    assert (after.of(MORNING), after.weeks, after.frozen) == (march(1), before.weeks, march(2))
    assert before.of(EVENING) == frozenset()


def test_ten_years_of_days_are_one_streak():
    start = date(2016, 3, 1)
    kept = {start + timedelta(days=n) for n in range(3_653)}

    assert streak_on(max(kept), kept) == longest_streak(kept) == 3_653
    assert set(DAILY) == {MORNING, EVENING, ACTION}
