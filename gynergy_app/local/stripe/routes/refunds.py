from gynergy_app.local.stripe import lists, refunds
from gynergy_app.local.stripe.account import Object, merged_metadata
from gynergy_app.local.stripe.call import Call


async def create(call: Call) -> Object:
    return await refunds.create(call.account, call.params)


async def find(call: Call) -> Object:
    return await lists.page(call.account, "refund", "/v1/refunds", call.params)


async def show(call: Call) -> Object:
    return await call.account.get(call.path["id"], "refund")


async def update(call: Call) -> Object:
    refund = await show(call)
    metadata = merged_metadata(refund["metadata"], call.params.get("metadata"))
    return await call.account.change(refund, "refund.updated", metadata=metadata)


async def disputes(call: Call) -> Object:
    return await lists.page(call.account, "dispute", "/v1/disputes", call.params)


async def dispute(call: Call) -> Object:
    return await call.account.get(call.path["id"], "dispute")
