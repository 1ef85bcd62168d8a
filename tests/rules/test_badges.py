"""Each badge has a story that earns it and one that comes close and does not."""

from dataclasses import replace

import pytest

from gynergy_app.domain.gamification import DAILY, Activity, Page, Story, StreakEventKind, parse
from gynergy_app.errors import Invalid
from tests.rules import catalogue
from tests.rules.stories import (
    ACTION,
    EVENING,
    MORNING,
    a_page,
    a_story,
    march,
    pages,
    whole_days,
)

BADGES = {badge.key: badge for badge in catalogue.badges()}
WEEKLY = Activity.weekly_reflection


def row(activity: Activity, length: int) -> Story:
    return a_story(*pages([activity], range(1, length + 1)))


def whole(*numbers: int) -> Story:
    return a_story(*whole_days(*numbers))


def early(count: int, at: str = "06:59") -> Story:
    return a_story(*pages([MORNING], range(1, count + 1), at))


def moods(*scores: int) -> Story:
    return a_story(*(a_page(EVENING, day, mood=score) for day, score in enumerate(scores, start=1) if score))


def written_on(day: int, today: int | None = None) -> Story:
    return a_story(a_page(MORNING, day), today=today)


STORIES: dict[str, tuple[Story, Story]] = {
    "morning-streak-7": (row(MORNING, 7), row(MORNING, 6)),
    "evening-streak-7": (row(EVENING, 7), row(MORNING, 7)),
    "gratitude-streak-7": (row(ACTION, 7), a_story(*pages([ACTION], [1, 2, 3, 4, 5, 6, 8]))),
    "combined-streak-7": (whole(*range(1, 8)), a_story(*pages([MORNING, EVENING], range(1, 8)))),
    "combined-streak-14": (whole(*range(3, 17)), whole(*range(1, 14))),
    "combined-streak-21": (whole(*range(1, 22)), whole(*range(1, 11), *range(12, 23))),
    "combined-streak-30": (whole(*range(1, 31)), whole(*range(1, 30))),
    "combined-streak-45": (whole(*range(1, 46)), whole(*range(1, 45))),
    "weekly-streak-4": (
        a_story(*pages([WEEKLY], [3, 14, 15, 28])),
        a_story(*pages([WEEKLY], [3, 14, 15, 29])),
    ),
    "first-morning": (written_on(1), a_story(a_page(EVENING, 1))),
    "first-evening": (a_story(a_page(EVENING, 3)), written_on(3)),
    "first-dga": (a_story(a_page(ACTION, 2)), written_on(2)),
    "perfect-day": (whole(4), a_story(a_page(MORNING, 4), a_page(EVENING, 4), a_page(ACTION, 5))),
    "perfect-week": (whole(*range(8, 15)), whole(*range(2, 9))),
    "vision-complete": (a_story(visions=4), a_story(visions=3)),
    "journey-complete": (a_story(journey_areas=8), a_story(journey_areas=7)),
    "graduate": (row(MORNING, 36 + 9), a_story(*pages([MORNING], range(1, 36)), today=45)),
    "early-bird": (early(1), early(1, at="07:00")),
    "dawn-patrol": (early(5), early(4)),
    "sunrise-specialist": (early(15), a_story(*pages([MORNING], range(1, 16), "+02:00"))),
    "speed-demon": (
        a_story(a_page(MORNING, 2, "11:59"), a_page(ACTION, 2, "09:00")),
        a_story(a_page(MORNING, 2, "07:00"), a_page(ACTION, 3, "07:00")),
    ),
    "night-journaler": (a_story(a_page(EVENING, 3, "+00:30")), a_story(a_page(EVENING, 3, "+01:00"))),
    "first-share": (a_story(shares=1), a_story()),
    "joy-spreader": (a_story(shares=5), a_story(shares=4)),
    "ambassador": (a_story(shares=15), a_story(shares=14)),
    "encourager": (a_story(encouragements=5), a_story(encouragements=4)),
    "community-pillar": (a_story(encouragements=10), a_story(encouragements=9)),
    "milestone-1": (written_on(9), written_on(8, today=12)),
    "milestone-2": (written_on(20), written_on(17)),
    "milestone-3": (written_on(27), written_on(26)),
    "milestone-4": (written_on(36), written_on(35)),
    "milestone-5": (written_on(45), written_on(44, today=45)),
    "comeback-kid": (
        a_story(a_page(MORNING, 1), a_page(MORNING, 5)),
        a_story(a_page(MORNING, 1), a_page(MORNING, 4)),
    ),
    "weekend-warrior": (whole(6, 7), whole(7, 13)),
    "mood-improver": (moods(1, 2, 3, 2, 4, 5, 6), moods(1, 2, 3, 3, 4, 5, 0, 9, 9)),
    "habit-milestone-66": (whole(*range(1, 67)), whole(*range(1, 66))),
}


def test_every_badge_has_its_two_stories():
    assert STORIES.keys() == BADGES.keys()


@pytest.mark.parametrize("key", STORIES)
def test_a_story_earns_it(key: str):
    assert parse(BADGES[key].condition).is_met(STORIES[key][0])


@pytest.mark.parametrize("key", STORIES)
def test_a_story_comes_close_and_does_not(key: str):
    condition = parse(BADGES[key].condition)

    assert not condition.is_met(STORIES[key][1])
    assert not condition.is_met(a_story(today=45))


@pytest.mark.parametrize("key", STORIES)
def test_what_was_earned_stays_earned_however_late_it_is_noticed(key: str):
    """A missed evaluation loses nothing: the same pages earn the badge a month later."""
    earned = STORIES[key][0]
    later = replace(earned, today=earned.today.replace(year=2027))

    assert parse(BADGES[key].condition).is_met(later)


