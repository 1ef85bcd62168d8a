"""The first page of all: the same for everybody, except that who is here already is led on."""

import reflex as rx

from gynergy_app.guard import caller, public


class HomeState(rx.State):
    is_signed_in: bool = False

    @public
    @rx.event
    async def open(self):
        self.is_signed_in = caller() is not None
