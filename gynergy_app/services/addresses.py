"""A change of address that waits for mailboxes to agree.

The auth service keeps it and has no way to take it back: it ends when its links do, or when another address
is asked for.
"""

from datetime import datetime, timedelta

from gynergy_app.errors import NotFound, NotSignedIn, TooMany, Unavailable
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_auth import AskedAddress
from gynergy_app.services import sessions

LINKS_LAST_AT_MOST = timedelta(days=1)
"""How long they last the auth service says in its mails only; longer than this it does not let them."""


class NothingWaits(NotFound):
    def __init__(self) -> None:
        super().__init__("No change of address is waiting any more. You can ask for one below.")


async def ask(cookie: str, address: str, next_path: str, *, now: datetime) -> bool:
    """Have the links sent. False: the address has an account already, and whoever asks may not know it."""
    token = await sessions.access_token(cookie, now)
    try:
        await supabase_auth.change_email(token, address, next_path)
        is_free = True
    except supabase_auth.AddressTaken:
        is_free = False
    await supabase_auth.note_asked_address(token, AskedAddress(address, now))
    return is_free


async def find_waiting(cookie: str, *, now: datetime) -> AskedAddress | None:
    """None also while the auth service cannot say, or will not: a look alone turns nobody out."""
    try:
        return await get_waiting(cookie, now=now)
    except (NothingWaits, NotSignedIn, Unavailable, TooMany):
        return None


async def get_waiting(cookie: str, *, now: datetime) -> AskedAddress:
    """Raises `NothingWaits`."""
    asked = await supabase_auth.find_asked_address(await sessions.access_token(cookie, now))
    if asked is None or now - asked.asked_at >= LINKS_LAST_AT_MOST:
        raise NothingWaits
    return asked
