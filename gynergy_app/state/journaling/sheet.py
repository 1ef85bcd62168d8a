"""What a browser is told about the page it writes on."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import local_time
from gynergy_app.errors import NotAllowed
from gynergy_app.services.journaling import OpenPage
from gynergy_app.services.journaling import Sheet as PageSheet
from gynergy_app.services.journaling.session_sheets import SessionSheet
from gynergy_app.services.journaling.week_sheets import WeekSheet
from gynergy_app.services.programs import Enrolled
from gynergy_app.services.yearbook_pages import span
from gynergy_app.state.journaling.fields import as_fields


class NotThisPage(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "These words belong to another page or another member. They are still on this device."
        )


@dataclass(frozen=True)
class Sheet:
    """The server's side of a draft. `answers` names the message it answers; `refusals` counts its noes.

    `outcome` says what became of that message: taken, refused, elsewhere when other words stand there, later
    when nothing can be saved just now, or tried on a practice page, whose words stay where they are: on the
    device.
    `key` names writer, session, day and kind: the copy on the device is stored under it.
    """

    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    revision: int = 0
    saved_at: str = ""
    is_writable: bool = False
    answers: str = ""
    outcome: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    refusals: int = 0

    @classmethod
    def of(cls, page: OpenPage, kind: str, who: Member, *, answers: str = "", refusals: int = 0) -> "Sheet":
        return cls(
            key=key_of(who.id, page.sheet.session_id, page.sheet.day, kind),
            fields=as_fields(page.draft),
            revision=page.revision,
            saved_at=f"{local_time(page.saved_at, who.timezone):%H:%M}" if page.saved_at else "",
            is_writable=page.is_editable,
            answers=answers,
            outcome="taken",
            refusals=refusals,
        )


@dataclass(frozen=True)
class Heading:
    """What stands above the page in words."""

    day_line: str = ""
    day_name: str = ""
    other_day_name: str = ""
    is_for_yesterday: bool = False
    may_change_day: bool = False
    is_practice: bool = False
    starts_on: str = ""
    is_completed: bool = False
    kept_line: str = ""
    open_until: str = ""

    @classmethod
    def of(cls, page: OpenPage, who: Member) -> "Heading":
        sheet = page.sheet
        is_for_yesterday = sheet.last_day < sheet.today
        other = sheet.today if is_for_yesterday else sheet.today - timedelta(days=1)
        has_other = other >= sheet.enrolled.start_date or is_for_yesterday
        return cls(
            day_line=_day_line(sheet),
            day_name=f"{sheet.day:%A}",
            other_day_name=f"{other:%A}",
            is_for_yesterday=is_for_yesterday,
            may_change_day=sheet.may_write_for_yesterday and has_other and not page.is_completed,
            is_practice=sheet.is_practice,
            starts_on=spoken_day(sheet.enrolled.start_date),
            is_completed=page.is_completed,
            kept_line=_kept_line(page),
            open_until=_open_until(sheet) if page.is_editable else "",
        )


def _day_line(sheet: PageSheet) -> str:
    if isinstance(sheet, WeekSheet):
        until = f", open until {spoken_day(sheet.last_day)}" if sheet.may_finish else ""
        return f"Week {sheet.week.number}{until}"
    if isinstance(sheet, SessionSheet):
        place = sheet.enrolled
        if not place.is_current:
            return kept_to_be_read(place)
        return "For your whole session"
    place = "" if sheet.is_practice else f", day {sheet.programme_day}"
    return f"{spoken_day(sheet.day)}{place}"


def kept_to_be_read(place: Enrolled) -> str:
    return f"{span(place.start_date, place.end_date)}, kept to be read"


def _open_until(sheet: PageSheet) -> str:
    """The name of a day within a week is enough; a page of a week or a session is open for longer."""
    if isinstance(sheet, SessionSheet):
        return spoken_day(sheet.last_day)
    last = sheet.last_day + timedelta(days=1)
    return spoken_day(last) if isinstance(sheet, WeekSheet) else f"{last:%A}"


def spoken_day(day: date) -> str:
    """
    >>> spoken_day(date(2026, 10, 16))
    'Friday 16 October'
    """
    return f"{day:%A} {day.day} {day:%B}"


def key_of(member_id: UUID, session_id: UUID, day: date, kind: str) -> str:
    return f"{member_id}.{session_id}.{day.isoformat()}.{kind}"


def day_of(key: str, kind: str, who: Member) -> date:
    """The day of a page that is this member's; somebody else may have signed in while a tab was open."""
    owner, _, rest = key.partition(".")
    _, _, place = rest.partition(".")
    day, _, named = place.partition(".")
    if owner != str(who.id) or named != kind:
        raise NotThisPage
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise NotThisPage from error


def _kept_line(page: OpenPage) -> str:
    return f"Kept on {spoken_day(page.kept_at.date())} at {page.kept_at:%H:%M}" if page.kept_at else ""
