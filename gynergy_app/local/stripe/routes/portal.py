from gynergy_app.local.stripe import portals
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call


async def create(call: Call) -> Object:
    return await portals.create(call.account, call.params)
