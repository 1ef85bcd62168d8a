"""What a page earns, exactly, and the words that explain it."""

# ruff: noqa: DTZ001, DTZ007  wall clocks have no zone

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.gamification import (
    DAILY,
    Activity,
    Award,
    Band,
    Bonus,
    Kept,
    Line,
    Rules,
    Window,
    award_for,
    badge_award,
    completes_a_week,
    dense_ranks,
    first_day,
)
from tests.rules import catalogue
from tests.rules.stories import ACTION, EVENING, MORNING, START, march, the_day

RULES = Rules.of(catalogue.multipliers())


def earn(
    activity: Activity, day: int, kept: Kept, *, at: str = "12:00", base: int = 10, late: bool = False
) -> Award:
    """An award for a page finished at that time of its day, or of the day after when it is late."""
    local_at = datetime.combine(the_day(day + late), datetime.strptime(at, "%H:%M").time())
    return award_for(activity, base, kept, RULES, day=the_day(day), local_at=local_at, open_from=the_day(day))


def kept_every_day(until: int) -> Kept:
    """Evenings only, so no day is whole."""
    return Kept({EVENING: march(*range(1, until + 1))})


@pytest.mark.parametrize(
    ("streak", "multiplier"),
    [(0, "1"), (6, "1"), (7, "1.20"), (13, "1.20"), (14, "1.50"), (29, "1.50"), (30, "2.00"), (400, "2.00")],
)
def test_bands(streak: int, multiplier: str):
    assert RULES.multiplier_for(streak) == Decimal(multiplier)


@pytest.mark.parametrize(("streak", "ahead"), [(0, 7), (7, 14), (20, 30), (30, None)])
def test_the_next_band_is_known(streak: int, ahead: int | None):
    band = RULES.next_band(streak)

    assert (band.shortest if band else None) == ahead


@pytest.mark.parametrize(("day", "final"), [(6, 15), (7, 18), (13, 18), (14, 22), (29, 22), (30, 30)])
def test_the_streak_that_multiplies_includes_this_day(day: int, final: int):
    assert earn(ACTION, day, kept_every_day(day - 1), base=15).final == final


def test_the_highest_band_wins_where_two_hold():
    rules = Rules((Band(7, 13, Decimal("1.20")), Band(10, None, Decimal("1.70"))))

    assert rules.multiplier_for(12) == Decimal("1.70")


def test_rules_that_are_switched_off_do_nothing():
    rules = Rules.of([replace(row, is_active=False) for row in catalogue.multipliers()])

    assert rules == Rules()
    award = award_for(
        MORNING,
        10,
        Kept(),
        rules,
        day=START,
        local_at=datetime(2026, 3, 2, 6),
        open_from=START,
    )
    assert award.final == 10


@pytest.mark.parametrize(
    ("activity", "at", "late", "bonus"),
    [
        (MORNING, "00:00", False, 5),
        (MORNING, "07:59", False, 5),
        (MORNING, "08:00", False, 0),
        (EVENING, "07:00", False, 0),
        (MORNING, "02:00", True, 0),  # yesterday's morning, two hours after midnight
    ],
)
def test_an_early_morning_is_worth_five_more(activity: Activity, at: str, late: bool, bonus: int):
    assert earn(activity, 3, Kept(), at=at, late=late).bonus == bonus


@pytest.mark.parametrize("last", DAILY)
def test_the_page_that_makes_a_day_whole_brings_ten_once(last: Activity):
    others = {activity: march(3) for activity in DAILY if activity != last}

    assert earn(last, 3, Kept(others)).bonuses == (Bonus("All three pages in one day", 10),)
    assert earn(last, 3, Kept({**others, last: march(3)})).bonuses == ()
    assert earn(Activity.weekly_reflection, 3, Kept({**others, last: march(3)})).bonuses == ()


def test_seven_whole_days_bring_fifty_once_and_again_at_fourteen():
    brought = []
    for day in range(1, 16):
        before = march(*range(1, day))
        kept = Kept({MORNING: before | march(day), EVENING: before | march(day), ACTION: before})
        brought.append(earn(ACTION, day, kept, base=15).bonus)

    assert brought == [10] * 6 + [60] + [10] * 6 + [60] + [10]


