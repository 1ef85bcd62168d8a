"""Which purchases and subscriptions a desk shows. Its address says so, and a figure can link to its rows.

/admin/payments/purchases?status=completed&type=challenge&by=purchased&from=2026-03-01&to=2026-03-31&zone=UTC
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from gynergy_app.domain.accounts import timezone_or_utc
from gynergy_app.domain.payments.kinds import Interval, PurchaseStatus, PurchaseType, SubscriptionStatus
from gynergy_app.domain.text import tidy_line

LONGEST_SEARCH = 100


class Moment(StrEnum):
    """What `from` and `to` are about. What was never paid has no `purchased`, what is kept no `refunded`."""

    created = "created"
    purchased = "purchased"
    refunded = "refunded"


@dataclass(frozen=True)
class PurchaseFilter:
    """`last` is a day of `zone` and belongs to it. Without statuses: all of them."""

    search: str = ""
    statuses: tuple[PurchaseStatus, ...] = ()
    kind: PurchaseType | None = None
    by: Moment = Moment.created
    first: date | None = None
    last: date | None = None
    zone: str = "UTC"

    @classmethod
    def read(cls, said: Mapping[str, str], zone: str) -> "PurchaseFilter":
        """From an address. What it does not say, or says wrongly, is not filtered by.

        >>> asked = PurchaseFilter.read({"status": "completed,no", "from": "2026-03-01", "by": "x"}, "UTC")
        >>> asked.statuses, str(asked.first), asked.last, asked.by.value
        ((<PurchaseStatus.completed: 'completed'>,), '2026-03-01', None, 'created')
        """
        kind, by = said.get("type", ""), said.get("by", "")
        return cls(
            search=tidy_line(said.get("q", ""))[:LONGEST_SEARCH],
            statuses=tuple(PurchaseStatus(each) for each in _listed(said.get("status", ""), PurchaseStatus)),
            kind=PurchaseType(kind) if kind in set(PurchaseType) else None,
            by=Moment(by) if by in set(Moment) else Moment.created,
            first=_day(said.get("from", "")),
            last=_day(said.get("to", "")),
            zone=timezone_or_utc(said.get("zone") or zone),
        )

    @property
    def query(self) -> str:
        """The same, for an address."""
        return _address(
            {
                "q": self.search,
                "status": ",".join(self.statuses),
                "type": self.kind or "",
                "by": "" if self.by is Moment.created else self.by,
                "from": self.first.isoformat() if self.first else "",
                "to": self.last.isoformat() if self.last else "",
                "zone": self.zone,
            }
        )

    @property
    def since(self) -> datetime | None:
        return _midnight(self.first, self.zone) if self.first else None

    @property
    def until(self) -> datetime | None:
        """The moment after the last one that counts."""
        return _midnight(self.last + timedelta(days=1), self.zone) if self.last else None


@dataclass(frozen=True)
class SubscriptionFilter:
    """Days narrow it to those for which money moved then; `zone` says whose days."""

    search: str = ""
    statuses: tuple[SubscriptionStatus, ...] = ()
    interval: Interval | None = None
    first: date | None = None
    last: date | None = None
    zone: str = "UTC"

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "SubscriptionFilter":
        """
        >>> SubscriptionFilter.read({"status": "active", "interval": "week"})
        SubscriptionFilter(search='', statuses=(<SubscriptionStatus.active: 'active'>,), interval=None, \
first=None, last=None, zone='UTC')
        """
        interval = said.get("interval", "")
        named = _listed(said.get("status", ""), SubscriptionStatus)
        return cls(
            search=tidy_line(said.get("q", ""))[:LONGEST_SEARCH],
            statuses=tuple(SubscriptionStatus(each) for each in named),
            interval=Interval(interval) if interval in set(Interval) else None,
            first=_day(said.get("from", "")),
            last=_day(said.get("to", "")),
            zone=timezone_or_utc(said.get("zone")),
        )

    @property
    def query(self) -> str:
        statuses = ",".join(self.statuses)
        days = {
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
        }
        whose = {"zone": self.zone} if self.first or self.last else {}
        return _address(
            {"q": self.search, "status": statuses, "interval": self.interval or "", **days, **whose}
        )

    @property
    def since(self) -> datetime | None:
        return _midnight(self.first, self.zone) if self.first else None

    @property
    def until(self) -> datetime | None:
        """The moment after the last one that counts."""
        return _midnight(self.last + timedelta(days=1), self.zone) if self.last else None


def _listed(said: str, known: Iterable[str]) -> list[str]:
    names = set(known)
    return [each for each in dict.fromkeys(said.split(",")) if each in names]


def _day(said: str) -> date | None:
    try:
        day = date.fromisoformat(said) if said else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 2100 else None


def _midnight(day: date, zone: str) -> datetime:
    """The first moment of a day there. Where clocks jump over midnight it begins with the jump."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _address(said: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in said.items() if value})
