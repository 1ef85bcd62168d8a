"""What opens the challenge for somebody: the database's own answer, worked out before anything changes.

`private.settle_challenge` writes it. Here it is asked for a world in which one source is gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from gynergy_app.domain.payments.kinds import AccessType
from gynergy_app.domain.programs import grace_end

_RANK = (AccessType.purchased, AccessType.friend_code, AccessType.admin_granted)
_LAST_CLOCK = timedelta(days=1, hours=15)
"""After this midnight by UTC: the day has ended by the last clock on Earth, and it is past 03:00 there."""


@dataclass(frozen=True)
class Source:
    """Something that gives her the challenge. An admin's yes has no purchase."""

    kind: AccessType
    since: datetime
    session_id: UUID | None = None
    purchase_id: UUID | None = None


@dataclass(frozen=True)
class Run:
    """A shared session. `is_hers`: she has a place in it."""

    id: UUID
    starts_on: date
    open_until: datetime
    is_hers: bool


@dataclass(frozen=True)
class Opening:
    """What the challenge is open by. Without an end: no session is chosen yet."""

    kind: AccessType
    until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.until is None or self.until > now


def open_until(end: date, grace_period_end: date | None) -> datetime:
    """Until when pages of a session can be written anywhere."""
    last = grace_period_end or grace_end(end)
    return datetime.combine(last, time(), UTC) + _LAST_CLOCK


def opening(
    sources: Iterable[Source], runs: Iterable[Run], closed_at: datetime | None = None
) -> Opening | None:
    """The best source, and until when it holds. An admin's no outweighs whatever came before it."""
    counting = [each for each in sources if closed_at is None or each.since > closed_at]
    if not counting:
        return None
    best = min(counting, key=lambda each: (_RANK.index(each.kind), -each.since.timestamp()))
    known = [run for run in runs if run.is_hers or run.id == best.session_id]
    known = [run for run in runs if run.is_hers or run.id == best.session_id]
    theirs = [run for run in known if run.open_until > best.since]
    session = max(theirs, key=lambda run: (run.is_hers, run.starts_on), default=None)
    return Opening(best.kind, session.open_until if session else None)


def without(sources: Iterable[Source], purchase_id: UUID) -> tuple[Source, ...]:
    return tuple(source for source in sources if source.purchase_id != purchase_id)
