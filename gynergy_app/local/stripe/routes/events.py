from psycopg import sql

from gynergy_app.local.stripe import lists
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call

_REACHED = sql.SQL("data @> '{\"pending_webhooks\": 0}'")


async def find(call: Call) -> Object:
    params, conditions = call.params, []
    if types := params.pop("types", None):
        conditions.append(sql.SQL("data->>'type' = any({})").format(types))
    reached = params.pop("delivery_success", None)
    if reached is not None:
        conditions.append(_REACHED if reached else sql.SQL("not ") + _REACHED)
    if (kind := params.get("type", "")).endswith(".*"):
        del params["type"]
        conditions.append(sql.SQL("starts_with(data->>'type', {})").format(kind.removesuffix("*")))
    return await lists.page(call.account, "event", "/v1/events", params, *conditions)


async def show(call: Call) -> Object:
    return await call.account.get(call.path["id"], "event")