@given(st.permutations(range(1, 22)))
def test_a_run_pays_once_for_each_seven_in_whatever_order_it_was_filled(order: list[int]):
    whole: set[date] = set()
    paid = 0
    for number in order:
        paid += completes_a_week(whole, the_day(number))
        whole.add(the_day(number))

    assert paid == 3


@given(
    base=st.integers(0, 10_000),
    hundredths=st.integers(100, 999),
    bonuses=st.lists(st.integers(0, 500), max_size=3),
)
def test_final_is_the_floor_of_base_times_multiplier_plus_bonus(
    base: int, hundredths: int, bonuses: list[int]
):
    award = Award(base, Decimal(hundredths) / 100, bonuses=tuple(Bonus("", points) for points in bonuses))

    assert award.final == base * hundredths // 100 + sum(bonuses)
    assert award.final >= base


@pytest.mark.parametrize(
    ("base", "multiplier", "final"), [(15, "1.50", 22), (25, "1.10", 27), (10, "1.15", 11), (15, "1.20", 18)]
)
def test_no_fraction_is_lost_to_binary_numbers(base: int, multiplier: str, final: int):
    """1.1 x 30 in floating point is 33.000000000000004, and 1.15 x 100 is 114.99999999999999."""
    assert Award(base, Decimal(multiplier)).final == final
    assert Award(100, Decimal("1.15")).final == 115 != floor(100 * 1.15)


def test_why_eighteen():
    award = earn(ACTION, 11, kept_every_day(10), base=15)

    assert award.explain() == [
        Line("What the page is worth", "", "15"),
        Line("Streak of 7 to 13 days", "Day 11 of your streak, this day included", "× 1.2"),
        Line("This page", "", "18"),
    ]


def test_bonuses_are_named_after_the_multiplier():
    kept = Kept({EVENING: march(*range(1, 15)), ACTION: march(14)})

    assert [line.figure for line in earn(MORNING, 14, kept, at="06:30").explain()] == [
        "10",
        "× 1.5",
        "+ 5",
        "+ 10",
        "30",
    ]


def test_badge_points_are_never_multiplied():
    award = badge_award(250)

    assert (award.final, award.multiplier) == (250, 1)
    assert [line.note for line in award.explain()] == ["Added as it is, never multiplied"]


awards = st.builds(
    Award,
    st.integers(0, 500),
    st.sampled_from([Decimal(1), Decimal("1.20"), Decimal("2.00")]),
    st.text(max_size=20),
    st.integers(0, 400),
    st.lists(st.builds(Bonus, st.text(max_size=20), st.integers(0, 99)), max_size=3).map(tuple),
    st.booleans(),
)


@given(awards)
def test_a_ledger_row_can_say_what_its_award_said(award: Award):
    assert Award.of(award.base, award.multiplier, award.details()) == award


def test_the_ledger_remembers_the_wall_clock():
    at = datetime(2026, 3, 2, 6, 40)

    assert datetime.fromisoformat(Award(10).details(at)["local_at"]) == at
    assert "local_at" not in Award(10).details()


def test_a_day_of_three_pages_on_day_nine():
    """A morning at 06:40, an action and an evening, eight whole days behind: 17, 18 and 22."""
    behind = march(*range(1, 9))
    kept = Kept({activity: behind for activity in DAILY})
    finals = []
    for activity, at, base in ((MORNING, "06:40", 10), (ACTION, "13:00", 15), (EVENING, "21:30", 10)):
        finals.append(earn(activity, 9, kept, at=at, base=base).final)
        kept = kept.with_page(activity, the_day(9))

    assert finals == [17, 18, 22]


@pytest.mark.parametrize(
    ("window", "first"), [(Window.today, 20), (Window.week, 14), (Window.month, 1), (Window.session, 1)]
)
def test_a_board_begins_where_its_window_does(window: Window, first: int):
    assert first_day(window, the_day(20), START) == the_day(first)
    assert first_day(Window.month, the_day(40), START) == the_day(40) - timedelta(days=29)


@given(st.lists(st.integers(0, 50), max_size=30))
def test_equal_points_share_a_rank_and_none_is_left_out(points: list[int]):
    ranks = dense_ranks(points)

    assert sorted(set(ranks)) == list(range(1, len(set(points)) + 1))
    assert all(
        (a < b) == (x > y)
        for a, x in zip(ranks, points, strict=True)
        for b, y in zip(ranks, points, strict=True)
    )