def test_a_frozen_day_holds_a_row_and_adds_nothing_to_it():
    six = pages([MORNING], [1, 2, 3, 5, 6, 7])
    held = replace(a_story(*six), forgiven={StreakEventKind.freeze: march(4)})
    seven = parse(BADGES["morning-streak-7"].condition)

    assert seven.progress(held).words == "6 of 7 mornings"
    assert seven.is_met(held.with_page(a_page(MORNING, 8)))


@pytest.mark.parametrize(
    ("key", "story", "words"),
    [
        ("morning-streak-7", row(MORNING, 5), "5 of 7 mornings"),
        ("morning-streak-7", a_story(*pages([MORNING], range(1, 6)), today=9), "0 of 7 mornings"),
        ("combined-streak-14", whole(1, 2, 3, 4), "4 of 14 full days"),
        ("perfect-day", a_story(a_page(MORNING, 3), a_page(ACTION, 3)), "2 of 3 pages today"),
        ("perfect-week", whole(8, 9, 10), "3 of 7 full days this week"),
        ("dawn-patrol", early(3), "3 of 5 mornings"),
        ("early-bird", written_on(1), "Not yet"),
        ("milestone-1", written_on(3), "In six days"),
        ("milestone-1", written_on(8, today=10), "With your next page"),
        ("graduate", row(MORNING, 10), "10 of 36 days"),
        ("graduate", row(MORNING, 40), "Waits for day 45"),
        ("mood-improver", moods(1, 2, 3, 4, 5), "4 of 5 days"),
        ("weekend-warrior", whole(6), "1 of 2 days"),
        ("weekend-warrior", a_story(*whole_days(6), today=8), "0 of 2 days"),
        ("comeback-kid", written_on(1), "If you ever need it"),
        ("first-morning", a_story(), "Waits for the first one"),
        ("joy-spreader", a_story(shares=2), "2 of 5 shared"),
        ("encourager", a_story(encouragements=3), "3 of 5 times"),
        ("weekly-streak-4", a_story(a_page(WEEKLY, 2)), "1 of 4 weeks"),
    ],
)
def test_progress_is_told_in_words(key: str, story: Story, words: str):
    assert parse(BADGES[key].condition).progress(story).words == words


@pytest.mark.parametrize("key", STORIES)
@pytest.mark.parametrize("which", [0, 1])
def test_progress_never_claims_more_than_there_is(key: str, which: int):
    progress = parse(BADGES[key].condition).progress(STORIES[key][which])

    assert 0 <= progress.have <= progress.need
    assert 0 <= progress.percent <= 100


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("morning-streak-7", "Finish the morning journal seven days in a row."),
        ("combined-streak-14", "Finish all three pages 14 days in a row."),
        ("weekly-streak-4", "Finish the weekly reflection four weeks in a row."),
        ("dawn-patrol", "Finish the morning journal before 07:00 on five days."),
        ("speed-demon", "Finish the morning journal and the gratitude action before 12:00 on the same day."),
        ("night-journaler", "Finish a page between 00:00 and 01:00."),
        ("graduate", "Reach day 45 with at least 36 of its 45 days kept."),
        ("mood-improver", "Rate your mood higher than the day before on five days."),
    ],
)
def test_a_condition_says_what_to_do(key: str, words: str):
    assert parse(BADGES[key].condition).words == words


def test_other_figures_make_other_words_and_another_verdict():
    condition = parse({"type": "time", "activities": ["morning_journal"], "before": "05:30", "count": 2})

    assert condition.words == "Finish the morning journal before 05:30 on two days."
    assert condition.is_met(early(2, at="05:29"))
    assert not condition.is_met(early(2, at="05:30"))


def test_one_night_page_for_yesterday_counts_as_a_night_page_and_not_as_an_early_one():
    night = a_story(Page(MORNING, a_page(MORNING, 3).day, a_page(MORNING, 3, "+00:10").at))

    assert parse(BADGES["night-journaler"].condition).is_met(night)
    assert not parse(BADGES["early-bird"].condition).is_met(night)


def test_graduation_waits_for_the_last_day_however_much_was_kept():
    graduate = parse(BADGES["graduate"].condition)

    assert not graduate.is_met(row(MORNING, 44))
    assert graduate.is_met(row(MORNING, 45))


def test_a_repaired_day_counts_towards_graduation():
    kept = a_story(*pages([EVENING], range(1, 36)), today=45)
    repaired = replace(kept, forgiven={StreakEventKind.repair: march(40)})

    assert parse(BADGES["graduate"].condition).is_met(repaired)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"type": "luck"},
        {"type": ["streak"]},
        {"type": "streak", "activity": "morning_journal"},
        {"type": "streak", "activity": "breakfast", "count": 7},
        {"type": "streak", "activity": "vision", "count": 7},
        {"type": "streak", "activity": "all", "count": 0},
        {"type": "streak", "activity": "all", "count": True},
        {"type": "streak", "activity": "all", "count": "7"},
        {"type": "combo", "activities": [], "count": 1},
        {"type": "combo", "activities": list(DAILY), "count": 5},
        {"type": "time", "activities": ["morning_journal"], "before": "25:00", "count": 1},
        {"type": "time", "activities": ["vision"], "before": "07:00", "count": 1},
        {"type": "graduate", "day": 45, "kept": 46},
        {"type": "complete", "activity": "laundry"},
        {"type": "first", "activity": "vision"},
    ],
)
def test_a_condition_that_makes_no_sense_is_refused_beside_its_field(condition: dict):
    with pytest.raises(Invalid) as refused:
        parse(condition)

    assert set(refused.value.problems) == {"unlock_condition"}
