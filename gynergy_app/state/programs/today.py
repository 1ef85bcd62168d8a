"""Today: what the day asks for, in the words of one screen."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.payments.access import Door, Right
from gynergy_app.domain.programs import MILESTONE_DAYS, milestones_reached
from gynergy_app.domain.text import counted
from gynergy_app.drawing.dial import EMPTY, Dial, rays
from gynergy_app.guard import member
from gynergy_app.services import personal_sessions, today
from gynergy_app.services.kindness import Repair
from gynergy_app.services.payments import prices
from gynergy_app.services.today import DAILY_BY_THE_CLOCK, Closing, Today
from gynergy_app.state.closed import closed_words, without_a_place
from gynergy_app.state.programs.after import NOT_YET, After, after_view, journal_words
from gynergy_app.state.programs.weeks import NO_WEEK, WeekView, week_view
from gynergy_app.state.session import find_portrait, let_in
from gynergy_app.state.shell import Closed

LONG_AWAY = 3
"""After so many days without a page nobody is asked about yesterday any more."""

OWN_DAYS = "These days are yours alone: a journal apart from any cohort, with no board and no graduation."
DAY_TITLE = "day-title"
_ASKED = (Right.write, Right.start, Right.meet)


@dataclass(frozen=True)
class PageCard:
    """One of the day's three pages on the thread."""

    name: str
    short_name: str
    symbol: str
    href: str
    prompt: str
    note: str
    action: str
    style: str = ""
    is_next: bool = False
    is_done: bool = False
    kept_at: str = ""
    points: str = ""
    points_figure: str = ""


@dataclass(frozen=True)
class Pulse:
    """How many of the cohort wrote; a dot for each of them."""

    words: str = ""
    dots: list[bool] = field(default_factory=list)


@dataclass(frozen=True)
class Missed:
    """The kind card about an empty day; no title, no card. No `rest_label`: there is one way on."""

    title: str = ""
    words: str = ""
    begin_href: str = ""
    begin_words: str = ""
    repair_href: str = ""
    repair_words: str = ""
    rest_label: str = ""
    rest_words: str = ""


@dataclass(frozen=True)
class TodayView:
    """Everything on the screen, already in words."""

    dial: Dial = EMPTY
    above: str = "Day"
    number: str = ""
    phase: str = ""
    date_words: str = ""
    streak: str = ""
    freezes: str = ""
    cards: list[PageCard] = field(default_factory=list)
    is_finished: bool = False
    quote: str = ""
    quoted: str = ""
    cohort: str = ""
    pulse: Pulse = Pulse()
    week: WeekView = NO_WEEK
    missed: Missed = Missed()
    after: After = NOT_YET
    before_start: str = ""
    own: str = ""
    """Said of days that are lived apart from any cohort."""
    closing: str = ""
    own_words: str = ""
    own_words_at: str = ""
    points_today: str = ""
    today_href: str = ""
    tomorrow: str = ""
    tomorrow_action: str = ""


class TodayState(rx.State):
    """The first page after signing in. Frame and day come through one door, so it is open sooner."""

    is_loading: bool = True
    has_place: bool = False
    may_choose_start: bool = False
    closed: Closed = Closed()
    """Why writing is closed to her. The day itself never is."""
    view: TodayView = TodayView()

    _rested: str = ""

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            portrait = await find_portrait(db, who)
            day = await today.read(db, who, now=now)
            if _is_between_rounds(who, day, now) and await personal_sessions.begin(db, who, now=now):
                day = await today.read(db, who, now=now)
        news = await let_in(self, who, portrait, again=TodayState.open)
        self._show(who, day, now)
        if self.view.after.title:
            journal = journal_words(who.entitlement, await prices.shown())
            self.view = replace(self.view, after=replace(self.view.after, journal=journal))
        # Whoever was given a place by somebody else is not asked to choose one.
        is_newcomer = day is None and self.may_choose_start and not portrait.is_onboarded
        self.is_loading = is_newcomer
        return [rx.redirect(routes.WELCOME, replace=True), *news] if is_newcomer else news

    def _show(self, who: Member, day: Today | None, now: datetime) -> None:
        view = _view(who, day, now) if day else TodayView()
        self.has_place = day is not None
        self.may_choose_start = _may_choose_start(who, day, now)
        self.closed = _closed(who, day, now)
        if day and self.closed.title:
            view = _beside_what_is_closed(day, view)
        self.view = replace(view, missed=Missed()) if self._rested == view.date_words else view

    @rx.event
    def let_yesterday_rest(self):
        """The card goes; a day at rest asks for nothing. The keyboard goes on from the day itself."""
        self._rested = self.view.date_words
        self.view = replace(self.view, missed=Missed())
        return rx.set_focus(DAY_TITLE)


