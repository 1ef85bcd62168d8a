"""The sheet before money goes back: everything that follows, then the amount typed by hand, then once."""

from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.receipts import order_number
from gynergy_app.domain.payments.refunding import (
    RefundReason,
    Standing,
    amount_problem,
    cents_in,
    consequences,
)
from gynergy_app.domain.payments.stripe_words import money
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import purchases
from gynergy_app.services.desks.purchases import PurchaseFile
from gynergy_app.services.payments import giving_back
from gynergy_app.services.payments.giving_back import Wish
from gynergy_app.state.admin.purchase import PurchaseState
from gynergy_app.state.admin.purchase_view import buyer_of
from gynergy_app.state.admin.refund_view import SheetView, done_words, last_word, rows_of
from gynergy_app.state.admin.words import id_in
from gynergy_app.state.shell import ShellState

ALL, PART = "all", "part"
LONGEST = 20


@admin_only
class RefundState(rx.State):
    is_open: bool = False
    how: str = ALL
    part: str = ""
    typed: str = ""
    sheet: SheetView = SheetView()
    problems: dict[str, str] = {}
    is_ready: bool = False
    """What was typed is the amount: only then the red button works."""

    _purchase_id: UUID | None = None
    _standing: Standing | None = None
    _currency: str = "usd"
    _amount: int = 0

    @rx.event
    async def ask(self):
        """Open the sheet of the purchase whose page this is, as everything stands now."""
        self._purchase_id = id_in(self.router.url.path)
        self.how, self.part, self.typed, self.problems = ALL, "", "", {}
        if self._purchase_id:
            await self._draw()
            self.is_open = True

    @rx.event
    async def choose(self, how: str):
        self.how, self.typed = (PART if how == PART else ALL), ""
        await self._draw()

    @rx.event
    async def write_part(self, words: str):
        self.part, self.typed = str(words)[:LONGEST], ""
        await self._draw()

    @rx.event
    def confirm(self, words: str):
        self.typed = str(words)[:LONGEST]
        self._judge()

    @rx.event
    def leave(self):
        self.is_open, self.typed, self.is_ready = False, "", False

    @rx.event
    async def give_back(self, form: dict[str, Any]):
        """Ask for exactly what the sheet shows. A second click finds another state, and asks for nothing."""
        said = str(form.get("reason") or "")
        is_here = self.is_open and self._purchase_id == id_in(self.router.url.path)
        if not (is_here and self._purchase_id and self._standing) or said not in set(RefundReason):
            return None
        self.typed = str(form.get("confirm") or "")[:LONGEST]
        self._judge()
        if not self.is_ready:
            self.problems = {"confirm": f"Please type {self.sheet.to_type} to confirm."}
            return None
        note = str(form.get("note") or "")
        wish = Wish(self._amount, self._standing.balance.gone, RefundReason(said), note)
        who, now = member(), clock.now()
        try:
            async with as_member(who.id) as db:
                await giving_back.request(db, who, self._purchase_id, wish, now=now)
        except Invalid as refused:
            self.problems = refused.problems
            return None
        except Conflict as moved:
            await self._draw()
            return [ShellState.say(str(moved), "error"), PurchaseState.look]
        stops = len([fate for fate in consequences(self._standing, self._amount).codes if fate.stops])
        words = done_words(self.sheet.amount, stops)
        self.is_open, self.typed, self.is_ready = False, "", False
        return [ShellState.say(words, "success"), PurchaseState.look]

    def _judge(self) -> None:
        self.is_ready = self._amount > 0 and cents_in(self.typed) == self._amount

    async def _draw(self) -> None:
        """The sheet for what is chosen, from the rows as they are."""
        if self._purchase_id is None:
            return
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            file = await purchases.read(db, self._purchase_id, now=now)
        self._standing, self._currency = file.standing, file.purchase.currency
        left = file.standing.balance.left
        asked = left if self.how == ALL else cents_in(self.part)
        problem = amount_problem(file.standing.balance, asked)
        self.problems = {"part": problem} if problem and (self.how == ALL or self.part) else {}
        self._amount = 0 if problem or not asked else asked
        self.sheet = self._sheet(file)
        self._judge()

    def _sheet(self, file: PurchaseFile) -> SheetView:
        who, now, amount = member(), clock.now(), self._amount
        standing, purchase = file.standing, file.purchase
        paid = money(purchase.amount_cents, purchase.currency)
        head = SheetView(
            name=buyer_of(file),
            about=f"Order {order_number(purchase.id)}, {paid} paid",
            left=money(standing.balance.left, purchase.currency),
            is_review=purchase.status is PurchaseStatus.review,
            last_word=last_word(standing),
        )
        if not amount:
            return head
        follows = consequences(standing, amount)
        letter = giving_back.preview(purchase, file.first_name, amount, is_whole=follows.is_whole)
        return SheetView(
            **{
                **head.__dict__,
                "amount": money(amount, purchase.currency),
                "to_type": f"{amount / 100:.2f}",
                "rows": rows_of(standing, follows, purchase.currency, who.timezone, now),
                "letter_subject": letter.subject if follows.letter else "",
                "letter": letter.text if follows.letter else "",
            }
        )
