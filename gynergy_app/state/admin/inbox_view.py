"""Events in words: what waits and for whom, and how each of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gynergy_app import routes
from gynergy_app.domain.payments.dead_letters import meaning
from gynergy_app.domain.payments.figures import share
from gynergy_app.domain.payments.inbox import PAYLOAD_IS_KEPT
from gynergy_app.domain.payments.kinds import WebhookStatus
from gynergy_app.domain.text import counted
from gynergy_app.repositories.webhook_desk import Arrived, Pulse
from gynergy_app.services.desks.inbox import DEAD_SHOWN, Inbox
from gynergy_app.state.admin.words import moment, moment_within

WORKER_AWAY = timedelta(minutes=2)
STATES = {
    WebhookStatus.received: ("Waiting", "wait"),
    WebhookStatus.processing: ("Being followed", "wait"),
    WebhookStatus.processed: ("Done", "good"),
    WebhookStatus.ignored: ("Not ours", "normal"),
    WebhookStatus.failed: ("Tried again", "wait"),
    WebhookStatus.dead: ("Given up", "bad"),
    WebhookStatus.dismissed: ("Put aside", "normal"),
}


@dataclass(frozen=True)
class Count:
    label: str
    value: str
    definition: str


@dataclass(frozen=True)
class DeadLetter:
    """`about_href` leads to the purchase, or to the member of a subscription; empty where nobody is known."""

    id: str
    event_type: str
    event_id: str
    what: str
    harm: str
    is_harmful: bool
    error: str
    tries: str
    about: str
    about_href: str
    has_words: bool


@dataclass(frozen=True)
class EventRow:
    id: str
    arrived: str
    event_type: str
    event_id: str
    about: str
    about_href: str
    tries: str
    took: str
    state: str
    kind: str
    more: str
    has_words: bool


@dataclass(frozen=True)
class InboxView:
    zone: str = "UTC"
    counts: list[Count] = field(default_factory=list)
    dead: list[DeadLetter] = field(default_factory=list)
    dead_note: str = ""
    may_replay_all: bool = False
    replay_all: str = ""
    types: list[tuple[str, str]] = field(default_factory=list)
    worker: str = ""
    worker_words: str = ""


def view_of(seen: Inbox, zone: str, now: datetime) -> InboxView:
    headline, words = _worker(seen.worker_seen_at, zone, now)
    letters = [_letter(each, zone, now) for each in seen.dead]
    ready = sum(letter.has_words for letter in letters)
    return InboxView(
        zone=zone,
        counts=_counts(seen.pulse, zone, now),
        dead=letters,
        dead_note=_dead_note(seen.pulse.dead),
        may_replay_all=ready > 1,
        replay_all=f"Replay all {ready}",
        types=[("", "Every type"), *((name, name) for name in seen.types)],
        worker=headline,
        worker_words=words,
    )


def _worker(seen_at: datetime | None, zone: str, now: datetime) -> tuple[str, str]:
    if seen_at and now - seen_at <= WORKER_AWAY:
        return "", ""
    words = "Events are kept as they arrive and are followed when it is back. Nothing is lost."
    if seen_at is None:
        return "No worker has ever been running.", words
    return f"The worker was last seen {moment_within(seen_at, zone, now)}.", words


def _counts(pulse: Pulse, zone: str, now: datetime) -> list[Count]:
    slowest = f"; the slowest took {_seconds(pulse.slowest_seconds)}" if pulse.followed else ""
    oldest = f", the oldest since {moment_within(pulse.oldest, zone, now)}" if pulse.oldest else ""
    return [
        Count(
            "Arrived in 24 hours",
            f"{pulse.arrived:,}",
            "Each is kept once, however often it is sent.",
        ),
        Count(
            "Followed within ten seconds",
            share(pulse.at_once, pulse.followed),
            f"Of {pulse.followed:,} that arrived in 24 hours and are done{slowest}.",
        ),
        Count(
            "On the way",
            f"{pulse.waiting:,}",
            f"Waiting, being followed, or tried again later{oldest}.",
        ),
    ]


def _seconds(seconds: float) -> str:
    """
    >>> _seconds(0.42), _seconds(38), _seconds(600), _seconds(90_000)
    ('0.4 s', '38 s', '10 min', '25 h')
    """
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def _dead_note(count: int) -> str:
    if count > DEAD_SHOWN:
        return f"the {DEAD_SHOWN} oldest of {count:,}; nothing is lost"
    return "nothing is lost"


def _letter(each: Arrived, zone: str, now: datetime) -> DeadLetter:
    means = meaning(each.event_type, each.about)
    last = f", the last one {moment_within(each.last_failed_at, zone, now)}" if each.last_failed_at else ""
    tries = counted(each.attempts, "try", "tries")
    return DeadLetter(
        id=str(each.id),
        event_type=each.event_type,
        event_id=each.event_id,
        what=means.what,
        harm=means.harm,
        is_harmful=means.is_harmful,
        error=each.error or "No reason was kept.",
        tries=f"Arrived {moment_within(each.received_at, zone, now)}. {tries.capitalize()}{last}.",
        about=_about(each),
        about_href=_about_href(each),
        has_words=each.has_words,
    )


def _about(each: Arrived) -> str:
    return each.about.who if each.purchase_id or each.user_id else ""


def _about_href(each: Arrived) -> str:
    if each.purchase_id:
        return routes.admin_purchase(str(each.purchase_id))
    return routes.admin_member(str(each.user_id)) if each.user_id else ""


def rows_of(events: Sequence[Arrived], zone: str, now: datetime) -> list[EventRow]:
    return [_row(each, zone, now) for each in events]


def _row(each: Arrived, zone: str, now: datetime) -> EventRow:
    words, kind = STATES[each.status]
    if each.status is WebhookStatus.failed:
        words = f"Tried again {moment_within(each.next_attempt_at, zone, now)}"
    took = (each.processed_at - each.received_at).total_seconds() if each.processed_at else None
    is_followed = each.status in (WebhookStatus.processed, WebhookStatus.ignored)
    return EventRow(
        id=str(each.id),
        arrived=moment(each.received_at, zone, now),
        event_type=each.event_type,
        event_id=each.event_id,
        about=_about(each) or "–",
        about_href=_about_href(each),
        tries=str(each.attempts or "–"),
        took=_seconds(max(took, 0)) if took is not None and is_followed else "–",
        state=words,
        kind=kind,
        more=_more(each),
        has_words=each.has_words,
    )


def _more(each: Arrived) -> str:
    if each.status is WebhookStatus.dismissed:
        by = f" ({each.dismissed_by})" if each.dismissed_by else ""
        return f"{each.dismissed_reason}{by}"
    if each.status in (WebhookStatus.failed, WebhookStatus.dead):
        return each.error
    return "" if each.has_words else f"Its words were removed after {PAYLOAD_IS_KEPT.days} days."
