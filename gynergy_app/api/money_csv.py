"""What the money desks list, as files: exactly the rows that the same address shows."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.api.auth.posting import get_caller
from gynergy_app.api.table_csv import Cell, amount, table
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.listing import PurchaseFilter, SubscriptionFilter
from gynergy_app.errors import NotAllowed
from gynergy_app.repositories.desk_purchases import ListedPurchase
from gynergy_app.repositories.desk_subscriptions import ListedSubscription
from gynergy_app.services.desks import purchases, subscriptions

Row = TypeVar("Row")

PURCHASES = (
    "Order", "Name", "E-mail", "Account", "What", "Status", "Currency", "Paid", "Gone back",
    "On its way back", "Begun", "Paid on", "Refunded on", "Stripe payment",
)  # fmt: skip
SUBSCRIPTIONS = (
    "Subscription", "Name", "E-mail", "Account", "Status", "Currency", "Amount", "Interval", "Begun",
    "Paid until", "Trial until", "Ends then", "Card refused since", "Cancelled on", "Ended on", "Paid",
    "Gone back",
)  # fmt: skip


async def download_purchases(request: Request) -> Response:
    who = await _admin(request)
    asked = PurchaseFilter.read(request.query_params, who.timezone)
    async with as_member(who.id) as db:
        rows = _each(_purchase, purchases.every(db, asked))
        return await table(PURCHASES, rows, zone=asked.zone, name=_name("purchases", who))


async def download_subscriptions(request: Request) -> Response:
    who = await _admin(request)
    asked = SubscriptionFilter.read(request.query_params)
    async with as_member(who.id) as db:
        rows = _each(_subscription, subscriptions.every(db, asked))
        return await table(SUBSCRIPTIONS, rows, zone=who.timezone, name=_name("subscriptions", who))


async def _admin(request: Request) -> Member:
    who = await get_caller(request)
    if not who.is_admin:
        raise NotAllowed("This file is for admins.")
    return who


def _name(what: str, who: Member) -> str:
    return f"gynergy-{what}-{clock.day_in(who.timezone, clock.now())}"


async def _each(
    draw: Callable[[Row], Iterable[Cell]], found: AsyncIterator[Row]
) -> AsyncIterator[Iterable[Cell]]:
    async for row in found:
        yield draw(row)


def _purchase(row: ListedPurchase) -> Iterable[Cell]:
    return (
        str(row.id), row.name, row.member_email or row.email, "member" if row.user_id else "guest",
        row.purchase_type, row.status, row.currency, amount(row.amount_cents if row.has_arrived else 0),
        amount(row.back_cents), amount(row.under_way_cents), row.created_at, row.purchased_at,
        row.refunded_at, row.stripe_payment_intent_id,
    )  # fmt: skip


def _subscription(row: ListedSubscription) -> Iterable[Cell]:
    return (
        row.stripe_subscription_id, row.name, row.email, str(row.user_id or ""), row.status, row.currency,
        amount(row.amount_cents), row.interval, row.created_at, row.current_period_end, row.trial_end,
        "yes" if row.cancel_at_period_end else "no", row.past_due_since, row.canceled_at, row.ended_at,
        amount(row.paid_cents), amount(row.back_cents),
    )  # fmt: skip


routes = [
    Route(paths.ADMIN_PURCHASES_CSV, download_purchases, methods=["GET"]),
    Route(paths.ADMIN_SUBSCRIPTIONS_CSV, download_subscriptions, methods=["GET"]),
]
