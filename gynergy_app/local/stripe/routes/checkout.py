from gynergy_app.local.stripe import checkouts, expand, lists
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call

_KIND = "checkout.session"


async def create(call: Call) -> Object:
    return await checkouts.create(call.account, call.params)


async def find(call: Call) -> Object:
    return await lists.page(call.account, _KIND, "/v1/checkout/sessions", call.params)


async def show(call: Call) -> Object:
    return await call.account.get(call.path["id"], _KIND)


async def expire(call: Call) -> Object:
    return await checkouts.expire(call.account, await call.account.get(call.path["id"], _KIND))


async def line_items(call: Call) -> Object:
    return await expand.line_items(call.account, await call.account.get(call.path["id"], _KIND))
