"""A member's file in words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.domain.gamification import Activity, Award
from gynergy_app.domain.payments.access import Door, Entitlement
from gynergy_app.domain.programs import MILESTONE_DAYS, programme_day, status_on
from gynergy_app.domain.text import counted
from gynergy_app.repositories.members import Place
from gynergy_app.services.desks.members import MemberFile, Progress, span
from gynergy_app.services.gamification.statement import Entry
from gynergy_app.state.admin.member_words import MailRow, mail_row
from gynergy_app.state.admin.money_words import CAME_BY, SUBSCRIPTIONS, on_day
from gynergy_app.state.admin.words import (
    SESSION_STATES,
    AuditLine,
    audit_line,
    moment_within,
    short_date,
)
from gynergy_app.state.session import picture_url

ROWS = (
    ("Morning", Activity.morning_journal),
    ("Evening", Activity.evening_journal),
    ("Action", Activity.gratitude_action),
)
RECENT = 6


@dataclass(frozen=True)
class GridRow:
    """One kind of page over all days. `cells` are the looks of the days, `says` the same in words."""

    name: str
    cells: list[str]
    says: str


@dataclass(frozen=True)
class PointsRow:
    name: str
    when: str
    arithmetic: str
    points: str
    is_gain: bool


@dataclass(frozen=True)
class DoorRow:
    """Something that may be open to her; `more` says by what, and until when."""

    name: str
    state: str
    kind: str
    more: str = ""


@dataclass(frozen=True)
class PlaceRow:
    program: str
    cohort: str
    days: str
    state: str
    kind: str
    points: str


@dataclass(frozen=True)
class MemberView:
    zone: str = "UTC"
    id: str = ""
    name: str = ""
    initial: str = ""
    picture: str = ""
    about: str = ""
    is_self: bool = False
    is_admin: bool = False
    is_suspended: bool = False
    suspended: str = ""
    suspended_why: str = ""
    day: str = ""
    streak: str = ""
    grid: list[GridRow] = field(default_factory=list)
    roles: str = ""
    cohorts: str = ""
    doors: list[DoorRow] = field(default_factory=list)
    can_open: bool = False
    badges: str = ""
    signed_in: str = ""
    joined: str = ""
    places: list[PlaceRow] = field(default_factory=list)
    points: str = ""
    recent: list[PointsRow] = field(default_factory=list)
    earlier: list[PointsRow] = field(default_factory=list)
    earlier_words: str = ""
    mails: list[MailRow] = field(default_factory=list)
    audit: list[AuditLine] = field(default_factory=list)


def view_of(file: MemberFile, admin: Member, now: datetime) -> MemberView:
    person, zone = file.person, admin.timezone
    today = clock.day_in(zone, now)
    entries = [_points_row(entry, today) for entry in file.entries]
    return MemberView(
        zone=zone,
        id=str(person.id),
        name=person.name,
        initial=person.name[0].upper(),
        picture=picture_url(person.picture),
        about=_about(file, now),
        is_self=person.id == admin.id,
        is_admin=person.is_admin,
        is_suspended=person.suspended_at is not None,
        suspended=f"Suspended since {moment_within(person.suspended_at, zone, now)}."
        if person.suspended_at
        else "",
        suspended_why=f"The reason given: {person.suspended_reason}",
        **_progress(file.progress),
        roles="Admin, member" if person.is_admin else "Member",
        cohorts=_cohorts(file),
        doors=_doors(file.access, zone, now),
        can_open=file.access.challenge(now) is Door.closed,
        badges=str(file.badges),
        signed_in=_signed_in(file, zone, now),
        joined=short_date(clock.day_in(zone, person.joined_at), today),
        places=[_place_row(place, clock.day_in(person.timezone, now), today) for place in file.places],
        points=f"{file.progress.place.points:,}" if file.progress else "0",
        recent=entries[:RECENT],
        earlier=entries[RECENT:],
        earlier_words=f"{counted(len(entries) - RECENT, 'earlier row').capitalize()}",
        mails=[mail_row(mail, zone, now) for mail in file.mails],
        audit=[audit_line(row, zone, now, names_subject=False) for row in file.audit],
    )


def _cohorts(file: MemberFile) -> str:
    """Where she is, and where she is more than a member."""
    said = (name if role is CohortRole.member else f"{name} ({role.value})" for name, role in file.cohorts)
    return ", ".join(said) or "None"


def _doors(access: Entitlement, zone: str, now: datetime) -> list[DoorRow]:
    """What is open to her, by what and until when."""
    return [_challenge(access, zone, now), _journal(access, zone, now), _community(access)]


def _challenge(access: Entitlement, zone: str, now: datetime) -> DoorRow:
    came_by, until = access.came_by, access.challenge_until
    if access.challenge(now) is Door.open and came_by:
        ends = f", until {on_day(until, zone, now)}" if until else ", no start chosen"
        return DoorRow("Challenge", "Open", "good", f"{CAME_BY[came_by]}{ends}")
    if came_by:
        return DoorRow("Challenge", "Over", "normal", f"since {on_day(until, zone, now)}")
    return DoorRow("Challenge", "Closed", "normal", access.closed_reason)


def _journal(access: Entitlement, zone: str, now: datetime) -> DoorRow:
    if access.subscription is None:
        return DoorRow("Journal", "Not subscribed", "normal")
    words = SUBSCRIPTIONS[access.subscription][0].lower()
    match access.journal(now):
        case Door.open:
            return DoorRow("Journal", "Open", "good", words)
        case Door.grace:
            return DoorRow(
                "Journal", "Open", "wait", f"{words}, closes {on_day(access.journal_closes_at, zone, now)}"
            )
        case _:
            return DoorRow("Journal", "Closed", "normal", words)


def _community(access: Entitlement) -> DoorRow:
    is_open = access.has_community
    return DoorRow("Community", "Open" if is_open else "Opens on day 45", "good" if is_open else "normal")


def _about(file: MemberFile, now: datetime) -> str:
    person = file.person
    local = now.astimezone(ZoneInfo(person.timezone))
    said = [person.email or "no address yet", f"{person.timezone}, now {local:%H:%M}"]
    if cohort := _cohort_now(file):
        said.append(f"{cohort} cohort")
    return " · ".join(said)


def _cohort_now(file: MemberFile) -> str:
    """That of the days she lives while she is in it, else the latest that she is in."""
    if file.progress and file.progress.place.is_in_cohort:
        return file.progress.place.cohort_name
    return next((name for name, _ in file.cohorts), "")


def _progress(progress: Progress | None) -> dict:
    if progress is None:
        return {}
    days = span(progress.place)
    if progress.day < 1:
        day = f"Day 1 is {progress.place.session.start_date:%A %-d %B}"
    elif progress.day > len(days):
        day = f"{len(days)} days, over since {progress.place.session.end_date:%-d %B}"
    else:
        day = f"Day {progress.day} of {len(days)}"
    return {
        "day": day,
        "streak": _streak_words(progress),
        "grid": [_grid_row(*row, progress) for row in ROWS],
    }


def _streak_words(progress: Progress) -> str:
    if progress.day < 1:
        return ""
    start = progress.place.session.start_date
    said = f"Day streak {progress.streak}"
    frozen = [str(programme_day(start, day)) for day in sorted(progress.kept.frozen)]
    if frozen:
        said += f", {'a freeze' if len(frozen) == 1 else 'freezes'} on day {' and '.join(frozen)}"
    return f"{said}; {counted(progress.freezes_left, 'freeze')} left"


def _grid_row(name: str, activity: Activity, progress: Progress) -> GridRow:
    written = progress.kept.of(activity)
    days = span(progress.place)
    past = [day for day in days if day < progress.today]
    cells = [_cell(day, n, written, progress) for n, day in enumerate(days, 1)]
    missed = [str(n) for n, day in enumerate(days, 1) if day in past and day not in written]
    says = f"{name}: {len([day for day in days if day in written])} of {len(past)} days that are over"
    if progress.today in written:
        says = f"{name}: {len(written & set(days))} written, today among them, {len(past)} days are over"
    return GridRow(name, cells, says + (f"; not on day {', '.join(missed)}" if missed else ""))


def _cell(day: date, number: int, written: frozenset[date], progress: Progress) -> str:
    edge = " e" if number in MILESTONE_DAYS else ""
    if day in written:
        return "k" + edge
    if day in progress.kept.forgiven:
        return "fz" + edge
    return ("x" if day < progress.today else "") + edge


def _signed_in(file: MemberFile, zone: str, now: datetime) -> str:
    seen = file.sign_ins
    if not seen.devices or seen.last_seen_at is None:
        return "Nowhere just now"
    return (
        f"{counted(seen.devices, 'device').capitalize()}, last {moment_within(seen.last_seen_at, zone, now)}"
    )


def _place_row(place: Place, her_today: date, today: date) -> PlaceRow:
    session = place.session
    first, last = short_date(session.start_date, today), short_date(session.end_date, today)
    status = status_on(her_today, session.start_date, session.end_date, session.grace_period_end)
    words, kind = SESSION_STATES[status]
    return PlaceRow(
        program=place.book_name,
        cohort=place.cohort_name or "–",
        days=f"{first} – {last}",
        state=words,
        kind=kind,
        points=f"{place.points:,}",
    )


def _points_row(entry: Entry, today: date) -> PointsRow:
    sign = "+" if entry.points >= 0 else "−"
    return PointsRow(
        name=f"{entry.name}, taken back" if entry.is_taken_back else entry.name,
        when=short_date(entry.day, today),
        arithmetic=_why(entry),
        points=f"{sign}{abs(entry.points)}",
        is_gain=entry.points >= 0,
    )


def _why(entry: Entry) -> str:
    if entry.corrects:
        return f"{entry.corrects}: {entry.reason}"
    return entry.reason or _arithmetic(entry.award)


def _arithmetic(award: Award) -> str:
    """How the figure came to be: "10 × 1.2 for a streak of 7 to 13 days, + 5 before 08:00"."""
    if award.is_badge:
        return f"{award.base}, never multiplied"
    said = str(award.base)
    if not award.band and not award.bonuses:
        return f"{said}, nothing added"
    if award.band:
        said += f" × {award.multiplier.normalize():f} for a {award.band[0].lower()}{award.band[1:]}"
    bonuses = (f"+ {bonus.points} {bonus.words[0].lower()}{bonus.words[1:]}" for bonus in award.bonuses)
    return ", ".join([said, *bonuses])
