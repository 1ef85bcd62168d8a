"""One purchase at the desk: its money, its codes, and what happened to whoever bought it."""

from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import members, purchases, timeline
from gynergy_app.services.payments import reviewing
from gynergy_app.services.payments.purchases import NoSuchPurchase
from gynergy_app.state.admin.deciding import DecidingState, Question
from gynergy_app.state.admin.purchase_view import PurchaseView, view_of
from gynergy_app.state.admin.words import id_in
from gynergy_app.state.shell import ShellState

_ACCEPT = Question(
    "accept",
    "Accept this payment?",
    "What was paid counts as the whole price: the challenge opens, two friend codes are made, and "
    "the receipt goes out. This is decided once.",
    "Accept the payment",
)


@admin_only
class PurchaseState(DecidingState, rx.State):
    is_loading: bool = True
    is_missing: bool = False
    view: PurchaseView = PurchaseView()
    shown: str = "all"
    """Which group of the timeline."""

    _purchase_id: UUID | None = None

    @rx.event
    async def open(self):
        asked = id_in(self.router.url.path)
        if asked is None or asked != self._purchase_id:
            self.is_loading, self.view = True, PurchaseView(zone=member().timezone)
        self._purchase_id, self.shown = asked, "all"
        self._close()
        await self._show(is_visit=True)

    @rx.event
    async def look(self):
        """While money moves the page asks again and again."""
        await self._show()

    @rx.event
    def choose(self, group: str):
        self.shown = group

    @rx.event
    def ask(self):
        """Whether what was paid counts as the price."""
        self._ask(_ACCEPT)

    @rx.event
    async def decide(self, form: dict[str, Any]):
        who, now = member(), clock.now()
        if self._purchase_id is None or not self.question.act:
            return None
        try:
            async with as_member(who.id) as db:
                reason = str(form.get("reason") or "")
                await reviewing.accept(db, who, self._purchase_id, reason, now=now)
        except Invalid as refused:
            self.problems = refused.problems
            return None
        self._close()
        await self._show()
        return ShellState.say("Accepted. The place is being given.", "success")

    async def _show(self, *, is_visit: bool = False) -> None:
        who, now = member(), clock.now()
        try:
            if self._purchase_id is None:
                raise NoSuchPurchase
            async with as_member(who.id) as db:
                file = await purchases.read(db, self._purchase_id, now=now)
                buyer = file.purchase.user_id
                if buyer and is_visit:
                    await members.note_visit(db, who, buyer, now=now)
                happened = (
                    await timeline.of_member(db, buyer, now=now)
                    if buyer
                    else await timeline.of_guest(db, file.purchase)
                )
        except NoSuchPurchase:
            self.is_missing, self.is_loading = True, False
            return
        self.view = view_of(file, happened, who.timezone, now)
        self.is_missing, self.is_loading = False, False
