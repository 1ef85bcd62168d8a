"""Payment intents and their charges: what somebody means to pay, and each time it was tried."""

from typing import Any

from gynergy_app.local.stripe import ids, methods
from gynergy_app.local.stripe.account import Account, Object, hidden
from gynergy_app.local.stripe.blanks import blank

DAY = 86_400
_DECLINED = {"code": "card_declined", "decline_code": "generic_decline", "message": "Your card was declined."}
_RETURNED = {
    "code": "insufficient_funds",
    "decline_code": "insufficient_funds",
    "message": "The customer's bank account has insufficient funds.",
}


async def intend(account: Account, amount: int, customer: str | None, **about: Any) -> Object:
    intent = blank(
        "PaymentIntent",
        id=ids.new("payment_intent"),
        object="payment_intent",
        amount=amount,
        amount_capturable=0,
        amount_details={"tip": {}},
        amount_received=0,
        automatic_payment_methods=None,
        capture_method="automatic_async",
        confirmation_method="automatic",
        created=account.now,
        currency="usd",
        customer=customer,
        livemode=False,
        metadata={},
        payment_method_options={},
        payment_method_types=["card", "us_bank_account"],
        status="requires_payment_method",
    )
    intent |= {"client_secret": f"{intent['id']}_secret_practice", **about}
    return await account.add(intent, "payment_intent.created")


async def attempt(account: Account, intent: Object, method: Object, email: str | None = None) -> Object:
    """Try to take the money. The intent says how it went: succeeded, processing, requires_payment_method."""
    match methods.behaviour(method):
        case methods.PAYS:
            charge = await _charge(account, intent, method, email, "succeeded")
            await account.tell("charge.succeeded", charge)
            return await _succeed(account, intent, charge)
        case methods.SETTLES_LATER:
            charge = await _charge(account, intent, method, email, "pending")
            await account.tell("charge.pending", charge)
            due = account.now + account.config.debit_days * DAY
            return await account.change(
                intent,
                "payment_intent.processing",
                status="processing",
                latest_charge=charge["id"],
                payment_method=method["id"],
                last_payment_error=None,
                _peer={**intent.get("_peer", {}), "settles_at": due},
            )
    charge = await _charge(account, intent, method, email, "failed")
    return await _fail(account, intent, charge, method, _DECLINED)


async def settle(account: Account, intent: Object, *, holds: bool) -> Object:
    """The bank has spoken. What hangs on this payment follows in `settling`."""
    charge = await account.get(intent["latest_charge"], "charge")
    method = await account.get(charge["payment_method"], "payment_method")
    if not holds:
        return await _fail(account, intent, charge, method, _RETURNED)
    await account.change(
        charge,
        "charge.succeeded",
        status="succeeded",
        paid=True,
        amount_captured=charge["amount"],
        captured=True,
    )
    return await _succeed(account, intent, charge)


def settles_at(intent: Object) -> int:
    return hidden(intent, "settles_at") or 0


async def _succeed(account: Account, intent: Object, charge: Object) -> Object:
    return await account.change(
        intent,
        "payment_intent.succeeded",
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        payment_method=charge["payment_method"],
        last_payment_error=None,
    )


async def _fail(
    account: Account, intent: Object, charge: Object, method: Object, why: dict[str, Any]
) -> Object:
    await account.change(
        charge, "charge.failed", status="failed", paid=False, captured=False, amount_captured=0,
        failure_code=why["code"], failure_message=why["message"],
        outcome=_outcome("declined_by_network", "issuer_declined", why["message"]),
    )  # fmt: skip
    error = blank(
        "PaymentIntent.LastPaymentError", charge=charge["id"], type="card_error", payment_method=method, **why
    )
    return await account.change(
        intent, "payment_intent.payment_failed", status="requires_payment_method",
        latest_charge=charge["id"], payment_method=None, last_payment_error=error,
    )  # fmt: skip


async def _charge(account: Account, intent: Object, method: Object, email: str | None, status: str) -> Object:
    has_worked = status == "succeeded"
    billing = method["billing_details"]
    charge = blank(
        "Charge",
        id=ids.new("charge"),
        object="charge",
        amount=intent["amount"],
        amount_captured=intent["amount"] if has_worked else 0,
        amount_refunded=0,
        billing_details=billing,
        captured=has_worked,
        created=account.now,
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        disputed=False,
        fraud_details={},
        livemode=False,
        metadata=intent["metadata"],
        outcome=_outcome("approved_by_network", None, "Payment complete.") if has_worked else None,
        paid=has_worked,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=methods.details(method),
        receipt_email=email or intent["receipt_email"],
        refunded=False,
        status=status,
    )
    charge["receipt_url"] = f"{account.config.external_url}/receipts/{charge['id']}"
    return await account.add(charge)


def _outcome(network_status: str, reason: str | None, message: str) -> Object:
    kind = "authorized" if reason is None else "issuer_declined"
    return blank(
        "Charge.Outcome", network_status=network_status, reason=reason and "generic_decline",
        risk_level="normal",
        risk_score=12, seller_message=message, type=kind,
    )  # fmt: skip
