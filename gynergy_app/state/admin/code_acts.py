"""What an admin does with a friend code: asked first, with a reason, wherever the code is shown."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services.payments import staff_codes
from gynergy_app.state.admin.deciding import DecidingState, Question
from gynergy_app.state.admin.member import MemberFileState
from gynergy_app.state.admin.member_money import MemberMoneyState
from gynergy_app.state.admin.purchase import PurchaseState
from gynergy_app.state.admin.words import as_id
from gynergy_app.state.shell import ShellState

TAKE_BACK, PROLONG = "take_back", "prolong"
_DO = {TAKE_BACK: staff_codes.take_back, PROLONG: staff_codes.prolong}
_ASK = {
    TAKE_BACK: Question(
        TAKE_BACK,
        "Take {code} back?",
        "It opens nothing any more, for good. Whoever it was sent to cannot use it. "
        "No other code takes its place.",
        "Take it back",
        is_red=True,
    ),
    PROLONG: Question(
        PROLONG,
        "Prolong {code}?",
        "It is good for 90 days from today. If it has run out, it opens again.",
        "Prolong it",
    ),
}
_DONE = {TAKE_BACK: "{code} is taken back.", PROLONG: "{code} is good for 90 days from today."}


@admin_only
class CodeActState(DecidingState, rx.State):
    _code_id: UUID | None = None
    _code: str = ""

    @rx.event
    def ask(self, act: str, code_id: str, code: str):
        asked, self._code_id = _ASK.get(act), as_id(code_id)
        if asked is None or self._code_id is None:
            return
        self._code = str(code)[:20]
        self._ask(replace(asked, title=asked.title.format(code=self._code)))

    @rx.event
    async def decide(self, form: dict[str, Any]):
        do = _DO.get(self.question.act)
        if do is None or self._code_id is None:
            return None
        who = member()
        try:
            async with as_member(who.id) as db:
                await do(db, who, self._code_id, str(form.get("reason") or ""), now=clock.now())
        except Invalid as refused:
            self.problems = refused.problems
            return None
        said = _DONE[self.question.act].format(code=self._code)
        self._close()
        return [ShellState.say(said, "success"), *self._pages()]

    def _pages(self) -> list[Any]:
        """Whatever page it was asked from shows it as it is now."""
        if self.router.url.path.startswith(routes.ADMIN_MEMBERS):
            return [MemberMoneyState.look, MemberFileState.look]
        return [PurchaseState.look]
