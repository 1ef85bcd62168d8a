"""Who is here, told to the frame around the page once when the page opens."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants.state import FIELD_MARKER

from gynergy_app import clock, matrix, routes
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door, Right
from gynergy_app.domain.text import spoken_day
from gynergy_app.errors import NotSignedIn
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories import users
from gynergy_app.repositories.users import Portrait
from gynergy_app.services import flash, sessions
from gynergy_app.services.payments import claims
from gynergy_app.state.closed import closed_words, without_a_place
from gynergy_app.state.payments.notices import notice_of
from gynergy_app.state.shell import Closed, ShellState

SAYING_IT_THEMSELVES = (routes.SECURITY, routes.DATA, routes.BILLING)
"""Pages that show what the last request said beside its form."""


class MemberState(rx.State):
    """First in a member page's ON_LOAD: strangers are led to the sign-in page instead."""

    _said: str = ""

    @rx.event
    async def enter(self):
        who = member()
        async with as_member(who.id) as db:
            portrait = await find_portrait(db, who)
        return await let_in(self, who, portrait, again=MemberState.enter)

    def _news(self) -> list[rx.event.EventCallback]:
        """What the last request has to say, once: this runs again whenever the line comes back."""
        path = self.router.url.path
        left = flash.find(self.router.headers.cookie, path)
        if left is None or not left.is_good_news or left.note == self._said or path in SAYING_IT_THEMSELVES:
            return []
        self._said = left.note
        return [ShellState.say(left.note, "success")]


@admin_only
class AdminState(rx.State):
    """First in a desk's ON_LOAD: everybody but admins is led away."""

    @rx.event
    async def enter(self):
        who = member()
        async with as_member(who.id) as db:
            portrait = await find_portrait(db, who)
        await _fill_frame(self, who, portrait)


def sign_in_ended() -> StateUpdate:
    """For the guard: opens the dialog over the page that is being written, and touches nothing else."""
    said: dict[str, bool] = {f"{name}{FIELD_MARKER}": True for name in ("is_signed_out", "asks_to_sign_in")}
    return StateUpdate(delta={ShellState.get_full_name(): said})


def not_allowed(right: Right, who: Member, attempt: str) -> StateUpdate:
    """For the guard: says over the page what is closed to her and what opens it, and touches nothing else.

    `attempt` names the message of a page that was refused, so that the page stops waiting for its answer.
    """
    said = {"refused": asdict(closed_words(right, who.entitlement, clock.now())), "refused_attempt": attempt}
    delta = {f"{name}{FIELD_MARKER}": value for name, value in said.items()}
    return StateUpdate(delta={ShellState.get_full_name(): delta})


def records_away() -> StateUpdate:
    """For the guard, which cannot tell who is here: opens the banner, and touches nothing else."""
    return StateUpdate(delta={ShellState.get_full_name(): {f"are_records_away{FIELD_MARKER}": True}})


def picture_url(key: str | None) -> str:
    return f"/media/{key}" if key else ""


async def find_portrait(db: AsyncSession, who: Member) -> Portrait:
    portrait = await users.find_portrait(db, who.id)
    if portrait is None:
        raise NotSignedIn
    return portrait


async def let_in(
    state: rx.State, who: Member, portrait: Portrait, *, again: Any
) -> list[rx.event.EventCallback]:
    """What `MemberState.enter` does, for a page that reads the portrait through its own door.

    `again`: what shows the page anew once something has become hers.
    """
    await _fill_frame(state, who, portrait)
    return [*await _claim(who, again), *(await state.get_state(MemberState))._news()]


async def _claim(who: Member, again: Any) -> list[rx.event.EventCallback]:
    """A guest's payment may come days after she has signed in. Who has access already is not asked about."""
    now = clock.now()
    if who.entitlement.challenge(now) is Door.open or not who.email:
        return []
    async with as_member(who.id) as db:
        claimed = await claims.claim_on_arrival(db, who.id, now=now)
    if not claimed:
        return []
    sessions.forget_member(who.id)
    return [ShellState.say(claimed, "success"), again]


async def _fill_frame(state: rx.State, who: Member, portrait: Portrait) -> None:
    shell = await state.get_state(ShellState)
    shell.member_id = str(who.id)
    shell.member_name = portrait.name or "Guest"
    shell.member_initial = shell.member_name[0].upper()
    shell.member_picture = picture_url(portrait.picture)
    shell.cohort_name = portrait.cohort_name
    shell.unread_count = portrait.unread
    shell.is_admin = who.is_admin
    shell.shortcuts_enabled = portrait.shortcuts_enabled
    shell.theme = portrait.theme.value
    shell.lacks = [right.value for right in Right if not who.entitlement.allows(right, clock.now())]
    shell.closed = _closed(who, state.router.url.path)
    shell.without_place = without_a_place(who.entitlement, clock.now())
    shell.refused, shell.refused_attempt = Closed(), ""
    shell.leaves_on = _spoken(portrait.deletes_at, who.timezone)
    shell._notice(notice_of(who.entitlement, who.timezone, clock.now()))
    shell.is_signed_out = shell.asks_to_sign_in = False


def _closed(who: Member, path: str) -> Closed:
    """Why the page at this path is closed to her, if it is."""
    right, now = matrix.needed(path), clock.now()
    if right is None or who.entitlement.allows(right, now):
        return Closed()
    return closed_words(right, who.entitlement, now)


def _spoken(moment: datetime | None, timezone: str) -> str:
    return spoken_day(clock.day_in(timezone, moment)) if moment else ""