def _is_between_rounds(who: Member, day: Today | None, now: datetime) -> bool:
    """Her journal is open and today is none of her days: the worker has not been here yet."""
    has_day = day is not None and personal_sessions.is_lived(day.enrolled)
    return not has_day and who.entitlement.journal(now) is not Door.closed


def _may_choose_start(who: Member, day: Today | None, now: datetime) -> bool:
    """A place of hers waits for a start. Days of her own go on until then."""
    if not who.entitlement.allows(Right.start, now):
        return False
    return day is None or (day.enrolled.is_personal and who.entitlement.has_start_to_choose)


def _closed(who: Member, day: Today | None, now: datetime) -> Closed:
    hers = who.entitlement
    if day is None:
        return without_a_place(hers, now)
    if hers.allows(Right.write, now):
        return Closed()
    # What is over by itself is told by the card after the last day.
    if day.is_closed and hers.came_by and hers.subscription is None:
        return Closed()
    return replace(closed_words(Right.write, hers, now), has_written=True)


def _beside_what_is_closed(day: Today, view: TodayView) -> TodayView:
    """What opens it is told once, and nothing counts down to a day that is not hers."""
    view = replace(view, after=replace(view.after, opens_href="", next_words=""), before_start="")
    if day.enrolled.day >= 1:
        return view
    today = day.enrolled.today
    return replace(view, above="Today", number=str(today.day), phase=f"{today:%B}")


def _view(who: Member, day: Today, now: datetime) -> TodayView:
    view = _the_day(who, day, now)
    return _finished(day, view, day.closing) if day.closing else view


def _the_day(who: Member, day: Today, now: datetime) -> TodayView:
    place, quote = day.enrolled, day.words.quote
    has_begun = place.day >= 1
    may_write, may_start, may_meet = (who.entitlement.allows(right, now) for right in _ASKED)
    return TodayView(
        dial=_dial(day),
        above="Day" if has_begun else "Day 1 in",
        number=str(place.day if has_begun else 1 - place.day),
        phase=(day.phase.name if day.phase else "") if has_begun else _days_word(1 - place.day),
        date_words=_date(place.today),
        streak=f"{day.streak_days}-day streak" if day.streak_days else "",
        freezes=f"{counted(day.freezes_left, 'freeze').capitalize()} left" if has_begun else "",
        cards=_cards(who, day, now),
        quote=quote.content if quote else "",
        quoted=", ".join(filter(None, (quote.author, quote.source))) if quote else "",
        cohort=place.cohort_name,
        before_start=f"{day.countdown}, on {_date(place.start_date)}." if not has_begun else "",
        own=OWN_DAYS if place.is_personal else "",
        missed=_missed(day) if may_write and place.today <= place.end_date else Missed(),
        after=after_view(day, may_write=may_write, may_start=may_start),
        pulse=_pulse(day) if may_meet else Pulse(),
        week=week_view(who, day.week, may_write=may_write),
    )


def _dial(day: Today) -> Dial:
    kept = day.story.kept
    frozen = [(missed - day.enrolled.start_date).days + 1 for missed in kept.frozen]
    reached = MILESTONE_DAYS[: milestones_reached(day.story.last_written_day)]
    return rays(day.pages_by_day, today=day.enrolled.day, frozen=frozen, milestones=reached)


def _days_word(days: int) -> str:
    return "day" if days == 1 else "days"


