"""The cohort by points, in the words of one screen."""

from dataclasses import dataclass, field, replace

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.gamification import Window
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.programs import PROGRAM_DAYS, WEEK_DAYS, programme_week
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.guard import entitled, member
from gynergy_app.repositories.book_sessions import Pulse
from gynergy_app.repositories.leaderboards import Place
from gynergy_app.services import accounts
from gynergy_app.services.gamification import boards
from gynergy_app.services.gamification.boards import SHOWN, Board, Week
from gynergy_app.state.cohorts.faces import Face
from gynergy_app.state.shell import ShellState

WINDOWS = (
    (Window.today.value, "Today"),
    (Window.week.value, "7 days"),
    (Window.month.value, "30 days"),
    (Window.session.value, f"All {PROGRAM_DAYS}"),
)


@dataclass(frozen=True)
class PlaceRow:
    """One member on the board. `is_apart` marks the own row when others stand between it and the list."""

    rank: str
    name: str
    initial: str
    picture: str
    tone: str
    points: str
    is_me: bool = False
    is_apart: bool = False


@dataclass(frozen=True)
class Bar:
    """A figure in words beside its length in per cent."""

    label: str
    figure: str
    width: str


@dataclass(frozen=True)
class BoardView:
    """Everything on the screen, already in words. No `rows` and no `pulse` where there is no cohort."""

    title: str = "Cohort"
    lede: str = ""
    has_cohort: bool = True
    rows: list[PlaceRow] = field(default_factory=list)
    nothing: str = ""
    ending: str = ""
    pulse: list[Bar] = field(default_factory=list)
    weeks: list[Bar] = field(default_factory=list)
    weeks_words: str = ""
    unlisted: str = ""
    is_hidden: bool = False


class LeaderboardState(rx.State):
    """The board of one window, and whether the member is on it for others."""

    is_loading: bool = True
    has_place: bool = False
    window: str = Window.session.value
    view: BoardView = BoardView()

    @entitled(Right.meet, quietly=True)
    @rx.event
    async def open(self):
        await self._read()

    @entitled(Right.meet)
    @rx.event
    async def choose(self, window: str):
        self.window = Window(window).value if window in list(Window) else Window.session.value
        await self._read()

    @entitled(Right.meet)
    @rx.event
    async def hide(self, is_hidden: bool):
        """Step off the board for everybody else, or back onto it."""
        who = member()
        async with as_member(who.id) as db:
            await accounts.choose(db, who, show_on_leaderboard=is_hidden is False)
        await self._read()
        if self.view.is_hidden:
            return ShellState.say("You are hidden. Your cohort no longer sees you on this board.", "success")
        return ShellState.say("You are on the board again, for your whole cohort.", "success")

    async def _read(self) -> None:
        who = member()
        async with as_member(who.id) as db:
            board = await boards.read(db, who, Window(self.window), now=clock.now())
        self.has_place = board is not None
        self.view = _view(board) if board else BoardView()
        self.is_loading = False


def _view(board: Board) -> BoardView:
    place = board.enrolled
    return BoardView(
        title=f"{place.cohort_name}, by points" if place.cohort_id else "Your own pace",
        lede=_lede(board),
        has_cohort=place.cohort_id is not None,
        rows=_rows(board),
        nothing=_nothing(board),
        ending=_ending(board),
        pulse=_pulse(board.pulse) if board.pulse and place.day >= 1 else [],
        weeks=_bars(board.weeks),
        weeks_words=_weeks_words(board.weeks),
        unlisted=_unlisted(board.unlisted),
        is_hidden=not board.is_listed,
    )


def _lede(board: Board) -> str:
    place = board.enrolled
    if board.pulse is None:
        return "This session is yours alone, so there is nobody to be ranked with."
    members = counted(board.pulse.members, "member").capitalize()
    if place.day < 1:
        return f"{members}. Day 1 is {spoken_day(place.start_date)}."
    return " ".join([f"{members}, day {min(place.day, PROGRAM_DAYS)}.", *_own_place(board)])


def _own_place(board: Board) -> list[str]:
    own = board.own
    if own is None or _is_empty(board):
        return []
    place = f"You {'are' if board.is_ranked else 'would be'} in place {own.rank}"
    return [f"{place}." if own.points else f"{place}, without points here so far."]


def _rows(board: Board) -> list[PlaceRow]:
    before = [None, *(place.rank for place in board.places)]
    if _is_empty(board):
        return [replace(_row(place, is_apart=False), rank="–") for place in board.places]
    return [
        _row(place, is_apart=place.is_me and _is_apart(place.rank, rank))
        for place, rank in zip(board.places, before, strict=False)
    ]


def _is_apart(rank: int | None, before: int | None) -> bool:
    return rank is not None and before is not None and rank > before + 1


def _row(place: Place, *, is_apart: bool) -> PlaceRow:
    face = Face.of(place.user_id, place.name, place.picture)
    return PlaceRow(
        rank="–" if place.rank is None else str(place.rank),
        name="You" if place.is_me else face.name,
        initial=face.initial,
        picture=face.picture,
        tone=face.tone,
        points="" if place.points is None else f"{place.points:,}",
        is_me=place.is_me,
        is_apart=is_apart,
    )


def _nothing(board: Board) -> str:
    if not board.enrolled.cohort_id or not _is_empty(board):
        return ""
    return "Nobody has points here yet. The first page of the day opens the board."


def _is_empty(board: Board) -> bool:
    """Where nobody has points, nobody has a place either."""
    return all(place.points == 0 for place in board.places)


def _ending(board: Board) -> str:
    if board.pulse is None or len(board.ranked) < SHOWN:
        return ""
    return f"The first {SHOWN} of {board.pulse.members} are shown, and you."


def _pulse(pulse: Pulse) -> list[Bar]:
    counts = (
        ("Wrote this morning", pulse.mornings),
        ("Did today’s gratitude action", pulse.gratitude_actions),
        ("Wrote this evening", pulse.evenings),
    )
    members = max(pulse.members, 1)
    return [
        Bar(label, f"{count} of {pulse.members}", f"{100 * count // members}%") for label, count in counts
    ]


def _bars(weeks: tuple[Week, ...]) -> list[Bar]:
    most = max((week.points for week in weeks), default=0) or 1
    return [Bar(_days(week), f"{week.points:,}", f"{100 * max(week.points, 0) // most}%") for week in weeks]


def _days(week: Week) -> str:
    if week.first_day == week.last_day:
        return f"Day {week.first_day}"
    return f"Days {week.first_day} to {week.last_day}"


def _weeks_words(weeks: tuple[Week, ...]) -> str:
    if not weeks:
        return "It begins with your first page."
    if len(weeks) == 1:
        next_week = programme_week(weeks[0].last_day) * WEEK_DAYS + 1
        return f"From day {next_week} on, the week before stands here too."
    if not any(week.points for week in weeks):
        return "Two quiet weeks. Your next page begins a new one."
    return "The comparison that tells you something."


def _unlisted(members: int | None) -> str:
    if not members:
        return ""
    return f"{counted(members, 'member hides', 'members hide').capitalize()} here."
