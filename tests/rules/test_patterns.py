"""What a member's own moods and words show, and when they show nothing yet."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from gynergy_app.domain.journaling import Growth, trend, weekdays, words_that_grew, words_written_most
from gynergy_app.domain.journaling.vocabulary import words_in

MONDAY = date(2026, 3, 2)


def days(count: int) -> list[date]:
    return [MONDAY + timedelta(days=n) for n in range(count)]


def test_a_weekday_speaks_from_its_second_mood_on():
    moods = dict.fromkeys(days(8), Fraction(6))

    monday, tuesday, *_ = weekdays(moods)

    assert (monday.days, monday.mood, tuesday.days, tuesday.mood) == (2, 6, 1, None)


@pytest.mark.parametrize("count", [0, 1, 13])
def test_one_week_of_moods_has_no_trend(count: int):
    assert trend(dict.fromkeys(days(count), Fraction(6))) is None


@pytest.mark.parametrize(("late", "is_steady"), [(6, True), (7, True), (Fraction(36, 5), False), (4, False)])
def test_the_first_week_stands_beside_the_latest(late: int | Fraction, is_steady: bool):
    early = dict.fromkeys(days(7), Fraction(6))
    gap = {MONDAY + timedelta(days=n): Fraction(late) for n in range(30, 37)}

    found = trend(early | gap)

    assert found
    assert (found.first, found.latest, found.is_steady) == (6, late, is_steady)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I am, and it is what it is", set()),
        ("Mother's garden", {"mother’s", "garden"}),
        ("Mother’s GARDEN", {"mother’s", "garden"}),
        ("мама и дом", {"мама", "дом"}),
        ("5 km, 10:30", set()),
        ("cafe\u0301", {"café"}),
    ],
)
def test_words_that_carry_something(text: str, words: set[str]):
    assert words_in(text) == words


def test_a_word_grows_when_more_of_the_later_days_use_it():
    texts = [(day, "garden") for day in days(10)] + [(day, "sister, sister, sister") for day in days(10)[5:]]
    texts.append((MONDAY, "sister"))

    assert words_that_grew(texts) == [Growth("sister", 1, 5, 5, 5)]


def test_a_page_full_of_one_word_is_one_day():
    texts = [(day, "garden") for day in days(10)] + [(days(10)[-1], "sea " * 100)]

    assert words_that_grew(texts) == []


def test_too_few_written_days_say_nothing():
    texts = [(day, "sea") for day in days(7)[3:]] + [(day, "garden") for day in days(7)]

    assert words_that_grew(texts) == []


def test_words_written_most_are_counted_in_days():
    texts = [(day, "garden sea") for day in days(4)] + [(day, "garden") for day in days(6)[4:]]

    assert words_written_most([*texts, (MONDAY, "garden kite")]) == [("garden", 6), ("sea", 4)]
