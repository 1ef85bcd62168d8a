import pytest

from gynergy_app.domain.notifications import (
    STREAK_MARKS,
    NotificationCategory,
    badge_notice,
    freeze_notice,
    milestone_notice,
    streak_notice,
)


def test_a_badge_is_told_with_what_it_was_for():
    notice = badge_notice(
        "first-morning", "First Light", "Finish the morning journal for the first time.", 10, "s"
    )

    assert notice.title == "New badge: First Light"
    assert notice.body == "Finish the morning journal for the first time. Ten points came with it."
    assert notice.category is NotificationCategory.achievement


def test_a_badge_without_points_speaks_of_none():
    assert badge_notice("k", "Name", "For this.", 0, "s").body == "For this."


def test_a_milestone_counts_the_days_that_were_kept():
    assert (
        milestone_notice(1, "Basecamp", 9, 8, "s").body
        == "You have reached this milestone with eight days kept."
    )


@pytest.mark.parametrize("length", range(1, 100))
def test_only_marked_lengths_are_told(length: int):
    assert (streak_notice(length, "s", "d") is not None) is (length in STREAK_MARKS)


@pytest.mark.parametrize(("left", "words"), [(1, "One freeze left"), (0, "No freezes left")])
def test_a_used_freeze_is_told_without_reproach(left: int, words: str):
    notice = freeze_notice("Tuesday", left, "s", "2026-03-03")

    assert notice.title == "A freeze held your streak on Tuesday"
    assert words in notice.body


def test_each_thing_is_told_once_in_a_session():
    notices = [
        badge_notice("k", "Name", "For this.", 5, "a"),
        badge_notice("k", "Name", "For this.", 5, "b"),
        milestone_notice(1, "Basecamp", 9, 8, "a"),
        streak_notice(7, "a", "d"),
        freeze_notice("Tuesday", 1, "a", "2026-03-03"),
    ]

    assert len({notice.dedupe_key for notice in notices if notice}) == len(notices)
    assert not [notice for notice in notices if notice and "!" in notice.title + notice.body]
