"""One member at the desk: her days, her points, what reached her, and the four acts."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services import roles, sessions
from gynergy_app.services.desks import members
from gynergy_app.services.payments import entitlements
from gynergy_app.services.roles import NoSuchMember
from gynergy_app.state.admin.deciding import DecidingState, Question
from gynergy_app.state.admin.member_money import MemberMoneyState
from gynergy_app.state.admin.member_view import MemberView, view_of
from gynergy_app.state.admin.words import id_in
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class _Act:
    do: Any
    question: Question
    done: str


_READ_BY_HER = "{name} can read it, with your name, under “Who has looked”."
_ACTS = {
    "appoint": _Act(
        roles.appoint,
        Question(
            "appoint",
            "Make {name} an admin?",
            "{name} will open these desks: see who is here, suspend members and change programs. "
            "No admin can read what a member wrote.",
            "Make admin",
        ),
        "{name} is an admin now.",
    ),
    "dismiss": _Act(
        roles.dismiss,
        Question(
            "dismiss",
            "Remove {name} as an admin?",
            "The desks close for {name} at once. The account and everything written stay.",
            "Remove as admin",
            is_red=True,
        ),
        "{name} is no longer an admin.",
    ),
    "suspend": _Act(
        roles.suspend,
        Question(
            "suspend",
            "Suspend {name}?",
            "{name} is signed out everywhere and cannot sign in until somebody reinstates the account. "
            "Everything written and every point is kept. Meanwhile the cohort does not see {name}; "
            "once reinstated, the place on its board is back.",
            "Suspend",
            "{name} reads this when trying to sign in, and the record keeps it.",
            is_red=True,
        ),
        "{name} is suspended and signed out everywhere.",
    ),
    "reinstate": _Act(
        roles.reinstate,
        Question(
            "reinstate",
            "Reinstate {name}?",
            "{name} can sign in again and is back on the cohort’s board. "
            "Days that passed meanwhile stay empty.",
            "Reinstate",
        ),
        "{name} can sign in again.",
    ),
    "grant": _Act(
        entitlements.grant,
        Question(
            "grant",
            "Open the challenge for {name}?",
            "{name} can take a place in a session and write in it, without having paid. "
            "No friend codes come with it, and no money moves.",
            "Open the challenge",
            _READ_BY_HER,
        ),
        "The challenge is open for {name}.",
    ),
    "close": _Act(
        entitlements.close,
        Question(
            "close",
            "Close the challenge for {name}?",
            "Whatever opened it counts no longer: a purchase, a friend’s code, an admin’s yes. "
            "Writing closes at once; reading and export stay. No money goes back. "
            "What {name} buys or is given later opens it again.",
            "Close the challenge",
            _READ_BY_HER,
            is_red=True,
        ),
        "The challenge is closed for {name}.",
    ),
}


@admin_only
class MemberFileState(DecidingState, rx.State):
    is_loading: bool = True
    is_missing: bool = False
    view: MemberView = MemberView()

    _member_id: UUID | None = None

    @rx.event
    async def open(self):
        asked = id_in(self.router.url.path)
        if asked is None or asked != self._member_id:
            self.is_loading, self.view = True, MemberView(zone=member().timezone)
        self._member_id = asked
        self._close()
        if asked:
            who = member()
            async with as_member(who.id) as db:
                await members.note_visit(db, who, asked, now=clock.now())
        await self._show()

    @rx.event
    async def look(self):
        """After something else on this page has changed the record."""
        await self._show()

    @rx.event
    def ask(self, act: str):
        """Open the dialog that names the member and what will happen."""
        if act not in _ACTS:
            return
        asked, name = _ACTS[act].question, self.view.name
        named = {word: getattr(asked, word).format(name=name) for word in ("title", "consequence", "hint")}
        self._ask(replace(asked, **named))

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Do what the dialog asked about, for the reason that was typed."""
        act, subject = _ACTS.get(self.question.act), self._member_id
        if act is None or subject is None:
            return None
        who = member()
        try:
            async with as_member(who.id) as db:
                await act.do(db, who, subject, str(form.get("reason") or ""), now=clock.now())
        except Invalid as refused:
            self.problems = refused.problems
            return None
        sessions.forget_member(subject)
        said = act.done.format(name=self.view.name)
        self._close()
        await self._show()
        return [ShellState.say(said, "success"), MemberMoneyState.look]

    async def _show(self) -> None:
        who, now = member(), clock.now()
        try:
            if self._member_id is None:
                raise NoSuchMember
            async with as_member(who.id) as db:
                file = await members.read(db, self._member_id, now=now)
        except NoSuchMember:
            self.is_missing, self.is_loading = True, False
            return
        self.view = view_of(file, who, now)
        self.is_missing, self.is_loading = False, False
