"""Typing a friend code: what is wrong with it stands beside the field, what is right leads to its page."""

from typing import Any

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.domain.payments.codes import read_code
from gynergy_app.errors import TooMany
from gynergy_app.guard import caller, public
from gynergy_app.state.payments.join import LONGEST, JoinState
from gynergy_app.state.payments.looking import look, price_words

NOTHING_TYPED = "Type the code, or paste the whole link: we read both."


class RedeemState(rx.State):
    typed: str = ""
    problem: str = ""

    @public
    @rx.event
    async def open(self):
        self.typed = self.problem = ""

    @public
    @rx.event
    async def find(self, form: dict[str, Any]):
        typed = str(form.get("code") or "").strip()[:LONGEST]
        if not typed:
            self.problem = NOTHING_TYPED
            return None
        self.typed, worth = read_code(typed).code or typed, await price_words()
        try:
            looked = await look(caller(), self.router.session.client_ip, typed, now=clock.now())
        except TooMany as slow:
            self.problem = str(slow)
            return None
        refusal = looked.invitation.refusal
        if refusal and not looked.is_hers:
            self.problem = refusal.sentence
            return None
        self.problem = ""
        page = await self.get_state(JoinState)
        page._show(looked, typed, worth)
        return rx.redirect(routes.join(looked.invitation.code))
