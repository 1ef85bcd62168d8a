"""The list of subscriptions: its address says which."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.payments.access import PAST_DUE_GRACE
from gynergy_app.domain.payments.figures import figure
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.domain.payments.listing import SubscriptionFilter
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.desk_subscriptions import Key, ListedSubscription, Sums
from gynergy_app.services.desks import subscriptions
from gynergy_app.services.desks.subscriptions import Found
from gynergy_app.state.admin.money_over_time import span_words
from gynergy_app.state.admin.money_words import SUBSCRIPTIONS, on_day, price

FIELDS = ("q", "status", "interval")


@dataclass(frozen=True)
class SubscriptionRow:
    id: str
    href: str
    who: str
    email: str
    price: str
    paid: str
    state: str
    kind: str
    next: str
    since: str
    stripe_id: str


@dataclass(frozen=True)
class Asked:
    search: str = ""
    status: str = ""
    interval: str = ""
    is_narrowed: bool = False


@dataclass(frozen=True)
class Answer:
    """`when` names the days that the list is about; empty for all of them."""

    sums: list[str] = field(default_factory=list)
    csv: str = ""
    when: str = ""


@admin_only
class SubscriptionsState(rx.State):
    is_loading: bool = True
    zone: str = "UTC"
    asked: Asked = Asked()
    answer: Answer = Answer()
    rows: list[SubscriptionRow] = []
    has_more: bool = False
    is_fetching: bool = False

    _filter: SubscriptionFilter = SubscriptionFilter()
    _last: Key | None = None

    @rx.event
    async def open(self):
        self.zone = member().timezone
        asked = self._filter = SubscriptionFilter.read(self.router.url.query_parameters)
        self.asked = Asked(
            asked.search, ",".join(asked.statuses), asked.interval or "", asked != SubscriptionFilter()
        )
        who = member()
        async with as_member(who.id) as db:
            found = await subscriptions.search(db, asked)
            sums = await subscriptions.add_up(db, asked)
        self._show(found)
        self.rows = _rows(found, who.timezone)
        csv = f"{routes.ADMIN_SUBSCRIPTIONS_CSV}?{asked.query}"
        self.answer = Answer([_sum(each) for each in sums], csv, _when(asked))
        self.is_loading = False

    @rx.event
    def look_for(self, form: dict[str, Any]):
        said = {name: str(form.get(name) or "") for name in FIELDS}
        return rx.redirect(f"{routes.ADMIN_SUBSCRIPTIONS}?{SubscriptionFilter.read(said).query}")

    @rx.event
    async def more(self):
        if self._last is None:
            return
        self.is_fetching = True
        yield
        who = member()
        async with as_member(who.id) as db:
            found = await subscriptions.search(db, self._filter, after=self._last)
        self._show(found)
        self.rows = [*self.rows, *_rows(found, who.timezone)]
        self.is_fetching = False

    def _show(self, found: Found) -> None:
        self._last, self.has_more = found.last, found.last is not None


def _sum(each: Sums) -> str:
    many = "One subscription" if each.count == 1 else f"{each.count:,} subscriptions"
    every = f"{many}: {price(each.cents, each.currency, each.interval)}."
    if not each.invoices and not each.back_cents:
        return every
    back = f", {figure(each.back_cents, each.currency)} went back" if each.back_cents else ""
    paid = f"{counted(each.invoices, 'invoice')}, {figure(each.paid_cents, each.currency)} paid{back}"
    return f"{every} {paid.capitalize()}."


def _moved(paid_cents: int, back_cents: int, currency: str) -> str:
    back = f", {figure(back_cents, currency)} back" if back_cents else ""
    return f"{figure(paid_cents, currency)}{back}" if paid_cents or back_cents else "–"


def _when(asked: SubscriptionFilter) -> str:
    if asked.first is None or asked.last is None:
        return ""
    whose = asked.zone.replace("_", " ")
    return f"For which money moved {span_words(asked.first, asked.last)}, days of {whose}."


def _rows(found: Found, zone: str) -> list[SubscriptionRow]:
    now = clock.now()
    return [_row(each, zone, now) for each in found.subscriptions]


def _row(row: ListedSubscription, zone: str, now: datetime) -> SubscriptionRow:
    state, kind = SUBSCRIPTIONS[row.status]
    return SubscriptionRow(
        id=str(row.id),
        href=routes.admin_member(str(row.user_id)) if row.user_id else "",
        who=row.name or row.email or "No longer known",
        email=row.email or "no account",
        price=price(row.amount_cents, row.currency, row.interval),
        paid=_moved(row.paid_cents, row.back_cents, row.currency),
        state=state,
        kind=kind,
        next=next_of(row, zone, now),
        since=on_day(row.created_at, zone, now),
        stripe_id=row.stripe_subscription_id,
    )


def next_of(row: Any, zone: str, now: datetime) -> str:
    """What comes next for a subscription, and when. `row` is one of the list, or of the table."""
    match row.status:
        case SubscriptionStatus.trialing:
            return f"trial until {on_day(row.trial_end, zone, now)}"
        case SubscriptionStatus.active if row.cancel_at_period_end:
            return f"ends {on_day(row.current_period_end, zone, now)}"
        case SubscriptionStatus.active:
            return f"renews {on_day(row.current_period_end, zone, now)}"
        case SubscriptionStatus.past_due if row.past_due_since:
            return f"writing closes {on_day(row.past_due_since + PAST_DUE_GRACE, zone, now)}"
        case SubscriptionStatus.canceled:
            return f"ended {on_day(row.ended_at or row.canceled_at, zone, now)}"
        case _:
            return "–"
