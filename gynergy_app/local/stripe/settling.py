"""What follows when a bank has spoken about a debit, days after somebody pressed the button."""

from gynergy_app.local.stripe import invoices, paying, payments
from gynergy_app.local.stripe.account import Account, Object


async def settle(account: Account, intent: Object, *, holds: bool) -> None:
    await payments.settle(account, intent, holds=holds)
    if invoice := await invoices.paid_by(account, intent):
        await _settle_invoice(account, invoice, holds=holds)
    for session in await account.all("checkout.session", payment_intent=intent["id"]):
        await _settle_checkout(account, session, intent, holds=holds)


async def _settle_checkout(account: Account, session: Object, intent: Object, *, holds: bool) -> None:
    if not holds:
        await account.tell("checkout.session.async_payment_failed", session)
        return
    if customer := await account.find(session["customer"]):
        invoice = await paying.bill_once(account, session, customer, intent)
        session["invoice"] = invoice["id"] if invoice else None
    await account.change(session, "checkout.session.async_payment_succeeded", payment_status="paid")


async def _settle_invoice(account: Account, invoice: Object, *, holds: bool) -> None:
    await (invoices.paid if holds else invoices.failed)(account, invoice)
    details = (invoice["parent"] or {}).get("subscription_details")
    subscription = await account.find(details["subscription"]) if details else None
    status = "active" if holds else "past_due"
    if subscription and subscription["status"] in ("active", "past_due") and subscription["status"] != status:
        await account.change(subscription, "customer.subscription.updated", status=status)
    for session in await account.all("checkout.session", invoice=invoice["id"], payment_status="unpaid"):
        if holds:
            await account.change(session, "checkout.session.async_payment_succeeded", payment_status="paid")
        else:
            await account.tell("checkout.session.async_payment_failed", session)
