"""Trouble on demand: the next requests that would change something meet it instead of an answer."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gynergy_app.local.auth.database import Pool, find_row
from gynergy_app.local.stripe.errors import StripeError

DROP_AFTER_COMMIT = "drop_after_commit"
KINDS = {
    DROP_AFTER_COMMIT: "It is done, and the answer is lost on the way",
    "503": "The service is away: nothing is done",
    "429": "Too many requests: nothing is done",
}


async def next_one(pool: Pool) -> str | None:
    """The fault this request meets, oldest first. Each is met as often as it was asked for."""
    async with pool.connection() as db:
        row = await find_row(
            db,
            "update stripe_peer.faults set remaining = remaining - 1 where number = ("
            " select number from stripe_peer.faults where remaining > 0 order by number for update limit 1"
            ") returning kind",
        )
        return row["kind"] if row else None


def refusal(fault: str | None) -> StripeError | None:
    if fault == "503":
        return StripeError(503, "api_error", "The service is temporarily unavailable.")
    if fault == "429":
        return StripeError(
            429, "invalid_request_error", "Too many requests in too short a time.", code="rate_limit"
        )
    return None


class CutOff(Response):
    """An answer that ends before it has begun: more is announced than ever comes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
