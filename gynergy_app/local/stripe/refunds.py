"""Money going back: asked for at once, there a little later, and sometimes not taken."""

from typing import Any

from gynergy_app.local.stripe import disputes, ids
from gynergy_app.local.stripe.account import Account, Object, merged_metadata
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.errors import Invalid


async def create(account: Account, said: dict[str, Any]) -> Object:
    charge = await _charge(account, said)
    left = charge["amount"] - charge["amount_refunded"]
    is_disputed = await disputes.holds(account, charge)
    if is_disputed or left == 0:
        what = "has been charged back" if is_disputed else "has already been refunded"
        code = "charge_disputed" if is_disputed else "charge_already_refunded"
        raise Invalid(f"Charge {charge['id']} {what}.", "", code)
    amount = said.get("amount", left)
    if not 0 < amount <= left:
        message = f"Refund amount (${amount / 100:.2f}) is greater than unrefunded amount on charge"
        raise Invalid(f"{message} (${left / 100:.2f})", "amount")
    refund = await account.add(_refund(account, charge, amount, said), "refund.created")
    charge = await _count(account, charge, amount)
    await account.tell("charge.refunded", charge)
    if account.config.refund_seconds == 0:
        await settle(account, refund, arrives=True)
    return refund


async def settle(account: Account, refund: Object, *, arrives: bool) -> Object:
    """The bank of whoever paid has taken the money, or has sent it back."""
    if refund["status"] != "pending":
        return refund
    if arrives:
        await account.change(refund, "refund.updated", "charge.refund.updated", status="succeeded")
        return refund
    await account.change(refund, "refund.updated", status="failed", failure_reason="expired_or_canceled_card")
    await _count(account, await account.get(refund["charge"], "charge"), -refund["amount"])
    for event in ("refund.failed", "charge.refund.updated"):
        await account.tell(event, refund)
    return refund


async def _charge(account: Account, said: dict[str, Any]) -> Object:
    if "charge" in said:
        charge = await account.get(said["charge"], "charge", "charge")
    elif "payment_intent" in said:
        intent = await account.get(said["payment_intent"], "payment_intent", "payment_intent")
        charge = await account.find(intent["latest_charge"])
    else:
        raise Invalid(
            "One of the following params should be provided for this request: payment_intent or charge."
        )
    if charge is None or charge["status"] != "succeeded":
        raise Invalid("This PaymentIntent does not have a successful charge to refund.", "payment_intent")
    return charge


async def _count(account: Account, charge: Object, amount: int) -> Object:
    total = charge["amount_refunded"] + amount
    return await account.change(charge, amount_refunded=total, refunded=total == charge["amount"])


def _refund(account: Account, charge: Object, amount: int, said: dict[str, Any]) -> Object:
    due = account.now + account.config.refund_seconds
    card = blank("Refund.DestinationDetails.Card", reference_status="pending", type="refund")
    return blank(
        "Refund", id=ids.new("refund"), object="refund", amount=amount, charge=charge["id"],
        created=account.now,
        currency=charge["currency"], metadata=merged_metadata({}, said.get("metadata")),
        payment_intent=charge["payment_intent"], reason=said.get("reason"), status="pending",
        destination_details=blank("Refund.DestinationDetails", card=card, type="card"),
        _peer={"settles_at": due},
    )  # fmt: skip
