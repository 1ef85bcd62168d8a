"""Being let in, being known by a name, choosing how the house behaves.

A member's rows appear with her: a trigger makes them when the auth service takes her in, and keeps her
address.
"""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member, name_problem, tidy_name
from gynergy_app.domain.accounts.preferences import read_choice
from gynergy_app.emails.account_letters import AccountExists, AddressInUse
from gynergy_app.emails.letters import AccountSecurityNotice, SecurityEvent
from gynergy_app.errors import Invalid, NotAllowed
from gynergy_app.models.accounts import ProfileSettings
from gynergy_app.repositories import profile_settings, users
from gynergy_app.services import mail


class AccountSuspended(NotAllowed):
    def __init__(self, reason: str | None) -> None:
        because = f" The reason given: {reason.rstrip('.')}." if reason else ""
        super().__init__(
            f"This account is suspended and cannot be opened.{because} "
            "What you wrote is kept, and is yours again when the suspension is lifted."
        )


class AccountEnding(NotAllowed):
    def __init__(self) -> None:
        super().__init__("This account is being deleted, as its owner asked. It can no longer be opened.")


async def admit(db: AsyncSession, user_id: UUID, *, now: datetime) -> datetime | None:
    """Let somebody in who has proved who they are, unless the account is closed: then say why.

    The answer is when it will be deleted, if its owner asked for that.
    """
    user = await users.get(db, user_id)
    if user.suspended_at:
        raise AccountSuspended(user.suspended_reason)
    if user.deletes_at and user.deletes_at <= now:
        raise AccountEnding
    return user.deletes_at


def name_problems(first_name: str, last_name: str) -> dict[str, str]:
    """A sentence for each name that cannot be taken. A last name may be left out."""
    last = tidy_name(last_name)
    problems = {
        "first_name": name_problem(tidy_name(first_name)),
        "last_name": name_problem(last) if last else None,
    }
    return {name: problem for name, problem in problems.items() if problem}


async def rename(db: AsyncSession, member: Member, first_name: str, last_name: str) -> None:
    """Raises `Invalid` with the sentences of `name_problems`."""
    if problems := name_problems(first_name, last_name):
        raise Invalid(problems)
    user = await users.get(db, member.id)
    user.first_name, user.last_name = tidy_name(first_name), tidy_name(last_name)


async def change_picture(db: AsyncSession, member: Member, key: str | None) -> str | None:
    """Show this picture from now on. The answer is the key of the one it replaces, which nobody needs."""
    user = await users.get(db, member.id)
    replaced, user.profile_image = user.profile_image, key
    return replaced


async def choose(db: AsyncSession, member: Member, **said: Any) -> ProfileSettings:
    """Change what is named. Raises `Invalid` with the sentence for its field. The time zone: see `travel`."""
    choices = {name: read_choice(name, value) for name, value in said.items()}
    chosen = await profile_settings.get(db, member.id)
    for name, value in choices.items():
        setattr(chosen, name, value)
    db.add(chosen)
    return chosen


async def warn(
    db: AsyncSession, member: Member, event: SecurityEvent, *, now: datetime, to: str | None = None
) -> None:
    """Tell the member's mailbox (or `to`, the one she leaves) that the way into her account was changed."""
    address = to or member.email
    if not address:
        return
    letter = AccountSecurityNotice(member.first_name, event, now, member.timezone)
    key = f"{event}:{member.id}:{now.isoformat(timespec='seconds')}"
    await mail.enqueue(db, letter, to=address, user_id=member.id, dedupe_key=key, now=now)


async def tell_it_exists(db: AsyncSession, address: str, *, now: datetime) -> None:
    """Tell whoever signed up with an address that has an account how to get in. At most once a minute."""
    key = f"account_exists:{_about(address)}:{now.isoformat(timespec='minutes')}"
    await mail.enqueue(db, AccountExists(), to=address, user_id=None, dedupe_key=key, now=now)


async def tell_it_is_in_use(db: AsyncSession, address: str, *, now: datetime) -> None:
    """Tell whoever wanted this address for another account that it has one. At most once an hour."""
    key = f"address_in_use:{_about(address)}:{now.isoformat(timespec='hours')}"
    await mail.enqueue(db, AddressInUse(), to=address, user_id=None, dedupe_key=key, now=now)


def _about(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:24]
