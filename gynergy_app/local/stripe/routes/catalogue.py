from psycopg import sql

from gynergy_app.local.stripe import catalogue, lists, promotions
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.call import Call


async def products(call: Call) -> Object:
    return await lists.page(call.account, "product", "/v1/products", call.params)


async def product(call: Call) -> Object:
    return await call.account.get(call.path["id"], "product")


async def prices(call: Call) -> Object:
    keys = call.params.pop("lookup_keys", None)
    named = [sql.SQL("data->>'lookup_key' = any({})").format(keys)] if keys else []
    return await lists.page(call.account, "price", "/v1/prices", call.params, *named)


async def price(call: Call) -> Object:
    return await call.account.get(call.path["id"], "price")


async def create_price(call: Call) -> Object:
    return await catalogue.create_price(call.account, call.params)


async def update_price(call: Call) -> Object:
    return await catalogue.update_price(call.account, await price(call), call.params)


async def update_product(call: Call) -> Object:
    return await catalogue.update_product(call.account, await product(call), call.params)


async def create_coupon(call: Call) -> Object:
    return await promotions.create_coupon(call.account, call.params)


async def coupon(call: Call) -> Object:
    return await call.account.get(call.path["id"], "coupon")


async def create_code(call: Call) -> Object:
    return await promotions.create_code(call.account, call.params)


async def codes(call: Call) -> Object:
    return await lists.page(call.account, "promotion_code", "/v1/promotion_codes", call.params)


async def code(call: Call) -> Object:
    return await call.account.get(call.path["id"], "promotion_code")


async def update_code(call: Call) -> Object:
    found = await call.account.get(call.path["id"], "promotion_code")
    return await promotions.update_code(call.account, found, call.params)
