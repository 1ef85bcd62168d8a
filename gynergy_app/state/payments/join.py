"""The page of a friend code: what it promises, and taking the place."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.codes import Refusal, read_code
from gynergy_app.errors import TooMany
from gynergy_app.guard import caller, member, public
from gynergy_app.services import arrivals, sessions
from gynergy_app.services.payments import redeeming
from gynergy_app.services.payments.redeeming import CodeRefused
from gynergy_app.state.payments.join_words import Choice, Ending, Promise, choice, ending, promise, too_many
from gynergy_app.state.payments.looking import UNUSABLE_FOR_HER, Looked, look, price_words

STANDS = timedelta(minutes=1)
"""A page that opens its line again does not ask again: each look counts as a try."""
LONGEST = 200
CHOOSE_A_START = "Choose one of the starts."


class JoinState(rx.State):
    is_loading: bool = True
    is_signed_in: bool = False
    promise: Promise = Promise()
    ending: Ending = Ending()
    choices: list[Choice] = []
    chosen: str = ""
    problem: str = ""
    typed: str = ""
    way_in: str = ""
    """`?next=…` that leads back to this page from signing in or up."""

    _looked_at: str = ""
    _looked: datetime | None = None

    @public
    @rx.event
    async def open(self):
        typed, now = _code_in(self.router.url.path), clock.now()
        if self._looked_at == _plain(typed) and self._looked and now - self._looked < STANDS:
            return
        await self._look(typed)

    @rx.event
    def choose(self, session_id: str):
        self.chosen = session_id

    @rx.event
    async def take_place(self, form: dict[str, Any]):
        """Once, however often it is pressed: whoever has her place by this code is led to it."""
        who, now, code = member(), clock.now(), self.promise.code or self.typed
        start = self._start(form)
        if self.choices and start is None:
            self.problem = CHOOSE_A_START
            return None
        try:
            await self._redeem(who, code, start, form.get("is_named") == "on", now)
        except CodeRefused as refused:
            return await self._refuse(refused.refusal, code)
        except TooMany as slow:
            self.problem = str(slow)
            return None
        sessions.forget_member(who.id)
        self._looked_at = ""
        return rx.redirect(routes.WELCOME)

    async def _redeem(
        self, who: Member, code: str, start: UUID | None, is_named: bool, now: datetime
    ) -> None:
        arrival = arrivals.of_browser(self.router.headers.cookie, now)
        async with redeeming.a_try(who, self.router.session.client_ip, now=now):
            try:
                async with as_member(who.id) as db:
                    await arrivals.remember(db, who, arrival, now=now)
                    await redeeming.redeem(db, who, code, now=now, session_id=start, is_named=is_named)
            except CodeRefused as refused:
                if refused.refusal not in UNUSABLE_FOR_HER:
                    raise
                async with as_member(who.id) as db:
                    if not await redeeming.own_place(db, code):
                        raise

    async def _refuse(self, refusal: Refusal, code: str) -> None:
        """A cohort that has filled up meanwhile leaves the code as it is: the other starts are shown."""
        if refusal is Refusal.cohort_full:
            await self._look(code)
            self.problem = refusal.sentence
            return
        self._end(ending(refusal))

    async def _look(self, typed: str) -> None:
        worth = await price_words()
        try:
            looked = await look(caller(), self.router.session.client_ip, typed, now=clock.now())
        except TooMany as slow:
            self.typed, self._looked_at = typed, ""
            self._end(too_many(str(slow)))
            return
        self._show(looked, typed, worth)

    def _show(self, looked: Looked, typed: str, worth: str) -> None:
        who, now, given = caller(), clock.now(), looked.invitation
        self.typed = self._looked_at = _plain(typed)
        self._looked, self.problem = now, ""
        self.is_signed_in = who is not None
        self.way_in = f"?next={quote(routes.join(self.typed), safe='')}"
        self.choices = [choice(offer) for offer in looked.offers]
        self.chosen = self.choices[0].id if self.choices else ""
        if given.refusal:
            self._end(ending(given.refusal, is_hers=looked.is_hers))
            return
        self.promise, self.ending = promise(looked, who, now, worth), Ending()
        self.is_loading = False

    def _end(self, with_words: Ending) -> None:
        self.promise, self.ending, self.choices = Promise(), with_words, []
        self.is_loading = False

    def _start(self, form: dict[str, Any]) -> UUID | None:
        """Only a start that was offered can be taken."""
        said = str(form.get("start") or self.chosen)
        return UUID(said) if said in {each.id for each in self.choices} else None


def _code_in(path: str) -> str:
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def _plain(typed: str) -> str:
    """As we write it, where it can be read."""
    return read_code(typed).code or typed[:LONGEST]
