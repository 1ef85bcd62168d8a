"""What one's own pages show: the mood line, the weekdays, the words, the days kept."""

from dataclasses import dataclass

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.journaling import Growth, Trend, Weekday
from gynergy_app.domain.text import counted
from gynergy_app.drawing.chart import EMPTY, Chart
from gynergy_app.guard import member
from gynergy_app.services import insight
from gynergy_app.state.programs.calendar import Cell, LaterDay, cells, later_days, week_days
from gynergy_app.state.programs.mood_line import mood_chart, mood_words
from gynergy_app.state.programs.sessions import asked_session

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_POINT = 1


@dataclass(frozen=True)
class WeekdayRow:
    """No `mood`: fewer than two of it were written so far."""

    name: str
    mood: str
    share: str
    days: str


@dataclass(frozen=True)
class WordRow:
    word: str
    before: str
    before_share: str
    after: str
    after_share: str


class InsightState(rx.State):
    """Worked out when the page opens; nothing of it is stored."""

    is_loading: bool = True
    has_place: bool = False
    lede: str = ""
    chart: Chart = EMPTY
    mood_words: str = ""
    trend_words: str = ""
    weekdays: list[WeekdayRow] = []
    weekday_words: str = ""
    words: list[WordRow] = []
    most_words: str = ""
    cells: list[Cell] = []
    week_days: list[str] = []
    later_days: list[LaterDay] = []
    kept_words: str = ""

    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            found = await insight.read(db, who, asked_session(self), now=clock.now())
        self.has_place = found is not None
        if found:
            self._show(found)
        self.is_loading = False

    def _show(self, found: insight.Insight) -> None:
        past = found.past
        written = len({page.day for page in past.pages if page.day >= past.enrolled.start_date})
        self.lede = f"From {counted(written, 'written day')}. Worked out now, kept nowhere."
        self.chart, self.mood_words = mood_chart(past), mood_words(past)
        self.trend_words = _trend_words(found.trend)
        self.weekdays = [_weekday_row(day) for day in found.weekdays]
        self.weekday_words = _weekday_words(found.weekdays)
        self.words = [_word_row(growth) for growth in found.grown]
        self.most_words = ", ".join(f"{word} ({days} days)" for word, days in found.most)
        self.cells, self.week_days, self.later_days = cells(past), week_days(past), later_days(past)
        self.kept_words = _kept_words(found)


def _trend_words(trend: Trend | None) -> str:
    if trend is None:
        return ""
    between = (
        f"Your first {trend.days} moods average {_tenth(trend.first)}, the latest {_tenth(trend.latest)}."
    )
    return f"{between} A point up or down is ordinary." if trend.is_steady else between


def _weekday_row(day: Weekday) -> WeekdayRow:
    known = day.mood is not None
    return WeekdayRow(
        name=WEEKDAYS[day.number],
        mood=_tenth(day.mood) if known else "",
        share=f"{float(day.mood) * 10:.0f}%" if day.mood is not None else "0%",
        days=counted(day.days, "day"),
    )


def _weekday_words(days: list[Weekday]) -> str:
    known = [(day.mood, WEEKDAYS[day.number]) for day in days if day.mood is not None]
    if len(known) < len(WEEKDAYS):
        return "Each weekday speaks once there are two of it."
    (low, lowest), (high, highest) = min(known), max(known)
    if high - low <= ONE_POINT:
        return "No weekday stands out: all seven lie within a point."
    return f"{highest}s were lightest, at {_tenth(high)}; {lowest}s heaviest, at {_tenth(low)}."


def _word_row(growth: Growth) -> WordRow:
    return WordRow(
        word=growth.word,
        before=f"{growth.before} of {growth.before_of}",
        before_share=f"{growth.before / growth.before_of:.0%}",
        after=f"{growth.after} of {growth.after_of}",
        after_share=f"{growth.after / growth.after_of:.0%}",
    )


def _kept_words(found: insight.Insight) -> str:
    past = found.past
    whole, rest = past.whole_days, past.rest_days
    words = [f"{counted(past.days_kept, 'day').capitalize()} kept"]
    words += [f"{counted(whole, 'of them', 'of them')} with all three pages"] if whole else []
    words += [f"{counted(len(rest), 'day')} at rest"] if rest else []
    return ", ".join(words) + "."


def _tenth(value: object) -> str:
    return f"{float(value):.1f}"  # type: ignore[arg-type]
