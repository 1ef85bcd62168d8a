"""The portal: somebody looks after her subscription herself."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gynergy_app.local.stripe import changing, customers, methods, portals, subscriptions, turning
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.errors import StripeError
from gynergy_app.local.stripe.pages.drawing import at_work, message, page

_KIND = "billing_portal.session"
_CARDS = {"card": methods.PAYS, "bad_card": methods.DECLINES}


async def show(request: Request) -> Response:
    async with at_work(request) as account:
        portal = await _living(account, request.path_params["id"])
        return await _page(account, portal) if portal else _nothing()


async def press(request: Request) -> Response:
    form = await request.form()
    async with at_work(request) as account:
        portal = await _living(account, request.path_params["id"])
        if portal is None:
            return _nothing()
        button, _, price = str(form.get("press", "")).partition(":")
        try:
            await _do(account, portal, button, price, str(form.get("subscription", "")))
        except StripeError as problem:
            return await _page(account, portal, problem.body["error"]["message"])
        return RedirectResponse(_way_on(request, portal), 303)


async def _do(account: Account, portal: Object, button: str, price: str, subscription_id: str) -> None:
    customer = await account.get(portal["customer"], "customer")
    if button in _CARDS:
        await _new_card(account, customer, _CARDS[button])
        return
    subscription = await account.get(subscription_id, "subscription")
    if subscription["customer"] != customer["id"]:
        return
    if button in ("cancel", "resume"):
        await changing.update(account, subscription, {"cancel_at_period_end": button == "cancel"})
    elif button == "switch":
        item = {"id": subscriptions.item_of(subscription)["id"], "price": price}
        await changing.update(account, subscription, {"items": [item]})


async def _new_card(account: Account, customer: Object, behaviour: str) -> None:
    """Hers from now on, for her subscriptions too; what is owed is tried with it at once."""
    method = await methods.create(account, behaviour, customer["email"], customer["name"])
    await customers.pay_by(account, customer, method)
    for subscription in await _living_subscriptions(account, customer):
        await account.change(
            subscription, "customer.subscription.updated", default_payment_method=method["id"]
        )
        for owed in await subscriptions.open_invoices(account, subscription):
            await turning.retry(account, subscription, owed)


async def _page(account: Account, portal: Object, problem: str = "") -> Response:
    customer = await account.get(portal["customer"], "customer")
    method = await account.find(customers.default_method(customer))
    found = await _living_subscriptions(account, customer)
    prices = [price for price in await account.all("price", type="recurring") if price["active"]]
    return page(
        "portal",
        portal=portal,
        flow=(portal["flow"] or {}).get("type", ""),
        customer=customer,
        card=methods.label(method) if method else "",
        held=[(each, subscriptions.item_of(each)) for each in found],
        prices=prices,
        invoices=await account.all("invoice", customer=customer["id"]),
        problem=problem,
    )


async def _living(account: Account, portal_id: str) -> Object | None:
    portal = await account.find(portal_id, _KIND)
    return None if portal is None or portals.has_expired(account, portal) else portal


async def _living_subscriptions(account: Account, customer: Object) -> list[Object]:
    found = await account.all("subscription", customer=customer["id"])
    return [each for each in found if each["status"] not in subscriptions.ENDED]


def _way_on(request: Request, portal: Object) -> str:
    """A flow leads back when it is done; the portal itself stays."""
    after = (portal["flow"] or {}).get("after_completion", {})
    if after.get("type") == "redirect":
        return after["redirect"]["return_url"]
    return request.url.path


def _nothing() -> Response:
    return message("Too late", "This address was good for an hour. Open the portal again from the site.", 404)
