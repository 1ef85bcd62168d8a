"""Which page of a week is open when, what it asks for, and how rows of weeks are counted."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.gamification import Activity, Page, week_streak
from gynergy_app.domain.journaling import (
    CHALLENGE_STARTERS,
    MEDITATION_STARTERS,
    WEEKLY_STARTERS,
    ChallengeDraft,
    Draft,
    MeditationDraft,
    WeeklyDraft,
    challenge_on,
    reflection_on,
)
from gynergy_app.domain.programs import programme_day, programme_week
from gynergy_app.domain.text import until_day
from tests.rules.stories import START, a_page, a_story, the_day

REFLECTION, CHALLENGE = Activity.weekly_reflection, Activity.weekly_challenge
DONE = ChallengeDraft(True, reward="Calm", motivation="Ben", purpose="Home", success="Ease", focus="Sleep")


@pytest.mark.parametrize(
    ("day", "week"), [(-3, None), (1, None), (6, None), (7, 1), (13, 1), (14, 2), (45, 6), (49, 7)]
)
def test_a_reflection_is_open_from_the_last_day_of_its_week_for_seven_days(day: int, week: int | None):
    found = reflection_on(START, the_day(day))

    assert (found.number if found else None) == week


@pytest.mark.parametrize(("day", "week"), [(0, None), (1, 1), (7, 1), (8, 2), (43, 7)])
def test_a_challenge_is_open_in_its_own_week(day: int, week: int | None):
    found = challenge_on(START, the_day(day))

    assert (found.number if found else None) == week


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (-1, "tonight"),
        (0, "tonight"),
        (1, "tomorrow"),
        (2, "Friday"),
        (6, "Tuesday"),
        (7, "Wednesday 21 October"),
        (30, "Friday 13 November"),
    ],
)
def test_a_last_day_is_named_by_how_near_it_is(ahead: int, words: str):
    wednesday = date(2026, 10, 14)

    assert until_day(wednesday + timedelta(days=ahead), wednesday) == words


@given(st.integers(min_value=7, max_value=400))
def test_every_day_has_one_page_of_each_and_their_days_never_overlap(day: int):
    for on in (reflection_on, challenge_on):
        week, before = on(START, the_day(day)), on(START, the_day(day - 7))

        assert week is not None
        assert week.first <= the_day(day) <= week.last
        assert week.last - week.first == timedelta(days=6)
        assert before is None or (before.number, before.last) == (
            week.number - 1,
            week.first - timedelta(days=1),
        )


@given(st.integers(min_value=7, max_value=400))
def test_the_day_a_page_opens_lies_in_its_week(day: int):
    """So that counting weeks needs nothing but the stored date."""
    for week in (reflection_on(START, the_day(day)), challenge_on(START, the_day(day))):
        assert week is not None
        assert programme_week(programme_day(START, week.first)) == week.number


@pytest.mark.parametrize(
    ("this_week", "open_week", "kept", "length"),
    [
        (2, 1, {1}, 1),
        (3, 2, {1}, 1),
        (3, 2, {1, 2, 3}, 3),
        (3, 2, {1, 3}, 1),
        (4, 3, {1}, 0),
        (1, 0, set(), 0),
        (1, 1, {1, 2}, 2),
    ],
)
def test_a_week_that_may_still_be_written_breaks_no_row(
    this_week: int, open_week: int, kept: set[int], length: int
):
    assert week_streak(this_week, kept, open_week) == length


@pytest.mark.parametrize(
    ("activity", "written", "today", "length"),
    [
        (REFLECTION, [7], 20, 1),
        (REFLECTION, [7], 21, 0),
        (REFLECTION, [7, 14], 20, 2),
        (REFLECTION, [7, 14], 27, 2),
        (CHALLENGE, [1], 14, 1),
        (CHALLENGE, [1], 15, 0),
        (CHALLENGE, [1, 8, 15], 15, 3),
    ],
)
def test_a_row_of_weeks_waits_for_the_page_that_is_open(
    activity: Activity, written: list[int], today: int, length: int
):
    story = a_story(*(a_page(activity, day) for day in written), today=today)

    assert story.week_streak_of(activity) == length


def test_until_three_the_page_of_the_week_before_is_still_open():
    story = a_story(a_page(REFLECTION, 7), today=21)

    assert replace(story, open_from=the_day(20)).week_streak_of(REFLECTION) == 1
    assert replace(story, open_from=the_day(21)).week_streak_of(REFLECTION) == 0


def test_a_page_of_a_week_was_written_when_it_was_written():
    late = Page(REFLECTION, the_day(7), datetime.combine(the_day(11), datetime.min.time()))

    assert a_story(late, today=11).last_written_day == 11
    assert a_story(late, today=11).kept.weeks_of(REFLECTION) == {1}
    assert not a_story(late, today=11).kept.any_day


@pytest.mark.parametrize(
    ("draft", "optional"),
    [
        (WeeklyDraft("Dinners", "A call", "An end"), set()),
        (DONE, {"eulogy", "freeflow"}),
        (MeditationDraft("The sea"), set()),
    ],
)
def test_everything_but_the_optional_is_asked_for(draft: Draft, optional: set[str]):
    written = draft.as_dict()
    asked = {name for name in written if name in type(draft).of({**written, name: None}).problems()}

    assert draft.is_complete
    assert asked == set(written) - optional


def test_not_this_week_asks_for_nothing_more():
    assert ChallengeDraft(is_done=False).is_complete
    assert set(ChallengeDraft().problems()) == {"is_done"}


def test_a_text_that_is_too_long_is_named_even_in_a_draft():
    assert set(ChallengeDraft(eulogy="a" * 10_001).too_long()) == {"eulogy"}


@pytest.mark.parametrize(
    ("kind", "starters"),
    [
        (WeeklyDraft, WEEKLY_STARTERS),
        (ChallengeDraft, CHALLENGE_STARTERS),
        (MeditationDraft, MEDITATION_STARTERS),
    ],
)
def test_every_text_has_three_ways_to_begin(kind: type[Draft], starters: dict[str, tuple[str, ...]]):
    texts = {name for name, value in kind().as_dict().items() if value == ""}

    assert starters.keys() == texts
    assert all(len(ways) == 3 for ways in starters.values())
