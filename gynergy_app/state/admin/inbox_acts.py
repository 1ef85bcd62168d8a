"""What an admin does about one event: have it followed again, put it aside, look at what it said."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.text import counted
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import inbox as desk
from gynergy_app.services.payments import inbox
from gynergy_app.services.payments.inbox import NotInTheInbox, WordsAreGone
from gynergy_app.state.admin.deciding import DecidingState, Question
from gynergy_app.state.admin.inbox import TYPE_LIMIT, InboxState
from gynergy_app.state.admin.words import as_id
from gynergy_app.state.shell import ShellState

_ASIDE = Question(
    "put_aside",
    consequence="Nobody follows it any more, and it stays in the list. What it was about is not changed: "
    "the rounds of comparing may still set it right.",
    action="Put aside",
    hint="Kept with the event and in the record, with your name.",
    is_red=True,
)


@admin_only
class InboxActState(DecidingState, rx.State):
    payload: str = ""
    payload_note: str = ""

    _row_id: UUID | None = None

    @rx.event
    async def replay(self, row_id: str):
        return await self._replay(as_id(row_id))

    @rx.event
    async def replay_open(self):
        """The event whose payload is looked at."""
        row_id, self.payload = self._row_id, ""
        return await self._replay(row_id)

    @rx.event
    async def replay_all(self):
        who = member()
        async with as_member(who.id) as db:
            count = await inbox.replay_dead(db, who, now=clock.now())
        said = f"{counted(count, 'event').capitalize()} taken up again."
        return [InboxState.load, ShellState.say(said, "success" if count else "info")]

    @rx.event
    def ask(self, row_id: str, event_type: str):
        """Open the dialog that puts an event aside."""
        self._row_id = as_id(row_id)
        asked = replace(_ASIDE, title=f"Put {str(event_type)[:TYPE_LIMIT]} aside?")
        self._ask(asked if self._row_id else Question())

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Nobody follows it any more; the reason stays with it."""
        who, row_id = member(), self._row_id
        if row_id is None or not self.question.act:
            return None
        try:
            async with as_member(who.id) as db:
                await inbox.dismiss(db, who, row_id, str(form.get("reason") or ""), now=clock.now())
        except Invalid as refused:
            self.problems = refused.problems
            return None
        except NotInTheInbox as refused:
            self._close()
            return [InboxState.load, ShellState.say(str(refused), "error")]
        self._close()
        return [InboxState.load, ShellState.say("Put aside, with your reason.", "success")]

    @rx.event
    async def look_inside(self, row_id: str):
        wanted = as_id(row_id)
        if wanted is None:
            return None
        async with as_member(member().id) as db:
            shown, left_out = await desk.payload(db, wanted)
        self._row_id = wanted
        self.payload = json.dumps(shown, indent=2, ensure_ascii=False)
        self.payload_note = (
            f"{counted(left_out, 'field').capitalize()} left out: names, addresses, cards and links. "
            "30 days after it was done with, all words of an event are removed and its ids stay."
        )
        return None

    @rx.event
    def close_payload(self):
        self.payload = ""

    async def _replay(self, row_id: UUID | None) -> list[Any] | None:
        if row_id is None:
            return None
        who = member()
        try:
            async with as_member(who.id) as db:
                await inbox.replay(db, who, row_id, now=clock.now())
        except (NotInTheInbox, WordsAreGone) as refused:
            return [InboxState.load, ShellState.say(str(refused), "error")]
        return [InboxState.load, ShellState.say("Taken up again. The worker follows it now.", "success")]
