"""What the page of components plays with."""

import asyncio

import reflex as rx

from gynergy_app.guard import public
from gynergy_app.state.shell import offer_undo


class ComponentsDemoState(rx.State):
    """A little of everything, kept nowhere."""

    is_keeping: bool = False
    is_public: bool = True
    view: str = "week"
    is_open: bool = False
    has_more: bool = True
    removed: int = 0

    @public
    @rx.event
    async def keep(self):
        self.is_keeping = True
        yield
        await asyncio.sleep(1)
        self.is_keeping = False

    @public
    @rx.event
    def show_publicly(self, is_public: bool):
        self.is_public = is_public

    @public
    @rx.event
    def look_at(self, view: str):
        self.view = view

    @public
    @rx.event
    def open_dialog(self):
        self.is_open = True

    @public
    @rx.event
    def close_dialog(self):
        self.is_open = False

    @public
    @rx.event
    def fetch_more(self):
        self.has_more = False

    @public
    @rx.event
    async def remove(self):
        self.removed += 1
        await offer_undo(self, "Post removed.", ComponentsDemoState.restore(1))

    @public
    @rx.event
    def restore(self, count: int):
        self.removed -= count
