from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.journaling import MOOD_WORDS, is_mood, mood_line, mood_word, moods_by_day, stretches
from tests.rules.stories import START, the_day


def test_there_is_a_word_for_each_of_the_ten():
    assert [mood_word(score) for score in range(1, 11)] == list(MOOD_WORDS)
    assert len(set(MOOD_WORDS)) == 10


@pytest.mark.parametrize(
    ("value", "is_one"), [(1, True), (10, True), (0, False), (11, False), (True, False), ("5", False)]
)
def test_a_mood_is_a_number_on_the_scale(value: object, is_one: bool):
    assert is_mood(value) is is_one


def test_a_day_with_two_moods_has_their_mean():
    moods = moods_by_day([(the_day(1), 4), (the_day(2), 9), (the_day(1), 7)])

    assert moods == {the_day(1): Fraction(11, 2), the_day(2): Fraction(9)}


def test_a_gap_stays_a_gap():
    line = mood_line({the_day(1): 4, the_day(3): 8, the_day(4): 6}, the_day(1), the_day(5))

    assert [point.score for point in line] == [4, None, 8, 6, None]
    assert [[point.day for point in stretch] for stretch in stretches(line)] == [
        [the_day(1)],
        [the_day(3), the_day(4)],
    ]


@given(st.dictionaries(st.integers(0, 60).map(lambda n: START + timedelta(days=n)), st.integers(1, 10)))
def test_every_mood_is_drawn_once_and_no_stroke_crosses_an_empty_day(moods: dict[date, int]):
    drawn = stretches(mood_line(moods, START, START + timedelta(days=60)))

    assert {point.day: point.score for stretch in drawn for point in stretch} == moods
    for stretch in drawn:
        assert (stretch[-1].day - stretch[0].day).days == len(stretch) - 1
