"""What happens because its time has come: checkouts expire, trials end, debits and refunds settle."""

import asyncio
import logging
from dataclasses import dataclass

from psycopg import sql

from gynergy_app import clock
from gynergy_app.local.auth.database import Pool, list_rows
from gynergy_app.local.stripe import checkouts, refunds, settling, turning
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.config import StripeConfig
from gynergy_app.local.stripe.courier import Courier

log = logging.getLogger(__name__)
TICK_SECONDS = 2.0

_DUE = sql.SQL("""
    select id from stripe_peer.objects where
        (object = 'checkout.session' and data @> '{{"status": "open"}}'
            and (data->>'expires_at')::bigint <= {now})
        or (object = 'payment_intent' and data @> '{{"status": "processing"}}'
            and (data#>>'{{_peer,settles_at}}')::bigint <= {now})
        or (object = 'refund' and data @> '{{"status": "pending"}}'
            and (data#>>'{{_peer,settles_at}}')::bigint <= {now})
        or (object = 'subscription' and data->>'status' in ('trialing', 'active', 'past_due') and (
            (data#>>'{{items,data,0,current_period_end}}')::bigint <= {now}
            or (data->>'cancel_at')::bigint <= {now}
            or (data->>'status' = 'trialing' and not data @> '{{"_peer": {{"reminded": true}}}}'
                and (data->>'trial_end')::bigint <= {now} + 259200)
            or (data->>'status' = 'active' and data->>'cancel_at' is null
                and data#>>'{{_peer,announced_after}}' is distinct from data->>'latest_invoice'
                and (data#>>'{{items,data,0,current_period_end}}')::bigint <= {now} + 604800)
            or data->>'status' = 'past_due'))
    order by number""")


@dataclass
class Clockwork:
    config: StripeConfig
    pool: Pool
    courier: Courier

    async def run(self) -> None:
        while True:
            try:
                await self.tick()
            except Exception:
                log.exception("What was due could not be done; trying again.")
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        now = int(clock.now().timestamp())
        async with self.pool.connection() as db:
            due = await list_rows(db, _DUE.format(now=now))
            if not due:
                return
            account = Account(db, self.config, now)
            await account.hold()
            for row in due:
                if thing := await account.find(row["id"]):
                    await run_due(account, thing)
        self.courier.wake()


async def run_due(account: Account, thing: Object) -> None:
    """Look again now that nobody else changes anything: it may have been done meanwhile."""
    match thing["object"], thing["status"]:
        case "checkout.session", "open":
            await checkouts.expire(account, thing)
        case "payment_intent", "processing":
            await settling.settle(account, thing, holds=True)
        case "refund", "pending":
            await refunds.settle(account, thing, arrives=True)
        case "subscription", _:
            await turning.turn(account, thing)
