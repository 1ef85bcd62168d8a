"""The dial and the mood line say with their geometry what the days hold."""

from math import dist

import pytest

from gynergy_app.drawing.chart import Reading, line_chart
from gynergy_app.drawing.dial import DAYS, Dial, Ray, rays
from gynergy_app.drawing.radar import CENTRE, REACH, Axis, Dot, radar


def ray_of(dial: Dial, day: int) -> Ray:
    return next(ray for ray in dial.rays if ray.day == day)


def length(ray: Ray) -> float:
    start, end = (point.split() for point in ray.path.removeprefix("M").split("L"))
    return dist([float(n) for n in start], [float(n) for n in end])


def test_a_ray_is_as_long_as_the_pages_its_day_kept():
    dial = rays({1: 1, 2: 2, 3: 3}, today=5)

    assert length(ray_of(dial, 1)) < length(ray_of(dial, 2)) < length(ray_of(dial, 3))


def test_days_look_like_what_they_were():
    dial = rays({1: 3, 10: 2, 12: 1}, today=12, frozen=(11,))

    kinds = {day: ray_of(dial, day).kind for day in (1, 2, 10, 11, 12, 13)}
    assert kinds == {1: "past", 2: "empty", 10: "kept", 11: "frozen", 12: "today", 13: "ahead"}


def test_todays_outline_stays_empty_until_something_is_written():
    assert not [ray for ray in rays({}, today=4).rays if ray.day == 4]
    assert rays({}, today=4).outline


@pytest.mark.parametrize("today", [0, -3, 46, 400])
def test_before_and_after_there_is_no_today(today: int):
    dial = rays({}, today=today)

    assert (dial.outline, dial.arc) == ("", "")
    assert len(dial.rays) == DAYS


def test_milestones_are_five_and_gold_once_reached():
    dial = rays({day: 1 for day in range(1, 20)}, today=19, milestones=(9, 18))

    assert [flag.day for flag in dial.flags] == [9, 18, 27, 36, 45]
    assert [flag.day for flag in dial.flags if "reached" in flag.style] == [9, 18]


def test_the_dial_says_itself_in_a_sentence():
    dial = rays({1: 3, 2: 2, 4: 1}, today=4, frozen=(3,))

    assert dial.says.startswith("Your 45 days. 2 kept, 1 held by a freeze, today 1 of three pages.")


def moods(*days_and_moods: tuple[int, int]):
    readings = [Reading(day, mood, f"Day {day}", f"Day {day}: {mood}") for day, mood in days_and_moods]
    return line_chart(
        readings, days=(1, 45), values=(1, 10), grid=(5,), ticks=(), says="Mood", end_label="now"
    )


def test_the_line_breaks_where_a_day_is_missing():
    drawn = moods((1, 5), (2, 6), (4, 7))

    assert drawn.series.count("M") == 1
    assert drawn.gaps.count("M") == 1


def test_one_point_is_in_the_tab_order():
    assert [point.tab_index for point in moods((1, 5), (2, 6), (3, 6)).points] == [-1, -1, 0]


def test_the_ends_of_the_axes_are_the_edges():
    drawn = moods((1, 1), (45, 10))

    assert [(point.left, point.top) for point in drawn.points] == [("0.00%", "100.00%"), ("100.00%", "0.00%")]
    assert drawn.is_end_late


def test_a_late_label_stands_over_the_drawing_where_no_line_runs():
    drawn = moods((43, 9), (44, 2), (45, 4))

    assert (drawn.end_left, drawn.end_top) == ("100.00%", "0.00%")
    assert moods((1, 9), (2, 4)).end_top != "0.00%"


def test_nothing_written_draws_nothing():
    drawn = moods()

    assert (drawn.series, drawn.points, drawn.end_label) == ("", [], "")


def from_centre(dot: Dot) -> float:
    return dist((CENTRE, CENTRE), (float(dot.x), float(dot.y)))


def test_a_shape_reaches_as_far_as_its_share():
    drawn = radar([Axis("Work", (1.0, 0.5)), Axis("Money", (0.25, 0.0))], rings=[1.0], says="")

    assert [round(from_centre(dot) / REACH, 2) for dot in drawn.first.dots] == [1.0, 0.25]
    assert [round(from_centre(dot) / REACH, 2) for dot in drawn.second.dots] == [0.5]


def test_neither_shape_hides_the_other_where_both_reach_as_far():
    drawn = radar([Axis("Work", (1.0, 1.0)), Axis("Money", (0.0, 0.0))], rings=[1.0], says="")

    assert drawn.first.dots != drawn.second.dots


def test_an_axis_without_values_is_named_and_reaches_nowhere():
    drawn = radar([Axis("Work", (1.0, 1.0)), Axis("Spirit", None)], rings=[1.0], says="")

    assert [(spoke.name, spoke.style) for spoke in drawn.spokes] == [
        ("Work", "spoke"),
        ("Spirit", "spoke is-hidden"),
    ]
    assert len(drawn.first.dots) == 1


def test_nothing_written_is_no_shape():
    assert radar([Axis("Work", (0.0, 0.0))], rings=[1.0], says="").first.path == ""
