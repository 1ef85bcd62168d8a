"""How each day felt, as a line with its gaps left open."""

from datetime import date

from gynergy_app import routes
from gynergy_app.domain.journaling import mood_word
from gynergy_app.domain.programs import MILESTONE_DAYS, programme_day
from gynergy_app.drawing.chart import EMPTY, Chart, Reading, line_chart
from gynergy_app.services.history import History
from gynergy_app.state.programs.calendar import DAYS
from gynergy_app.state.programs.sessions import link_session


def _readings(past: History) -> list[Reading]:
    start = past.enrolled.start_date
    return [
        _reading(day, programme_day(start, day), float(mood), link_session(past.enrolled))
        for day, mood in sorted(past.story.moods.items())
    ]


def _reading(day: date, number: int, mood: float, session_id: str) -> Reading:
    word = mood_word(round(mood)).lower()
    return Reading(
        at=number,
        value=mood,
        label=f"Day {number}",
        spoken=f"Day {number}, {mood:g}, {word}",
        href=routes.history_day(day.isoformat(), session_id),
    )


def mood_chart(past: History) -> Chart:
    readings = _readings(past)
    if not readings:
        return EMPTY
    last = readings[-1]
    ticks = [(1, "Day 1"), *((day, str(day)) for day in MILESTONE_DAYS)]
    return line_chart(
        readings,
        days=(1, max(DAYS, last.at)),
        values=(1, 10),
        grid=(2, 4, 6, 8, 10),
        ticks=ticks,
        says=mood_words(past),
        end_label=f"{last.value:g}, {mood_word(round(last.value)).lower()}",
    )


def mood_words(past: History) -> str:
    readings = _readings(past)
    if len(readings) < 2:
        return "Your first mood is here. The line begins with the second." if readings else ""
    first, last = readings[0], readings[-1]
    return (
        f"From {first.value:g}, {mood_word(round(first.value)).lower()}, on {first.label.lower()} "
        f"to {last.value:g}, {mood_word(round(last.value)).lower()}, on {last.label.lower()}."
    )
