"""A member's money and her story, beside her days on her page at the desk."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.payments.stripe_words import money
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import money_of, timeline
from gynergy_app.services.desks.money_of import MemberMoney
from gynergy_app.services.desks.timeline import Happening
from gynergy_app.state.admin.code_rows import CodeRow, code_rows
from gynergy_app.state.admin.money_words import KINDS, SUBSCRIPTIONS, on_day, price, purchase_state
from gynergy_app.state.admin.subscriptions import next_of
from gynergy_app.state.admin.timeline_view import TimelineRow, rows_of
from gynergy_app.state.admin.words import id_in


@dataclass(frozen=True)
class BoughtRow:
    href: str
    what: str
    amount: str
    state: str
    kind: str
    when: str


@dataclass(frozen=True)
class SubscribedRow:
    price: str
    state: str
    kind: str
    next: str
    since: str


@dataclass(frozen=True)
class MoneyView:
    purchases: list[BoughtRow] = field(default_factory=list)
    codes: list[CodeRow] = field(default_factory=list)
    subscriptions: list[SubscribedRow] = field(default_factory=list)
    timeline: list[TimelineRow] = field(default_factory=list)


@admin_only
class MemberMoneyState(rx.State):
    view: MoneyView = MoneyView()
    shown: str = "all"
    """Which group of the timeline."""

    @rx.event
    async def open(self):
        self.view, self.shown = MoneyView(), "all"
        await self._show()

    @rx.event
    async def look(self):
        await self._show()

    @rx.event
    def choose(self, group: str):
        self.shown = group

    async def _show(self) -> None:
        user_id: UUID | None = id_in(self.router.url.path)
        if user_id is None:
            return
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await money_of.read(db, user_id)
            happened = await timeline.of_member(db, user_id, now=now)
        self.view = _view(found, happened, who.timezone, now)


def _view(found: MemberMoney, happened: list[Happening], zone: str, now: datetime) -> MoneyView:
    return MoneyView(
        purchases=[_bought(each, zone, now) for each in found.purchases],
        codes=code_rows(found.codes, found.names, zone, now),
        subscriptions=[_subscribed(each, zone, now) for each in found.subscriptions],
        timeline=rows_of(happened, zone, now),
    )


def _bought(purchase: Any, zone: str, now: datetime) -> BoughtRow:
    state, kind = purchase_state(purchase.status, purchase.purchase_type)
    return BoughtRow(
        href=routes.admin_purchase(str(purchase.id)),
        what=KINDS[purchase.purchase_type],
        amount=money(purchase.amount_cents, purchase.currency),
        state=state,
        kind=kind,
        when=on_day(purchase.purchased_at or purchase.created_at, zone, now),
    )


def _subscribed(row: Any, zone: str, now: datetime) -> SubscribedRow:
    state, kind = SUBSCRIPTIONS[row.status]
    return SubscribedRow(
        price=price(row.amount_cents, row.currency, row.interval),
        state=state,
        kind=kind,
        next=next_of(row, zone, now),
        since=on_day(row.created_at, zone, now),
    )
