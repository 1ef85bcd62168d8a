"""Moments, days and records in the words of a desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gynergy_app import routes
from gynergy_app.domain.gamification import Band, Extra
from gynergy_app.domain.programs import SessionStatus
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.services.audit import Act
from gynergy_app.services.gamification.statement import NAMES

_DAY = timedelta(days=1)

ACTS = {
    Act.admin_appointed: "Made an admin",
    Act.admin_dismissed: "No longer an admin",
    Act.member_opened: "Page opened",
    Act.member_exported: "Archive written",
    Act.member_suspended: "Suspended",
    Act.member_reinstated: "Reinstated",
    Act.book_added: "Program added",
    Act.book_changed: "Program changed",
    Act.session_added: "Session opened",
    Act.session_changed: "Session changed",
    Act.phase_changed: "Phase changed",
    Act.milestone_added: "Milestone added",
    Act.milestone_changed: "Milestone changed",
    Act.milestone_removed: "Milestone removed",
    Act.action_added: "Action added",
    Act.action_changed: "Action changed",
    Act.action_removed: "Action removed",
    Act.quote_added: "Quote added",
    Act.quote_changed: "Quote changed",
    Act.quote_removed: "Quote removed",
    Act.cohort_changed: "Cohort changed",
    Act.cohort_joined: "Taken into a cohort",
    Act.cohort_moved: "Moved to another cohort",
    Act.cohort_left: "Taken out of a cohort",
    Act.moderator_appointed: "Made a moderator",
    Act.moderator_dismissed: "No longer a moderator",
    Act.badge_changed: "Badge changed",
    Act.band_added: "Multiplier band added",
    Act.band_changed: "Multiplier band changed",
    Act.value_announced: "Point value announced",
    Act.value_taken_back: "Point value taken back",
    Act.points_awarded: "Points given by hand",
    Act.points_taken_back: "Points taken back",
    Act.access_granted: "Challenge opened",
    Act.access_closed: "Challenge closed",
    Act.purchase_accepted: "Payment accepted",
    Act.purchase_refund_requested: "Refund asked for",
    Act.code_taken_back: "Friend code taken back",
    Act.code_prolonged: "Friend code prolonged",
    Act.referral_decided: "Invitation decided",
    Act.webhook_replayed: "Payment event taken up again",
    Act.webhook_dismissed: "Payment event put aside",
    Act.post_hidden: "Post hidden",
    Act.post_shown: "Post shown again",
    Act.report_dismissed: "Report put aside",
    Act.payments_reconciled: "Payments compared with Stripe",
}
WORTH_NAMES: dict[str, str] = {
    **NAMES,
    Extra.early_morning: "Added for an early morning",
    Extra.whole_day: "Added for a whole day",
    Extra.perfect_week: "Added for a perfect week",
}
"""What activities, and what is added to them, are called at the desks."""
SESSION_STATES = {
    SessionStatus.upcoming: ("To come", "normal"),
    SessionStatus.active: ("Running", "good"),
    SessionStatus.grace_period: ("Over, still open", "wait"),
    SessionStatus.completed: ("Over", "normal"),
}
"""What a session's status is called, and the kind of its tag."""
FIELDS = {
    "cohort_label": "cohort",
    "start_date": "first day",
    "end_date": "last day",
    "max_enrollments": "places",
    "start_point": "from day",
    "end_point": "to day",
    "action_type": "for a",
    "is_self": "a letter",
    "is_list": "lines",
    "is_draw": "a drawing",
    "is_eulogy": "a eulogy",
    "is_meditation": "judged by meditations",
    "is_journey_table": "uses the life map",
    "slug": "key",
    "morning_journal_points": "morning points",
    "evening_journal_points": "evening points",
    "daily_action_points": "action points",
    "weekly_journal_points": "reflection points",
    "weekly_action_points": "challenge points",
    "activity": "for",
    "effective_on": "from",
    "multiplier_value": "times",
    "points_reward": "points",
    "sort_order": "order",
    "is_hidden": "hidden",
    "is_active": "switched on",
    "is_public": "public",
}
FOLLOWS = {"book_id", "duration_days", "grace_period_end", "status", "journey_phases", "admin_id"}
"""What a record keeps although it says nothing new to a reader."""
LONGEST_SHOWN = 120


@dataclass(frozen=True)
class AuditLine:
    """One row of the record. `before` and `after` name only what changed."""

    when: str
    who: str
    what: str
    before: str
    after: str
    reason: str = ""
    href: str = ""


def audit_line(recorded: Recorded, timezone: str, now: datetime, *, names_subject: bool = True) -> AuditLine:
    """On a member's own page her name is said already."""
    row = recorded.row
    before, after = _changed(row.before, row.after)
    return AuditLine(
        when=moment(row.created_at, timezone, now),
        who=recorded.actor_name or "the operator",
        what=_act(row.action) + (_subject(recorded) if names_subject else ""),
        before=before,
        after=after,
        reason=row.reason or "",
        href=_address(recorded),
    )