def _date(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


_MORNING = PageCard(
    "Morning journal",
    "Morning",
    "sunrise",
    routes.MORNING_JOURNAL,
    prompt="Start where you are. One line at a time.",
    note="About eight minutes",
    action="Write this morning",
)
_ACTION = PageCard(
    "Gratitude action",
    "Action",
    "heart-handshake",
    routes.GRATITUDE_ACTION,
    prompt="Do one small thing out of gratitude.",
    note="Any time today",
    action="Open today’s action",
)
_EVENING = PageCard(
    "Evening journal",
    "Evening",
    "moon-star",
    routes.EVENING_JOURNAL,
    prompt="Look back once, gently, and let the day go.",
    note="Best after 18:00, about six minutes",
    action="Write this evening",
)
_BLANK = {
    Activity.morning_journal: _MORNING,
    Activity.gratitude_action: _ACTION,
    Activity.evening_journal: _EVENING,
}


def _cards(who: Member, day: Today, now: datetime) -> list[PageCard]:
    return [_card(who, day, activity, now) for activity in DAILY_BY_THE_CLOCK]


def _card(who: Member, day: Today, activity: Activity, now: datetime) -> PageCard:
    card, page = _BLANK[activity], day.pages.get(activity)
    if activity == Activity.gratitude_action and day.words.action:
        asked = day.words.action
        card = replace(card, prompt=asked.title, note=asked.tip or card.note)
    if activity == Activity.morning_journal:
        card = replace(card, note=f"{card.note}{_early_words(who, day, now)}")
    if page:
        kept_at = f"{page.shown_at(who.timezone):%H:%M}"
        points = counted_points(page.points)
        return replace(
            card,
            style="is-done",
            is_done=True,
            kept_at=kept_at,
            note=f"Kept at {kept_at}",
            points=points,
            points_figure=str(page.points or ""),
        )
    if activity == day.next_activity:
        return replace(card, style="is-next", is_next=True)
    return replace(card, note=card.prompt) if activity == Activity.gratitude_action else card


def _early_words(who: Member, day: Today, now: datetime) -> str:
    early = day.early
    if early is None or not early.early or local_time(now, who.timezone).time() >= early.early_before:
        return ""
    return f". Before {early.early_before:%H:%M} adds {counted(early.early, 'point')}."


def counted_points(points: int | None) -> str:
    if points is None:
        return ""
    return f"{points} point{'' if points == 1 else 's'}"


def _missed(day: Today) -> Missed:
    """A day is empty: what is safe is said first, and both ways on are equal."""
    if day.days_away >= LONG_AWAY:
        return _welcome_back(day)
    repair = day.repair
    missed = repair.day if repair else day.missed_yesterday
    if missed is None or not day.story.pages:
        return Missed()
    is_held = missed in day.story.kept.frozen
    return Missed(
        title=f"{missed:%A} is empty. That happens.",
        words=_what_is_safe(day, is_held),
        repair_href=routes.missed_day(missed.isoformat()) if repair and not repair.needs_today else "",
        repair_words=_repair_words(repair, missed, is_held) if repair else "",
        rest_label=f"Let {missed:%A} rest",
        rest_words="The freeze stays spent. Nothing else changes."
        if is_held
        else "It asks for nothing more.",
    )


def _welcome_back(day: Today) -> Missed:
    """After an absence nothing is counted up; the shortest of the day's pages is the way in."""
    number, is_shared = day.enrolled.day, day.enrolled.cohort_id is not None
    where = f"Your cohort is on day {number}, and so are you." if is_shared else f"Today is day {number}."
    return Missed(
        title="Welcome back.",
        words=f"Everything you wrote is where you left it. Nothing is owed for the days between. {where}",
        begin_href=routes.GRATITUDE_ACTION,
        begin_words="One line about today’s action, done or not, keeps the day. The other pages can wait.",
    )


def _what_is_safe(day: Today, is_held: bool) -> str:
    if is_held:
        return "A freeze is holding your streak, so nothing is lost. Did you write on paper?"
    if day.may_write_for_yesterday:
        return "There is still time: until 03:00 its pages can be written."
    if day.pages:
        return "Everything you wrote is safe, and today already counts."
    return "Everything you wrote is safe, and a new streak begins with today’s first page."


def _repair_words(repair: Repair, missed: date, is_held: bool) -> str:
    if repair.needs_today:
        return f"After today’s first page, two lines bring {missed:%A} back, until {repair.until:%A} night."
    back = f"{missed:%A} counts, and the freeze comes back." if is_held else f"{missed:%A} counts as kept."
    return f"Two lines by {repair.until:%A} night. {back}"


def _pulse(day: Today) -> Pulse:
    pulse = day.pulse
    if pulse is None or pulse.members < 2 or day.enrolled.day < 1:
        return Pulse()
    dots = [place < pulse.mornings for place in range(pulse.members)]
    return Pulse(f"{pulse.mornings} of {pulse.members} wrote this morning", dots)


def _finished(day: Today, view: TodayView, closing: Closing) -> TodayView:
    is_last = day.enrolled.today >= day.enrolled.end_date
    return replace(
        view,
        is_finished=True,
        closing=f"That was {day.enrolled.today:%A}.",
        own_words=closing.own_words,
        own_words_at=f"You wrote at {view.cards[-1].kept_at}",
        points_today=f"{sum(page.points or 0 for page in day.pages.values())} points for today’s pages.",
        today_href=routes.history_day(day.enrolled.today.isoformat()),
        tomorrow="" if is_last else f"Tomorrow, day {day.enrolled.day + 1}",
        tomorrow_action=closing.tomorrow_action,
    )
