"""The account's objects, as one transaction reads and changes them and tells of it.

What only this server knows about an object (how a card will behave, when money arrives) is kept inside it
under `_peer` and never shown.
"""

import copy
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

from gynergy_app.local.auth.database import Db, find_row, list_rows
from gynergy_app.local.stripe import ids
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.config import StripeConfig
from gynergy_app.local.stripe.errors import Missing

Object = dict[str, Any]
API_VERSION = "2026-10-28.endive"
WITHHOLDING = "withholding"
_LOCK = 4_242_001
_TOLD = """
    with told as (insert into stripe_peer.objects (id, object, data) values (%s, 'event', %s))
    insert into stripe_peer.deliveries (event_id, state)
    select %s, case when exists (select from stripe_peer.switches where name = %s and is_on)
        then 'withheld' else 'waiting' end
    where %s <> ''"""


@dataclass
class Account:
    db: Db
    config: StripeConfig
    now: int
    """Seconds since 1970, as Stripe counts."""
    request_id: str | None = None
    idempotency_key: str | None = None

    async def hold(self) -> None:
        """One change at a time: what is read from here on stays true until the transaction ends."""
        await self.db.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))

    # -- Looking

    async def find(self, object_id: str | None, kind: str | None = None) -> Object | None:
        if not object_id:
            return None
        row = await find_row(self.db, "select data from stripe_peer.objects where id = %s", object_id)
        return row["data"] if row and kind in (None, row["data"]["object"]) else None

    async def get(self, object_id: str, kind: str, param: str = "id") -> Object:
        found = await self.find(object_id, kind)
        if found is None or found.get("deleted"):
            raise Missing(kind, object_id, param)
        return found

    async def all(self, kind: str, **equal: Any) -> list[Object]:
        """Newest first, those that hold all of this."""
        rows = await list_rows(
            self.db,
            "select data from stripe_peer.objects where object = %s and data @> %s order by number desc",
            kind,
            Jsonb(equal),
        )
        return [row["data"] for row in rows]

    # -- Changing

    async def add(self, thing: Object, *events: str) -> Object:
        await self.db.execute(
            "insert into stripe_peer.objects (id, object, data) values (%s, %s, %s)",
            (thing["id"], thing["object"], Jsonb(thing)),
        )
        for event in events:
            await self.tell(event, thing)
        return thing

    async def change(self, thing: Object, *events: str, **fields: Any) -> Object:
        """Set these fields; each event says what they were. Other changes made to `thing` are kept too."""
        before = {name: thing.get(name) for name, value in fields.items() if thing.get(name) != value}
        thing |= copy.deepcopy(fields)
        await self.db.execute(
            "update stripe_peer.objects set data = %s where id = %s", (Jsonb(thing), thing["id"])
        )
        for event in events:
            await self.tell(event, thing, before if event.endswith(".updated") else None)
        return thing

    async def remember(self, thing: Object, **hidden: Any) -> Object:
        """Note something only this server knows."""
        return await self.change(thing, _peer={**thing.get("_peer", {}), **hidden})

    # -- Telling

    async def tell(self, kind: str, thing: Object, before: Object | None = None) -> None:
        data = {"object": shown(thing)} | ({"previous_attributes": before} if before is not None else {})
        event = blank(
            "Event", id=ids.new("event"), object="event", api_version=API_VERSION, created=self.now,
            data=data,
            livemode=False, pending_webhooks=int(bool(self.config.webhook_url)), type=kind,
            request={"id": self.request_id, "idempotency_key": self.idempotency_key},
        )  # fmt: skip
        told = (event["id"], Jsonb(event), event["id"], WITHHOLDING, self.config.webhook_url)
        await self.db.execute(_TOLD, told)

    async def is_on(self, switch: str) -> bool:
        row = await find_row(self.db, "select is_on from stripe_peer.switches where name = %s", switch)
        return bool(row and row["is_on"])

    async def turn(self, switch: str, *, on: bool) -> None:
        await self.db.execute(
            sql.SQL(
                "insert into stripe_peer.switches (name, is_on) values (%s, %s)"
                " on conflict (name) do update set is_on = excluded.is_on"
            ),
            (switch, on),
        )


def shown(thing: Any) -> Any:
    """A copy without what only this server knows."""
    if isinstance(thing, dict):
        return {name: shown(value) for name, value in thing.items() if name != "_peer"}
    return [shown(each) for each in thing] if isinstance(thing, list) else thing


def hidden(thing: Object, name: str) -> Any:
    return thing.get("_peer", {}).get(name)


def merged_metadata(known: dict[str, str] | None, said: Any) -> dict[str, str]:
    """What is said replaces, an empty text removes, and an empty text for all of it removes everything."""
    if said == "":
        return {}
    return {name: value for name, value in {**(known or {}), **(said or {})}.items() if value != ""}
