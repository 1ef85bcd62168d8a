"""Taking events to the endpoint: signed, in the order they happened, again and later until it says yes."""

import asyncio
import hashlib
import hmac
import json
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from gynergy_app import clock
from gynergy_app.local.auth.database import Pool, Row, find_row, list_rows
from gynergy_app.local.stripe.account import shown
from gynergy_app.local.stripe.config import StripeConfig

log = logging.getLogger(__name__)
AT_ONCE = 50
LONGEST_PAUSE_SECONDS = 300
GIVES_UP_AFTER_DAYS = 3
LONGEST_REST_SECONDS = 60.0

_DUE = """
    select d.number, d.attempts, o.data from stripe_peer.deliveries d
    join stripe_peer.objects o on o.id = d.event_id
    where d.state = 'waiting' and d.due_at <= clock_timestamp() order by d.due_at, d.number limit %s"""
_DONE = """
    with done as (
        update stripe_peer.deliveries set attempts = attempts + 1, answer = %s, state = case
                when %s then 'delivered'
                when made_at < now() - make_interval(days => %s) then 'given_up' else 'waiting' end,
            due_at = clock_timestamp() + make_interval(secs => least(power(2, attempts), %s))
        where number = %s and state <> 'withheld' returning event_id, state)
    update stripe_peer.objects set data = data || '{"pending_webhooks": 0}'
    from done where id = done.event_id and done.state = 'delivered'"""


@dataclass
class Courier:
    config: StripeConfig
    pool: Pool
    http: httpx.AsyncClient
    _called: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        self._called.set()

    async def run(self) -> None:
        """Deliver what is due, for ever. A database that is away delays everything and loses nothing."""
        while True:
            self._called.clear()
            rest = LONGEST_REST_SECONDS
            try:
                while self.config.is_delivering and await self.deliver_due():
                    pass
                rest = await self._until_next()
            except Exception:
                log.exception("Events could not be taken to the endpoint; trying again.")
                rest = 1.0
            with suppress(TimeoutError):
                async with asyncio.timeout(rest):
                    await self._called.wait()

    async def deliver_due(self) -> int:
        """One round; how many were tried."""
        async with self.pool.connection() as db:
            due = await list_rows(db, _DUE, AT_ONCE)
        for delivery in due:
            await self._deliver(delivery)
        return len(due)

    async def _deliver(self, delivery: Row) -> None:
        took, answer = await self._post(delivery["data"])
        async with self.pool.connection() as db:
            values = (answer, took, GIVES_UP_AFTER_DAYS, LONGEST_PAUSE_SECONDS, delivery["number"])
            await db.execute(_DONE, values)

    async def _post(self, event: dict[str, Any]) -> tuple[bool, str]:
        body = json.dumps(shown(event), separators=(",", ":")).encode()
        secret = self.config.webhook_secret.get_secret_value()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(body, secret, int(clock.now().timestamp())),
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        }
        try:
            answer = await self.http.post(self.config.webhook_url, content=body, headers=headers)
        except httpx.HTTPError as error:
            return False, type(error).__name__
        return answer.is_success, str(answer.status_code)

    async def _until_next(self) -> float:
        if not self.config.is_delivering:
            return LONGEST_REST_SECONDS
        query = """select extract(epoch from min(due_at) - clock_timestamp())::float as rest
                   from stripe_peer.deliveries where state = 'waiting'"""
        async with self.pool.connection() as db:
            row = await find_row(db, query)
        rest = row["rest"] if row else None
        return LONGEST_REST_SECONDS if rest is None else min(max(rest, 0.01), LONGEST_REST_SECONDS)


def signature(body: bytes, secret: str, at: int) -> str:
    """What `Stripe-Signature` says.

    >>> signature(b"{}", "whsec_1", 1)
    't=1,v1=f1ee2c2aeec54799513f774d06f9a665c3082cf76906ba81a8f7e543d31efaed'
    """
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
