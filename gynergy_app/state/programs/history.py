"""The forty-five days: what each kept, how it felt, and any one of them to read again."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import DAILY, Activity
from gynergy_app.domain.journaling import Draft, mood_word
from gynergy_app.domain.journaling.questions import (
    ACTION_PARTS,
    CHALLENGE_PARTS,
    EVENING_PARTS,
    MORNING_PARTS,
    REFLECTION_PARTS,
)
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.programs import phase_of, programme_day, programme_week
from gynergy_app.domain.text import counted, spelled, spoken_day
from gynergy_app.drawing.chart import EMPTY, Chart
from gynergy_app.guard import member
from gynergy_app.repositories.kept_pages import KeptPage
from gynergy_app.services import history
from gynergy_app.services.history import History, OpenedDay
from gynergy_app.services.journaling import visions
from gynergy_app.services.yearbook_pages import span
from gynergy_app.state.community.sharing import SharingState
from gynergy_app.state.days import day_at_end_of
from gynergy_app.state.journaling.visions import VisionCard, vision_cards
from gynergy_app.state.programs.calendar import DAYS, Cell, LaterDay, cells, later_days, week_days
from gynergy_app.state.programs.mood_line import mood_chart, mood_words
from gynergy_app.state.programs.sessions import asked_session, link_session

NO_SUCH_DAY = "That day is not part of your session so far. Choose one from the calendar."


@dataclass(frozen=True)
class Part:
    """A question and what was answered: one text, or lines."""

    title: str
    text: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """One page of an opened day. `foot` says when it was kept and what it earned."""

    parts: list[Part] = field(default_factory=list)
    foot: str = ""
    images: list[str] = field(default_factory=list)
    edit_href: str = ""


@dataclass(frozen=True)
class Opened:
    """A day on the desk. Empty `title`: none is open."""

    title: str = ""
    place: str = ""
    morning: Sheet = Sheet()
    action: Sheet = Sheet()
    evening: Sheet = Sheet()
    week: str = ""
    reflection: Sheet = Sheet()
    challenge: Sheet = Sheet()
    earlier: str = ""
    later: str = ""
    is_rest: bool = False
    is_before_her: bool = False
    is_week_before_her: bool = False
    share_day: str = ""
    """The day by its date, where its action was done and can be shared."""


class HistoryState(rx.State):
    """The calendar, the mood line, and the day that is open."""

    is_loading: bool = True
    has_place: bool = False
    lede: str = ""
    cells: list[Cell] = []
    week_days: list[str] = []
    later_days: list[LaterDay] = []
    chart: Chart = EMPTY
    mood_words: str = ""
    opened: Opened = Opened()
    problem: str = ""
    visions: list[VisionCard] = []

    _offered: str = ""

    @rx.event
    async def open(self):
        """A day of an earlier session leads to that session, also where only the day is named."""
        who, now, session_id = member(), clock.now(), asked_session(self)
        wanted = day_at_end_of(self.router.url.path)
        async with as_member(who.id) as db:
            other = await history.other_session_of(db, who, wanted, now=now) if wanted else None
            if wanted and other and session_id is None:
                return rx.redirect(routes.history_day(wanted.isoformat(), str(other)), replace=True)
            past = await history.read(db, who, session_id, now=now)
            is_there = past is not None and past.holds(wanted)
            day = None
            if wanted and is_there:
                day = await history.open_day(db, who, wanted, session_id, now=now)
            seen = await visions.overview(db, who, session_id, now=now) if past else None
        self.has_place = past is not None
        if past is not None:
            self._show(past, wanted)
            opened = _opened(who, past, wanted, day) if wanted and day else Opened()
            self.opened = opened if who.entitlement.allows(Right.write, now) else _to_read(opened)
            asked = self.router.url.path.rstrip("/") != routes.HISTORY
            self.problem = NO_SUCH_DAY if asked and day is None else ""
            cards = vision_cards(seen, who, link_session(past.enrolled)) if seen else []
            self.visions = [card for card in cards if card.begins]
        self.is_loading = False
        return self._share()

    def _share(self) -> rx.event.EventCallback | None:
        """An address that asks for the sheet opens it, once."""
        day = self.opened.share_day
        if not day or day == self._offered or "share" not in self.router.url.query_parameters:
            return None
        self._offered = day
        return SharingState.open(day)

    def _show(self, past: History, wanted: date | None) -> None:
        self.cells = cells(past, wanted)
        self.week_days = week_days(past)
        self.later_days = later_days(past)
        self.lede = _lede(past)
        self.chart = mood_chart(past)
        self.mood_words = mood_words(past)


def _lede(past: History) -> str:
    place, kept = past.enrolled, past.story.kept
    if place.day < 1:
        return f"Day 1 is {spoken_day(place.start_date)}."
    if place.is_current and place.today > place.end_date:
        rest = [f"{spelled(len(past.rest_days))} at rest"] if past.rest_days else []
        return f"{', '.join([f'{past.days_kept} of {DAYS} days kept', *rest])}."
    words = [f"{counted(past.days_kept, 'day').capitalize()} kept"]
    if past.rest_days:
        words.append(f"{counted(len(past.rest_days), 'day')} at rest")
    if not place.is_current:
        return f"{span(place.start_date, place.end_date)}. {', '.join(words)}."
    if place.today in kept.any_day:
        words.append("today under way" if place.today not in kept.whole_days else "today whole")
    return f"Day {place.day}. {', '.join(words)}."


def _opened(who: Member, past: History, day: date, opened: OpenedDay) -> Opened:
    place = past.enrolled
    number = programme_day(place.start_date, day)
    phase = phase_of(number, place.phases)
    kept = past.on(day)
    asked = Part("What was asked", opened.action.prompt.title)
    action = _sheet(who, opened.action.draft, ACTION_PARTS, kept.get(Activity.gratitude_action))
    return Opened(
        title=spoken_day(day),
        place=f"Day {number}, {phase.name}" if phase else f"Day {number}",
        morning=_sheet(
            who,
            opened.morning.draft,
            MORNING_PARTS,
            kept.get(Activity.morning_journal),
            _edit(routes.MORNING_JOURNAL, day, opened.morning.is_editable),
        ),
        action=Sheet(
            parts=[asked, *action.parts] if action.parts else [],
            foot=action.foot,
            images=[f"/media/{key}" for key in opened.action.draft.images],
            edit_href=_edit(routes.GRATITUDE_ACTION, day, opened.action.is_editable),
        ),
        evening=_sheet(
            who,
            opened.evening.draft,
            EVENING_PARTS,
            kept.get(Activity.evening_journal),
            _edit(routes.EVENING_JOURNAL, day, opened.evening.is_editable),
        ),
        week=f"Week {opened.challenge.sheet.week.number}",
        reflection=_reflection(who, past, opened),
        challenge=_challenge(who, past, opened),
        earlier=_neighbour(past, day - timedelta(days=1)),
        later=_neighbour(past, day + timedelta(days=1)),
        is_rest=day in past.story.kept.frozen,
        is_before_her=past.is_before_her(day),
        is_week_before_her=opened.challenge.sheet.week.number < programme_week(place.first_day),
        share_day=day.isoformat() if _can_be_shared(past, opened) else "",
    )


def _can_be_shared(past: History, opened: OpenedDay) -> bool:
    """An action of the session she lives with others, finished and done."""
    is_shared_life = past.enrolled.is_current and past.enrolled.cohort_id is not None
    return is_shared_life and opened.action.is_completed and opened.action.draft.is_done is True


def _to_read(opened: Opened) -> Opened:
    """Every word of its pages stands here: nothing leads to a page that is closed to her."""
    sheets = ("morning", "action", "evening", "reflection", "challenge")
    return replace(opened, **{name: replace(getattr(opened, name), edit_href="") for name in sheets})


def _reflection(who: Member, past: History, opened: OpenedDay) -> Sheet:
    page = opened.reflection
    kept = past.on(page.sheet.day).get(Activity.weekly_reflection)
    edit_href = routes.WEEKLY_REFLECTION if page.sheet.may_finish else ""
    return _sheet(who, page.draft, REFLECTION_PARTS, kept, edit_href)


def _challenge(who: Member, past: History, opened: OpenedDay) -> Sheet:
    page = opened.challenge
    kept = past.on(page.sheet.day).get(Activity.weekly_challenge)
    edit_href = routes.WEEKLY_CHALLENGE if page.sheet.may_finish else ""
    sheet = _sheet(who, page.draft, CHALLENGE_PARTS, kept, edit_href)
    asked = Part("What was asked", page.challenge.title)
    answer = Part("How it went", "Taken up" if page.draft.is_done else "Not this week")
    return replace(sheet, parts=[asked, *([answer] if page.is_completed else []), *sheet.parts])


def _edit(route: str, day: date, is_editable: bool) -> str:
    return f"{route}?day={day.isoformat()}" if is_editable else ""


def _neighbour(past: History, day: date) -> str:
    return routes.history_day(day.isoformat(), link_session(past.enrolled)) if past.holds(day) else ""


def _sheet(
    who: Member,
    draft: Draft,
    questions: tuple[tuple[str, str], ...],
    page: KeptPage | None,
    edit_href: str = "",
) -> Sheet:
    said = draft.as_dict()
    parts = [_part(title, said[name]) for name, title in questions if _has_words(said[name])]
    return Sheet(parts, _foot(who, page) if page else _unfinished(parts), edit_href=edit_href)


def _part(title: str, value: str | list[str]) -> Part:
    return (
        Part(title, text=value)
        if isinstance(value, str)
        else Part(title, lines=[line for line in value if line])
    )


def _has_words(value: object) -> bool:
    return any(value) if isinstance(value, list) else bool(value)


def _foot(who: Member, page: KeptPage) -> str:
    at = page.shown_at(who.timezone)
    on = "" if page.activity in DAILY else f" on {spoken_day(at.date())}"
    words = [f"Kept{on} at {at:%H:%M}"]
    if page.mood:
        words.append(f"mood {page.mood}, {mood_word(page.mood).lower()}")
    if page.points is not None:
        words.append(f"{page.points} points")
    return " · ".join(words)


def _unfinished(parts: list[Part]) -> str:
    return "Begun, not finished" if parts else ""
