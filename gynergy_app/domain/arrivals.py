"""How somebody first came: to which open page, when, by whose link. Nothing else is remembered of a visitor.

It travels as one short text: in her browser's cookie, and in a mailed link that may be opened on another
device. A link of a member's holds a code alone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from gynergy_app.domain.referrals import tidy_referral_code

IN_A_LINK = "ref"
LASTS = timedelta(days=90)
PAGES = ("home", "pricing", "sign-up", "sign-in", "join", "redeem", "privacy", "terms")
"""The pages somebody may come to first. What follows the first word of an address is not remembered."""

_WRITTEN = re.compile(r"(?P<code>[^~]*)(~(?P<page>[a-z-]+)~(?P<seconds>\d{1,10}))?")


@dataclass(frozen=True)
class Arrival:
    """`page` and `at` are known together or not at all; empty for whoever came by nothing we know."""

    code: str = ""
    page: str = ""
    at: datetime | None = None

    @property
    def written(self) -> str:
        """
        >>> march = datetime(2026, 3, 1, tzinfo=UTC)
        >>> Arrival("ANA-7K2Q", "pricing", march).written, Arrival("ANA-7K2Q").written
        ('ANA-7K2Q~pricing~1772323200', 'ANA-7K2Q')
        """
        return f"{self.code}~{self.page}~{int(self.at.timestamp())}" if self.at else self.code

    def as_of(self, now: datetime) -> "Arrival":
        """Without a first page that would lie too far back, or ahead."""
        is_known = self.at is not None and now - LASTS <= self.at <= now
        return self if is_known else Arrival(self.code)


NOWHERE = Arrival()


def read(written: str) -> Arrival:
    """What cannot have been written by us is left out.

    >>> read("ana-7k2q"), read("~nowhere~1772323200"), read("x~home~9")
    (Arrival(code='ANA-7K2Q', page='', at=None), Arrival(code='', page='', at=None), \
Arrival(code='', page='home', at=datetime.datetime(1970, 1, 1, 0, 0, 9, tzinfo=datetime.timezone.utc)))
    """
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return NOWHERE
    code, page = tidy_referral_code(found["code"]) or "", found["page"] or ""
    if page not in PAGES:
        return Arrival(code)
    return Arrival(code, page, datetime.fromtimestamp(int(found["seconds"]), UTC))


def page_at(path: str) -> str:
    """
    >>> page_at("/"), page_at("/join/FRIEND-ABC234"), page_at("/pricing/"), page_at("/today")
    ('home', 'join', 'pricing', '')
    """
    page = path.strip("/").partition("/")[0] or "home"
    return page if page in PAGES else ""


def in_link(query: str) -> Arrival:
    """The first that a link's query names.

    >>> in_link("a=1&ref=ana-7k2q").code, in_link("ref=%00").code, in_link("ref=&ref=ANA-7K2Q").code
    ('ANA-7K2Q', '', 'ANA-7K2Q')
    """
    try:
        said = parse_qsl(query, max_num_fields=20)
    except ValueError:
        return NOWHERE
    found = (read(value) for name, value in said if name == IN_A_LINK)
    return next((each for each in found if each != NOWHERE), NOWHERE)


def with_arrival(path: str, arrival: Arrival) -> str:
    """A way on that takes it along, for a mail that may be opened on another device.

    >>> ana = Arrival("ANA-7K2Q")
    >>> with_arrival("/join/X", ana), with_arrival("/a?b=1", ana), with_arrival("/a", NOWHERE)
    ('/join/X?ref=ANA-7K2Q', '/a?b=1&ref=ANA-7K2Q', '/a')
    """
    if arrival == NOWHERE:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode({IN_A_LINK: arrival.written})}"


def without_arrival(path: str) -> str:
    """
    >>> [without_arrival(path) for path in ("/a?b=1&ref=ANA-7K2Q", "/join/X?ref=~home~9", "/a?b=1")]
    ['/a?b=1', '/join/X', '/a?b=1']
    """
    parts = urlsplit(path)
    if in_link(parts.query) == NOWHERE:
        return path
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != IN_A_LINK]
    return urlunsplit(parts._replace(query=urlencode(kept)))
