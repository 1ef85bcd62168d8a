from gynergy_app.local.stripe import lists
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call


async def intents(call: Call) -> Object:
    return await lists.page(call.account, "payment_intent", "/v1/payment_intents", call.params)


async def intent(call: Call) -> Object:
    return await call.account.get(call.path["id"], "payment_intent")


async def charges(call: Call) -> Object:
    return await lists.page(call.account, "charge", "/v1/charges", call.params)


async def charge(call: Call) -> Object:
    return await call.account.get(call.path["id"], "charge")


async def method(call: Call) -> Object:
    return await call.account.get(call.path["id"], "payment_method")
