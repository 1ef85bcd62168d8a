"""Who was here a moment ago, so that not every click asks the database. Forgotten at once on signing out."""

from datetime import datetime, timedelta
from uuid import UUID

from gynergy_app.domain.accounts import Member

MEMORY = timedelta(seconds=5)
MOST = 20_000

_members: dict[bytes, tuple[Member, datetime]] = {}
_forgettings = 0


def find(token_hash: bytes, now: datetime) -> Member | None:
    member, since = _members.get(token_hash, (None, now))
    return member if timedelta() <= now - since <= MEMORY else None


def age(token_hash: bytes, now: datetime) -> timedelta:
    """How long ago the database was asked."""
    _, since = _members.get(token_hash, (None, now))
    return now - since


def moment() -> int:
    """Take this before reading the database; `keep` refuses what was read before somebody signed out."""
    return _forgettings


def keep(member: Member, now: datetime, taken_at: int) -> None:
    if taken_at != _forgettings:
        return
    if len(_members) >= MOST:
        _members.clear()
    _members[member.auth_session] = (member, now)


def forget(token_hash: bytes) -> None:
    global _forgettings
    _forgettings += 1
    _members.pop(token_hash, None)


def forget_everybody() -> None:
    """Whatever may have changed while nobody listened."""
    global _forgettings
    _forgettings += 1
    _members.clear()


def forget_member(member_id: UUID) -> None:
    """Every sign-in of this member: her name, role or time zone changed, what she may open did, or she signed
    out everywhere."""
    global _forgettings
    _forgettings += 1
    for token_hash in [key for key, (member, _) in _members.items() if member.id == member_id]:
        del _members[token_hash]
