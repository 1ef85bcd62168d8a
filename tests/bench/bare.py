"""The smallest Reflex application that answers an event. Ours is measured against it."""

import reflex as rx


class BareState(rx.State):
    chosen: str = ""

    @rx.event
    def choose(self, value: str):
        self.chosen = value


app = rx.App()
app.add_page(lambda: rx.el.p(BareState.chosen), route="/")
