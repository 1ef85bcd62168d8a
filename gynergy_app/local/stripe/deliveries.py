"""What the operator page can do to events on their way: again, twice, later, in another order, not at all."""

from psycopg import sql

from gynergy_app.local.auth.database import Row, list_rows
from gynergy_app.local.stripe.account import WITHHOLDING, Account

ORDERS = {"oldest": sql.SQL("number"), "newest": sql.SQL("number desc"), "shuffled": sql.SQL("random()")}
_NEWEST = """
    select o.id, o.data->>'type' as kind, (o.data->>'created')::bigint as created,
        o.data#>>'{data,object,id}' as about,
        coalesce(jsonb_agg(jsonb_build_object('state', d.state, 'attempts', d.attempts, 'answer', d.answer)
            order by d.number) filter (where d.number is not null), '[]') as deliveries
    from stripe_peer.objects o left join stripe_peer.deliveries d on d.event_id = o.id
    where o.object = 'event' group by o.id, o.number, o.data order by o.number desc limit %s"""


async def newest(account: Account, count: int) -> list[Row]:
    return await list_rows(account.db, _NEWEST, count)


async def again(account: Account, event_id: str) -> None:
    """One more delivery of this event, at once."""
    await account.get(event_id, "event")
    await account.db.execute(
        "insert into stripe_peer.deliveries (event_id, state) values (%s, 'waiting')", (event_id,)
    )


async def withhold(account: Account, event_id: str) -> None:
    await account.db.execute(
        "update stripe_peer.deliveries set state = 'withheld' where event_id = %s and state = 'waiting'",
        (event_id,),
    )


async def release(account: Account, event_id: str) -> None:
    await account.db.execute(
        "update stripe_peer.deliveries set state = 'waiting', due_at = clock_timestamp()"
        " where event_id = %s and state = 'withheld'",
        (event_id,),
    )


async def release_all(account: Account, order: str) -> None:
    """Everything withheld, in this order; what happens from now on is delivered as it happens."""
    await account.turn(WITHHOLDING, on=False)
    ranked = sql.SQL("select number, row_number() over (order by {}) as place from stripe_peer.deliveries")
    await account.db.execute(
        sql.SQL(
            "update stripe_peer.deliveries d set state = 'waiting',"
            " due_at = clock_timestamp() - interval '1 hour' + ranked.place * interval '1 ms'"
            " from ({}) ranked where ranked.number = d.number and d.state = 'withheld'"
        ).format(ranked.format(ORDERS[order]))
    )
