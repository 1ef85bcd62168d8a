"""Who she is at Stripe: one customer for each member, found again or made once.

Nothing here opens a door: what Stripe is asked for takes its time.
"""

import hashlib

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.stripe_words import USER_ID, our_id
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object

MOST = 100


async def ensure(member: Member, known: str | None) -> str:
    """The one she is to pay as. `known` is what our rows have; it may be gone at Stripe."""
    if known and await is_there(known):
        return known
    if found := await bearing(member):
        return found[0]["id"]
    made = await _make(member, known)
    return made if await is_there(made) else await _make(member, made)


async def bearing(member: Member) -> list[Object]:
    """Those made for her, whether or not she has paid anything since; the newest first."""
    if not member.email:
        return []
    same_address = await stripe_billing.list_all("customer", {"email": member.email}, at_most=MOST)
    return [each for each in same_address if our_id(each, USER_ID) == member.id]


async def is_there(customer_id: str) -> bool:
    try:
        return not (await stripe_billing.get("customer", customer_id)).get("deleted")
    except NotAtStripe:
        return False


async def rename(customer_id: str, email: str) -> None:
    """Her address has changed here: letters and receipts from Stripe go to the new one."""
    try:
        await stripe_billing.update_customer(customer_id, {"email": email})
    except NotAtStripe:
        return


async def _make(member: Member, gone: str | None) -> str:
    """Stripe answers a key with what it made then, also when that is gone since: then `gone` names it."""
    params = {"email": member.email, "metadata": {USER_ID: str(member.id)}}
    return (await stripe_billing.create_customer(params, _key(member, gone)))["id"]


def _key(member: Member, gone: str | None) -> str:
    """The same words make one customer. Another address, or one who is gone, makes another."""
    words = hashlib.sha256(f"{member.email}:{gone or ''}".encode()).hexdigest()[:16]
    return f"customer:{member.id}:{words}"
