from gynergy_app.local.stripe import lists, previews
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call


async def find(call: Call) -> Object:
    """Those of one subscription too, though an invoice names it deep inside."""
    named = call.params.pop("subscription", None)
    deep = {"parent": {"subscription_details": {"subscription": named}}} if named else {}
    return await lists.page(call.account, "invoice", "/v1/invoices", call.params, **deep)


async def show(call: Call) -> Object:
    return await call.account.get(call.path["id"], "invoice")


async def preview(call: Call) -> Object:
    return await previews.create(call.account, call.params)


async def payments(call: Call) -> Object:
    return await lists.page(call.account, "invoice_payment", "/v1/invoice_payments", call.params)


async def payment(call: Call) -> Object:
    return await call.account.get(call.path["id"], "invoice_payment")
