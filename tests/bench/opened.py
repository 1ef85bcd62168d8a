"""Two handlers that do the same. One of them asks for an entitlement."""

import reflex as rx

from gynergy_app.domain.payments.access import Right
from gynergy_app.guard import entitled


class OpenedState(rx.State):
    chosen: str = ""

    @rx.event
    def choose(self, value: str):
        self.chosen = value

    @entitled(Right.write)
    @rx.event
    def choose_if_entitled(self, value: str):
        self.chosen = value
