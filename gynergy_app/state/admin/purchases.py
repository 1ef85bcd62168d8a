"""The list of purchases: its address says which, and everything under it is about exactly these."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.listing import Moment, PurchaseFilter
from gynergy_app.domain.payments.receipts import order_number
from gynergy_app.domain.payments.stripe_words import money
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.desk_purchases import Key, ListedPurchase, Sums
from gynergy_app.services.desks import purchases
from gynergy_app.services.desks.purchases import Found
from gynergy_app.state.admin.money_words import KINDS, purchase_state
from gynergy_app.state.admin.words import moment

FIELDS = ("q", "status", "type", "by", "from", "to", "zone")
WHEN = {Moment.created: "Begun", Moment.purchased: "Paid", Moment.refunded: "Gone back"}


@dataclass(frozen=True)
class PurchaseRow:
    id: str
    href: str
    who: str
    email: str
    what: str
    amount: str
    state: str
    kind: str
    more: str
    when: str
    order: str


@dataclass(frozen=True)
class Asked:
    """What the form shows, as the address said it."""

    search: str = ""
    status: str = ""
    kind: str = ""
    by: str = Moment.created
    first: str = ""
    last: str = ""
    zone: str = ""
    is_narrowed: bool = False


@dataclass(frozen=True)
class Answer:
    """`sums` adds up exactly the rows that are found, not only those that are shown."""

    sums: list[str] = field(default_factory=list)
    csv: str = ""
    when: str = WHEN[Moment.created]


@admin_only
class PurchasesState(rx.State):
    is_loading: bool = True
    zone: str = "UTC"
    zones: list[tuple[str, str]] = []
    asked: Asked = Asked()
    answer: Answer = Answer()
    rows: list[PurchaseRow] = []
    has_more: bool = False
    is_fetching: bool = False

    _filter: PurchaseFilter = PurchaseFilter()
    _last: Key | None = None

    @rx.event
    async def open(self):
        self.zone = member().timezone
        self._filter = PurchaseFilter.read(self.router.url.query_parameters, self.zone)
        self.asked = _asked(self._filter, self.zone)
        self.zones = [(zone, zone) for zone in dict.fromkeys(("UTC", self.zone, self._filter.zone))]
        who = member()
        async with as_member(who.id) as db:
            found = await purchases.search(db, self._filter)
            sums = await purchases.add_up(db, self._filter)
        self._show(found)
        self.rows = _rows(found, who, self._filter)
        csv = f"{routes.ADMIN_PURCHASES_CSV}?{self._filter.query}"
        self.answer = Answer(_sums(sums, self._filter), csv, WHEN[self._filter.by])
        self.is_loading = False

    @rx.event
    def look_for(self, form: dict[str, Any]):
        """What is asked for becomes the address, so that it can be kept, sent and come back to."""
        said = {name: str(form.get(name) or "") for name in FIELDS}
        asked = PurchaseFilter.read(said, member().timezone)
        return rx.redirect(f"{routes.ADMIN_PURCHASES}?{asked.query}")

    @rx.event
    async def more(self):
        if self._last is None:
            return
        self.is_fetching = True
        yield
        who = member()
        async with as_member(who.id) as db:
            found = await purchases.search(db, self._filter, after=self._last)
        self._show(found)
        self.rows = [*self.rows, *_rows(found, who, self._filter)]
        self.is_fetching = False

    def _show(self, found: Found) -> None:
        self._last, self.has_more = found.last, found.last is not None


def _asked(asked: PurchaseFilter, zone: str) -> Asked:
    return Asked(
        search=asked.search,
        status=",".join(asked.statuses),
        kind=asked.kind or "",
        by=asked.by,
        first=asked.first.isoformat() if asked.first else "",
        last=asked.last.isoformat() if asked.last else "",
        zone=asked.zone,
        is_narrowed=asked != PurchaseFilter(zone=asked.zone),
    )


def _sums(sums: list[Sums], asked: PurchaseFilter) -> list[str]:
    return [_sum(each, asked) for each in sums]


def _sum(each: Sums, asked: PurchaseFilter) -> str:
    many = "One purchase" if each.purchases == 1 else f"{each.purchases:,} purchases"
    paid, back = money(each.paid_cents, each.currency), money(each.back_cents, each.currency)
    if asked.by is Moment.refunded:
        return f"{many}: {back} went back in this time, of {paid} paid."
    undecided = money(each.undecided_cents, each.currency)
    waits = f", {undecided} of it still to decide" if each.undecided_cents else ""
    rest = f", {back} of it gone back" if each.back_cents else ""
    return f"{many}: {paid} paid{waits}{rest}."


def _rows(found: Found, admin: Member, asked: PurchaseFilter) -> list[PurchaseRow]:
    now = clock.now()
    return [_row(each, asked.zone, now) for each in found.purchases]


def _row(row: ListedPurchase, zone: str, now: datetime) -> PurchaseRow:
    state, kind = purchase_state(row.status, row.purchase_type)
    email = row.member_email or row.email or ""
    return PurchaseRow(
        id=str(row.id),
        href=routes.admin_purchase(str(row.id)),
        who=row.name or email or "No longer known",
        email=email if row.user_id else "a guest" if email else "the account is gone",
        what=KINDS[row.purchase_type],
        amount=money(row.amount_cents, row.currency),
        state=state,
        kind=kind,
        more=_more(row),
        when=moment(row.moment, zone, now),
        order=order_number(row.id),
    )


def _more(row: ListedPurchase) -> str:
    if row.under_way_cents:
        return f"{money(row.under_way_cents, row.currency)} on its way back"
    is_part = 0 < row.back_cents < row.amount_cents
    return f"{money(row.back_cents, row.currency)} gone back" if is_part else ""
