"""Looks back at what Stripe says, every quarter of an hour and when an admin asks."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.errors import GynergyError
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments import reconciling
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold, ask_more
from gynergy_app.services.payments.reconciling import Report
from gynergy_app.settings import settings

log = logging.getLogger(__name__)
EVENTS_AT_ONCE = 200


@queue.task(name=reconciling.BY_ITSELF, queueing_lock=reconciling.BY_ITSELF)
async def look_back(timestamp: int) -> None:
    await reconcile()


@queue.task(name=reconciling.TASK)
async def reconcile_payments() -> None:
    """The button at the desk."""
    await reconcile()


async def reconcile() -> Report | None:
    """One round. Whatever it came to is written down, also when Stripe went away in the middle."""
    if settings.missing("stripe_secret_key"):
        return None
    report = Report(began_at=clock.now())
    try:
        await _events(report)
        await _purchases(report)
        await _subscriptions(report)
        await _invoices(report)
    except GynergyError as error:
        report.trouble = str(error)
        log.warning("Looking back at payments ended early: %s", error)
    async with as_service() as db:
        await reconciling.keep(db, report, now=clock.now())
    if report.differences:
        log.warning("Looking back found %d differences and set them right.", len(report.differences))
    return report


async def _events(report: Report) -> None:
    events = await reconciling.list_events(clock.now())
    for at in range(0, len(events), EVENTS_AT_ONCE):
        async with as_service() as db:
            batch = events[at : at + EVENTS_AT_ONCE]
            await reconciling.take_in_missed(db, report, batch, now=clock.now())


async def _purchases(report: Report) -> None:
    async with as_service() as db:
        checkouts = await reconciling.unsettled_checkouts(db, now=clock.now())
    for checkout_id in checkouts:
        told = await reconciling.look_at_checkout(checkout_id, await _moment())
        if told is None:
            continue
        async with as_service() as db:
            await reconciling.settle_checkout(db, report, checkout_id, told, now=clock.now())


async def _subscriptions(report: Report) -> None:
    async for told in _told_subscriptions():
        async with as_service() as db:
            await reconciling.settle_subscription(db, report, told, now=clock.now())


async def _invoices(report: Report) -> None:
    """Of subscriptions for which no payment is known."""
    async with as_service() as db:
        rows = await reconciling.without_payments(db)
    for row in rows:
        for invoice_id in await reconciling.list_paid_invoices(row.stripe_subscription_id):
            told = await reconciling.look_at_invoice(invoice_id, await _moment())
            if told is None:
                continue
            async with as_service() as db:
                await reconciling.settle_invoice(db, report, told, now=clock.now())


async def _told_subscriptions() -> AsyncIterator[SubscriptionTold]:
    """All that live at Stripe, and those that live only here any more."""
    asked_at = await _moment()
    listed = {each["id"]: each for each in await reconciling.list_subscriptions()}
    for subscription in listed.values():
        yield await ask_more(subscription, asked_at)
    async with as_service() as db:
        rows = await reconciling.living(db)
    for row in rows:
        if row.stripe_subscription_id in listed:
            continue
        if told := await reconciling.look_at_subscription(row.stripe_subscription_id, await _moment()):
            yield told


async def _moment() -> datetime:
    async with as_service() as db:
        return await webhook_events.moment(db)
