"""An invoice as its own page, with a way to pay what is still owed; and the receipt of a charge."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gynergy_app.local.stripe import customers, invoices, methods, turning
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.pages.drawing import at_work, day, message, money, page


async def show(request: Request) -> Response:
    async with at_work(request) as account:
        invoice = await account.find(request.path_params["id"], "invoice")
        return _page(invoice) if invoice else _nothing()


async def press(request: Request) -> Response:
    form = await request.form()
    async with at_work(request) as account:
        invoice = await account.find(request.path_params["id"], "invoice")
        if invoice is None:
            return _nothing()
        if invoice["status"] == "open":
            await _pay(account, invoice, methods.DECLINES if form.get("press") == "decline" else methods.PAYS)
        if invoice["status"] == "open":
            return _page(invoice, "The card was declined. Nothing was charged.")
        return RedirectResponse(request.url.path, 303)


async def receipt(request: Request) -> Response:
    async with at_work(request) as account:
        charge = await account.find(request.path_params["id"], "charge")
    if charge is None or not charge["paid"]:
        return _nothing()
    sentence = f"{money(charge['amount'])} on {day(charge['created'])}. Practice: no card was charged."
    return message("Receipt", sentence)


async def _pay_with(account: Account, invoice: Object, method: Object) -> Object:
    """Pay an open invoice by this, and let the subscription it belongs to go on."""
    customer = await account.get(invoice["customer"], "customer")
    await customers.pay_by(account, customer, method)
    details = (invoice["parent"] or {}).get("subscription_details")
    subscription = await account.find(details["subscription"]) if details else None
    if subscription is None:
        return await invoices.collect(account, invoice, method)
    await account.change(subscription, "customer.subscription.updated", default_payment_method=method["id"])
    await turning.retry(account, subscription, invoice)
    return invoice


async def _pay(account: Account, invoice: Object, behaviour: str) -> None:
    method = await methods.create(account, behaviour, invoice["customer_email"], invoice["customer_name"])
    await _pay_with(account, invoice, method)


def _page(invoice: Object, problem: str = "") -> Response:
    return page("invoice", invoice=invoice, problem=problem)


def _nothing() -> Response:
    return message("Nothing here", "There is no such document.", 404)
