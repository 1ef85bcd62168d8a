"""What Stripe tells us is believed for its signature alone, kept once, and followed up by the worker."""

import asyncio
import json
import logging
import time
from uuid import uuid4

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app import routes
from gynergy_app.api.stripe_webhook import HEAVIEST_EVENT, REFUSED
from gynergy_app.domain.payments.kinds import WebhookStatus
from gynergy_app.settings import settings
from tests.features.payments.peer import Json, Shop, signed
from tests.features.payments.shop import one, rows
from tests.stripe import WEBHOOK_SECRET


def an_event(kind: str = "topup.created", **thing: object) -> Json:
    about = {"id": f"tu_{uuid4().hex}", "object": kind.partition(".")[0], **thing}
    return {
        "id": f"evt_{uuid4().hex}",
        "object": "event",
        "type": kind,
        "created": int(time.time()),
        "data": {"object": about},
    }


async def kept(db: psycopg.AsyncConnection, event: Json) -> list[tuple]:
    query = "select status, event_type, object_id, attempts from webhook_events where event_id = %s"
    return list(await rows(db, query, event["id"]))


async def refused_today(db: psycopg.AsyncConnection) -> int:
    found = await rows(db, "select hits from private.rate_limits where key = %s", REFUSED)
    return found[0][0] if found else 0


async def test_a_signed_event_is_kept_and_wakes_the_worker(shop: Shop, owner_db: psycopg.AsyncConnection):
    event = an_event()

    answer = await shop.post(event)

    assert (answer.status_code, answer.content) == (200, b"")
    assert await kept(owner_db, event) == [("received", "topup.created", event["data"]["object"]["id"], 0)]
    jobs = """select count(*) from jobs.procrastinate_jobs j join webhook_events e
              on j.args ->> 'row_id' = e.id::text where e.event_id = %s"""
    assert await one(owner_db, jobs, event["id"]) == 1


async def test_told_five_times_at_once_it_is_kept_once(shop: Shop, owner_db: psycopg.AsyncConnection):
    event = an_event()

    answers = await asyncio.gather(*(shop.post(event) for _ in range(5)))

    assert [answer.status_code for answer in answers] == [200] * 5
    assert len(await kept(owner_db, event)) == 1


@pytest.mark.parametrize("secret", ["whsec_somebody_elses", "whsec_"])
async def test_what_stripe_did_not_sign_is_refused_and_counted(
    shop: Shop, secret: str, owner_db: psycopg.AsyncConnection, caplog: pytest.LogCaptureFixture
):
    event = an_event(secret_of_a_forger="never in a log")
    before = await refused_today(owner_db)

    with caplog.at_level(logging.DEBUG):
        answer = await shop.post(event, signed(json.dumps(event).encode(), secret))

    assert answer.status_code == 400
    assert await kept(owner_db, event) == []
    assert await refused_today(owner_db) == before + 1
    assert "never in a log" not in caplog.text


@pytest.mark.parametrize("header", ["", "t=,v1=", "t=1,v1=abc", "nonsense", "t=99999999999999999999,v1=0"])
async def test_a_header_that_is_none_is_refused(shop: Shop, header: str):
    assert (await shop.post(an_event(), header)).status_code == 400


async def test_an_old_signature_is_refused(shop: Shop):
    event = an_event()
    body = json.dumps(event).encode()
    stale = int(time.time()) - 301
    import stripe

    digest = stripe.WebhookSignature._compute_signature(f"{stale}.{body.decode()}", WEBHOOK_SECRET)

    assert (await shop.post(event, f"t={stale},v1={digest}")).status_code == 400


async def test_a_word_changed_on_the_way_is_refused(shop: Shop):
    event = an_event()
    signature = signed(json.dumps(event).encode())
    event["type"] = "invoice.paid"

    assert (await shop.post(event, signature)).status_code == 400


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b'"event"', b"{}"])
async def test_what_is_signed_and_no_event_is_refused(shop: Shop, body: bytes):
    headers = {"stripe-signature": signed(body)}

    assert (await shop.http.post(routes.STRIPE_WEBHOOK, content=body, headers=headers)).status_code == 400


async def test_while_a_secret_is_rolled_either_is_believed(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "stripe_webhook_secret_next", SecretStr("whsec_next"))
    for secret in (WEBHOOK_SECRET, "whsec_next"):
        event = an_event()
        assert (await shop.post(event, signed(json.dumps(event).encode(), secret))).status_code == 200


async def test_what_is_too_heavy_is_not_read_to_its_end(shop: Shop):
    answer = await shop.http.post(routes.STRIPE_WEBHOOK, content=b" " * (HEAVIEST_EVENT + 1))

    assert answer.status_code == 413


async def test_only_posting_is_answered(shop: Shop):
    assert (await shop.http.get(routes.STRIPE_WEBHOOK)).status_code == 405


async def test_another_sites_page_gains_nothing_by_it(shop: Shop):
    """No cookie is read and no origin asked for, so neither helps."""
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    answer = await shop.http.post(routes.STRIPE_WEBHOOK, json=an_event(), headers=foreign)

    assert answer.status_code == 400


async def test_an_unknown_type_is_kept_and_nothing_is_done(shop: Shop, owner_db: psycopg.AsyncConnection):
    event = an_event("issuing_card.created")

    await shop.follow([event])

    [(status, *_)] = await kept(owner_db, event)
    assert status == WebhookStatus.ignored


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        (
            "checkout.session.completed",
            {"object": "checkout.session", "id": "cs_of_nobody", "mode": "payment"},
        ),
        ("charge.refunded", {"object": "charge", "id": "ch_of_nobody", "payment_intent": "pi_of_nobody"}),
        ("customer.subscription.updated", {"object": "subscription", "id": "sub_of_nobody"}),
        ("invoice.paid", {"object": "invoice", "id": "in_of_nobody"}),
        ("invoice.upcoming", {"object": "invoice", "parent": None}),
        ("customer.deleted", {"object": "customer", "id": "cus_of_nobody"}),
        ("price.updated", {"object": "price", "id": "price_1"}),
        ("payment_method.automatically_updated", {"object": "payment_method", "id": "pm_1"}),
        ("customer.source.expiring", {"object": "card", "id": "card_1", "customer": "cus_of_nobody"}),
    ],
)
async def test_what_is_about_nothing_of_ours_is_done_with_at_once(
    shop: Shop, kind: str, thing: Json, owner_db: psycopg.AsyncConnection
):
    event = an_event(kind, **thing)
    event["data"]["object"] = thing

    await shop.follow([event])

    [(status, *_)] = await kept(owner_db, event)
    assert status == WebhookStatus.processed


async def test_the_endpoint_stands_behind_no_other_guard(shop: Shop):
    """The wrappers of the whole application let it through, and give its answer their headers."""
    from gynergy_app import headers
    from gynergy_app.api import create_api
    from gynergy_app.api.desks import keep_to_admins

    app = headers.secure_headers(headers.pretty_paths(headers.without_uploads(keep_to_admins(create_api()))))
    event = an_event()
    body = json.dumps(event).encode()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http:
        answer = await http.post(
            routes.STRIPE_WEBHOOK, content=body, headers={"stripe-signature": signed(body)}
        )

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
