"""What the pages for signing in and up show of the form that led back to them."""

from urllib.parse import quote

import reflex as rx

from gynergy_app import routes
from gynergy_app.guard import caller, public
from gynergy_app.integrations import supabase_auth
from gynergy_app.services import cookies, flash, sessions
from gynergy_app.services.flash import Flash

ENDED = "You have been signed out on this device. What you wrote is kept; sign in to go on."


class EntranceState(rx.State):
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}
    note: str = ""
    is_good_news: bool = False
    next_path: str = ""
    way_on: str = ""
    """`?next=…` for the links from one of these pages to another."""
    providers: list[str] = []
    may_start_anonymously: bool = False

    @public
    @rx.event
    async def open(self):
        path = self.router.url.path
        self.next_path = routes.own(self.router.url.query_parameters.get("next"), "")
        self._recall(flash.find(self.router.headers.cookie, path) or self._without_word(path))
        self.way_on = self._way_on(path)
        if path in (routes.SIGN_IN, routes.SIGN_UP) and (way := self._way_of_the_known()):
            return rx.redirect(way, replace=True)
        return EntranceState.look_for_doors

    @public
    @rx.event
    async def look_for_doors(self):
        """Buttons appear only for what the auth service reports; the page does not wait for its answer."""
        offered = await supabase_auth.providers()
        self.providers = list(offered.external)
        self.may_start_anonymously = offered.anonymous

    def _without_word(self, path: str) -> Flash:
        """A cookie that stands for nobody any more: this sign-in was ended, and not from here."""
        is_ended = path == routes.SIGN_IN and caller() is None
        if is_ended and cookies.read(self.router.headers.cookie, sessions.COOKIE):
            return Flash(path, note=ENDED)
        return Flash(path)

    def _recall(self, left: Flash) -> None:
        """What was typed stays from page to page: an address need be typed only once."""
        self.typed = {**self.typed, **left.typed}
        self.problems, self.note, self.is_good_news = left.problems, left.note, left.is_good_news

    def _way_on(self, path: str) -> str:
        """Beside a mail that is on its way stands only what was asked for with it."""
        wanted = self.next_path or (self.typed.get("next", "") if path == routes.CHECK_MAIL else "")
        return f"?next={quote(wanted, safe='')}" if routes.own(wanted, "") else ""

    def _way_of_the_known(self) -> str:
        """Who is signed in has nothing to do here. Without an address they may still have another account."""
        who, path = caller(), self.router.url.path
        if who is None or (who.is_anonymous and path == routes.SIGN_IN):
            return ""
        return routes.SECURITY if who.is_anonymous else self.next_path or routes.TODAY
