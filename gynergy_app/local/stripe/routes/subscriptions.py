from psycopg import sql

from gynergy_app.local.stripe import changing, lists
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call

_ALL = sql.SQL("true")
_LIVING = sql.SQL("data->>'status' not in ('canceled', 'incomplete_expired')")
_ENDED = sql.SQL("data->>'status' in ('canceled', 'incomplete_expired')")


async def find(call: Call) -> Object:
    """As Stripe does, without the canceled ones unless they are asked for."""
    params = call.params
    wanted = params.get("status")
    condition = {None: _LIVING, "all": _ALL, "ended": _ENDED}.get(wanted, _ALL)
    if wanted in ("all", "ended"):
        del params["status"]
    return await lists.page(call.account, "subscription", "/v1/subscriptions", params, condition)


async def show(call: Call) -> Object:
    return await call.account.get(call.path["id"], "subscription")


async def update(call: Call) -> Object:
    return await changing.update(call.account, await show(call), call.params)


async def resume(call: Call) -> Object:
    return await changing.resume(call.account, await show(call))


async def cancel(call: Call) -> Object:
    return await changing.cancel(call.account, await show(call), call.params)
