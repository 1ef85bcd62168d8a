"""Lists as Stripe gives them: newest first, a hundred at most, from before or after something."""

from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

from gynergy_app.local.auth.database import find_row, list_rows
from gynergy_app.local.stripe.account import Account, Object, shown
from gynergy_app.local.stripe.errors import Invalid, Missing

_COMPARED = {"gt": sql.SQL(">"), "gte": sql.SQL(">="), "lt": sql.SQL("<"), "lte": sql.SQL("<=")}
_PAGING = ("limit", "starting_after", "ending_before", "expand", "created")


def as_list(url: str, things: list[Object], *, has_more: bool = False) -> Object:
    return {"object": "list", "url": url, "has_more": has_more, "data": [shown(thing) for thing in things]}


async def page(
    account: Account, kind: str, url: str, params: dict[str, Any], *more: sql.Composable, **equal: Any
) -> Object:
    """The page these parameters ask for. `equal` is what every object on it holds; `more` are conditions."""
    conditions = [sql.SQL("object = {}").format(kind), sql.SQL("not data ? 'deleted'"), *more]
    conditions.append(sql.SQL("data @> {}").format(Jsonb({**_equal(params), **equal})))
    conditions += _created(params.get("created"))
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise Invalid(f"This value must be between 1 and 100 (it currently is '{limit}').", "limit")
    backwards = "ending_before" in params
    for name, sign in (("starting_after", "lt"), ("ending_before", "gt")):
        if name in params:
            number = await _number(account, params[name], kind, name)
            conditions.append(sql.SQL("number {} {}").format(_COMPARED[sign], number))
    query = sql.SQL("select data from stripe_peer.objects where {} order by number {} limit {}").format(
        sql.SQL(" and ").join(conditions), sql.SQL("asc" if backwards else "desc"), limit + 1
    )
    found = [row["data"] for row in await list_rows(account.db, query)]
    shortened = found[:limit][::-1] if backwards else found[:limit]
    return as_list(url, shortened, has_more=len(found) > limit)


def _equal(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in _PAGING}


def _created(asked: Any) -> list[sql.Composed]:
    if asked is None:
        return []
    bounds = asked.items() if isinstance(asked, dict) else [("gte", asked), ("lte", asked)]
    return [
        sql.SQL("(data->>'created')::bigint {} {}").format(_COMPARED[name], moment) for name, moment in bounds
    ]


async def _number(account: Account, object_id: str, kind: str, param: str) -> int:
    query = "select number from stripe_peer.objects where id = %s and object = %s"
    row = await find_row(account.db, query, object_id, kind)
    if row is None:
        raise Missing(kind, object_id, param)
    return row["number"]