def _act(action: str) -> str:
    return ACTS[Act(action)] if action in tuple(Act) else action


def _subject(recorded: Recorded) -> str:
    if recorded.subject_name:
        return f": {recorded.subject_name}"
    said = {**(recorded.row.before or {}), **(recorded.row.after or {})}
    match recorded.row.subject_type:
        case "quote":
            return f", day {said.get('day')}"
        case "action":
            unit = "week" if said.get("action_type") == "weekly" else "day"
            return f", {unit} {said.get('period')}"
        case _:
            named = said.get("name") or said.get("cohort_label")
            return f": {named}" if named else ""


def _address(recorded: Recorded) -> str:
    row = recorded.row
    if row.subject_user_id:
        return routes.admin_member(str(row.subject_user_id))
    book_id = {**(row.before or {}), **(row.after or {})}.get("book_id")
    if row.subject_type == "book":
        book_id = row.subject_id
    return routes.admin_book(str(book_id)) if book_id else ""


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, str]:
    was, became = dict(before or {}), dict(after or {})
    if before and after:
        same = {name for name in was if name in became and was[name] == became[name]}
        was = {name: value for name, value in was.items() if name not in same}
        became = {name: value for name, value in became.items() if name not in same}
    return _listed(was), _listed(became)


def _listed(values: Mapping[str, Any]) -> str:
    known = list(FIELDS)
    ordered = sorted(values, key=lambda name: known.index(name) if name in known else len(known))
    shown = (_value(name, values[name]) for name in ordered if name not in FOLLOWS)
    return ", ".join(filter(None, shown))


def _value(name: str, value: Any) -> str:
    if name == "admin":
        return "admin" if value else "not an admin"
    if name == "suspended_at":
        return "suspended" if value else "open"
    if name == "suspended_reason" or isinstance(value, list) or as_id(value):
        return ""
    if name == "condition" or isinstance(value, dict):
        return _streak(value)
    if value is False:
        return "switched off" if name == "is_active" else ""
    label = FIELDS.get(name, name.removesuffix("_points").replace("_", " "))
    if value is True:
        return label
    said = "none" if value in (None, "") else str(value)
    if name.endswith("_date") or name == "effective_on":
        day = date.fromisoformat(said)
        said = f"{day.day} {day:%b %Y}"
    if name == "activity":
        said = WORTH_NAMES.get(said, said.replace("_", " ")).lower()
    if name == "multiplier_value":
        said = f"{Decimal(said).normalize():f}"
    return f"{label} {said if len(said) <= LONGEST_SHOWN else said[:LONGEST_SHOWN] + '…'}"


def _streak(condition: Any) -> str:
    """
    >>> _streak({"min": 3, "max": 6}), _streak({"min": 30}), _streak({"before": "08:00"})
    ('streak of 3 to 6 days', 'streak of 30 days and more', '')
    """
    if not isinstance(condition, Mapping) or not isinstance(condition.get("min"), int):
        return ""
    words = Band(condition["min"], condition.get("max"), Decimal(1)).words
    return f"{words[0].lower()}{words[1:]}"


def moment(at: datetime, timezone: str, now: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 10, 12, tzinfo=UTC)
    >>> [moment(now - timedelta(days=n), "UTC", now) for n in (0, 1, 5, 300)]
    ['Today 12:00', 'Yesterday 12:00', '5 Mar 12:00', '14 May 2025 12:00']
    """
    return f"{day_words(at, timezone, now)} {at.astimezone(ZoneInfo(timezone)):%H:%M}"


def day_words(at: datetime, timezone: str, now: datetime) -> str:
    """The same where the hour means nothing."""
    day, today = at.astimezone(ZoneInfo(timezone)).date(), now.astimezone(ZoneInfo(timezone)).date()
    if today - _DAY <= day <= today:
        return "Today" if day == today else "Yesterday"
    return short_date(day, today)


def moment_within(at: datetime, timezone: str, now: datetime) -> str:
    """The same in the middle of a sentence: "today 12:00"."""
    said = moment(at, timezone, now)
    return f"{said[0].lower()}{said[1:]}"


def short_date(day: date, today: date) -> str:
    """With its year when it is not this one."""
    return f"{day.day} {day:%b}" + ("" if day.year == today.year else f" {day.year}")


def as_id(said: object) -> UUID | None:
    """The id a page's address or a browser names, if it is one at all."""
    try:
        return UUID(str(said))
    except ValueError:
        return None


def id_in(path: str) -> UUID | None:
    return as_id(path.rstrip("/").rsplit("/", 1)[-1])
