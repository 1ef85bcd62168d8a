"""The payments desk: a period, in the days of a zone, and what was counted in it."""

from datetime import date
from typing import Any

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import timezone_or_utc
from gynergy_app.domain.payments.figures import Period, Step, last_days, period_problem
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import money
from gynergy_app.state.admin.codes import CodesState
from gynergy_app.state.admin.payments_view import PaymentsView, view_of

OWN = "own"
PRESETS = {"30": 30, "90": 90, "365": 365}
CODE = 3
"""The length of a currency's name."""


@admin_only
class PaymentsState(rx.State):
    """`preset` is a number of days, or `own`: the days in `first` and `last`, whose form stands open then."""

    is_loading: bool = True
    preset: str = "30"
    step: str = Step.day
    zone: str = ""
    currency: str = ""
    first: str = ""
    last: str = ""
    problem: str = ""
    view: PaymentsView = PaymentsView()

    @rx.event
    async def open(self):
        asked = self.router.url.query_parameters
        self.zone = timezone_or_utc(asked.get("zone") or self.zone or member().timezone)
        if "from" in asked or "to" in asked:
            self.preset, self.first, self.last = OWN, asked.get("from", ""), asked.get("to", "")
        if asked.get("step") in tuple(Step):
            self.step = Step(asked.get("step"))
        await self._show()
        return CodesState.open

    @rx.event
    async def count_again(self):
        await self._show()
        return CodesState.open

    @rx.event
    async def choose_preset(self, preset: str):
        if preset not in (*PRESETS, OWN):
            return None
        self.preset = preset
        if preset == OWN:
            return None
        await self._show()
        return CodesState.open

    @rx.event
    async def choose_days(self, form: dict[str, Any]):
        """The days of a period of one's own."""
        self.first, self.last = str(form.get("first") or ""), str(form.get("last") or "")
        await self._show()
        return CodesState.open

    @rx.event
    async def choose_step(self, step: str):
        if step in tuple(Step):
            self.step = Step(step)
            await self._show()

    @rx.event
    async def choose_zone(self, zone: str):
        self.zone = timezone_or_utc(zone)
        await self._show()
        return CodesState.open

    @rx.event
    async def choose_currency(self, currency: str):
        self.currency = str(currency)[:CODE]
        await self._show()

    async def _show(self) -> None:
        who, now, step = member(), clock.now(), Step(self.step)
        period = self._period()
        if period is None:
            self.is_loading = False
            return
        async with as_member(who.id) as db:
            seen = await money.read(db, period, step, currency=self.currency, now=now)
        self.view = view_of(seen, step)
        self.first, self.last = period.first.isoformat(), period.last.isoformat()
        (await self.get_state(CodesState))._period = period
        self.is_loading = False

    def _period(self) -> Period | None:
        """None, and the reason beside the days, when they are no period."""
        self.problem = ""
        today = clock.day_in(self.zone, clock.now())
        if self.preset != OWN:
            return last_days(PRESETS[self.preset], today, self.zone)
        first, last = _as_day(self.first), _as_day(self.last)
        self.problem = period_problem(first, last)
        if first is None or last is None or self.problem:
            return None
        return Period(first, last, self.zone)


def _as_day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
