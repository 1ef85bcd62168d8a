from gynergy_app.local.stripe import customers, lists, subscriptions
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call


async def create(call: Call) -> Object:
    return await customers.create(call.account, call.params)


async def find(call: Call) -> Object:
    return await lists.page(call.account, "customer", "/v1/customers", call.params)


async def show(call: Call) -> Object:
    """Even one who is deleted, as much as is left of her."""
    kept = await call.account.find(call.path["id"], "customer")
    return kept if kept and kept.get("deleted") else await call.account.get(call.path["id"], "customer")


async def update(call: Call) -> Object:
    return await customers.update(
        call.account, await call.account.get(call.path["id"], "customer"), call.params
    )


async def delete(call: Call) -> Object:
    """Her subscriptions end with her, at once."""
    customer = await call.account.get(call.path["id"], "customer")
    for subscription in await call.account.all("subscription", customer=customer["id"]):
        if subscription["status"] not in subscriptions.ENDED:
            await subscriptions.end(call.account, subscription, "cancellation_requested")
    return await customers.delete(call.account, customer)
