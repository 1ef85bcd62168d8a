"""Disputes: a bank takes money back in somebody's name, and sometimes returns it."""

from gynergy_app.local.stripe import ids
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.errors import Invalid

OPEN = ("needs_response", "under_review")
_ANSWER_DAYS = 9
_DAY = 86_400


async def open_for(account: Account, charge: Object, reason: str = "fraudulent") -> Object:
    if charge["disputed"] or not charge["paid"]:
        raise Invalid(f"Charge {charge['id']} cannot be disputed.", "charge")
    await account.change(charge, disputed=True)
    events = ("charge.dispute.created", "charge.dispute.funds_withdrawn")
    return await account.add(_dispute(account, charge, reason), *events)


async def close(account: Account, dispute: Object, *, won: bool) -> Object:
    if dispute["status"] not in OPEN:
        raise Invalid(f"This dispute is already closed: {dispute['status']}.")
    events = (
        ("charge.dispute.closed", "charge.dispute.funds_reinstated") if won else ("charge.dispute.closed",)
    )
    return await account.change(
        dispute,
        "charge.dispute.updated",
        *events,
        status="won" if won else "lost",
        is_charge_refundable=won,
    )


async def holds(account: Account, charge: Object) -> bool:
    """Whether a bank has its money or may keep it. Once that is won it can be refunded like any other."""
    known = await account.all("dispute", charge=charge["id"])
    return any(each["status"] != "won" for each in known)


def _dispute(account: Account, charge: Object, reason: str) -> Object:
    details = blank(
        "Dispute.EvidenceDetails", due_by=account.now + _ANSWER_DAYS * _DAY, enhanced_eligibility={},
        has_evidence=False, past_due=False, submission_count=0, submission_method="not_submitted",
    )  # fmt: skip
    return blank(
        "Dispute", id=ids.new("dispute"), object="dispute", amount=charge["amount"], balance_transactions=[],
        charge=charge["id"], created=account.now, currency=charge["currency"], enhanced_eligibility_types=[],
        evidence=blank("Dispute.Evidence", enhanced_evidence={}), evidence_details=details,
        is_charge_refundable=False, livemode=False, metadata={}, payment_intent=charge["payment_intent"],
        reason=reason, status="needs_response",
    )  # fmt: skip
