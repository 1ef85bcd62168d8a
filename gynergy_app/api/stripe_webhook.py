"""What Stripe tells us. It is believed for its signature alone, kept, and followed up by the worker.

Stripe sends neither cookies nor an origin, and none is asked for. Nothing happens here but one row: an answer
that is late is sent again, and whatever takes time would be done twice.
"""

import logging
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.db import as_visitor, elevated
from gynergy_app.domain.payments.inbox import Subject, subject_of
from gynergy_app.errors import GynergyError
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import BadSignature
from gynergy_app.repositories import rate_limits
from gynergy_app.services.payments import inbox, prices

log = logging.getLogger(__name__)

HEAVIEST_EVENT = 512 * 1024
"""Ten times what Stripe sends."""
REFUSED = "stripe-event-refused"
A_DAY = timedelta(days=1)


class TooHeavy(GynergyError):
    status = 413

    def __init__(self) -> None:
        super().__init__("No event is as large as this.")


async def receive(request: Request) -> Response:
    raw = await _read(request)
    try:
        event = stripe_billing.read_event(raw, request.headers.get("stripe-signature", ""))
    except BadSignature:
        await _count_refused()
        raise
    async with as_visitor() as db:
        await inbox.take_in(db, event, now=clock.now())
    if subject_of(event["type"]) is Subject.prices:
        prices.forget()
    return Response(status_code=200)


async def _read(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > HEAVIEST_EVENT:
            raise TooHeavy
    return bytes(body)


async def _count_refused() -> None:
    """Somebody is trying, or a secret does not fit: how often is worth knowing, what was said is not."""
    async with as_visitor() as db, elevated(db):
        counted = await rate_limits.count(db, REFUSED, A_DAY, clock.now())
    log.warning("Refused an event that Stripe did not sign, or signed too long ago: %d today.", counted.hits)


routes = [Route(paths.STRIPE_WEBHOOK, receive, methods=["POST"])]
